/// URI templates of every level (RFC 6570, section 2).
enum URITemplate {
  static func check(_ text: Span<UInt8>) throws(FormatFault) {
    var index = 0
    while let byte = text.byte(at: index) {
      if byte == UInt8(ascii: "{") {
        try takeExpression(text, at: &index)
      } else {
        try takeLiteral(byte, text, at: &index)
      }
    }
  }

  /// `op-level2 / op-level3 / op-reserve`.
  private static let operators = ByteSet("+#./;?&=,!@|")
  private static let nameCharacters = ByteSet.lettersAndDigits.union(ByteSet("_"))
  /// What no literal holds; the apostrophe may occur, as the suite of JSON Schema has it.
  private static let excluded = ByteSet("\"<>\\^`|")

  /// RFC 6570, section 2.1.
  private static func takeLiteral(
    _ byte: UInt8, _ text: Span<UInt8>, at index: inout Int
  ) throws(FormatFault) {
    switch byte {
    case UInt8(ascii: "%"):
      try text.takePercentEncoding(at: &index)
    case UInt8(ascii: "}"):
      throw FormatFault(at: index, "unmatched '}'; write '%7D' for the character")
    case 0...0x20, 0x7F:
      throw FormatFault(at: index, "spaces and control characters must be percent-encoded")
    case 0x80...:
      let (scalar, length) = try text.scalar(at: index)
      guard scalar.isIRICharacter || scalar.isIRIPrivate else {
        throw FormatFault(at: index, "character must be percent-encoded")
      }
      index += length
    default:
      guard !excluded.contains(byte) else {
        throw FormatFault(at: index, "character must be percent-encoded")
      }
      index += 1
    }
  }

  /// RFC 6570, section 2.2; `{` is at the index.
  private static func takeExpression(
    _ text: Span<UInt8>, at index: inout Int
  ) throws(FormatFault) {
    let start = index
    index += 1
    if let byte = text.byte(at: index), operators.contains(byte) { index += 1 }
    repeat {
      try takeName(text, at: &index)
      if text.take(":", at: &index) {
        try takePrefix(text, at: &index)
      } else {
        _ = text.take("*", at: &index)
      }
    } while text.take(",", at: &index)
    guard text.take("}", at: &index) else {
      guard index < text.count else {
        throw FormatFault(at: start, "'{' is never closed")
      }
      throw FormatFault(at: index, "expected ',' or '}' after the variable")
    }
  }

  /// `varname` (section 2.3).
  private static func takeName(
    _ text: Span<UInt8>, at index: inout Int
  ) throws(FormatFault) {
    repeat {
      let start = index
      while let byte = text.byte(at: index) {
        if nameCharacters.contains(byte) {
          index += 1
        } else if byte == UInt8(ascii: "%") {
          try text.takePercentEncoding(at: &index)
        } else {
          break
        }
      }
      guard index > start else {
        throw FormatFault(
          at: index, "expected the name of a variable: letters, digits, '_', and '.' between them")
      }
    } while text.take(".", at: &index)
  }

  /// `max-length` (section 2.4.1).
  private static func takePrefix(
    _ text: Span<UInt8>, at index: inout Int
  ) throws(FormatFault) {
    let start = index
    while let byte = text.byte(at: index), byte.isDigit { index += 1 }
    guard index > start, !text.has("0", at: start), index - start <= 4 else {
      throw FormatFault(at: start, "expected a length from 1 to 9999, without leading zeros")
    }
  }
}
