import Documents
import TestSupport
import Testing

private func number(_ text: String) -> ExactNumber { ExactNumber(Array(text.utf8)[...]) }

struct ExactNumberTests {
  @Test(arguments: [
    ("60", "60.0"), ("60", "6e1"), ("0", "-0.0"), ("1e2", "100"), ("0.10", "1e-1"),
    ("-9223372036854775808", "-9223372036854775808.0"), ("1e999", "10e998"),
    ("1.5", "1.50"), ("-1.5", "-1.50"), ("-0.25", "-25e-2"),
    ("12345678901234567890123456789012345678901", "1.2345678901234567890123456789012345678901e40"),
  ])
  func equal(_ left: String, _ right: String) {
    #expect(number(left) == number(right))
    #expect(!(number(left) < number(right)) && !(number(right) < number(left)))
  }

  @Test(arguments: [
    ("1", "2"), ("-2", "-1"), ("-1", "0"), ("0", "0.0001"),
    ("9223372036854775807", "9223372036854775808"),
    ("1e999", "1e1000"), ("-1e1000", "-1e999"), ("0.1", "0.10000000000000000000001"),
    ("1234567890123456789012345678901234567890", "1234567890123456789012345678901234567891"),
    ("-1e999", "5"), ("5", "1e999"), ("10080", "10080.5"),
  ])
  func ordered(_ less: String, _ more: String) {
    #expect(number(less) < number(more))
    #expect(!(number(more) < number(less)))
    #expect(number(less) != number(more))
  }

  @Test(arguments: [
    ("60", true), ("60.0", true), ("6e1", true), ("60.5", false), ("1e999", true), ("1e-1", false),
    ("0.0", true), ("1234567890123456789012345678901234567890.0", true),
  ])
  func wholeness(_ text: String, _ expected: Bool) {
    #expect(number(text).isInteger == expected)
  }

  @Test(arguments: [
    ("10", "2", true), ("7", "2", false), ("0", "2", true), ("4.5", "1.5", true),
    ("35", "1.5", false),
    ("0.0075", "0.0001", true), ("0.00751", "0.0001", false), ("1e308", "0.123456789", false),
    ("1e308", "0.5", true), ("12391239123", "1e-8", true), ("-10", "5", true), ("1", "0", false),
    ("100000000000000000000000000000000000000007", "7", false), ("1e999999", "64", true),
    ("700000000000000000000000000000000000000007", "7", true), ("25", "50", false),
    ("250", "50", true),
  ])
  func multiples(_ value: String, _ divisor: String, _ expected: Bool) {
    #expect(number(value).isMultiple(of: number(divisor)) == expected)
  }

  @Test(arguments: [("1.5", 1.5), ("1e400", .infinity), ("-1e400", -.infinity), ("123", 123)])
  func doubles(_ text: String, _ expected: Double) {
    #expect(number(text).double == expected)
  }

  // MARK: - Long exponents

  /// Exponents about the bounds of 64 bits, 2^60 and 2^61, and far beyond.
  private static let exponents: [String] = [
    "1152921504606846975", "1152921504606846976", "1152921504606846977", "2305843009213693951",
    "2305843009213693952", "9223372036854775807", "9223372036854775808", "9223372036854775809",
    "9223372036854775810", "18446744073709551615", "18446744073709551616",
    "18446744073709551617", "99999999999999999999", "00000000000000000009223372036854775808",
    String(repeating: "9", count: 1_000),
  ]

  private static let mantissas: [String] = [
    "1", "1.5", "12345", "0.001", "10", "1" + String(repeating: "0", count: 99),
  ]

  @Test(arguments: exponents, mantissas)
  func longExponentsKeepSignAndOrder(_ exponent: String, _ digits: String) {
    let huge = number("\(digits)e\(exponent)")
    let negativeHuge = number("-\(digits)e+\(exponent)")
    let tiny = number("\(digits)e-\(exponent)")
    let negativeTiny = number("-\(digits)E-\(exponent)")
    let ordered = [
      negativeHuge, number("-1e1000000"), number("-1"), number("-1e-1000000"), negativeTiny,
      number("0"), tiny, number("1e-1000000"), number("1"), number("1e1000000"), huge,
    ]
    for left in ordered.indices {
      for right in ordered.indices {
        #expect((ordered[left] < ordered[right]) == (left < right), "\(left) \(right)")
        #expect((ordered[left] == ordered[right]) == (left == right), "\(left) \(right)")
      }
    }
    #expect(huge.isInteger && negativeHuge.isInteger)
    #expect(!tiny.isInteger && !negativeTiny.isInteger)
    #expect(huge.double == .infinity && negativeHuge.double == -.infinity)
    #expect(tiny.double == 0 && negativeTiny.double == 0)
    #expect(huge.isMultiple(of: number("7")) == false && huge.isMultiple(of: number("16")))
    #expect(number("7e\(exponent)").isMultiple(of: number("7")))
    #expect(!tiny.isMultiple(of: number("1")) && !number("7").isMultiple(of: huge))
  }

