/// What readers other than a Markdown renderer are shown of a rule's help.
///
/// Covers what help is written in: paragraphs, headings, lists, quotes, code, emphasis and links
/// (CommonMark 0.31). Anything else stays as written.
package enum MarkdownText {
  /// A line of a text without its marks.
  struct PlainLine {
    /// What a line belongs to.
    enum Kind { case text, heading, code }

    var kind: Kind
    var text: String
  }

  /// The text without its marks; lines stay lines.
  static func plain(_ markdown: String) -> String {
    trimmed(plainLines(markdown).map(\.text)).joined(separator: "\n")
  }

  /// The lines without their marks; `codeSpace` is what a space within inline code becomes.
  static func plainLines(
    _ markdown: String, codeSpace: Unicode.Scalar = " "
  ) -> [PlainLine] {
    var lines: [PlainLine] = []
    var fence: Fence?
    for line in markdown.lines {
      if let open = fence {
        if open.isClosed(by: line) {
          fence = nil
        } else {
          lines.append(PlainLine(kind: .code, text: String(line)))
        }
      } else if let open = Fence(line) {
        fence = open
      } else {
        let (text, isHeading) = blockPlain(line)
        lines.append(
          PlainLine(
            kind: isHeading ? .heading : .text, text: inlinePlain(text, codeSpace: codeSpace)))
      }
    }
    return lines
  }

  /// The text with raw HTML made harmless: an opening `<` outside of code is escaped.
  ///
  /// SARIF (section 3.11.4.2) forbids HTML in messages. An autolink, `<https://…>`, stays one.
  static func withoutHTML(_ markdown: String) -> String {
    var fence: Fence?
    var result: [String] = []
    for line in markdown.lines {
      if let open = fence {
        if open.isClosed(by: line) { fence = nil }
        result.append(String(line))
      } else if let open = Fence(line) {
        fence = open
        result.append(String(line))
      } else {
        result.append(escapingTags(line))
      }
    }
    return trimmed(result).joined(separator: "\n")
  }

  /// The text as a part of another one: without HTML, and with headings below those of a level.
  ///
  /// Links lead to the web or nowhere, and a block of code that is left open is closed.
  package static func embedded(_ markdown: String, below level: Int) -> String {
    var fence: Fence?
    var result: [String] = []
    for line in withoutHTML(markdown).lines {
      var text = String(line.unicodeScalars.reduce(into: "") { $0 += visible($1) })
      if let open = fence {
        if open.isClosed(by: line) { fence = nil }
      } else if let open = Fence(line) {
        fence = open
      } else {
        text = defused(text)
        let hashes = text.prefix { $0 == "#" }.count
        if (1...6).contains(hashes), text.dropFirst(hashes).first == " " {
          let demoted = String(repeating: "#", count: min(6, level + hashes))
          text = demoted + text.dropFirst(hashes)
        }
      }
      result.append(text)
    }
    if let fence { result.append(String(repeating: fence.character, count: fence.count)) }
    return result.joined(separator: "\n")
  }

  private static func visible(_ scalar: Unicode.Scalar) -> String {
    if scalar == "\t" { return "\t" }
    var output: [UInt8] = []
    TerminalText.append(scalar, notation: .codePoint, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// A line of which no link leads elsewhere than to the web: there the bracket is taken for text.
  private static func defused(_ line: String) -> String {
    let text = Array(line.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in text.enumerated() {
      let isTarget = scalar == "(" && index > 0 && text[index - 1] == "]"
      // A definition, `[name]: address`, makes links elsewhere.
      let isDefinition = scalar == ":" && index > 0 && text[index - 1] == "]"
      if isTarget || isDefinition {
        let address = text[(index + 1)...].drop { $0 == " " }
        let leadsToWeb = ["https://", "http://"].contains {
          address.starts(with: $0.unicodeScalars)
        }
        if !leadsToWeb { result.append("\\") }
      }
      result.append(scalar)
    }
    return String(result)
  }

  // MARK: Blocks

  typealias Fence = MarkdownSyntax.Fence

  private static func blockPlain(_ line: Substring) -> (text: Substring, isHeading: Bool) {
    let indent = line.prefix { $0 == " " }
    var text = line.dropFirst(indent.count)
    while text.first == ">" { text = text.dropFirst().drop { $0 == " " } }
    let hashes = text.prefix { $0 == "#" }
    if (1...6).contains(hashes.count), text.dropFirst(hashes.count).first == " " {
      return (text.dropFirst(hashes.count).drop { $0 == " " }, true)
    }
    // The indent of a list's item is kept: it says what belongs to what.
    let isQuoted = text.startIndex != line.index(line.startIndex, offsetBy: indent.count)
    return (isQuoted ? text : line, false)
  }

  private static func trimmed(_ lines: [String]) -> [String] {
    var lines = lines[...]
    while lines.first?[...].isBlank ?? false { lines.removeFirst() }
    while lines.last?[...].isBlank ?? false { lines.removeLast() }
    return Array(lines)
  }

  // MARK: Inlines

  private static func inlinePlain(_ line: Substring, codeSpace: Unicode.Scalar) -> String {
    let text = Array(line.unicodeScalars)
    var marks = LineMarks(text)
    var result = String.UnicodeScalarView()
    var index = 0
    while index < text.count {
      switch text[index] {
      case "\\" where index + 1 < text.count && text[index + 1].isPunctuation:
        result.append(text[index + 1])
        index += 2
      case "`":
        let span = marks.codeSpan(at: index)
        result.append(contentsOf: text[span.content].lazy.map { $0 == " " ? codeSpace : $0 })
        index = span.end
      case "*" where isEmphasis(at: index, in: text),
        "_" where isEmphasis(at: index, in: text) && !isWithinWord(index, in: text):
        index += 1
      case "!" where index + 1 < text.count && text[index + 1] == "[":
        index += 1
      case "[":
        if let link = marks.link(at: index) {
          var label = String.UnicodeScalarView()
          label.append(contentsOf: text[link.label])
          result.append(contentsOf: String(label).unicodeScalars)
          if !text[link.label].elementsEqual(text[link.target]) {
            result.append(contentsOf: " (".unicodeScalars)
            result.append(contentsOf: text[link.target])
            result.append(")")
          }
          index = link.end
        } else {
          result.append("[")
          index += 1
        }
      case "<" where isAutolink(at: index, in: text):
        let end = text[index...].firstIndex(of: ">") ?? text.count
        result.append(contentsOf: text[(index + 1)..<end])
        index = min(end + 1, text.count)
      default:
        result.append(text[index])
        index += 1
      }
    }
    return String(result)
  }

  private static func escapingTags(_ line: Substring) -> String {
    let text = Array(line.unicodeScalars)
    var marks = LineMarks(text)
    var result = String.UnicodeScalarView()
    var index = 0
    while index < text.count {
      switch text[index] {
      case "\\" where index + 1 < text.count:
        result.append(contentsOf: text[index...(index + 1)])
        index += 2
      case "`":
        let span = marks.codeSpan(at: index)
        result.append(contentsOf: text[index..<span.end])
        index = span.end
      case "<" where index + 1 < text.count && text[index + 1].opensTag:
        if !isAutolink(at: index, in: text) { result.append("\\") }
        result.append("<")
        index += 1
      default:
        result.append(text[index])
        index += 1
      }
    }
    return String(result)
  }

  /// Whether the mark at `index` touches a word on one side; a lone `*` is no emphasis.
  private static func isEmphasis(at index: Int, in text: [Unicode.Scalar]) -> Bool {
    let before = index > 0 && text[index - 1] != " "
    let after = index + 1 < text.count && text[index + 1] != " "
    return before || after
  }

  private static func isWithinWord(_ index: Int, in text: [Unicode.Scalar]) -> Bool {
    index > 0 && index + 1 < text.count && text[index - 1].properties.isAlphabetic
      && text[index + 1].properties.isAlphabetic
  }

  private static func isAutolink(at index: Int, in text: [Unicode.Scalar]) -> Bool {
    ["<https://", "<http://"].contains { text[index...].starts(with: $0.unicodeScalars) }
  }
}

extension StringProtocol {
  /// The lines without their ends.
  var lines: [SubSequence] { MarkdownSyntax.lines(of: self) }

  /// Whether the text is empty or of spaces and tabs alone.
  var isBlank: Bool { allSatisfy { $0 == " " || $0 == "\t" } }
}

extension Unicode.Scalar {
  /// Whether Markdown lets a backslash take the meaning of this ASCII character away.
  fileprivate var isPunctuation: Bool {
    isASCII && MarkdownSyntax.isPunctuation(UInt8(truncatingIfNeeded: value))
  }

  /// Whether a `<` before this character may begin HTML.
  fileprivate var opensTag: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "/", "!", "?": true
    default: false
    }
  }
}
