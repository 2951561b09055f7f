import SourceText
import Testing

struct CalendarDateTests {
  @Test(arguments: [
    (0, "1970-01-01"), (86_399, "1970-01-01"), (86_400, "1970-01-02"),
    (951_782_400, "2000-02-29"), (951_868_800, "2000-03-01"), (4_107_542_400, "2100-03-01"),
    (1_806_451_199, "2027-03-30"), (1_806_451_200, "2027-03-31"), (1_806_537_600, "2027-04-01"),
    (-5, "1970-01-01"), (Int.max, "9999-12-31"),
  ])
  func dayOfAMoment(seconds: Int, day: String) {
    #expect(CalendarDate(secondsSinceEpoch: seconds).description == day)
  }

  @Test(arguments: [
    "2027-03-31", "2000-02-29", "2024-02-29", "0000-01-01", "9999-12-31",
  ])
  func readsDays(text: String) {
    #expect(CalendarDate(text.utf8)?.description == text)
  }

  @Test(arguments: [
    "", "2027-3-31", "2027-02-29", "1900-02-29", "2027-13-01", "2027-00-01", "2027-01-00",
    "2027-04-31", "2027/03/31", "20270331", "2027-03-31T00:00:00Z", "２０２７-03-31", "+027-03-31",
  ])
  func refusesOtherTexts(text: String) {
    #expect(CalendarDate(text.utf8) == nil)
  }

  @Test func daysComeInOrder() throws {
    let days = ["2026-12-31", "2027-01-01", "2027-01-02", "2027-02-01"]
    let dates = try days.map { try #require(CalendarDate($0.utf8)) }
    #expect(dates == dates.sorted())
    #expect(!(dates[0] < dates[0]))
  }

  @Test(arguments: [
    (2027, 2, 29), (1900, 2, 29), (2027, 13, 1), (2027, 0, 1), (2027, 1, 0), (2027, 4, 31),
    (2027, 12, 32),
  ])
  func thereIsNoSuchDay(year: Int, month: Int, day: Int) {
    #expect(CalendarDate(year: year, month: month, day: day) == nil)
  }

  /// Known days, with the day of the week from Sunday and the day of the year from 0.
  @Test(arguments: [
    (0, "1970-01-01", 4, 0), (-1, "1969-12-31", 3, 364), (11_016, "2000-02-29", 2, 59),
    (11_017, "2000-03-01", 3, 60), (-25_567, "1900-01-01", 1, 0), (-719_162, "0001-01-01", 1, 0),
    (-719_528, "0000-01-01", 6, 0), (2_932_896, "9999-12-31", 5, 364),
    (20_817, "2026-12-30", 3, 363), (19_782, "2024-02-29", 4, 59), (20_088, "2024-12-31", 2, 365),
  ])
  func countsDays(days: Int, text: String, dayOfWeek: Int, dayOfYear: Int) {
    let date = CalendarDate(daysSinceEpoch: days)
    #expect(date.description == text)
    #expect(date.daysSinceEpoch == days)
    #expect(date.dayOfWeek == dayOfWeek)
    #expect(date.dayOfYear == dayOfYear)
  }

  /// Each day of four centuries and more follows the one before, across years before 1 as well.
  @Test func daysFollowEachOther() {
    var last = CalendarDate(daysSinceEpoch: -800_001)
    for days in -800_000...(-650_000) {
      let date = CalendarDate(daysSinceEpoch: days)
      #expect(last < date && date.daysSinceEpoch == days)
      #expect(date.dayOfYear == (date.month == 1 && date.day == 1 ? 0 : last.dayOfYear + 1))
      #expect(date.dayOfWeek == (last.dayOfWeek + 1) % 7)
      last = date
    }
  }
}
