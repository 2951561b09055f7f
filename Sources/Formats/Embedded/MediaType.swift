/// Media types with parameters (RFC 9110, section 8.3.1).
enum MediaType {
  /// `restricted-name` (RFC 6838, section 4.2), after its first character.
  private static let nameCharacters = ByteSet.lettersAndDigits.union(ByteSet("!#$&-^_.+"))
  /// `tchar` (RFC 9110, section 5.6.2).
  private static let tokenCharacters = ByteSet.lettersAndDigits.union(ByteSet("!#$%&'*+-.^_`|~"))

  static func check(_ text: Span<UInt8>) throws(FormatFault) {
    var index = 0
    try takeName(text, at: &index, "expected the type, such as 'text', at the start")
    guard text.take("/", at: &index) else {
      throw FormatFault(at: index, "expected '/' and the subtype after the type")
    }
    try takeName(text, at: &index, "expected the subtype after '/'")
    while index < text.count {
      let end = index
      takeSpace(text, at: &index)
      guard text.take(";", at: &index) else {
        throw FormatFault(
          at: end,
          index == end
            ? "character is not allowed in the name of a media type"
            : "expected ';' and a parameter after a space")
      }
      takeSpace(text, at: &index)
      if index < text.count, !text.has(";", at: index) {
        try takeParameter(text, at: &index)
      }
    }
  }

  private static func takeName(
    _ text: Span<UInt8>, at index: inout Int, _ message: String
  ) throws(FormatFault) {
    let start = index
    guard let first = text.byte(at: index), first.isDigit || first.isLetter else {
      throw FormatFault(at: index, message)
    }
    while let byte = text.byte(at: index), nameCharacters.contains(byte) { index += 1 }
    guard index - start <= 127 else {
      throw FormatFault(at: start + 127, "name is longer than 127 characters")
    }
  }

  /// `parameter` (RFC 9110, section 5.6.6).
  private static func takeParameter(
    _ text: Span<UInt8>, at index: inout Int
  ) throws(FormatFault) {
    try takeToken(text, at: &index, "expected the name of a parameter after ';'")
    guard text.take("=", at: &index) else {
      throw FormatFault(at: index, "expected '=' after the name of the parameter, without spaces")
    }
    guard text.has("\"", at: index) else {
      return try takeToken(
        text, at: &index, "expected the value of the parameter: a word, or text in quotes")
    }
    try takeQuotedString(text, at: &index)
  }

  private static func takeToken(
    _ text: Span<UInt8>, at index: inout Int, _ message: String
  ) throws(FormatFault) {
    let start = index
    while let byte = text.byte(at: index), tokenCharacters.contains(byte) { index += 1 }
    guard index > start else { throw FormatFault(at: index, message) }
  }

  /// `quoted-string` (RFC 9110, section 5.6.4); the opening quote is at the index.
  private static func takeQuotedString(
    _ text: Span<UInt8>, at index: inout Int
  ) throws(FormatFault) {
    let start = index
    index += 1
    while !text.take("\"", at: &index) {
      _ = text.take("\\", at: &index)
      guard let byte = text.byte(at: index) else {
        throw FormatFault(at: start, "quote is never closed")
      }
      guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
        throw FormatFault(at: index, "control characters are not allowed in quotes")
      }
      index += 1
    }
  }

  private static func takeSpace(_ text: Span<UInt8>, at index: inout Int) {
    while text.has(" ", at: index) || text.has("\t", at: index) { index += 1 }
  }
}
