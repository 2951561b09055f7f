/// Numbers as text.
enum NumberText {
  /// The shortest text that reads as the same number: `123`, `0.5`, `1e+21`.
  static func shortest(_ value: Double) -> String {
    if let name = name(ofNonFinite: value) { return name }
    let text = value.description
    if text.hasSuffix(".0") { return String(text.dropLast(2)) }
    // Swift writes 1e-05 as 1e-05 and a whole mantissa with .0 before the exponent.
    if let index = text.firstIndex(of: "e"), text[..<index].hasSuffix(".0") {
      return String(text[..<index].dropLast(2)) + text[index...]
    }
    return text
  }

  /// The name of an infinity or of what is no number.
  static func name(ofNonFinite value: Double) -> String? {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return nil
  }

  /// A number with exactly `precision` digits after the point, rounded half to even.
  static func fixed(_ value: Double, precision: Int) -> String {
    if let name = name(ofNonFinite: value) { return name }
    var decimal = ExactDecimal(value.magnitude)
    decimal.round(toExponent: -precision)
    let digits = decimal.digits.map { Character(Unicode.Scalar($0 + UInt8(ascii: "0"))) }
    // Zeros fill up what lies between the digits and the point, on either side.
    let point = digits.count + decimal.exponent
    var whole = String(digits.prefix(max(0, point)))
    whole += String(repeating: "0", count: max(0, point - digits.count))
    var fraction = String(repeating: "0", count: max(0, -point))
    fraction += String(digits.dropFirst(max(0, point)))
    fraction = String(fraction.prefix(precision))
    fraction += String(repeating: "0", count: max(0, precision - fraction.utf8.count))
    let sign = value.sign == .minus ? "-" : ""
    return sign + (whole.isEmpty ? "0" : whole) + (precision > 0 ? "." + fraction : "")
  }

  /// A number as `1.052033e+03`, with exactly `precision` digits after the point.
  static func scientific(_ value: Double, precision: Int) -> String {
    if let name = name(ofNonFinite: value) { return name }
    var decimal = ExactDecimal(value.magnitude)
    if !decimal.digits.isEmpty {
      decimal.round(toExponent: decimal.leadingExponent - precision)
    }
    let exponent = decimal.digits.isEmpty ? 0 : decimal.leadingExponent
    var digits = decimal.digits.map { Character(Unicode.Scalar($0 + UInt8(ascii: "0"))) }
    while digits.count < precision + 1 { digits.append("0") }
    let sign = value.sign == .minus ? "-" : ""
    let magnitude = String(exponent.magnitude)
    return sign + String(digits[0]) + (precision > 0 ? "." + String(digits[1...precision]) : "")
      + (exponent < 0 ? "e-" : "e+") + (magnitude.utf8.count < 2 ? "0" : "") + magnitude
  }
}

/// The exact value of a double, in decimal: every finite one has an end.
private struct ExactDecimal {
  /// The digits' values, the first of which is not zero; empty for zero.
  private(set) var digits: [UInt8] = []
  /// The power of ten of the last digit.
  private(set) var exponent = 0

  /// The power of ten of the first digit.
  var leadingExponent: Int { exponent + digits.count - 1 }

  init(_ value: Double) {
    guard value > 0 else { return }
    let power = value.exponent < -1022 ? -1074 : Int(value.exponent) - 52
    let significand =
      value.significandBitPattern | (value.isNormal ? 1 << 52 : 0)
    // value = significand × 2^power; a negative power of two is one of five over one of ten.
    var limbs = [
      UInt32(significand % 1_000_000_000), UInt32(significand / 1_000_000_000 % 1_000_000_000),
    ]
    if power >= 0 {
      Self.multiply(&limbs, by: 2, times: power)
    } else {
      Self.multiply(&limbs, by: 5, times: -power)
      exponent = power
    }
    for limb in limbs.reversed() {
      var rest = limb
      var nine = [UInt8](repeating: 0, count: 9)
      for index in (0..<9).reversed() {
        nine[index] = UInt8(rest % 10)
        rest /= 10
      }
      digits.append(contentsOf: nine)
    }
    digits.removeFirst(digits.prefix { $0 == 0 }.count)
  }

  /// Multiplies a number in limbs of nine digits by a power, some factors at a time.
  private static func multiply(_ limbs: inout [UInt32], by factor: UInt64, times: Int) {
    let step = factor == 2 ? 29 : 12
    var remaining = times
    while remaining > 0 {
      var product: UInt64 = 1
      for _ in 0..<min(step, remaining) { product *= factor }
      remaining -= min(step, remaining)
      var carry: UInt64 = 0
      for index in limbs.indices {
        let value = UInt64(limbs[index]) * product + carry
        limbs[index] = UInt32(value % 1_000_000_000)
        carry = value / 1_000_000_000
      }
      if carry > 0 { limbs.append(UInt32(carry)) }
    }
  }

  /// Rounds half to even, so that no digit is of a lower power of ten.
  mutating func round(toExponent wanted: Int) {
    let dropped = wanted - exponent
    guard dropped > 0 else { return }
    exponent = wanted
    guard dropped <= digits.count else {
      digits = []
      return
    }
    let tail = digits.suffix(dropped)
    let isHalf = tail.first == 5 && tail.dropFirst().allSatisfy { $0 == 0 }
    digits.removeLast(dropped)
    guard let next = tail.first, next >= 5 else { return }
    if isHalf, (digits.last ?? 0) % 2 == 0 { return }
    var index = digits.count - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 { digits[index] += 1 } else { digits.insert(1, at: 0) }
  }
}
