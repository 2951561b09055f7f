import SourceText

/// Quotation marks that are missing, or that are part of a string without being escaped.
///
/// Each is one error: without a guess at what was meant, one mark would turn all that follows inside
/// out. No line is looked at twice unless an error was found in it.
extension JSONRecoveringReader {
  /// What a quotation mark inside or behind a string is.
  enum QuoteRole {
    /// The end of the string.
    case closes
    /// A part of the string, which ends at a later mark.
    case isPart(endsAt: Int)
    /// The beginning of the next string; this one lacks its closing mark and ends before an offset.
    case opensNext(endOfThis: Int)
  }

  /// What the quotation mark at the cursor is to the string whose content begins at an offset.
  func roleOfQuote(in content: Int, isName: Bool) -> QuoteRole {
    let next = indexAfterBlanks(from: cursor + 1)
    guard next < end, !isEndOfString(at: next, isName: isName) else { return .closes }
    if let end = endOfUnclosedString(before: next, from: content, isName: isName) {
      return .opensNext(endOfThis: end)
    }
    // Two strings in a row lack a comma or a colon between them.
    if source[next] == UInt8(ascii: "\""), next > cursor + 1 { return .closes }
    var index = cursor + 1
    while let quote = nextQuote(from: index) {
      let next = indexAfterBlanks(from: quote + 1)
      let follower = next < end ? source[next] : UInt8(ascii: "\n")
      if follower == UInt8(ascii: ":") { return isName ? .isPart(endsAt: quote) : .closes }
      if !isName, isEndOfString(at: next, isName: false) { return .isPart(endsAt: quote) }
      index = quote + 1
    }
    return .closes
  }

  /// Whether what is at an offset can follow a string; the end of the text can.
  private func isEndOfString(at index: Int, isName: Bool) -> Bool {
    guard index < end else { return true }
    switch source[index] {
    case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"),
      UInt8(ascii: ";"), UInt8(ascii: "#"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      return true
    case UInt8(ascii: "/"): return beginsComment(at: index)
    case UInt8(ascii: "="): return isName
    default: return false
    }
  }

  /// Where a string ends whose closing quote is missing, if the quote at the cursor opens the next.
  private func endOfUnclosedString(before next: Int, from content: Int, isName: Bool) -> Int? {
    var last = cursor
    while last > content, isBlank(source[last - 1]) { last -= 1 }
    guard last > content else { return nil }
    last -= 1
    if isName {
      guard source[last] == UInt8(ascii: ":") || source[last] == UInt8(ascii: ",") else {
        return nil
      }
      return source[content..<cursor].firstIndex(of: UInt8(ascii: ":"))
    }
    guard source[last] == UInt8(ascii: ","), next == cursor + 1, let quote = nextQuote(from: next)
    else { return nil }
    let follower = byte(afterBlanksFrom: quote + 1)
    if follower == UInt8(ascii: ":") { return last }
    let isElement = follower == UInt8(ascii: ",") || follower == UInt8(ascii: "]")
    return isElement && isInArray ? last : nil
  }

  /// Where a string ends that is not closed on its line, if what ends the line is hardly its own.
  ///
  /// The cursor is at the line's end.
  func endOfUnclosed(from content: Int, isName: Bool) -> Int? {
    if isName { return source[content..<cursor].firstIndex(of: UInt8(ascii: ":")) }
    var last = cursor
    var cut: Int?
    while last > content {
      switch source[last - 1] {
      case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): cut = last - 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"): break
      default: return cut
      }
      last -= 1
    }
    return cut
  }

  /// The next quotation mark of the line that no backslash escapes.
  private func nextQuote(from start: Int) -> Int? {
    var index = start
    while index < end, !source[index].isLineBreak {
      if source[index] == UInt8(ascii: "\"") { return index }
      index += source[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  // MARK: - Text without quotes

  /// Reads text that is in no quotes up to what must end it; the cursor is somewhere in its first word.
  mutating func readUnquoted(from start: Int) {
    if reportMissingOpeningQuote(from: start) { return }
    var last = cursor
    var index = cursor
    while index < end, !isStructural(source[index]), !source[index].isLineBreak,
      source[index] != UInt8(ascii: "\""), source[index] != UInt8(ascii: "{"),
      source[index] != UInt8(ascii: "["), source[index] != UInt8(ascii: "#"),
      source[index] != UInt8(ascii: ";"), !beginsComment(at: index)
    {
      index += characterCount(at: index)
      if !isBlank(source[index - 1]) { last = index }
    }
    // What goes on with anything else is more than one fault.
    let isWhole =
      index >= end || source[index].isLineBreak || source[index] == UInt8(ascii: ",")
      || source[index] == UInt8(ascii: "}") || source[index] == UInt8(ascii: "]")
    if isWhole { cursor = last }
    let range = TextRange(start, cursor)
    reportUnclear(
      range, "\(quoted(range)) is not a JSON value; put strings in double quotes")
    builder.absent(range)
  }

  /// Skips a string that lacks its opening quote, and reports it; false where there is none.
  mutating func reportMissingOpeningQuote(from start: Int) -> Bool {
    var index = cursor
    while index < end, !isStructural(source[index]), !source[index].isLineBreak,
      source[index] != UInt8(ascii: "{"), source[index] != UInt8(ascii: "["),
      source[index] != UInt8(ascii: "\""), source[index] != UInt8(ascii: "\\")
    {
      index += 1
    }
    guard index < end, source[index] == UInt8(ascii: "\""),
      case let next = indexAfterBlanks(from: index + 1),
      isEndOfString(at: next, isName: false),
      next >= end || source[next] != UInt8(ascii: ":")
    else { return false }
    let range = TextRange(start, index)
    reportUnclear(range, "string \(quoted(range)) is missing its opening quote")
    cursor = index + 1
    builder.absent(TextRange(start, cursor))
    return true
  }

  // MARK: - Bytes

  private func beginsComment(at index: Int) -> Bool {
    source[index..<end].starts(with: "//".utf8) || source[index..<end].starts(with: "/*".utf8)
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == 0x09 }

  private func indexAfterBlanks(from start: Int) -> Int {
    var index = start
    while index < end, isBlank(source[index]) { index += 1 }
    return index
  }

  func byte(afterBlanksFrom start: Int) -> UInt8? {
    let index = indexAfterBlanks(from: start)
    return index < end ? source[index] : nil
  }
}

extension UInt8 {
  /// Whether the byte is a line feed or a carriage return.
  var isLineBreak: Bool { self == 0x0A || self == 0x0D }
}
