import Reporting

/// Renders the Markdown that help is written in as HTML.
///
/// Covers paragraphs, headings, lists, quotes, code, tables, rules, emphasis and links (CommonMark
/// 0.31, and the tables of GFM). Raw HTML never passes: whatever is no mark is escaped. Links lead to
/// the web or nowhere.
enum MarkdownHTML {
  /// How deep lists and quotes may nest; what is deeper is text.
  private static let depthLimit = 8

  /// The HTML of a text whose headings stand below those of a level.
  static func html(of markdown: String, below level: Int) -> String {
    var renderer = Renderer(level: level)
    renderer.blocks(MarkdownSyntax.lines(of: markdown).map { expandingTabs($0) }, depth: 0)
    return renderer.html
  }

  private static func expandingTabs(_ line: Substring) -> Substring {
    line.contains("\t") ? line.replacing("\t", with: "    ")[...] : line
  }

  private struct Renderer {
    let level: Int
    var html = ""

    /// Appends the HTML of the lines of a container.
    mutating func blocks(_ lines: [Substring], depth: Int, isTight: Bool = false) {
      var index = 0
      var paragraph: [Substring] = []
      func flush(_ renderer: inout Renderer) {
        guard !paragraph.isEmpty else { return }
        let text = MarkdownInline.html(of: paragraph.joined(separator: "\n"))
        renderer.html += isTight ? "\(text)\n" : "<p>\(text)</p>\n"
        paragraph = []
      }
      while index < lines.count {
        let line = lines[index]
        let text = line.drop { $0 == " " }
        let indent = line.count - text.count
        if text.isEmpty {
          flush(&self)
          index += 1
        } else if indent >= 4, paragraph.isEmpty {
          index = code(lines, from: index)
        } else if let fence = MarkdownSyntax.Fence(line) {
          flush(&self)
          index = fencedCode(lines, from: index, fence)
        } else if let heading = heading(text) {
          flush(&self)
          let level = min(6, self.level + heading.level)
          html += "<h\(level)>\(MarkdownInline.html(of: heading.text))</h\(level)>\n"
          index += 1
        } else if isRule(text) {
          flush(&self)
          html += "<hr>\n"
          index += 1
        } else if text.first == ">", depth < MarkdownHTML.depthLimit {
          flush(&self)
          index = quote(lines, from: index, depth: depth)
        } else if let item = Item(line), paragraph.isEmpty || item.mayInterrupt,
          depth < MarkdownHTML.depthLimit
        {
          flush(&self)
          index = list(lines, from: index, item, depth: depth)
        } else if paragraph.isEmpty, let next = table(lines, from: index) {
          index = next
        } else {
          paragraph.append(text)
          index += 1
        }
      }
      flush(&self)
    }

    // MARK: Code

    private mutating func code(_ lines: [Substring], from start: Int) -> Int {
      var index = start
      var text: [Substring] = []
      while index < lines.count {
        let line = lines[index]
        guard line.allSatisfy({ $0 == " " }) || line.hasPrefix("    ") else { break }
        text.append(line.dropFirst(4))
        index += 1
      }
      while text.last?.isEmpty ?? false { text.removeLast() }
      html += "<pre><code>\(Markup.html(text.joined(separator: "\n")))</code></pre>\n"
      return index
    }

    private mutating func fencedCode(
      _ lines: [Substring], from start: Int, _ fence: MarkdownSyntax.Fence
    ) -> Int {
      var index = start + 1
      var text: [Substring] = []
      while index < lines.count, !fence.isClosed(by: lines[index]) {
        let spaces = lines[index].prefix(fence.indent).prefix { $0 == " " }.count
        text.append(lines[index].dropFirst(spaces))
        index += 1
      }
      html += "<pre><code>\(Markup.html(text.joined(separator: "\n")))</code></pre>\n"
      return index + 1
    }

    // MARK: Headings and rules

    private func heading(_ text: Substring) -> (level: Int, text: String)? {
      let hashes = text.prefix { $0 == "#" }.count
      guard (1...6).contains(hashes) else { return nil }
      let rest = text.dropFirst(hashes)
      guard rest.isEmpty || rest.first == " " else { return nil }
      var title = rest.drop { $0 == " " }
      while title.last == " " { title.removeLast() }
      return (hashes, String(title))
    }

    private func isRule(_ text: Substring) -> Bool {
      guard let mark = text.first, "-*_".contains(mark) else { return false }
      return text.allSatisfy { $0 == mark || $0 == " " } && text.count { $0 == mark } >= 3
    }

    // MARK: Containers

    private mutating func quote(_ lines: [Substring], from start: Int, depth: Int) -> Int {
      var index = start
      var inner: [Substring] = []
      while index < lines.count {
        let text = lines[index].drop { $0 == " " }
        guard text.first == ">" else { break }
        let rest = text.dropFirst()
        inner.append(rest.first == " " ? rest.dropFirst() : rest)
        index += 1
      }
      html += "<blockquote>\n"
      blocks(inner, depth: depth + 1)
      html += "</blockquote>\n"
      return index
    }

