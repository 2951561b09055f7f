import SourceText

/// Dates and times (RFC 3339, section 5.6).
enum InternetTime {
  static func checkDateTime(_ text: Span<UInt8>) throws(FormatFault) {
    var index = 0
    let date = try takeDate(text, at: &index)
    guard text.take("T", at: &index) || text.take("t", at: &index) else {
      throw FormatFault(at: index, "expected 'T' and the time after the date")
    }
    let time = try takeTime(text, at: &index)
    try text.expectEnd(at: index, "expected the end after the offset from UTC")
    if let second = time.leapSecond, !isLastOfMonth(date, shiftedBy: time.shiftToUTC) {
      throw FormatFault(at: second, "leap seconds are only allowed at the end of a month in UTC")
    }
  }

  static func checkDate(_ text: Span<UInt8>) throws(FormatFault) {
    var index = 0
    _ = try takeDate(text, at: &index)
    try text.expectEnd(at: index, "expected the end after the day")
  }

  static func checkTime(_ text: Span<UInt8>) throws(FormatFault) {
    var index = 0
    _ = try takeTime(text, at: &index)
    try text.expectEnd(at: index, "expected the end after the offset from UTC")
  }

  // MARK: - Dates

  /// `full-date`.
  private static func takeDate(
    _ text: Span<UInt8>, at index: inout Int
  ) throws(FormatFault) -> CalendarDate {
    let year = try text.takeNumber(ofLength: 4, at: &index, "expected four digits of the year")
    try take("-", "expected '-' after the year", text, at: &index)
    let monthStart = index
    let month = try text.takeNumber(ofLength: 2, at: &index, "expected two digits of the month")
    guard (1...12).contains(month) else {
      throw FormatFault(at: monthStart, "expected a month from 01 to 12")
    }
    try take("-", "expected '-' after the month", text, at: &index)
    let dayStart = index
    let day = try text.takeNumber(ofLength: 2, at: &index, "expected two digits of the day")
    guard let date = CalendarDate(year: year, month: month, day: day) else {
      let last = CalendarDate.dayCount(year: year, month: month)
      throw FormatFault(at: dayStart, "expected a day from 01 to \(last)")
    }
    return date
  }

  /// Whether a date, moved by a day or not at all, is the last day of a month.
  private static func isLastOfMonth(_ date: CalendarDate, shiftedBy shift: Int) -> Bool {
    let shifted = date.day + shift
    return shifted == 0 || shifted == CalendarDate.dayCount(year: date.year, month: date.month)
  }

  // MARK: - Times

  private struct TimeOfDay {
    /// Where the second 60 stands, if it does.
    var leapSecond: Int?
    /// How many days the date in UTC is ahead of the written one: -1, 0 or 1.
    var shiftToUTC: Int
  }

  private static let minutesInDay = 24 * 60

  /// `full-time`.
  private static func takeTime(
    _ text: Span<UInt8>, at index: inout Int
  ) throws(FormatFault) -> TimeOfDay {
    let hour = try takeField(
      below: 24, text, at: &index, "expected two digits of the hour",
      "expected an hour from 00 to 23")
    try take(":", "expected ':' after the hour", text, at: &index)
    let minute = try takeField(
      below: 60, text, at: &index, "expected two digits of the minute",
      "expected a minute from 00 to 59")
    try take(":", "expected ':' after the minute", text, at: &index)
    let secondStart = index
    let second = try takeField(
      below: 61, text, at: &index, "expected two digits of the second",
      "expected a second from 00 to 59, or 60 for a leap second")
    if text.take(".", at: &index) {
      let start = index
      while let byte = text.byte(at: index), byte.isDigit { index += 1 }
      guard index > start else {
        throw FormatFault(at: index, "expected digits of the second's fraction after '.'")
      }
    }
    let minutes = hour * 60 + minute - (try takeOffset(text, at: &index))
    let shift = minutes < 0 ? -1 : minutes >= minutesInDay ? 1 : 0
    guard second == 60 else { return TimeOfDay(leapSecond: nil, shiftToUTC: shift) }
    guard minutes - shift * minutesInDay == minutesInDay - 1 else {
      throw FormatFault(at: secondStart, "leap seconds are only allowed at 23:59 in UTC")
    }
    return TimeOfDay(leapSecond: secondStart, shiftToUTC: shift)
  }

  /// `time-offset`, in minutes.
  private static func takeOffset(
    _ text: Span<UInt8>, at index: inout Int
  ) throws(FormatFault) -> Int {
    if text.take("Z", at: &index) || text.take("z", at: &index) { return 0 }
    let isNegative = text.has("-", at: index)
    guard isNegative || text.has("+", at: index) else {
      throw FormatFault(at: index, "expected the offset from UTC: 'Z', or such as '+01:00'")
    }
    index += 1
    let hour = try takeField(
      below: 24, text, at: &index, "expected two digits of the offset's hours",
      "expected hours of the offset from 00 to 23")
    try take(":", "expected ':' after the offset's hours", text, at: &index)
    let minute = try takeField(
      below: 60, text, at: &index, "expected two digits of the offset's minutes",
      "expected minutes of the offset from 00 to 59")
    return isNegative ? -(hour * 60 + minute) : hour * 60 + minute
  }

  // MARK: - Parts

  private static func take(
    _ separator: Unicode.Scalar, _ message: String, _ text: Span<UInt8>, at index: inout Int
  ) throws(FormatFault) {
    guard text.take(separator, at: &index) else { throw FormatFault(at: index, message) }
  }

  /// Steps over a number of two digits.
  private static func takeField(
    below limit: Int, _ text: Span<UInt8>, at index: inout Int, _ form: String, _ range: String
  ) throws(FormatFault) -> Int {
    let start = index
    let value = try text.takeNumber(ofLength: 2, at: &index, form)
    guard value < limit else { throw FormatFault(at: start, range) }
    return value
  }
}
