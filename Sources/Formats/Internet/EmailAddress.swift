import SourceText

/// Email addresses: `Mailbox` of RFC 5321, section 4.1.2, and of RFC 6531, section 3.3.
///
/// The grammar sets no length for the part before `@`, and neither does this.
enum EmailAddress {
  /// `atext` (RFC 5322, section 3.2.3).
  private static let atomCharacters = ByteSet.lettersAndDigits.union(ByteSet("!#$%&'*+-/=?^_`{|}~"))

  static func check(_ text: Span<UInt8>, isInternational: Bool) throws(FormatFault) {
    var index = 0
    if text.has("\"", at: index) {
      try takeQuotedString(text, at: &index, isInternational: isInternational)
    } else {
      try takeDotString(text, at: &index, isInternational: isInternational)
    }
    guard text.take("@", at: &index) else {
      throw FormatFault(at: index, "expected '@' and the domain after the local part")
    }
    guard index < text.count else {
      throw FormatFault(at: index, "expected the domain after '@'")
    }
    if text.has("[", at: index) {
      try checkLiteral(text, from: index + 1)
    } else {
      try HostName.check(
        text, in: index..<text.count, by: isInternational ? .idnMailDomain : .mailDomain)
    }
  }

  /// `Dot-string`.
  private static func takeDotString(
    _ text: Span<UInt8>, at index: inout Int, isInternational: Bool
  ) throws(FormatFault) {
    repeat {
      let start = index
      while let byte = text.byte(at: index) {
        if atomCharacters.contains(byte) {
          index += 1
        } else if byte >= 0x80, isInternational {
          index += try text.scalar(at: index).length
        } else {
          break
        }
      }
      guard index > start else { throw FormatFault(at: index, message(text, at: index)) }
    } while text.take(".", at: &index)
    guard index == text.count || text.has("@", at: index) else {
      throw FormatFault(at: index, message(text, at: index))
    }
  }

  /// What is wrong with the character that ends an atom, or starts none.
  private static func message(_ text: Span<UInt8>, at index: Int) -> String {
    switch text.byte(at: index) {
    case UInt8(ascii: "."): "'.' is only allowed between other characters of the local part"
    case UInt8(ascii: "@"):
      index == 0
        ? "expected a local part before '@'"
        : "'.' is only allowed between other characters of the local part"
    case .none: "expected a local part, '@' and a domain"
    case .some(0x80...): "non-ASCII characters are not allowed in the local part"
    case .some: "character is only allowed in a local part in quotes"
    }
  }

  /// `Quoted-string`; the opening quote is at the index.
  private static func takeQuotedString(
    _ text: Span<UInt8>, at index: inout Int, isInternational: Bool
  ) throws(FormatFault) {
    index += 1
    while !text.take("\"", at: &index) {
      let isEscaped = text.take("\\", at: &index)
      guard let byte = text.byte(at: index) else {
        throw FormatFault(at: 0, "quote is never closed")
      }
      if byte >= 0x80 {
        guard isInternational, !isEscaped else {
          throw FormatFault(
            at: index,
            isEscaped
              ? "expected an ASCII character after the backslash"
              : "non-ASCII characters are not allowed in the local part")
        }
        index += try text.scalar(at: index).length
      } else {
        guard byte >= 0x20, byte != 0x7F else {
          throw FormatFault(at: index, "control characters are not allowed in quotes")
        }
        index += 1
      }
    }
  }

  /// `address-literal` (section 4.1.3), after its opening bracket.
  private static func checkLiteral(_ text: Span<UInt8>, from start: Int) throws(FormatFault) {
    var end = start
    while let byte = text.byte(at: end), byte != UInt8(ascii: "]") { end += 1 }
    guard end < text.count else {
      throw FormatFault(at: end, "expected ']' after the address")
    }
    try text.expectEnd(at: end + 1, "expected the end after ']'")
    var index = start
    while let byte = text.byte(at: index), ByteSet.lettersAndDigits.contains(byte) || byte == 0x2D {
      index += 1
    }
    guard index < end, index > start, text.has(":", at: index) else {
      return try IPAddress.checkVersion4(text, in: start..<end)
    }
    if isVersion6Tag(text, start..<index) {
      return try IPAddress.checkVersion6(text, in: (index + 1)..<end)
    }
    // `General-address-literal`: a tag, and printable characters but brackets and backslash.
    guard !text.has("-", at: index - 1) else {
      throw FormatFault(at: index - 1, "address tag ends in '-'")
    }
    guard index + 1 < end else {
      throw FormatFault(at: end, "expected an address after ':'")
    }
    for place in (index + 1)..<end {
      let byte = text[place]
      guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "["), byte != UInt8(ascii: "\\") else {
        throw FormatFault(at: place, "character is not allowed in an address")
      }
    }
  }

  /// Whether a tag is `IPv6`, in letters of any case (RFC 5321, section 2.4).
  private static func isVersion6Tag(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count == 4, text.has("6", at: range.upperBound - 1) else { return false }
    let start = range.lowerBound
    return text[start] | 0x20 == UInt8(ascii: "i") && text[start + 1] | 0x20 == UInt8(ascii: "p")
      && text[start + 2] | 0x20 == UInt8(ascii: "v")
  }
}
