import SourceText

/// Times and spans as text: RFC 3339, and numbers with units.
enum TimeText {
  /// Reads `2009-02-13T23:31:30.123Z`; nil for any other text and outside of the years 1 to 9999.
  static func timestamp(_ text: ArraySlice<UInt8>) -> CELTimestamp? {
    var reader = DigitReader(text)
    guard let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2),
      reader.skip("-"), let day = reader.digits(2), reader.skip("T") || reader.skip("t"),
      let hour = reader.digits(2), reader.skip(":"), let minute = reader.digits(2),
      reader.skip(":"), let second = reader.digits(2),
      let date = CalendarDate(year: Int(year), month: Int(month), day: Int(day)),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var nanoseconds: Int64 = 0
    if reader.skip(".") {
      guard let fraction = reader.fraction() else { return nil }
      nanoseconds = fraction
    }
    var offset: Int64 = 0
    if !reader.skip("Z"), !reader.skip("z") {
      guard let parsed = reader.offset(needsSign: true) else { return nil }
      offset = parsed
    }
    guard reader.isAtEnd else { return nil }
    let seconds = Int64(date.daysSinceEpoch) * 86_400 + hour * 3600 + minute * 60 + second - offset
    return CELTimestamp(seconds: seconds, nanoseconds: Int32(nanoseconds))
  }

  /// Writes a time in UTC with as many digits of a second as it needs: none, 3, 6 or 9 at most.
  static func text(of time: CELTimestamp) -> String {
    let civil = CivilTime(seconds: time.seconds)
    let second = civil.second
    let clock =
      "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    return "\(civil.date)T\(clock)\(fraction(Int64(time.nanoseconds)))Z"
  }

  /// Writes a span in seconds: `6347s`, `1.5s`.
  static func text(ofDuration span: Int64) -> String {
    let magnitude = span.magnitude
    let sign = span < 0 ? "-" : ""
    return
      "\(sign)\(magnitude / 1_000_000_000)\(fraction(Int64(magnitude % 1_000_000_000)))s"
  }

  private static func fraction(_ nanoseconds: Int64) -> String {
    if nanoseconds == 0 { return "" }
    var digits = padded(nanoseconds, 9)
    while digits.hasSuffix("0") { digits.removeLast() }
    return "." + digits
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  /// Reads `1h45m47s`, `-1.5h`, `100ms`, as nanoseconds; nil where it is no span or overflows.
  static func duration(_ text: ArraySlice<UInt8>) -> Int64? {
    var reader = DigitReader(text)
    let isNegative = reader.skip("-")
    if !isNegative { _ = reader.skip("+") }
    if reader.remaining == 1, reader.skip("0") { return 0 }
    guard !reader.isAtEnd else { return nil }
    var total: Int64 = 0
    while !reader.isAtEnd {
      guard let part = reader.durationPart(isNegative: isNegative) else { return nil }
      let (sum, overflows) = total.addingReportingOverflow(part)
      if overflows { return nil }
      total = sum
    }
    return total
  }

  /// The offset in seconds of `UTC`, `+02:00`, `-09:30` or `02:00`; nil for any other time zone.
  ///
  /// Names of places are not known: what they mean changes, and nothing here reads files.
  static func offset(ofTimeZone text: ArraySlice<UInt8>) -> Int64? {
    switch String(decoding: text.prefix(8), as: UTF8.self) {
    case "UTC", "Z", "GMT", "Etc/UTC", "": return 0
    default:
      var reader = DigitReader(text)
      guard let offset = reader.offset(needsSign: false), reader.isAtEnd else { return nil }
      return offset
    }
  }
}

/// Reads digits and marks from the front of a text.
private struct DigitReader {
  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) {
    rest = text
  }

  var isAtEnd: Bool { rest.isEmpty }
  var remaining: Int { rest.count }

  mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: mark) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func digit() -> Int64? {
    guard let byte = rest.first, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
      return nil
    }
    rest.removeFirst()
    return Int64(byte - UInt8(ascii: "0"))
  }

  /// Exactly `count` digits.
  mutating func digits(_ count: Int) -> Int64? {
    var value: Int64 = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// One to any number of digits as a fraction of a second, in nanoseconds; later digits are dropped.
  mutating func fraction() -> Int64? {
    guard let first = digit() else { return nil }
    var value = first * 100_000_000
    var unit: Int64 = 10_000_000
    while let digit = digit() {
      value += digit * unit
      unit /= 10
    }
    return value
  }

  /// `+02:00`, in seconds.
  mutating func offset(needsSign: Bool) -> Int64? {
    let isNegative = skip("-")
    if !isNegative, !skip("+"), needsSign { return nil }
    guard let hours = digits(2), skip(":"), let minutes = digits(2), hours < 24, minutes < 60
    else { return nil }
    let offset = hours * 3600 + minutes * 60
    return isNegative ? -offset : offset
  }

  /// A number with its unit, in nanoseconds.
  mutating func durationPart(isNegative: Bool) -> Int64? {
    var whole: Int64 = 0
    var hasDigits = false
    while let digit = digit() {
      hasDigits = true
      let (scaled, overflows) = whole.multipliedReportingOverflow(by: 10)
      let (sum, carries) = scaled.subtractingReportingOverflow(digit)
      if overflows || carries { return nil }
      whole = sum
    }
    var fraction: [Int64] = []
    if skip(".") {
      while let digit = digit() {
        hasDigits = true
        if fraction.count < 18 { fraction.append(digit) }
      }
    }
    guard hasDigits, let unit = unit() else { return nil }
    let (scaled, overflows) = whole.multipliedReportingOverflow(by: unit)
    if overflows { return nil }
    var part: Double = 0
    for digit in fraction.reversed() { part = (part + Double(digit)) / 10 }
    // Gathered below zero, where there is room for one more.
    let (total, carries) = scaled.subtractingReportingOverflow(
      Int64((part * Double(unit)).rounded()))
    if carries { return nil }
    if isNegative { return total }
    return total == .min ? nil : -total
  }

  private mutating func unit() -> Int64? {
    if skip("h") { return 3_600_000_000_000 }
    if skip("m") { return skip("s") ? 1_000_000 : 60_000_000_000 }
    if skip("s") { return 1_000_000_000 }
    if skip("n") { return skip("s") ? 1 : nil }
    if skip("u") { return skip("s") ? 1000 : nil }
    // The two letters that write micro: U+00B5 and U+03BC.
    if rest.starts(with: [0xC2, 0xB5]) || rest.starts(with: [0xCE, 0xBC]) {
      rest.removeFirst(2)
      return skip("s") ? 1000 : nil
    }
    return nil
  }
}
