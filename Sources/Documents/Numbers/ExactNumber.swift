/// The exact value of a JSON number (RFC 8259, section 6), whatever its size.
///
/// `60`, `60.0` and `6e1` are the same value. Digits and exponents are exact, however long.
package enum ExactNumber: Sendable {
  /// A whole number of 64 bits.
  case integer(Int64)
  /// Any other number.
  case decimal(Decimal)

  /// A number as decimal digits: `digits` × 10^`exponent`.
  package struct Decimal: Sendable {
    /// Whether the number is below zero.
    package var isNegative: Bool
    /// The digits' values, without zeros at either end; never empty.
    package var digits: [UInt8]
    /// The power of ten of the last digit; ±2^61 where it is farther from zero than about 2^60.
    package var exponent: Int
    /// The digits of the power of ten above the first digit, without its sign, where `exponent` cannot
    /// say it; else empty.
    package internal(set) var farPower: [UInt8] = []
  }

  /// Reads the text of a JSON number.
  ///
  /// Other text reads as far as its digits go. A plus sign and a missing digit beside the point are
  /// accepted.
  package init(_ text: ArraySlice<UInt8>) {
    if let value = Self.plainInteger(text.span) {
      self = .integer(value)
      return
    }
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count)
    var exponent = 0
    var index = text.startIndex
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative || text.first == UInt8(ascii: "+") { index += 1 }
    var isFraction = false
    scan: while index < text.endIndex {
      switch text[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = text[index] - UInt8(ascii: "0")
        // Zeros before the first digit say nothing but where the point is.
        if digit != 0 || !digits.isEmpty { digits.append(digit) }
        if isFraction { exponent -= 1 }
      case UInt8(ascii: "."): isFraction = true
      default: break scan
      }
      index += 1
    }
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    guard !digits.isEmpty else {
      self = .integer(0)
      return
    }
    let written = index < text.endIndex ? text[(index + 1)...] : []
    var decimal = Decimal(
      isNegative: isNegative, digits: digits, exponent: exponent + Self.exponent(written))
    decimal.saturate(written, shift: exponent + digits.count)
    if let value = decimal.int64 {
      self = .integer(value)
    } else {
      self = .decimal(decimal)
    }
  }

  /// The value of digits with an optional minus sign, if it fits 64 bits.
  fileprivate static func plainInteger(_ text: Span<UInt8>) -> Int64? {
    guard !text.isEmpty else { return nil }
    let isNegative = text[0] == UInt8(ascii: "-")
    var value: Int64 = 0
    for index in (isNegative ? 1 : 0)..<text.count {
      let byte = text[index]
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
      let digit = Int64(byte - UInt8(ascii: "0"))
      let (sum, carries) =
        isNegative
        ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
      if overflows || carries { return nil }
      value = sum
    }
    return value
  }

  /// The value of an exponent's digits and sign, between ±2^61.
  ///
  /// A text holds fewer than 2^33 digits, so what is added to the exponent for them cannot overflow,
  /// nor bring an exponent that was cut here back below 2^60.
  private static func exponent(_ text: ArraySlice<UInt8>) -> Int {
    let limit = 1 << 61
    var value = 0
    let isNegative = text.first == UInt8(ascii: "-")
    for byte in text where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      // Below 2^57, ten times the value and a digit stay far below 2^61.
      if value >= 1 << 57 {
        let (scaled, overflows) = value.multipliedReportingOverflow(by: 10)
        if overflows || scaled >= limit { return isNegative ? -limit : limit }
        value = min(limit, scaled + Int(byte - UInt8(ascii: "0")))
      } else {
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
    }
    return isNegative ? -value : value
  }

  /// Whether the number is whole (JSON Schema's `integer`).
  package var isInteger: Bool {
    switch self {
    case .integer: true
    case .decimal(let decimal): decimal.exponent >= 0
    }
  }

  /// The nearest double; infinite where the number is too large for one.
  package var double: Double {
    switch self {
    case .integer(let value): Double(value)
    case .decimal(let decimal): decimal.double
    }
  }
}

