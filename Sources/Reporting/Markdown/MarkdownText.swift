/// What readers other than a Markdown renderer are shown of a rule's help.
package enum MarkdownText {
  /// The text without its marks; lines stay lines.
  static func plain(_ text: String) -> String {
    let markdown = Markdown(text)
    var lines: [String?] = markdown.lines.map { markdown.unquoted($0, before: $0.upperBound) }
    for leaf in markdown.leaves {
      switch leaf.kind {
      case .paragraph, .heading:
        for line in leaf.lines { lines[line] = nil }
        // Both the lines of the text and those of the block are in order.
        var content = leaf.content[...]
        for line in plainLines(of: markdown.inlines(of: leaf)) {
          // What is read from a line without content, such as a heading without text, is empty.
          let number = line.offset.map { markdown.line(at: $0) } ?? leaf.lines.lowerBound
          while let first = content.first, first.range.upperBound < line.offset ?? 0 {
            content = content.dropFirst()
          }
          let prefix = content.first.map { start in
            let isHeading = leaf.kind != .paragraph
            let whole = markdown.unquoted(markdown.lines[number], before: start.range.lowerBound)
            return isHeading ? whole.droppingHashes : whole
          }
          lines[number] = (prefix ?? "") + line.text
        }
      case .code(.some, let isClosed):
        lines[leaf.lines.lowerBound] = nil
        if isClosed { lines[leaf.lines.upperBound - 1] = nil }
      case .code(nil, _), .rule: break
      case .table:
        for (row, segment) in zip(markdown.rows(of: leaf), leaf.content) {
          let number = markdown.line(at: segment.range.lowerBound)
          let cells = row.map { plainText(of: $0) }
          let prefix = markdown.unquoted(markdown.lines[number], before: segment.range.lowerBound)
          let isOpen = markdown.source[segment.range].first != UInt8(ascii: "|")
          lines[number] =
            prefix + (isOpen ? "" : "| ") + cells.joined(separator: " | ") + (isOpen ? "" : " |")
        }
      }
    }
    return trimmed(lines)
  }

  /// The lines that are left, without blank ones at the begin and end.
  private static func trimmed(_ lines: [String?]) -> String {
    var shown = lines.compactMap { $0 }[...]
    while shown.first?.isBlank ?? false { shown.removeFirst() }
    while shown.last?.isBlank ?? false { shown.removeLast() }
    return shown.joined(separator: "\n")
  }

  /// Inlines without marks, in one line; `codeSpace` is what a space within code becomes.
  static func plainText(
    of inlines: [Markdown.Inline], codeSpace: Unicode.Scalar = " "
  ) -> String {
    plainLines(of: inlines, codeSpace: codeSpace).map(\.text).joined(separator: " ")
  }

  /// The lines of inlines without marks, each with an offset of it in the source if it has one.
  private static func plainLines(
    of inlines: [Markdown.Inline], codeSpace: Unicode.Scalar = " "
  ) -> [(text: String, offset: Int?)] {
    var lines: [(text: String, offset: Int?)] = []
    var text = ""
    var start: Int?
    /// The links that are open: their address, and where their text begins.
    var links: [(address: String, line: Int, start: Int)] = []
    for inline in inlines {
      start = start ?? inline.range.lowerBound
      switch inline.content {
      case .text(let part), .autolink(let part): text += part
      case .code(let code):
        text.unicodeScalars.append(
          contentsOf: code.unicodeScalars.lazy.map { $0 == " " ? codeSpace : $0 })
      case .softBreak, .hardBreak:
        lines.append((text, start))
        text = ""
        start = nil
      case .begin(.link(let address)), .begin(.image(let address)):
        links.append((address, lines.count, text.utf8.count))
      case .end(.link), .end(.image):
        guard let link = links.popLast(), !link.address.isEmpty else { break }
        let isShown =
          link.line == lines.count
          && text.utf8.dropFirst(link.start).elementsEqual(link.address.utf8)
        if !isShown { text += " (\(link.address))" }
      case .begin, .end: break
      }
    }
    lines.append((text, start))
    return lines
  }

  // MARK: Markdown within other texts

  /// The text with raw HTML made harmless: a `<` that could begin it is escaped, except in code.
  ///
  /// Links lead to the web or nowhere. SARIF (section 3.11.4.2) forbids HTML in messages, and viewers
  /// differ in which links they open. An autolink, `<https://…>`, stays one.
  static func withoutHTML(_ text: String) -> String {
    trimmed(MarkdownDisarming(Markdown(text)).lines())
  }

  /// The text as a part of another one: without HTML, and with headings below those of a level.
  ///
  /// Links lead to the web or nowhere, and a block of code that is left open is closed.
  package static func embedded(_ text: String, below level: Int) -> String {
    // What is not seen is written out first, so that no mark is hidden by it.
    let written = Markdown(text)
    let markdown = Markdown(
      written.lines.map { TerminalText.lines(of: written.text($0)) }.joined(separator: "\n"))
    let disarming = MarkdownDisarming(markdown)
    var lines = disarming.lines()
    for leaf in markdown.leaves {
      guard case .heading(let own, let isUnderlined) = leaf.kind, let first = leaf.content.first
      else { continue }
      let hashes = String(repeating: "#", count: min(6, level + own))
      let parts = leaf.content.map { disarming.text($0.range) }
      let number = leaf.lines.lowerBound
      let start = markdown.lines[number].lowerBound
      let prefix = markdown.text(start..<first.range.lowerBound)
      for line in leaf.lines { lines[line] = nil }
      lines[number] =
        "\(isUnderlined ? prefix : prefix.droppingHashes)\(hashes) \(parts.joined(separator: " "))"
    }
    // What is open in a quote or item ends with it.
    if let last = markdown.leaves.last, last.depth == 0, disarming.keepsCode(last),
      case .code(let fence?, false) = last.kind
    {
      let end = [UInt8](repeating: fence.byte, count: fence.count)
      return "\(trimmed(lines))\n\(String(decoding: end, as: UTF8.self))"
    }
    return trimmed(lines)
  }
}

extension Markdown {
  /// The number of the line that an offset is in.
  func line(at offset: Int) -> Int {
    var (low, high) = (0, lines.count)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if lines[middle].lowerBound <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The start of a line up to an offset, without the marks of quotes before it.
  fileprivate func unquoted(_ line: Range<Int>, before end: Int) -> String {
    var result: [UInt8] = []
    var index = line.lowerBound
    let end = min(max(end, index), line.upperBound)
    while index < end, source[index].isMarkdownBlank || source[index] == UInt8(ascii: ">") {
      if source[index] == UInt8(ascii: ">") {
        // The blanks around the mark go with it.
        result.removeAll()
        if index + 1 < end, source[index + 1] == 0x20 { index += 1 }
      } else {
        result.append(source[index])
      }
      index += 1
    }
    return String(decoding: result + source[index..<end], as: UTF8.self)
  }
}

extension StringProtocol {
  /// Whether the text is empty or of spaces and tabs alone.
  var isBlank: Bool { utf8.allSatisfy(\.isMarkdownBlank) }

  /// The text without the hashes at its end and the blanks after them; blanks before them stay.
  fileprivate var droppingHashes: String {
    var bytes = Array(utf8)
    while bytes.last?.isMarkdownBlank ?? false { bytes.removeLast() }
    while bytes.last == UInt8(ascii: "#") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
