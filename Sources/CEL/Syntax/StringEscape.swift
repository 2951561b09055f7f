import SourceText

/// The escapes of string and bytes literals (cel-spec, "String and Bytes Values").
enum StringEscape {
  /// Appends what the escape at `index` stands for; gives the index just past it.
  static func read(
    in text: [UInt8], at index: Int, isBytes: Bool, into result: inout [UInt8]
  ) throws(CELError) -> Int {
    guard index + 1 < text.count else {
      throw CELError(.unterminatedString, TextRange(index, text.count))
    }
    let letter = text[index + 1]
    switch letter {
    case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "`"):
      result.append(letter)
    case UInt8(ascii: "a"): result.append(0x07)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "v"): result.append(0x0B)
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      return try code(in: text, at: index, skip: 2, digits: 2, radix: 16, isBytes, &result)
    case UInt8(ascii: "u") where !isBytes:
      return try unit(in: text, at: index, &result)
    case UInt8(ascii: "U") where !isBytes:
      return try code(in: text, at: index, skip: 2, digits: 8, radix: 16, isBytes, &result)
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      return try code(in: text, at: index, skip: 1, digits: 3, radix: 8, isBytes, &result)
    default: throw bad(text, index, 2)
    }
    return index + 2
  }

  /// The value of a hexadecimal digit, or nil for any other byte.
  static func hexadecimalValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  private static func value(
    in text: [UInt8], at start: Int, digits: Int, radix: UInt32
  ) -> UInt32? {
    guard start + digits <= text.count else { return nil }
    var value: UInt32 = 0
    for byte in text[start..<(start + digits)] {
      guard let digit = hexadecimalValue(byte), digit < radix else { return nil }
      value = value &* radix &+ digit
    }
    return value
  }

  private static func code(
    in text: [UInt8], at index: Int, skip: Int, digits: Int, radix: UInt32, _ isBytes: Bool,
    _ result: inout [UInt8]
  ) throws(CELError) -> Int {
    guard let value = value(in: text, at: index + skip, digits: digits, radix: radix) else {
      throw bad(text, index, skip + digits)
    }
    if isBytes {
      result.append(UInt8(truncatingIfNeeded: value))
    } else {
      guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else {
        throw bad(text, index, skip + digits)
      }
      result.append(contentsOf: encoded)
    }
    return index + skip + digits
  }

  /// `\uXXXX`, or two of them that make a surrogate pair.
  private static func unit(
    in text: [UInt8], at index: Int, _ result: inout [UInt8]
  ) throws(CELError) -> Int {
    guard let first = value(in: text, at: index + 2, digits: 4, radix: 16) else {
      throw bad(text, index, 6)
    }
    if let scalar = Unicode.Scalar(first), let encoded = UTF8.encode(scalar) {
      result.append(contentsOf: encoded)
      return index + 6
    }
    if first < 0xDC00, index + 7 < text.count, text[index + 6] == UInt8(ascii: "\\"),
      text[index + 7] == UInt8(ascii: "u"),
      let second = value(in: text, at: index + 8, digits: 4, radix: 16),
      (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)),
      let encoded = UTF8.encode(scalar)
    {
      result.append(contentsOf: encoded)
      return index + 12
    }
    throw bad(text, index, 6)
  }

  private static func bad(_ text: [UInt8], _ index: Int, _ length: Int) -> CELError {
    let end = min(index + length, text.count)
    return CELError(
      .badEscape(String(decoding: text[index..<end], as: UTF8.self)), TextRange(index, end))
  }
}
