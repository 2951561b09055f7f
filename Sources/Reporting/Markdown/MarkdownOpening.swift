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
    of text: String, limit: Int = 240, codeSpace: Unicode.Scalar = " "
  ) -> String {
    var reader = OpeningReader(markdown: Markdown(text), codeSpace: codeSpace)
    var text = reader.nextBlock()
    if text.hasSuffix(":") {
      let announced = reader.nextBlock()
      // What announces nothing is a sentence as others are.
      text = announced.isEmpty ? text.droppingEndMark + "." : "\(text) \(announced)"
    }
    return firstSentences(of: text, limit: limit)
  }

  fileprivate static func firstSentences(of text: String, limit: Int) -> String {
    let scalars = Array(text.unicodeScalars)
    var end = 0
    for (index, scalar) in scalars.enumerated() where ".!?".unicodeScalars.contains(scalar) {
      guard index + 1 == scalars.count || scalars[index + 1] == " " else { continue }
      if end > 0, index >= limit { break }
      end = index + 1
    }
    if end == 0 { end = scalars.count }
    return String(String.UnicodeScalarView(scalars[..<end]))
  }

  /// Reads blocks as text in one line.
  private struct OpeningReader {
    let markdown: Markdown
    let codeSpace: Unicode.Scalar
    private var index = 0

    init(markdown: Markdown, codeSpace: Unicode.Scalar) {
      self.markdown = markdown
      self.codeSpace = codeSpace
    }

    /// The next block that has text and is no heading; empty at the end.
    mutating func nextBlock() -> String {
      while index < markdown.blocks.count {
        let block = markdown.blocks[index]
        index += 1
        let text =
          switch block {
          case .begin(.list): list()
          case .leaf(let leaf): self.text(of: leaf)
          default: ""
          }
        if !text.isEmpty { return text }
      }
      return ""
    }

    private func text(of leaf: Markdown.Leaf) -> String {
      switch leaf.kind {
      case .paragraph: plainText(of: markdown.inlines(of: leaf), codeSpace: codeSpace)
      case .code:
        // A blank line within code ends what is shown.
        leaf.content.drop { markdown.text($0.range).isBlank }
          .prefix { !markdown.text($0.range).isBlank }
          .map { markdown.text(markdown.source.trimmingBlanks($0.range)) }
          .joined(separator: " ")
      case .table: table(leaf)
      case .heading, .rule: ""
      }
    }

    /// The items of a list, those of lists in it included, each without what follows its first sentence.
    private mutating func list() -> String {
      var items: [String] = []
      var depth = 1
      while index < markdown.blocks.count, depth > 0 {
        switch markdown.blocks[index] {
        case .begin(.list): depth += 1
        case .end(.list): depth -= 1
        case .begin(.item): items.append("")
        case .leaf(let leaf):
          let text = text(of: leaf)
          if let last = items.indices.last, !text.isEmpty {
            items[last] += items[last].isEmpty ? text : " " + text
          }
        default: break
        }
        index += 1
      }
      return joined(items.filter { !$0.isEmpty }.map { firstSentences(of: $0, limit: 0) })
    }

    /// The rows of a table as `first cell: other cells`, without its header.
    private func table(_ leaf: Markdown.Leaf) -> String {
      joined(
        markdown.rows(of: leaf).dropFirst().compactMap { row in
          let cells = row.map { plainText(of: $0, codeSpace: codeSpace) }
          let rest = cells.dropFirst().filter { !$0.isEmpty }.joined(separator: ", ")
          return cells.first.map { rest.isEmpty ? $0 : "\($0): \(rest)" }
        })
    }

    private func joined(_ items: [String]) -> String {
      guard !items.isEmpty else { return "" }
      let shown = items.prefix(itemLimit).map(\.droppingEndMark).joined(separator: "; ")
      return shown + (items.count > itemLimit ? "; …" : ".")
    }
  }
}

extension String {
  /// The text without the mark that ends it or announces what follows.
  fileprivate var droppingEndMark: String {
    var text = self
    while let last = text.last, ";,.:".contains(last) { text.removeLast() }
    return text
  }
}