  @Test(arguments: exponents, ["0", "-0", "0.000", "00"] as [String])
  func zeroIsZeroWhateverItsExponent(_ exponent: String, _ digits: String) {
    for text in ["\(digits)e\(exponent)", "\(digits)e-\(exponent)"] {
      #expect(number(text) == .integer(0) && number(text).isInteger, "\(text)")
    }
  }

  @Test(arguments: [
    ("1e1152921504606846975", "1e1152921504606846976"),
    ("1e1152921504606846976", "2e1152921504606846976"),
    ("1e-1152921504606846976", "1e-1152921504606846975"),
    ("1e-1152921504606846976", "1.0000000001e-1152921504606846976"),
    ("9.9e1152921504606846975", "1e1152921504606846976"),
    ("1e20000000000000000000000", "1e30000000000000000000000"),
    ("1e-30000000000000000000000", "1e-20000000000000000000000"),
    ("1e-30000000000000000000", "5e-20000000000000000000"),
    ("1e-20000000000000000000", "5e-20000000000000000000"),
    ("1e99999999999999999998", "1e99999999999999999999"),
    ("9.9e99999999999999999999", "1e100000000000000000000"),
    ("0.99e-99999999999999999999", "1e-99999999999999999999"),
    ("99e99999999999999999998", "0.1e100000000000000000001"),
    ("1e9223372036854775808", "7e99999999999999999999"),
    ("9e9999999999999999999", "1e10000000000000000000"),
  ])
  func longExponentsAreCompared(_ less: String, _ more: String) {
    #expect(number(less) < number(more) && !(number(more) < number(less)))
  }

  @Test(arguments: [
    ("0.001e1152921504606846979", "1e1152921504606846976"),
    ("1000e-1152921504606846979", "1e-1152921504606846976"),
    ("0.0000000000000000000000000000001e31", "1"), ("10e-1", "1"), ("100e-2", "1"),
    ("1e00000000000000000000000000000000002", "100"),
    ("0.01e99999999999999999999", "10e99999999999999999996"),
    ("1e100000000000000000000", "0.1e+00100000000000000000001"),
    ("10e99999999999999999999", "1e100000000000000000000"),
    ("0.1e-99999999999999999999", "1e-100000000000000000000"),
    ("100e-100000000000000000001", "1e-99999999999999999999"),
    ("-1.50e-99999999999999999999", "-15E-100000000000000000000"),
  ])
  func differentSpellingsAreOneValue(_ left: String, _ right: String) {
    #expect(number(left) == number(right))
    #expect(!(number(left) < number(right)) && !(number(right) < number(left)))
  }

  // MARK: - Doubles

  private static let zeros = String(repeating: "0", count: 1_000)

  private static let nearestDoubles: [(String, Double)] = [
    (String(repeating: "1", count: 1_100_001) + "e-1100000", 1.1111111111111112),
    ("0." + String(repeating: "0", count: 1_100_000) + "25e1100001", 2.5),
    ("5e-324", Double.leastNonzeroMagnitude), ("2.4703282292062327e-324", 0),
    ("2.4703282292062329e-324", Double.leastNonzeroMagnitude),
    ("1.7976931348623158e308", Double.greatestFiniteMagnitude), ("1.8e308", Double.infinity),
    // Half between two doubles, and a digit more after a thousand zeros.
    ("9007199254740993.0", 9007199254740992),
    ("9007199254740993." + zeros + "1", 9007199254740994),
    ("-9007199254740993." + zeros + "1", -9007199254740994),
  ]

  @Test(arguments: nearestDoubles)
  func longNumbersHaveTheNearestDouble(_ text: String, _ expected: Double) {
    #expect(number(text).double == expected)
  }

  // MARK: - Against slow arithmetic

  /// A number as a whole number of digits over a power of ten, compared by writing all zeros out.
  private struct Naive {
    var isNegative: Bool
    var digits: [UInt8]
    /// How many of the digits are after the point; negative for zeros that are not written.
    var scale: Int

    var text: String {
      (isNegative ? "-" : "") + digits.map(String.init).joined() + "e\(-scale)"
    }

    var isZero: Bool { digits.allSatisfy { $0 == 0 } }

    /// The digits times 10^`shift`, without zeros before them.
    func shifted(by shift: Int) -> [UInt8] {
      Array((digits + [UInt8](repeating: 0, count: shift)).drop { $0 == 0 })
    }

    static func order(_ left: Naive, _ right: Naive) -> Int {
      let scale = max(left.scale, right.scale)
      let (first, second) = (
        left.shifted(by: scale - left.scale), right.shifted(by: scale - right.scale)
      )
      let magnitude =
        first == second
        ? 0
        : first.count != second.count
          ? first.count - second.count : first.lexicographicallyPrecedes(second) ? -1 : 1
      switch (left.isNegative && !left.isZero, right.isNegative && !right.isZero) {
      case (false, false): return magnitude.signum()
      case (true, true): return -magnitude.signum()
      case (true, false): return -1
      case (false, true): return 1
      }
    }

