import Documents

/// What a scalar stands for under the core schema of YAML (YAML 1.2.2, section 10.3).
enum ScalarValue: Equatable {
  case null
  case boolean(Bool)
  /// A number in its JSON spelling.
  case number([UInt8])
  case string
  /// `.inf` or `.nan`, which JSON has no number for.
  case notFinite
}

/// The core schema: from the text of a plain scalar to a value.
enum CoreSchema {
  /// How many hexadecimal or octal digits a number may have.
  static let digitLimit = 256

  /// What a plain scalar without a tag stands for.
  static func value(ofPlain text: [UInt8]) -> ScalarValue {
    guard let first = text.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      if let number = integer(text) ?? float(text) { return .number(number) }
      return isNotFinite(text) ? .notFinite : .string
    case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
      return isNull(text) ? .null : .string
    case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"):
      return boolean(text).map { .boolean($0) } ?? .string
    default: return .string
    }
  }

  /// Whether a text is one of the spellings of null, the empty one included.
  static func isNull(_ text: [UInt8]) -> Bool {
    text.isEmpty || matches(text, ["null", "Null", "NULL", "~"])
  }

  /// The boolean that a text spells, if it spells one; `yes`, `no`, `on` and `off` do not.
  static func boolean(_ text: [UInt8]) -> Bool? {
    if matches(text, ["true", "True", "TRUE"]) { return true }
    return matches(text, ["false", "False", "FALSE"]) ? false : nil
  }

  /// Whether a text spells an infinity or not-a-number.
  static func isNotFinite(_ text: [UInt8]) -> Bool {
    let unsigned = text.first.map(isSign) == true ? text.dropFirst() : text[...]
    return matches(unsigned, [".inf", ".Inf", ".INF"]) || matches(text, [".nan", ".NaN", ".NAN"])
  }

  private static func matches(_ text: some Sequence<UInt8>, _ spellings: [String]) -> Bool {
    spellings.contains { $0.utf8.elementsEqual(text) }
  }

  /// The JSON spelling of a whole number, decimal, octal (`0o17`) or hexadecimal (`0x1F`).
  static func integer(_ text: [UInt8]) -> [UInt8]? {
    if text.starts(with: "0x".utf8) { return decimal(digits: text.dropFirst(2), base: 16) }
    if text.starts(with: "0o".utf8) { return decimal(digits: text.dropFirst(2), base: 8) }
    let digits = text.first.map(isSign) == true ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
    let significant = withoutLeadingZeros(digits)
    return text.first == UInt8(ascii: "-") ? [UInt8(ascii: "-")] + significant : Array(significant)
  }

  /// The JSON spelling of a decimal number with or without fraction and exponent.
  static func float(_ text: [UInt8]) -> [UInt8]? {
    var rest = text[...]
    var result: [UInt8] = []
    if let sign = rest.first, isSign(sign) {
      if sign == UInt8(ascii: "-") { result.append(sign) }
      rest = rest.dropFirst()
    }
    let whole = rest.prefix(while: isDigit)
    rest = rest[whole.endIndex...]
    result.append(contentsOf: withoutLeadingZeros(whole))
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: isDigit)
      guard !whole.isEmpty || !fraction.isEmpty else { return nil }
      rest = rest[fraction.endIndex...]
      result.append(UInt8(ascii: "."))
      result.append(contentsOf: fraction.isEmpty ? [UInt8(ascii: "0")] : fraction)
    } else if whole.isEmpty {
      return nil
    }
    if let mark = rest.first {
      guard mark | 0x20 == UInt8(ascii: "e") else { return nil }
      result.append(mark)
      rest = rest.dropFirst()
      if let sign = rest.first, isSign(sign) {
        result.append(sign)
        rest = rest.dropFirst()
      }
      guard !rest.isEmpty, rest.allSatisfy(isDigit) else { return nil }
      result.append(contentsOf: rest)
    }
    return result
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Digits as JSON wants them: at least one, the first of several not zero.
  private static func withoutLeadingZeros(_ digits: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let rest = digits.drop { $0 == UInt8(ascii: "0") }
    return rest.isEmpty ? [UInt8(ascii: "0")] : rest
  }

  /// The decimal digits of a number in another base.
  private static func decimal(digits: ArraySlice<UInt8>, base: UInt8) -> [UInt8]? {
    guard !digits.isEmpty, digits.count <= digitLimit else { return nil }
    // The decimal digits' values, last digit first.
    var result: [UInt8] = [0]
    for digit in digits {
      guard let value = StringEscapes.hexadecimalValue(of: digit), value < base else { return nil }
      var carry = UInt16(value)
      for index in result.indices {
        let sum = UInt16(result[index]) * UInt16(base) + carry
        result[index] = UInt8(sum % 10)
        carry = sum / 10
      }
      while carry > 0 {
        result.append(UInt8(carry % 10))
        carry /= 10
      }
    }
    while result.count > 1, result.last == 0 { result.removeLast() }
    return result.reversed().map { $0 + UInt8(ascii: "0") }
  }
}
