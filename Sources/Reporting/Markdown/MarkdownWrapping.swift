extension MarkdownText {
  /// Markdown with its paragraphs and items broken into lines of a width, for a terminal.
  ///
  /// Code and tables keep their lines, and code within a line is kept together if a line has room for it.
  /// The text may have no unseen characters but line feeds and tabs.
  package static func wrapped(_ markdown: String, columns: Int) -> String {
    var wrapping = Wrapping(columns: columns)
    let lines = markdown.lines
    for (index, line) in lines.enumerated() {
      wrapping.take(line, next: index + 1 < lines.count ? lines[index + 1] : "")
    }
    wrapping.endParagraph()
    return wrapping.lines.joined(separator: "\n")
  }

  /// Markdown whose lines were taken so far.
  private struct Wrapping {
    let columns: Int
    private(set) var lines: [String] = []
    private var fence: Fence?
    private var isTable = false
    /// Whether the last block was an item, so that indented lines belong to it.
    private var isInList = false
    /// The paragraph that is not ended, without the marks before its first line.
    private var paragraph: [Substring] = []
    private var prefix = ""

    init(columns: Int) { self.columns = columns }

    mutating func take(_ line: Substring, next: Substring) {
      if let open = fence {
        if open.isClosed(by: line) { fence = nil }
        lines.append(String(line))
        return
      }
      if let open = Fence(line) {
        keep(line)
        fence = open
        return
      }
      let text = line.drop { $0 == " " || $0 == "\t" }
      guard !text.isEmpty else {
        isTable = false
        keep("")
        return
      }
      let indent = line[..<text.startIndex]
      isTable = isTable || MarkdownText.isTable(line, next)
      let isCode = paragraph.isEmpty && !isInList && (indent.count >= 4 || indent.contains("\t"))
      if isTable || isCode || text.hasPrefix("#") || text.hasPrefix(">") {
        keep(line)
        return
      }
      if let item = MarkdownText.listItem(text) {
        endParagraph()
        isInList = true
        prefix = String(line[..<item.startIndex])
        paragraph = [item]
      } else {
        if paragraph.isEmpty {
          if indent.isEmpty { isInList = false }
          prefix = String(indent)
        }
        paragraph.append(text)
      }
      // Two spaces or a backslash at its end keep a line.
      if line.hasSuffix("  ") || line.hasSuffix("\\") { endParagraph() }
    }

    /// Adds a line as it is.
    private mutating func keep(_ line: Substring) {
      endParagraph()
      lines.append(String(line))
    }

    mutating func endParagraph() {
      guard !paragraph.isEmpty else { return }
      let text = MarkdownText.fixingCodeSpaces(paragraph.joined(separator: " "))
      let indent = String(repeating: " ", count: TerminalText.width(of: prefix))
      let wrapped = LineWrapping.lines(
        of: text, columns: columns - indent.count, hasFixedSpaces: true)
      for (index, line) in wrapped.enumerated() {
        lines.append((index == 0 ? prefix : indent) + line)
      }
      paragraph = []
      prefix = isInList ? indent : ""
    }
  }

  /// The text with fixed spaces in its code.
  private static func fixingCodeSpaces(_ line: String) -> String {
    let text = Array(line.unicodeScalars)
    var marks = LineMarks(text)
    var result = String.UnicodeScalarView()
    var index = 0
    while index < text.count {
      guard text[index] == "`" else {
        result.append(text[index])
        index += 1
        continue
      }
      let span = marks.codeSpan(at: index)
      result.append(
        contentsOf: text[index..<span.end].lazy.map { $0 == " " ? LineWrapping.fixedSpace : $0 })
      index = span.end
    }
    return String(result)
  }
}
