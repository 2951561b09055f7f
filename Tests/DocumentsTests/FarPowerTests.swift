import Documents
import TestSupport
import Testing

private func number(_ text: String) -> ExactNumber { ExactNumber(Array(text.utf8)[...]) }

/// Numbers whose exponents no `Int` holds, against 128-bit arithmetic.
struct FarPowerTests {
  /// A number as digits without zeros at either end, and the power of ten of its last digit.
  private struct Reference {
    var isNegative: Bool
    var digits: Int
    var exponent: Int128

    /// The power of ten above the first digit.
    var power: Int128 { exponent + Int128(String(digits).utf8.count) }

    static func isEqual(_ left: Reference, _ right: Reference) -> Bool {
      left.isNegative == right.isNegative && left.digits == right.digits
        && left.exponent == right.exponent
    }

    static func isLess(_ left: Reference, _ right: Reference) -> Bool {
      if left.isNegative != right.isNegative { return left.isNegative }
      let (small, large) = left.isNegative ? (right, left) : (left, right)
      if small.power != large.power { return small.power < large.power }
      return Array(String(small.digits).utf8)
        .lexicographicallyPrecedes(Array(String(large.digits).utf8))
    }

    /// Whether the digits with up to 12 zeros behind them divide; 12 are enough for digits below 1000.
    static func isMultiple(_ left: Reference, of right: Reference) -> Bool {
      guard left.exponent >= right.exponent else { return false }
      var value = left.digits
      for _ in 0..<min(12, left.exponent - right.exponent) { value *= 10 }
      return value % right.digits == 0
    }
  }

  private static let bases: [Int128] = [
    1 << 60, (1 << 60) + (1 << 33), 1 << 61, 1 << 63, 1 << 64, 10_000_000_000_000_000_000,
    100_000_000_000_000_000_000, 99_999_999_999_999_999_999_999_999_999,
    20_000_000_000_000_000_000_000,
  ]

  /// A number and one of its spellings.
  private static func random(
    _ base: Int128, _ generator: inout SteadyBytes
  ) -> (text: String, value: Reference) {
    var value = Reference(
      isNegative: Int.random(in: 0..<4, using: &generator) == 0,
      digits: Int.random(in: 1...999, using: &generator),
      exponent: base + Int128(Int.random(in: -4...4, using: &generator)))
    // Few kinds of digits, so that numbers are often equal.
    if Bool.random(using: &generator) { value.digits = Int.random(in: 1...2, using: &generator) }
    while value.digits % 10 == 0 { value.digits /= 10 }
    let zeros = Int.random(in: 0...5, using: &generator)
    let places = Int.random(in: 0...9, using: &generator)
    var digits = String(value.digits) + String(repeating: "0", count: zeros)
    digits = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
    var text = value.isNegative ? "-" : ""
    text += digits.dropLast(places)
    if places > 0 { text += "." + digits.suffix(places) }
    let exponent = value.exponent + Int128(places - zeros)
    text += exponent < 0 ? "e-" : "E+"
    text += String(repeating: "0", count: Int.random(in: 0...2, using: &generator))
    return (text + String(exponent.magnitude), value)
  }

  @Test(arguments: bases, [1, -1] as [Int128])
  func agreeWithWideArithmetic(_ base: Int128, _ sign: Int128) {
    var generator = SteadyBytes(seed: UInt64(truncatingIfNeeded: base))
    var equals = 0
    for _ in 0..<3_000 {
      let (leftText, left) = Self.random(base * sign, &generator)
      let (rightText, right) = Self.random(base * sign, &generator)
      let (first, second) = (number(leftText), number(rightText))
      let isEqual = Reference.isEqual(left, right)
      equals += isEqual ? 1 : 0
      #expect((first == second) == isEqual, "\(leftText) \(rightText)")
      #expect((first < second) == Reference.isLess(left, right), "\(leftText) \(rightText)")
      #expect(
        first.isMultiple(of: second) == Reference.isMultiple(left, of: right),
        "\(leftText) \(rightText)")
      let text = "[\(leftText), \(rightText)]"
      let document = Request(JSONReader.read(Array(text.utf8)).document)
      let hashes = document.elements(of: .root).map { document.valueHash(of: $0) }
      #expect((hashes[0] == hashes[1]) == isEqual, "\(text)")
    }
    #expect(equals > 10)
  }

  /// Numbers about one base are ordered with those about another, and with plain ones.
  @Test func keepTheirOrderBetweenBases() {
    var generator = SteadyBytes(seed: 7)
    let bases = Self.bases + Self.bases.map { -$0 } + [0, 1000, -1000]
    for _ in 0..<20_000 {
      let (leftText, left) = Self.random(bases.randomElement(using: &generator) ?? 0, &generator)
      let (rightText, right) = Self.random(bases.randomElement(using: &generator) ?? 0, &generator)
      let (first, second) = (number(leftText), number(rightText))
      #expect(
        (first == second) == Reference.isEqual(left, right), "\(leftText) \(rightText)")
      #expect((first < second) == Reference.isLess(left, right), "\(leftText) \(rightText)")
      #expect(
        first.isMultiple(of: second) == Reference.isMultiple(left, of: right),
        "\(leftText) \(rightText)")
    }
  }

  /// Exponents that differ only in the last of very many digits.
  @Test func veryLongExponentsAreCompared() {
    let nines = String(repeating: "9", count: 5_000)
    let next = "1" + String(repeating: "0", count: 5_000)
    #expect(number("1e\(nines)8") < number("1e\(nines)9"))
    #expect(number("1e-\(nines)9") < number("1e-\(nines)8"))
    #expect(number("10e\(nines)") == number("1e\(next)"))
    #expect(number("1e-\(nines)") == number("10e-\(next)"))
    #expect(number("3e\(next)").isMultiple(of: number("3e\(nines)")))
    #expect(!number("3e\(nines)").isMultiple(of: number("3e\(next)")))
    #expect(number("1e\(next)").isMultiple(of: number("2e\(nines)")))
    #expect(!number("1e\(next)").isMultiple(of: number("4e\(nines)")))
  }
}
