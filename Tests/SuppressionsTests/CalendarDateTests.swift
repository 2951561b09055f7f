import Suppressions
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
}
