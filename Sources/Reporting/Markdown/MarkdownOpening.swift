extension MarkdownText {
  /// How many items of a list, or rows of a table, are shown in one line.
  private static let itemLimit = 8

  /// The first sentences of a text, in one line: as many whole ones as are short enough, at least one.
  ///
  /// Headings are left out. A list, a table or code that the first paragraph announces by a colon at its
  /// end is a part of it.
  ///
  /// No further sentence begins behind `limit` code points. `codeSpace` replaces spaces within code:
  /// U+00A0 keeps code in one line.
  static func opening(
    of markdown: String, limit: Int = 240, codeSpace: Unicode.Scalar = " "
  ) -> String {
    var lines = plainLines(markdown, codeSpace: codeSpace)[...]
    var text = nextBlock(of: &lines)
    if text.hasSuffix(":") {
      let announced = nextBlock(of: &lines)
      // What announces nothing is a sentence as others are.
      text = announced.isEmpty ? text.droppingEndMark + "." : "\(text) \(announced)"
    }
    return firstSentences(of: text, limit: limit)
  }

  private static func firstSentences(of text: String, limit: Int) -> String {
    let scalars = Array(text.unicodeScalars)
    var end = 0
    for (index, scalar) in scalars.enumerated() where ".!?".unicodeScalars.contains(scalar) {
      guard index + 1 == scalars.count || scalars[index + 1] == " " else { continue }
      if end > 0, index >= limit { break }
      end = index + 1
    }
    if end == 0 { end = scalars.count }
    var sentences = String.UnicodeScalarView()
    sentences.append(contentsOf: scalars[..<end])
    return String(sentences)
  }

  /// Takes the first block that is no heading from the front of `lines`; the result is its text in one line.
  private static func nextBlock(of lines: inout ArraySlice<PlainLine>) -> String {
    lines = lines.drop { $0.kind == .heading || $0.text[...].isBlank }
    guard let first = lines.first else { return "" }
    if first.kind == .text {
      if isTable(lines) { return table(&lines) }
      if listItem(first.text[...].trimmed) != nil { return list(&lines) }
    }
    var texts: [Substring] = []
    while let line = lines.first, line.kind == first.kind, !line.text[...].isBlank {
      let text = line.text[...].trimmed
      if first.kind == .text, !texts.isEmpty, isTable(lines) || interrupts(text) { break }
      texts.append(text)
      lines.removeFirst()
    }
    return texts.joined(separator: " ")
  }

  /// Takes a list: its items, each without what follows its first sentence, parted by semicolons.
  private static func list(_ lines: inout ArraySlice<PlainLine>) -> String {
    var items: [String] = []
    while let line = lines.first, line.kind == .text {
      let text = line.text[...].trimmed
      if let item = listItem(text) {
        items.append(String(item))
      } else if line.text[...].isBlank {
        // A list goes on after a blank line if another item or an indented line follows.
        guard let next = lines.dropFirst().first, next.kind == .text,
          next.isIndented || isItem(next)
        else { break }
      } else if let last = items.indices.last {
        items[last] += " " + text
      }
      lines.removeFirst()
    }
    return joined(items.map { firstSentences(of: $0, limit: 0) })
  }

  /// Takes a table: its rows as `first cell: other cells`, parted by semicolons, without its header.
  private static func table(_ lines: inout ArraySlice<PlainLine>) -> String {
    lines.removeFirst(2)
    var rows: [String] = []
    while let line = lines.first, line.kind == .text, line.text.contains("|") {
      var cells = line.text[...].trimmed.split(separator: "|", omittingEmptySubsequences: false)
        .map(\.trimmed)
      if cells.first?.isEmpty ?? false { cells.removeFirst() }
      if cells.last?.isEmpty ?? false { cells.removeLast() }
      let rest = cells.dropFirst().filter { !$0.isEmpty }.joined(separator: ", ")
      if let first = cells.first { rows.append(rest.isEmpty ? String(first) : "\(first): \(rest)") }
      lines.removeFirst()
    }
    return joined(rows)
  }

  private static func joined(_ items: [String]) -> String {
    guard !items.isEmpty else { return "" }
    let shown = items.prefix(itemLimit).map(\.droppingEndMark).joined(separator: "; ")
    return shown + (items.count > itemLimit ? "; …" : ".")
  }

  /// Whether a table begins: a line is followed by one of dashes and bars.
  private static func isTable(_ lines: ArraySlice<PlainLine>) -> Bool {
    guard let first = lines.first, let next = lines.dropFirst().first, next.kind == .text else {
      return false
    }
    return isTable(first.text[...], next.text[...])
  }

  /// Whether a line and the next one begin a table.
  static func isTable(_ line: Substring, _ next: Substring) -> Bool {
    line.contains("|") && next.contains("-") && next.contains("|")
      && next.unicodeScalars.allSatisfy { "|-: \t".unicodeScalars.contains($0) }
  }

  private static func isItem(_ line: PlainLine) -> Bool {
    listItem(line.text[...].trimmed) != nil
  }

  /// Whether a line ends the paragraph before it, as an item does: a numbered one if it is the first.
  private static func interrupts(_ line: Substring) -> Bool {
    guard listItem(line) != nil, let first = line.first else { return false }
    return !first.isNumber || line.hasPrefix("1.") || line.hasPrefix("1)")
  }

  /// The text of a list's item; nil for another line.
  static func listItem(_ line: Substring) -> Substring? {
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    let mark = line.dropFirst(digits.count)
    let isItem =
      digits.isEmpty
      ? ["-", "*", "+", "•"].contains(mark.first)
      : digits.count < 10 && [".", ")"].contains(mark.first)
    guard isItem, let next = mark.dropFirst().first, next == " " || next == "\t" else { return nil }
    return mark.dropFirst().trimmed
  }
}

extension MarkdownText.PlainLine {
  fileprivate var isIndented: Bool { text.first == " " || text.first == "\t" }
}

extension StringProtocol {
  /// The text without spaces and tabs at its ends.
  fileprivate var trimmed: Substring {
    var text = Substring(self)
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }

  /// The text without the mark that ends it or announces what follows.
  fileprivate var droppingEndMark: String {
    var text = String(self)
    while let last = text.last, ";,.:".contains(last) { text.removeLast() }
    return text
  }
}