extension ExactNumber.Decimal {
  /// The power of ten above the first digit, unless that is too far: the number is below
  /// 10^`magnitude`.
  var magnitude: Int { exponent + digits.count }

  /// The nearest double.
  fileprivate var double: Double {
    // Between two doubles lies a number of at most 767 digits: what follows only breaks the tie.
    let limit = 800
    var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    for (index, digit) in digits.prefix(limit).enumerated() {
      if index == 1 { text.append(UInt8(ascii: ".")) }
      text.append(digit + UInt8(ascii: "0"))
    }
    if digits.count > limit { text.append(UInt8(ascii: "1")) }
    let power = min(max(magnitude - 1, -1_000), 1_000)
    return Double("\(String(decoding: text, as: UTF8.self))e\(power)") ?? 0
  }
}

extension ExactNumber.Decimal {
  /// The number as a 64-bit integer, if it is one.
  var int64: Int64? {
    guard exponent >= 0, exponent + digits.count <= 19 else { return nil }
    var value: Int64 = 0
    for digit in digits + [UInt8](repeating: 0, count: exponent) {
      let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, carries) =
        isNegative
        ? shifted.subtractingReportingOverflow(Int64(digit))
        : shifted.addingReportingOverflow(Int64(digit))
      if overflows || carries { return nil }
      value = sum
    }
    return value
  }

  /// The same number with a 64-bit integer's digits.
  init(_ value: Int64) {
    var magnitude = value.magnitude
    var digits: [UInt8] = []
    while magnitude > 0 {
      digits.append(UInt8(magnitude % 10))
      magnitude /= 10
    }
    var exponent = 0
    while digits.first == 0 {
      digits.removeFirst()
      exponent += 1
    }
    self.init(
      isNegative: value < 0, digits: digits.isEmpty ? [0] : digits.reversed(), exponent: exponent)
  }
}

extension ExactNumber: Comparable {
  var decimal: Decimal {
    switch self {
    case .integer(let value): Decimal(value)
    case .decimal(let decimal): decimal
    }
  }

  /// Compares exact values.
  package static func == (left: ExactNumber, right: ExactNumber) -> Bool {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): left == right
    case (.decimal(let left), .decimal(let right)):
      left.isNegative == right.isNegative && left.exponent == right.exponent
        && left.digits == right.digits && left.farPower == right.farPower
    case (.integer, .decimal), (.decimal, .integer): false
    }
  }

  /// Compares exact values.
  package static func < (left: ExactNumber, right: ExactNumber) -> Bool {
    if case .integer(let left) = left, case .integer(let right) = right { return left < right }
    let (left, right) = (left.decimal, right.decimal)
    if left.digits == [0] { return !right.isNegative && right.digits != [0] }
    if right.digits == [0] { return left.isNegative }
    if left.isNegative != right.isNegative { return left.isNegative }
    let isLess = left.magnitudeIsLess(than: right)
    return left.isNegative ? right.magnitudeIsLess(than: left) : isLess
  }
}

// Those of `Comparable` by default would go through a table of witnesses for each number checked.
extension ExactNumber {
  /// Compares exact values.
  package static func > (left: ExactNumber, right: ExactNumber) -> Bool { right < left }
  /// Compares exact values.
  package static func <= (left: ExactNumber, right: ExactNumber) -> Bool { !(right < left) }
  /// Compares exact values.
  package static func >= (left: ExactNumber, right: ExactNumber) -> Bool { !(left < right) }
}

extension ExactNumber.Decimal {
  fileprivate func magnitudeIsLess(than other: ExactNumber.Decimal) -> Bool {
    if isSaturated(like: other) {
      if farPower != other.farPower { return (exponent > 0) == powerIsNearer(than: other) }
    } else if magnitude != other.magnitude {
      return magnitude < other.magnitude
    }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}

extension Document {
  /// The exact value of a number node; zero for any other node.
  package func number(of node: NodeID) -> ExactNumber {
    guard kind(of: node) == .number else { return .integer(0) }
    if let value = withUTF8(of: node, { ExactNumber.plainInteger($0) }) { return .integer(value) }
    return ExactNumber(utf8(of: node))
  }
}
