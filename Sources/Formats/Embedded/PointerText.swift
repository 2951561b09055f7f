/// JSON Pointers as text, absolute and relative.
enum PointerText {
  /// Checks a JSON Pointer (RFC 6901, section 3) that goes from an index to the end.
  static func check(_ text: Span<UInt8>, from start: Int) throws(FormatFault) {
    var index = start
    guard index < text.count else { return }
    guard text.has("/", at: index) else {
      throw FormatFault(at: index, "expected '/' before each name of a JSON Pointer")
    }
    while let byte = text.byte(at: index) {
      index += 1
      guard byte == UInt8(ascii: "~") else { continue }
      guard text.has("0", at: index) || text.has("1", at: index) else {
        throw FormatFault(
          at: index - 1, "expected '0' or '1' after '~'; write '~0' for '~' and '~1' for '/'")
      }
    }
  }

  /// Checks a relative one (draft-bhutton-relative-json-pointer-00, section 3).
  static func checkRelative(_ text: Span<UInt8>) throws(FormatFault) {
    var index = 0
    try takeNumber(text, at: &index, "expected the number of levels to go up")
    if text.take("+", at: &index) || text.take("-", at: &index) {
      guard !text.has("0", at: index) else {
        throw FormatFault(at: index, "index shift must be at least 1")
      }
      try takeNumber(text, at: &index, "expected the index shift after '+' or '-'")
    }
    if text.take("#", at: &index) {
      return try text.expectEnd(at: index, "expected the end after '#'")
    }
    guard index == text.count || text.has("/", at: index) else {
      throw FormatFault(
        at: index, "expected a JSON Pointer, '#' or the end after the number of levels")
    }
    try check(text, from: index)
  }

  private static func takeNumber(
    _ text: Span<UInt8>, at index: inout Int, _ message: String
  ) throws(FormatFault) {
    let start = index
    while let byte = text.byte(at: index), byte.isDigit { index += 1 }
    guard index > start else { throw FormatFault(at: start, message) }
    guard index == start + 1 || !text.has("0", at: start) else {
      throw FormatFault(at: start, "leading zeros are not allowed")
    }
  }
}
