extension MarkdownText {
  /// Markdown with its paragraphs and items broken into lines of a width, for a terminal.
  ///
  /// Quotes, code and tables keep their lines, and code within a line is kept together if a line has
  /// room for it. The text may have no unseen characters but line feeds and tabs.
  package static func wrapped(_ text: String, columns: Int) -> String {
    let markdown = Markdown(text)
    var lines: [String] = []
    var next = 0
    func keep(before line: Int) {
      while next < line {
        let text = markdown.text(markdown.lines[next])
        lines.append(text.isBlank ? "" : text)
        next += 1
      }
    }
    for leaf in markdown.leaves where leaf.kind == .paragraph && leaf.quotes == 0 {
      keep(before: leaf.lines.lowerBound)
      lines += wrapped(leaf, of: markdown, columns: columns)
      next = leaf.lines.upperBound
    }
    keep(before: markdown.lines.count)
    return lines.joined(separator: "\n")
  }

  private static func wrapped(
    _ leaf: Markdown.Leaf, of markdown: Markdown, columns: Int
  ) -> [String] {
    guard let first = leaf.content.first else { return [] }
    let start = markdown.lines[leaf.lines.lowerBound].lowerBound
    var prefix = markdown.text(start..<first.range.lowerBound)
    let indent = String(repeating: " ", count: TerminalText.width(of: prefix))
    let inlines = markdown.inlines(of: leaf)
    var code = inlines.filter { if case .code = $0.content { true } else { false } }[...]
    // Where the lines end that are to be kept.
    var breaks = inlines.filter { $0.content == .hardBreak }.map(\.range.lowerBound)[...]
    var lines: [String] = []
    var text = ""
    for (place, segment) in leaf.content.enumerated() {
      if !text.isEmpty { text += " " }
      var index = segment.range.lowerBound
      while let span = code.first, span.range.lowerBound < segment.range.upperBound {
        let begin = max(index, span.range.lowerBound)
        let end = min(span.range.upperBound, segment.range.upperBound)
        text += markdown.text(index..<begin)
        text += markdown.text(begin..<end).replacing(" ", with: "\u{A0}")
        index = end
        if span.range.upperBound > segment.range.upperBound { break }
        code.removeFirst()
      }
      text += markdown.text(index..<segment.range.upperBound)
      let isLast = place + 1 == leaf.content.count
      let isBroken = breaks.first.map { $0 <= segment.range.upperBound } ?? false
      guard isLast || isBroken else { continue }
      if isBroken { breaks.removeFirst() }
      for line in LineWrapping.lines(
        of: text, columns: columns - indent.utf8.count, hasFixedSpaces: true)
      {
        lines.append(prefix + line)
        prefix = indent
      }
      text = ""
    }
    return lines
  }
}