    /// Long division by subtraction.
    static func isMultiple(_ value: Naive, of divisor: Naive) -> Bool {
      if value.isZero { return true }
      if divisor.isZero { return false }
      let scale = max(value.scale, divisor.scale)
      let wanted = divisor.shifted(by: scale - divisor.scale)
      var remainder: [UInt8] = []
      for digit in value.shifted(by: scale - value.scale) {
        if !remainder.isEmpty || digit != 0 { remainder.append(digit) }
        while remainder.count > wanted.count
          || remainder.count == wanted.count && !remainder.lexicographicallyPrecedes(wanted)
        {
          var borrow = 0
          for offset in 0..<remainder.count {
            let index = remainder.count - 1 - offset
            let other = offset < wanted.count ? Int(wanted[wanted.count - 1 - offset]) : 0
            let difference = Int(remainder[index]) - other - borrow
            borrow = difference < 0 ? 1 : 0
            remainder[index] = UInt8(difference < 0 ? difference + 10 : difference)
          }
          remainder = Array(remainder.drop { $0 == 0 })
        }
      }
      return remainder.isEmpty
    }
  }

  private static func random(
    digits: ClosedRange<Int>, scale: ClosedRange<Int>, _ generator: inout SteadyBytes
  ) -> Naive {
    let count = Int.random(in: digits, using: &generator)
    // Few kinds of digits, so that numbers are often equal or multiples.
    let kinds: [UInt8] = Bool.random(using: &generator) ? [0, 1, 2, 5] : Array(0...9)
    return Naive(
      isNegative: Bool.random(using: &generator),
      digits: (0..<count).map { _ in kinds.randomElement(using: &generator) ?? 0 },
      scale: Int.random(in: scale, using: &generator))
  }

  @Test func agreesWithSlowArithmetic() {
    var generator = SteadyBytes(seed: 1)
    for _ in 0..<20_000 {
      let left = Self.random(digits: 1...8, scale: -6...6, &generator)
      let right = Self.random(digits: 1...8, scale: -6...6, &generator)
      let order = Naive.order(left, right)
      let (first, second) = (number(left.text), number(right.text))
      #expect((first == second) == (order == 0), "\(left.text) \(right.text)")
      #expect((first < second) == (order < 0), "\(left.text) \(right.text)")
      #expect(
        first.isInteger
          == Naive.isMultiple(left, of: Naive(isNegative: false, digits: [1], scale: 0)),
        "\(left.text)")
    }
  }

  @Test(arguments: [1...3, 15...22, 40...90], [1...4, 17...20, 25...60])
  func multiplesAgreeWithSlowDivision(_ digits: ClosedRange<Int>, _ divisors: ClosedRange<Int>) {
    var generator = SteadyBytes(seed: 2)
    for _ in 0..<200 {
      var value = Self.random(digits: digits, scale: -9...9, &generator)
      let divisor = Self.random(digits: divisors, scale: -9...9, &generator)
      #expect(
        number(value.text).isMultiple(of: number(divisor.text))
          == Naive.isMultiple(value, of: divisor),
        "\(value.text) \(divisor.text)")
      // A product is a multiple, and one more in its last digit is none unless 1 is.
      let product = Self.product(value, divisor)
      #expect(number(product.text).isMultiple(of: number(divisor.text)), "\(product.text)")
      value = product
      value.digits[value.digits.count - 1] ^= 1
      #expect(
        number(value.text).isMultiple(of: number(divisor.text))
          == Naive.isMultiple(value, of: divisor),
        "\(value.text) \(divisor.text)")
    }
  }

  /// A number times the whole number of another's digits.
  private static func product(_ value: Naive, _ divisor: Naive) -> Naive {
    var digits = [Int](repeating: 0, count: value.digits.count + divisor.digits.count)
    for (i, one) in value.digits.reversed().enumerated() {
      for (j, other) in divisor.digits.reversed().enumerated() {
        digits[i + j] += Int(one) * Int(other)
      }
    }
    for index in 0..<(digits.count - 1) {
      digits[index + 1] += digits[index] / 10
      digits[index] %= 10
    }
    return Naive(
      isNegative: false, digits: digits.reversed().map { UInt8($0) }, scale: divisor.scale)
  }

  /// Steps of `multipleOf` grow with the digits of the value, and with those of both numbers where
  /// the divisor is long.
  @Test func stepsOfMultiplesGrowWithTheDigits() {
    let steps = [10_000, 20_000, 40_000].map { count in
      number(String(repeating: "7", count: count)).multipleSteps(of: number("3"))
    }
    #expect(steps == [625, 1250, 2500])
    let long = number(String(repeating: "3", count: 9_000))
    #expect(number(String(repeating: "7", count: 9_000)).multipleSteps(of: long) > 1_000_000)
  }
}
