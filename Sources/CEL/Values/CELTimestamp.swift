import SourceText

/// A point in time between the years 1 and 9999, to the nanosecond (cel-spec, timestamps).
package struct CELTimestamp: Sendable, Hashable, Comparable {
  /// Seconds since 1970-01-01T00:00:00Z; negative before.
  package let seconds: Int64
  /// Nanoseconds past the second, from 0 to 999,999,999.
  package let nanoseconds: Int32

  /// The first second and the last that a timestamp can hold.
  static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// Creates a timestamp; nil outside of the years 1 to 9999.
  package init?(seconds: Int64, nanoseconds: Int32 = 0) {
    guard Self.range.contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else {
      return nil
    }
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Orders by time.
  package static func < (left: CELTimestamp, right: CELTimestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  /// This time plus a span; nil where the sum is out of range.
  func adding(nanoseconds span: Int64) -> CELTimestamp? {
    let (whole, rest) = span.flooredDivision(by: 1_000_000_000)
    var seconds = seconds + whole
    var nanoseconds = Int64(nanoseconds) + rest
    if nanoseconds >= 1_000_000_000 {
      seconds += 1
      nanoseconds -= 1_000_000_000
    }
    return CELTimestamp(seconds: seconds, nanoseconds: Int32(nanoseconds))
  }

  /// The span from another time to this one in nanoseconds; nil where it overflows 64 bits.
  func nanoseconds(since other: CELTimestamp) -> Int64? {
    let (scaled, overflows) = (seconds - other.seconds).multipliedReportingOverflow(
      by: 1_000_000_000)
    if overflows { return nil }
    let (sum, carries) = scaled.addingReportingOverflow(
      Int64(nanoseconds) - Int64(other.nanoseconds))
    return carries ? nil : sum
  }
}

extension Int64 {
  /// The quotient rounded down and the remainder that is not negative; the divisor is positive.
  func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

/// A date and a time of day in some time zone.
struct CivilTime {
  let date: CalendarDate
  /// Seconds since midnight.
  let second: Int64

  /// The date and time at `seconds` since 1970, offset included.
  init(seconds: Int64) {
    let (days, second) = seconds.flooredDivision(by: 86_400)
    date = CalendarDate(daysSinceEpoch: Int(days))
    self.second = second
  }
}
