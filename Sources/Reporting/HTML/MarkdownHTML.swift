/// Renders the Markdown that help is written in as HTML.
///
/// Raw HTML is escaped. Links lead to the web or are left out, and images become links.
package enum MarkdownHTML {
  /// The number of missing cells that are filled in per text, as a short text can ask for very many.
  private static let filledCellLimit = 500_000

  /// The HTML of a text whose headings are below those of a level.
  package static func html(of text: String, below level: Int) -> String {
    let markdown = Markdown(text)
    var html = ""
    /// For each open container, whether it is tight, so that its paragraphs have no tags.
    var tight: [Bool] = []
    var fillableCells = filledCellLimit
    for block in markdown.blocks {
      switch block {
      case .begin(.quote):
        tight.append(false)
        html += "<blockquote>\n"
      case .begin(.list(let start, let isTight)):
        tight.append(isTight)
        let begin = start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
        html += start == nil ? "<ul>\n" : "<ol\(begin)>\n"
      case .begin(.item): html += "<li>"
      case .end(.quote):
        tight.removeLast()
        html += "</blockquote>\n"
      case .end(.list(let start, _)):
        tight.removeLast()
        html += start == nil ? "</ul>\n" : "</ol>\n"
      case .end(.item): html += "</li>\n"
      case .leaf(let leaf):
        switch leaf.kind {
        case .paragraph:
          let text = Self.html(of: markdown.inlines(of: leaf))
          html += tight.last ?? false ? "\(text)\n" : "<p>\(text)</p>\n"
        case .heading(let own, _):
          let level = min(6, level + own)
          html += "<h\(level)>\(Self.html(of: markdown.inlines(of: leaf)))</h\(level)>\n"
        case .code: html += "<pre><code>\(Markup.html(markdown.code(of: leaf)))</code></pre>\n"
        case .table: html += table(markdown.rows(of: leaf), filling: &fillableCells)
        case .rule: html += "<hr>\n"
        }
      }
    }
    return html
  }

  /// A table; missing cells of rows are filled in while `fillableCells` lasts.
  private static func table(
    _ rows: [[[Markdown.Inline]]], filling fillableCells: inout Int
  ) -> String {
    guard let header = rows.first else { return "" }
    var html = "\(Markup.tableStart)\n<thead><tr>"
    for cell in header { html += "<th>\(Self.html(of: cell))</th>" }
    html += "</tr></thead>\n<tbody>\n"
    for row in rows.dropFirst() {
      html += "<tr>"
      for cell in row.prefix(header.count) { html += "<td>\(Self.html(of: cell))</td>" }
      let filled = min(max(0, header.count - row.count), fillableCells)
      fillableCells -= filled
      html += String(repeating: "<td></td>", count: filled)
      html += "</tr>\n"
    }
    return html + "</tbody>\n\(Markup.tableEnd)\n"
  }

  private static func html(of inlines: [Markdown.Inline]) -> String {
    var html: [UInt8] = []
    /// For each open link or image, whether it is a link. Only the outermost one may be.
    var links: [Bool] = []
    func write(_ text: String) { html.append(contentsOf: text.utf8) }
    for inline in inlines {
      switch inline.content {
      case .text(let text): Markup.append(lines: text, into: &html)
      case .code(let code):
        write("<code>")
        Markup.append(lines: code, into: &html)
        write("</code>")
      case .autolink(let address) where links.contains(true):
        Markup.append(lines: address, into: &html)
      case .autolink(let address):
        write("<a href=\"\(Markup.html(address))\">\(Markup.html(address))</a>")
      case .softBreak: write("\n")
      case .hardBreak: write("<br>\n")
      case .begin(.emphasis): write("<em>")
      case .begin(.strong): write("<strong>")
      case .end(.emphasis): write("</em>")
      case .end(.strong): write("</strong>")
      case .begin(.link(let address)), .begin(.image(let address)):
        // A link that does not lead to the web is only text.
        let isLink = !links.contains(true) && Markdown.isWebAddress(address)
        links.append(isLink)
        if isLink { write("<a href=\"\(Markup.html(address))\">") }
      case .end(.link), .end(.image): if links.popLast() ?? false { write("</a>") }
      }
    }
    return String(decoding: html, as: UTF8.self)
  }
}
