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
        for line in plainLines(of: markdown.inlines(of: leaf)) {
          // What is read from a line without content, such as a heading without text, is empty.
          let number = line.offset.map { markdown.line(at: $0) } ?? leaf.lines.lowerBound
          let start = leaf.content.first { line.offset ?? 0 <= $0.range.upperBound }
          let prefix = start.map { start in
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
  /// SARIF (section 3.11.4.2) forbids HTML in messages. An autolink, `<https://…>`, stays one.
  static func withoutHTML(_ text: String) -> String {
    let markdown = Markdown(text)
    let verbatim = markdown.verbatimRanges
    var lines = markdown.lines.map { line in
      markdown.text(line, verbatim: verbatim, isSafe: false)
    }[...]
    while lines.first?.isBlank ?? false { lines.removeFirst() }
    while lines.last?.isBlank ?? false { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// The text as a part of another one: without HTML, and with headings below those of a level.
  ///
  /// Links lead to the web or nowhere, and a block of code that is left open is closed.
  package static func embedded(_ text: String, below level: Int) -> String {
    // What is not seen is written out first, so that no mark is hidden by it.
    let written = Markdown(text)
    let markdown = Markdown(
      written.lines.map { TerminalText.lines(of: written.text($0)) }.joined(separator: "\n"))
    let verbatim = markdown.verbatimRanges
    var lines: [String?] = markdown.lines.map { line in
      markdown.text(line, verbatim: verbatim, isSafe: true)
    }
    for leaf in markdown.leaves {
      guard case .heading(let own, let isUnderlined) = leaf.kind, let first = leaf.content.first
      else { continue }
      let hashes = String(repeating: "#", count: min(6, level + own))
      let parts = leaf.content.map {
        markdown.text($0.range, verbatim: verbatim, isSafe: true)
      }
      let number = leaf.lines.lowerBound
      let start = markdown.lines[number].lowerBound
      let prefix = markdown.text(start..<first.range.lowerBound)
      for line in leaf.lines { lines[line] = nil }
      lines[number] =
        "\(isUnderlined ? prefix : prefix.droppingHashes)\(hashes) \(parts.joined(separator: " "))"
    }
    var shown = lines.compactMap { $0 }[...]
    while shown.first?.isBlank ?? false { shown.removeFirst() }
    while shown.last?.isBlank ?? false { shown.removeLast() }
    // What is open in a quote or item ends with it.
    if let last = markdown.leaves.last, last.depth == 0, case .code(let fence?, false) = last.kind {
      shown.append(
        String(decoding: [UInt8](repeating: fence.byte, count: fence.count), as: UTF8.self))
    }
    return shown.joined(separator: "\n")
  }
}

extension Markdown {
  /// The number of the line that an offset is in.
  fileprivate func line(at offset: Int) -> Int {
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

  /// The ranges in which nothing is markup, in order: code and autolinks.
  fileprivate var verbatimRanges: [Range<Int>] {
    var ranges: [Range<Int>] = []
    func add(_ inlines: [Inline]) {
      for inline in inlines {
        switch inline.content {
        case .code, .autolink: ranges.append(inline.range)
        default: break
        }
      }
    }
    for leaf in leaves {
      switch leaf.kind {
      case .paragraph, .heading: add(inlines(of: leaf))
      case .table: rows(of: leaf).joined().forEach(add)
      case .code where !leaf.lines.isEmpty:
        ranges.append(
          lines[leaf.lines.lowerBound].lowerBound..<lines[leaf.lines.upperBound - 1].upperBound)
      case .code, .rule: break
      }
    }
    return ranges
  }

  /// A part of the text without HTML; with `isSafe`, links lead to the web or nowhere.
  fileprivate func text(_ part: Range<Int>, verbatim: [Range<Int>], isSafe: Bool) -> String {
    var (low, high) = (0, verbatim.count)
    while low < high {
      let middle = low + (high - low) / 2
      if verbatim[middle].upperBound <= part.lowerBound { low = middle + 1 } else { high = middle }
    }
    var result: [UInt8] = []
    var index = part.lowerBound
    while index < part.upperBound {
      if low < verbatim.count, verbatim[low].contains(index) {
        let end = min(verbatim[low].upperBound, part.upperBound)
        result += source[index..<end]
        index = end
        low += 1
        continue
      }
      let byte = source[index]
      let next = index + 1 < part.upperBound ? source[index + 1] : nil
      switch byte {
      case UInt8(ascii: "\\"):
        result.append(byte)
        if let next, next.isMarkdownPunctuation {
          result.append(next)
          index += 1
        }
      case UInt8(ascii: "<"):
        if next.map(Self.opensTag) ?? false { result.append(UInt8(ascii: "\\")) }
        result.append(byte)
      // What is behind a bracket is an address: of a link, or, with a colon, of a definition.
      case UInt8(ascii: "(") where isSafe, UInt8(ascii: ":") where isSafe:
        if index > 0, source[index - 1] == UInt8(ascii: "]") {
          let address = source[(index + 1)..<part.upperBound].drop { $0.isMarkdownBlank }
          let leadsToWeb = ["https://", "http://"].contains { address.starts(with: $0.utf8) }
          if !leadsToWeb { result.append(UInt8(ascii: "\\")) }
        }
        result.append(byte)
      default: result.append(byte)
      }
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether a `<` before this byte may begin HTML.
  private static func opensTag(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "/"), UInt8(ascii: "!"), UInt8(ascii: "?"):
      true
    default: false
    }
  }
}

extension StringProtocol {
  /// Whether the text is empty or of spaces and tabs alone.
  var isBlank: Bool { utf8.allSatisfy(\.isMarkdownBlank) }

  /// The text without the hashes of a heading, and the blanks around them, at its end.
  fileprivate var droppingHashes: String {
    var bytes = Array(utf8)
    while bytes.last?.isMarkdownBlank ?? false { bytes.removeLast() }
    while bytes.last == UInt8(ascii: "#") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
