import SourceText

/// The escapes of JSON strings (RFC 8259, section 7), in both directions.
package enum StringEscapes {
  /// The UTF-8 bytes that the text between two quotes stands for.
  ///
  /// A lone surrogate, which no UTF-8 can hold, becomes U+FFFD, and so does a malformed escape.
  package static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = text.startIndex
    while true {
      let start = index
      while index < text.endIndex, text[index] != UInt8(ascii: "\\") { index &+= 1 }
      result.append(contentsOf: text[start..<index])
      guard index < text.endIndex else { return result }
      let (scalar, length) = scalar(at: index, in: text)
      if scalar.isASCII {
        result.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
      index += length
    }
  }

  /// How many code points and bytes the well-formed text between two quotes decodes to.
  static func counts(
    of source: [UInt8], from start: Int, to end: Int
  ) -> (scalars: Int, bytes: Int) {
    var scalars = 0
    var bytes = 0
    var index = start
    while true {
      let first = index
      while index < end, source[index] != UInt8(ascii: "\\") { index &+= 1 }
      scalars &+= UTF8Decoder.scalarCount(of: source.span.extracting(first..<index))
      bytes &+= index &- first
      guard index < end else { return (scalars, bytes) }
      let isCodeUnit = index &+ 1 < end && source[index &+ 1] == UInt8(ascii: "u")
      scalars &+= 1
      if isCodeUnit {
        let (scalar, length) = scalar(at: index, in: source[start..<end])
        bytes &+= UTF8.width(scalar)
        index &+= length
      } else {
        bytes &+= 1
        index &+= 2
      }
    }
  }

  /// The code point of the escape at `index`, and how many source bytes it takes.
  private static func scalar(
    at index: Int, in text: ArraySlice<UInt8>
  ) -> (Unicode.Scalar, length: Int) {
    guard index + 1 < text.endIndex else { return ("\u{FFFD}", 1) }
    switch text[index + 1] {
    case UInt8(ascii: "b"): return ("\u{08}", 2)
    case UInt8(ascii: "f"): return ("\u{0C}", 2)
    case UInt8(ascii: "n"): return ("\n", 2)
    case UInt8(ascii: "r"): return ("\r", 2)
    case UInt8(ascii: "t"): return ("\t", 2)
    case UInt8(ascii: "u"):
      guard let first = codeUnit(at: index + 2, in: text) else { return ("\u{FFFD}", 2) }
      if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
      if first < 0xDC00, index + 7 < text.endIndex, text[index + 6] == UInt8(ascii: "\\"),
        text[index + 7] == UInt8(ascii: "u"), let second = codeUnit(at: index + 8, in: text),
        (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(
          0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
      {
        return (scalar, 12)
      }
      return ("\u{FFFD}", 6)
    case let byte where byte < 0x80: return (Unicode.Scalar(byte), 2)
    default: return ("\u{FFFD}", 1)
    }
  }

  /// The UTF-16 code unit that four hexadecimal digits at `index` name.
  package static func codeUnit(at index: Int, in text: ArraySlice<UInt8>) -> UInt16? {
    guard index + 4 <= text.endIndex else { return nil }
    var unit: UInt16 = 0
    for byte in text[index..<(index + 4)] {
      guard let digit = hexadecimalValue(of: byte) else { return nil }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  /// The value of a hexadecimal digit, or nil for any other byte.
  package static func hexadecimalValue(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