    private mutating func list(
      _ lines: [Substring], from start: Int, _ first: Item, depth: Int
    ) -> Int {
      var index = start
      var items: [[Substring]] = []
      var isLoose = false
      var wasBlank = false
      while index < lines.count {
        let line = lines[index]
        let isBlank = line.allSatisfy { $0 == " " }
        let indent = line.prefix { $0 == " " }.count
        if isBlank {
          if !items.isEmpty { items[items.count - 1].append("") }
          wasBlank = true
        } else if let item = Item(line), item.indent < first.indent + 2, item.isLike(first) {
          if wasBlank, !items.isEmpty { isLoose = true }
          items.append([line.dropFirst(item.contentIndent)])
          wasBlank = false
        } else if indent >= 2 || !wasBlank && Item(line) == nil && MarkdownSyntax.Fence(line) == nil
        {
          if wasBlank { isLoose = true }
          let width = min(indent, first.contentIndent)
          items[items.count - 1].append(line.dropFirst(width))
          wasBlank = false
        } else {
          break
        }
        index += 1
      }
      let tag = first.number == nil ? "ul" : "ol"
      let begin = first.number.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
      html += "<\(tag)\(begin)>\n"
      for item in items {
        html += "<li>"
        blocks(item, depth: depth + 1, isTight: !isLoose)
        html += "</li>\n"
      }
      html += "</\(tag)>\n"
      return index
    }

    // MARK: Tables

    /// A table that starts at a line; the result is the line behind it, nil where none starts.
    private mutating func table(_ lines: [Substring], from start: Int) -> Int? {
      guard start + 1 < lines.count, lines[start].contains("|") else { return nil }
      let header = cells(of: lines[start])
      let marks = cells(of: lines[start + 1])
      guard header.count == marks.count,
        marks.allSatisfy({ mark in
          !mark.isEmpty && mark.allSatisfy { $0 == "-" || $0 == ":" } && mark.contains("-")
        })
      else { return nil }
      html += "\(Markup.tableStart)\n<thead><tr>"
      for cell in header { html += "<th>\(MarkdownInline.html(of: cell))</th>" }
      html += "</tr></thead>\n<tbody>\n"
      var index = start + 2
      while index < lines.count, lines[index].contains("|") {
        let row = cells(of: lines[index])
        html += "<tr>"
        for column in header.indices {
          html += "<td>\(MarkdownInline.html(of: column < row.count ? row[column] : ""))</td>"
        }
        html += "</tr>\n"
        index += 1
      }
      html += "</tbody>\n\(Markup.tableEnd)\n"
      return index
    }

    /// The cells of a row; `\|` is a bar within one.
    private func cells(of line: Substring) -> [String] {
      var cells: [String] = [""]
      var isEscaped = false
      for character in line {
        if character == "|", !isEscaped {
          cells.append("")
        } else {
          if character == "|" { cells[cells.count - 1].removeLast() }
          cells[cells.count - 1].append(character)
        }
        isEscaped = character == "\\" && !isEscaped
      }
      cells = cells.map { cell in
        var text = cell[...].drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
      }
      if cells.first?.isEmpty ?? false { cells.removeFirst() }
      if cells.last?.isEmpty ?? false { cells.removeLast() }
      return cells
    }
  }

  /// The mark that begins an item of a list.
  private struct Item {
    let indent: Int
    let mark: Character
    /// The number of an item of an ordered list.
    let number: Int?
    /// How many columns stand before the item's text.
    let contentIndent: Int
    let isEmpty: Bool

    init?(_ line: Substring) {
      let text = line.drop { $0 == " " }
      indent = line.count - text.count
      guard let first = text.first else { return nil }
      let markWidth: Int
      if "-*+".contains(first) {
        (mark, number, markWidth) = (first, nil, 1)
      } else {
        let digits = text.prefix { ("0"..."9").contains($0) }
        guard (1...9).contains(digits.count), let number = Int(digits),
          let end = text.dropFirst(digits.count).first, end == "." || end == ")"
        else { return nil }
        (mark, self.number, markWidth) = (end, number, digits.count + 1)
      }
      let rest = text.dropFirst(markWidth)
      guard rest.isEmpty || rest.first == " " else { return nil }
      let spaces = rest.prefix { $0 == " " }.count
      isEmpty = rest.count == spaces
      contentIndent = indent + markWidth + (isEmpty || spaces > 4 ? 1 : spaces)
    }

    /// Whether the item may stand right behind the text of a paragraph.
    var mayInterrupt: Bool { !isEmpty && (number ?? 1) == 1 }

    func isLike(_ other: Item) -> Bool {
      mark == other.mark && (number == nil) == (other.number == nil)
    }
  }
}
