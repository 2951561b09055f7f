// Exponents that an `Int` cannot hold. What is done here takes time in proportion to their text.

extension ExactNumber.Decimal {
  /// The power of ten beyond which `farPower` says it, with room for the longest text.
  private static let powerLimit = (1 << 60) + (1 << 33)

  /// Whether the exponent is cut, and `farPower` has what it stands for.
  package var isSaturated: Bool { !farPower.isEmpty }

  /// Cuts an exponent that is too far from zero, and keeps the power of ten above the first digit.
  ///
  /// `written` is the exponent as the number has it; the power is larger by `shift`.
  mutating func saturate(_ written: ArraySlice<UInt8>, shift: Int) {
    guard magnitude.magnitude > UInt(Self.powerLimit) else { return }
    farPower = Self.sum(written, exponent > 0 ? shift : -shift)
    exponent = exponent > 0 ? 1 << 61 : -(1 << 61)
  }

  /// The digits of a number in text, without its sign, and a smaller number together.
  private static func sum(_ text: ArraySlice<UInt8>, _ addend: Int) -> [UInt8] {
    // The last digit comes first until all is added.
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count + 1)
    for byte in text.reversed() where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      digits.append(byte - UInt8(ascii: "0"))
    }
    var carry = addend
    var index = 0
    while carry != 0 {
      if index == digits.count {
        guard carry > 0 else { break }
        digits.append(0)
      }
      let value = Int(digits[index]) + carry
      let digit = (value % 10 + 10) % 10
      digits[index] = UInt8(digit)
      carry = (value - digit) / 10
      index += 1
    }
    while digits.last == 0 { digits.removeLast() }
    digits.reverse()
    return digits
  }

  /// Whether two exponents are cut in the same direction: only `farPower` tells them apart.
  func isSaturated(like other: ExactNumber.Decimal) -> Bool {
    isSaturated && other.isSaturated && exponent == other.exponent
  }

  /// Whether the power of ten above the first digit is nearer to zero than that of a number whose
  /// exponent is cut as this one is.
  func powerIsNearer(than other: ExactNumber.Decimal) -> Bool {
    farPower.count == other.farPower.count
      ? farPower.lexicographicallyPrecedes(other.farPower)
      : farPower.count < other.farPower.count
  }

  /// How much larger the power of ten of the last digit is than that of another number.
  ///
  /// A difference of more than 10^16 has the right sign, and is at least that large.
  func exponentDifference(from other: ExactNumber.Decimal) -> Int {
    guard isSaturated(like: other) else { return nearExponent - other.nearExponent }
    let limit = 100_000_000_000_000_000
    let count = max(farPower.count, other.farPower.count)
    var difference = 0
    for place in (0..<count).reversed() {
      difference = difference * 10 + digit(at: place) - other.digit(at: place)
      // What follows cannot bring the difference nearer to zero again.
      if abs(difference) >= limit {
        difference = difference < 0 ? -limit : limit
        break
      }
    }
    return (exponent > 0 ? difference : -difference) - digits.count + other.digits.count
  }

  /// The power of ten of the last digit, unless it is farther from zero than 2^61.
  private var nearExponent: Int {
    guard isSaturated else { return exponent }
    let limit = 1 << 61
    var power = 0
    for digit in farPower {
      let (scaled, overflows) = power.multipliedReportingOverflow(by: 10)
      guard !overflows, scaled < limit else {
        power = limit
        break
      }
      power = scaled + Int(digit)
    }
    return (exponent > 0 ? power : -power) - digits.count
  }

  /// The digit of `farPower` that is before so many others; 0 before its first.
  private func digit(at place: Int) -> Int {
    place < farPower.count ? Int(farPower[farPower.count - 1 - place]) : 0
  }

  /// The power of ten of the first digit as text, unless it has more than forty digits.
  package var scientificExponent: String? {
    guard isSaturated else { return String(magnitude - 1) }
    guard farPower.count <= 40 else { return nil }
    let text = farPower.map { $0 + UInt8(ascii: "0") }
    let power = Self.sum(text[...], exponent > 0 ? -1 : 1).map { $0 + UInt8(ascii: "0") }
    return (exponent > 0 ? "" : "-") + String(decoding: power, as: UTF8.self)
  }
}
