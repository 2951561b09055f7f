import SourceText

/// What a text has around it or in it when it was copied from a guide or a template.
extension JSONRecoveringReader {
  // MARK: - Fences

  /// Skips the lines of a Markdown fence around the text.
  mutating func leaveFence() {
    let fence = Array("```".utf8)
    guard source[cursor..<end].starts(with: fence) else { return }
    let start = cursor
    let lineEnd = self.lineEnd(from: start + fence.count)
    let language = source[(start + fence.count)..<lineEnd]
    guard language.allSatisfy({ $0 != UInt8(ascii: "`") && $0 != UInt8(ascii: "{") }) else {
      return
    }
    report(
      .syntax, TextRange(at: start, count: fence.count),
      "text is inside a Markdown code fence; remove the ``` lines")
    cursor = lineEnd
    var line = lineEnd
    while line < end {
      var index = line
      while index < end, isBlank(source[index]) { index += 1 }
      if source[index..<end].starts(with: fence) {
        var rest = self.lineEnd(from: index)
        while rest < end, isBlank(source[rest]) { rest += 1 }
        if rest < end {
          reportUnclear(
            TextRange(at: rest, count: characterCount(at: rest)),
            "expected the end of the text after the fence, found \(shown(at: rest))")
        }
        end = index
        break
      }
      line = min(self.lineEnd(from: index) + 1, end)
    }
    skipTrivia()
  }

  private func lineEnd(from start: Int) -> Int {
    var index = start
    while index < end, source[index] != UInt8(ascii: "\n"), source[index] != UInt8(ascii: "\r") {
      index += 1
    }
    return index
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  // MARK: - Placeholders

  /// The end of a placeholder that begins at an offset, on one line; nil where there is none.
  func placeholderEnd(at start: Int) -> Int? {
    let rest = source[start..<end]
    if rest.starts(with: "${".utf8) { return placeholderEnd(from: start + 2, closing: "}") }
    if rest.starts(with: "{{".utf8) { return placeholderEnd(from: start + 2, closing: "}}") }
    if rest.starts(with: "<".utf8) { return placeholderEnd(from: start + 1, closing: ">") }
    return nil
  }

  /// What is longer is hardly the name of a thing; the bound keeps reading linear.
  private static let placeholderLimit = 200

  private func placeholderEnd(from start: Int, closing: String) -> Int? {
    let limit = min(end, start + Self.placeholderLimit)
    var index = start
    while index < limit {
      if index > start, source[index..<end].starts(with: closing.utf8) {
        return index + closing.utf8.count
      }
      switch source[index] {
      case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "<"):
        return nil
      // A brace too many is no placeholder.
      case UInt8(ascii: ":") where closing == "}}": return nil
      default: index += 1
      }
    }
    return nil
  }

  /// Skips a placeholder, and what is joined to it.
  mutating func readPlaceholder(to placeholderEnd: Int) {
    let start = cursor
    cursor = placeholderEnd
    while cursor < end {
      if let next = self.placeholderEnd(at: cursor) {
        cursor = next
      } else if isWordByte(source[cursor]) || source[cursor] == UInt8(ascii: "-")
        || source[cursor] == UInt8(ascii: ".")
      {
        cursor += 1
      } else {
        break
      }
    }
    let range = TextRange(start, cursor)
    reportUnclear(
      range,
      "\(SyntaxMessage.Quote("'\(SyntaxMessage.Quote.shortened(text(of: range)))'", of: range)) is a placeholder; replace it with a value"
    )
    builder.absent(TextRange(start, cursor))
  }
}
