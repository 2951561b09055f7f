/// The exact value of a JSON number (RFC 8259, section 6), whatever its size.
///
/// `60`, `60.0` and `6e1` are the same value. Exponents beyond ±2^60 are taken as that bound.
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
    /// The power of ten of the last digit.
    package var exponent: Int
  }

  /// Reads the text of a JSON number; text that is none reads as far as its digits go.
  package init(_ text: ArraySlice<UInt8>) {
    if let value = Self.plainInteger(text) {
      self = .integer(value)
      return
    }
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count)
    var exponent = 0
    var index = text.startIndex
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative { index += 1 }
    var isFraction = false
    scan: while index < text.endIndex {
      switch text[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits.append(text[index] - UInt8(ascii: "0"))
        if isFraction { exponent -= 1 }
      case UInt8(ascii: "."): isFraction = true
      default: break scan
      }
      index += 1
    }
    if index < text.endIndex { exponent += Self.exponent(text[(index + 1)...]) }
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    digits.removeFirst(digits.prefix { $0 == 0 }.count)
    let decimal = Decimal(isNegative: isNegative, digits: digits, exponent: exponent)
    if digits.isEmpty {
      self = .integer(0)
    } else if let value = decimal.int64 {
      self = .integer(value)
    } else {
      self = .decimal(decimal)
    }
  }

  /// The value of digits with an optional minus sign, if it fits 64 bits.
  private static func plainInteger(_ text: ArraySlice<UInt8>) -> Int64? {
    guard let first = text.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    var value: Int64 = 0
    for byte in isNegative ? text.dropFirst() : text {
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

  /// The value of an exponent's digits and sign, held within ±2^60.
  private static func exponent(_ text: ArraySlice<UInt8>) -> Int {
    let limit = 1 << 60
    var value = 0
    let isNegative = text.first == UInt8(ascii: "-")
    for byte in text where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      value = min(limit, value &* 10 &+ Int(byte - UInt8(ascii: "0")))
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
    case .integer(let value): return Double(value)
    case .decimal(let decimal):
      let digits = String(
        decoding: decimal.digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
      let exponent = min(max(decimal.exponent, -1_000_000), 1_000_000)
      let magnitude = Double("\(digits)e\(exponent)") ?? .infinity
      return decimal.isNegative ? -magnitude : magnitude
    }
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
  private var decimal: Decimal {
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
        && left.digits == right.digits
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

extension ExactNumber.Decimal {
  fileprivate func magnitudeIsLess(than other: ExactNumber.Decimal) -> Bool {
    let (top, otherTop) = (exponent + digits.count, other.exponent + other.digits.count)
    if top != otherTop { return top < otherTop }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}

extension ExactNumber {
  /// Whether this number is a whole multiple of another, exactly (JSON Schema, `multipleOf`).
  ///
  /// No number but zero is a multiple of zero. Takes time in proportion to the product of the two
  /// numbers' digits; a rule's divisor is short.
  package func isMultiple(of divisor: ExactNumber) -> Bool {
    let (value, divisor) = (decimal, divisor.decimal)
    if value.digits == [0] { return true }
    if divisor.digits == [0] { return false }
    // value / divisor = A × 10^k / M, where neither A nor M ends in a zero.
    let shift = value.exponent - divisor.exponent
    guard shift >= 0 else { return false }
    // 10^k brings k factors of 2 and of 5; what else M has, A must have.
    var rest = divisor.digits
    var twos = 0
    var fives = 0
    while let half = Self.quotient(rest, by: 2), twos < shift {
      rest = half
      twos += 1
    }
    while let fifth = Self.quotient(rest, by: 5), fives < shift {
      rest = fifth
      fives += 1
    }
    return Self.isDivisible(value.digits, by: rest)
  }

  /// The digits divided by a small number, or nil where a remainder is left.
  private static func quotient(_ digits: [UInt8], by divisor: UInt8) -> [UInt8]? {
    var result: [UInt8] = []
    var remainder: UInt8 = 0
    for digit in digits {
      let value = remainder * 10 + digit
      if !result.isEmpty || value >= divisor { result.append(value / divisor) }
      remainder = value % divisor
    }
    return remainder == 0 ? result : nil
  }

  /// Whether a number is divisible by another, both as digits: long division by subtraction.
  private static func isDivisible(_ digits: [UInt8], by divisor: [UInt8]) -> Bool {
    var remainder: [UInt8] = []
    for digit in digits {
      if !remainder.isEmpty || digit != 0 { remainder.append(digit) }
      while !isLess(remainder, divisor) { subtract(divisor, from: &remainder) }
    }
    return remainder.isEmpty
  }

  private static func isLess(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count != right.count
      ? left.count < right.count : left.lexicographicallyPrecedes(right)
  }

  private static func subtract(_ subtrahend: [UInt8], from digits: inout [UInt8]) {
    var borrow = 0
    for offset in 0..<digits.count {
      let index = digits.count - 1 - offset
      let other = subtrahend.count - 1 - offset
      var value = Int(digits[index]) - borrow - (other >= 0 ? Int(subtrahend[other]) : 0)
      borrow = value < 0 ? 1 : 0
      if value < 0 { value += 10 }
      digits[index] = UInt8(value)
    }
    digits.removeFirst(digits.prefix { $0 == 0 }.count)
  }
}

extension Document {
  /// The exact value of a number node; zero for any other node.
  package func number(of node: NodeID) -> ExactNumber {
    kind(of: node) == .number ? ExactNumber(utf8(of: node)) : .integer(0)
  }
}
