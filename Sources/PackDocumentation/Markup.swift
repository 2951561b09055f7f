import Reporting

/// Text of packs made harmless for the formats of documents.
enum Markup {
  /// A text for HTML, in content and in quoted attributes alike; what cannot be seen is written out.
  static func html(_ text: some StringProtocol) -> String {
    var output: [UInt8] = []
    appendHTML(text, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  static func appendHTML(_ text: some StringProtocol, to output: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output.append(contentsOf: "&amp;".utf8)
      case "<": output.append(contentsOf: "&lt;".utf8)
      case ">": output.append(contentsOf: "&gt;".utf8)
      case "\"": output.append(contentsOf: "&quot;".utf8)
      case "'": output.append(contentsOf: "&#39;".utf8)
      case "\n", "\t": output.append(UInt8(ascii: scalar))
      default: TerminalText.append(scalar, notation: .codePoint, into: &output)
      }
    }
  }

  /// The tags around a table, which scrolls within them where it is wider than the page.
  static let tableStart = tableStart(class: "table")
  /// The start of a table of facts, whose rows become paragraphs on a narrow page.
  static let factsStart = tableStart(class: "table facts")
  static let tableEnd = "</table>\n</div>"

  private static func tableStart(class name: String) -> String {
    "<div class=\"\(name)\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">\n<table>"
  }

  /// An id or pointer as code in a cell, which may be broken behind each slash and underscore.
  static func htmlCode(breaking text: some StringProtocol) -> String {
    "<code>\(html(breaking: text))</code>"
  }

  /// An id or address as text that may be broken behind each slash and underscore.
  static func html(breaking text: some StringProtocol) -> String {
    text.split(separator: "/", omittingEmptySubsequences: false)
      .map { html($0).replacing("_", with: "_<wbr>") }.joined(separator: "/<wbr>")
  }

  /// A text for a line of Markdown, so that none of it is read as a mark.
  static func markdown(_ text: some StringProtocol) -> String {
    var output: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "#", "&", "~", "!":
        output.append(UInt8(ascii: "\\"))
        output.append(UInt8(ascii: scalar))
      case "\n", "\t": output.append(UInt8(ascii: " "))
      default: TerminalText.append(scalar, notation: .codePoint, into: &output)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// A text in one line as code in Markdown.
  static func markdownCode(_ text: some StringProtocol) -> String {
    let text = visible(text).replacing("\n", with: " ")
    var run = 0
    var longest = 0
    for scalar in text.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let needsSpace = text.hasPrefix("`") || text.hasSuffix("`") || text.isEmpty
    return needsSpace ? "\(fence) \(text) \(fence)" : "\(fence)\(text)\(fence)"
  }

  /// A text as a block of code in Markdown.
  static func markdownBlock(_ text: some StringProtocol, language: String) -> String {
    let text = visible(text)
    var run = 0
    var longest = 2
    for scalar in text.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence)\(language)\n\(text)\n\(fence)\n"
  }

  /// A text with its lines, and all else that is unseen written out.
  static func visible(_ text: some StringProtocol) -> String {
    TerminalText.lines(of: String(text))
  }

  /// Whether a text is an address that a page may lead to: of the web, without blanks and quotes.
  static func isAddress(_ text: some StringProtocol) -> Bool {
    guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return false }
    return text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }
  }

  /// The name of a rule's place in a document; ids are of letters, digits, dashes and slashes.
  static func anchor(_ text: String) -> String {
    var output: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        output.append(byte)
      case UInt8(ascii: "/"): output.append(contentsOf: "--".utf8)
      default:
        output.append(UInt8(ascii: "_"))
        output.append(contentsOf: String(byte, radix: 16).utf8)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
