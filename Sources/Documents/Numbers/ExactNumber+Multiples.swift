// Exact division (JSON Schema, `multipleOf`).

extension ExactNumber {
  /// Whether this number is a whole multiple of another, exactly.
  ///
  /// No number but zero is a multiple of zero. Takes the time of `multipleSteps(of:)`.
  package func isMultiple(of divisor: ExactNumber) -> Bool {
    if case .integer(let value) = self, case .integer(let divisor) = divisor {
      return value == 0 || divisor != 0 && (divisor == -1 || value % divisor == 0)
    }
    let (value, divisor) = (decimal, divisor.decimal)
    if value.digits == [0] { return true }
    if divisor.digits == [0] { return false }
    // value / divisor = A × 10^k / M, where neither A nor M ends in a zero.
    let shift = value.exponentDifference(from: divisor)
    guard shift >= 0 else { return false }
    // 10^k brings k factors of 2 and of 5; what else M has, A must have.
    if let short = divisor.short {
      return Self.isDivisible(value.digits, by: Self.reduced(short, by: shift))
    }
    var rest = Limbs(divisor.digits)
    rest.removeFactors(of: 2, upTo: shift)
    rest.removeFactors(of: 5, upTo: shift)
    return Limbs(value.digits).isMultiple(of: rest)
  }

  /// How many steps finding out takes, each about as long as applying a small schema.
  ///
  /// In proportion to the digits of this number where the divisor has up to 18 digits, and else to the
  /// product of both numbers' digits.
  package func multipleSteps(of divisor: ExactNumber) -> Int {
    guard case .decimal(let divisor) = divisor, divisor.digits.count > 18 else {
      return digitCount >> 4
    }
    // Limbs have nine digits; one takes a sixteenth of a step.
    let (limbs, others) = (digitCount / 9 + 1, divisor.digits.count / 9 + 1)
    return (limbs + others * 30).multipliedReportingOverflow(by: others).partialValue / 16
  }

  private var digitCount: Int {
    switch self {
    case .integer: 19
    case .decimal(let decimal): decimal.digits.count
    }
  }

  /// A number without the factors of 2 and 5 that a power of ten has.
  private static func reduced(_ number: UInt64, by power: Int) -> UInt64 {
    var rest = number
    for factor: UInt64 in [2, 5] {
      var count = 0
      while count < power, rest % factor == 0 {
        rest /= factor
        count += 1
      }
    }
    return rest
  }

  private static func isDivisible(_ digits: [UInt8], by divisor: UInt64) -> Bool {
    // The remainder is below 10^18, and ten times that fits 64 bits.
    var remainder: UInt64 = 0
    for digit in digits { remainder = (remainder * 10 + UInt64(digit)) % divisor }
    return remainder == 0
  }
}

extension ExactNumber.Decimal {
  /// The digits as a number, where there are at most 18.
  fileprivate var short: UInt64? {
    guard digits.count <= 18 else { return nil }
    return digits.reduce(0) { $0 * 10 + UInt64($1) }
  }
}

/// A whole number above zero in limbs of nine decimal digits, the last ones first.
private struct Limbs {
  private static let base: UInt64 = 1_000_000_000
  private var limbs: [UInt64] = []

  init(_ digits: [UInt8]) {
    limbs.reserveCapacity(digits.count / 9 + 1)
    var end = digits.count
    while end > 0 {
      let start = max(0, end - 9)
      limbs.append(digits[start..<end].reduce(0) { $0 * 10 + UInt64($1) })
      end = start
    }
    trim()
  }

  private mutating func trim() {
    while limbs.count > 1, limbs.last == 0 { limbs.removeLast() }
  }

  /// Divides by a small prime as long as that leaves no remainder, at most so many times.
  mutating func removeFactors(of prime: UInt64, upTo limit: Int) {
    var count = 0
    while count < limit, (limbs.first ?? 1) % prime == 0, limbs != [0] {
      var remainder: UInt64 = 0
      for index in limbs.indices.reversed() {
        let value = remainder * Self.base + limbs[index]
        limbs[index] = value / prime
        remainder = value % prime
      }
      trim()
      count += 1
    }
  }

  private mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let value = limbs[index] * factor + carry
      limbs[index] = value % Self.base
      carry = value / Self.base
    }
    limbs.append(carry)
  }

  /// Whether the division by another number leaves no remainder (Knuth, algorithm D).
  consuming func isMultiple(of divisor: Limbs) -> Bool {
    var (value, divisor) = (self, divisor)
    guard let top = divisor.limbs.last, top > 0 else { return false }
    // Scaled so that the first limb of the divisor is large, the guess of a digit is at most 2 off.
    let scale = Self.base / (top + 1)
    divisor.multiply(by: scale)
    divisor.trim()
    value.multiply(by: scale)
    let count = divisor.limbs.count
    guard value.limbs.count >= count else { return false }
    let first = divisor.limbs[count - 1]
    value.limbs.append(0)
    for position in stride(from: value.limbs.count - count - 1, through: 0, by: -1) {
      let head = value.limbs[position + count] * Self.base + value.limbs[position + count - 1]
      value.subtract(divisor, times: min(head / first, Self.base - 1), at: position)
    }
    return value.limbs.allSatisfy { $0 == 0 }
  }

  /// Takes a multiple of another number away from the limbs at a position; one less where it is too
  /// much.
  private mutating func subtract(_ other: Limbs, times factor: UInt64, at position: Int) {
    guard factor > 0 else { return }
    var borrow: Int64 = 0
    var carry: UInt64 = 0
    for index in 0...other.limbs.count {
      let product = (index < other.limbs.count ? other.limbs[index] * factor : 0) + carry
      carry = product / Self.base
      var difference =
        Int64(limbs[position + index]) - Int64(product % Self.base) - borrow
      borrow = difference < 0 ? 1 : 0
      if difference < 0 { difference += Int64(Self.base) }
      limbs[position + index] = UInt64(difference)
    }
    while borrow > 0 {
      var carry: UInt64 = 0
      for index in 0...other.limbs.count {
        let sum =
          limbs[position + index] + (index < other.limbs.count ? other.limbs[index] : 0) + carry
        carry = sum / Self.base
        limbs[position + index] = sum % Self.base
      }
      borrow -= Int64(carry)
    }
  }
}
