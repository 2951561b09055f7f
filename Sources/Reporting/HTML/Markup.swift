import Findings
import SourceText

/// Text of requests and packs as HTML that is harmless in content and in quoted attributes.
package enum Markup {
  // MARK: Text of requests

  /// Appends a text on one line as a terminal shows it: unseen characters escaped, an overlong run cut.
  static func append(_ text: String, into output: inout [UInt8]) {
    append(shown: TerminalText.visible(text).utf8, into: &output)
  }

  /// Appends a path, an id or an address, which a narrow page breaks behind slashes and underscores.
  static func append(breaking text: String, into output: inout [UInt8]) {
    append(shown: TerminalText.visible(text).utf8, isBreakable: true, into: &output)
  }

  /// Appends a `title` attribute with the whole of a path that is shown without its middle.
  static func appendTitle(ofCut path: String, into output: inout [UInt8]) {
    let whole = TerminalText.line(of: path)
    guard !whole.hasSameBytes(as: TerminalText.visible(path)) else { return }
    output.write(" title=\"")
    append(shown: whole.utf8, into: &output)
    output.write("\"")
  }

  // MARK: Text of packs

  /// A text of a pack, whole, with its lines and tabs.
  package static func html(_ text: some StringProtocol) -> String {
    var output: [UInt8] = []
    append(lines: text, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// A text of a pack that a narrow page breaks behind slashes and underscores.
  package static func html(breaking text: some StringProtocol) -> String {
    var output: [UInt8] = []
    append(shown: TerminalText.lines(of: String(text)).utf8, isBreakable: true, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// A text of a pack as code that a narrow page breaks behind slashes and underscores.
  package static func htmlCode(breaking text: some StringProtocol) -> String {
    "<code>\(html(breaking: text))</code>"
  }

  /// Appends a text of a pack, whole, with its lines and tabs.
  static func append(lines text: some StringProtocol, into output: inout [UInt8]) {
    append(shown: TerminalText.lines(of: String(text)).utf8, into: &output)
  }

  // MARK: Escaping

  /// Appends text whose unseen characters are already escaped.
  ///
  /// Breakable text has a `wbr` behind slashes and underscores, but not between two of them.
  static func append(
    shown text: some Sequence<UInt8>, isBreakable: Bool = false, into output: inout [UInt8]
  ) {
    var canBreak = false
    for byte in text {
      let isSeparator = byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_")
      if canBreak, !isSeparator { output.write("<wbr>") }
      canBreak = isBreakable && isSeparator
      switch byte {
      case UInt8(ascii: "&"): output.write("&amp;")
      case UInt8(ascii: "<"): output.write("&lt;")
      case UInt8(ascii: ">"): output.write("&gt;")
      case UInt8(ascii: "\""): output.write("&quot;")
      case UInt8(ascii: "'"): output.write("&#39;")
      default: output.append(byte)
      }
    }
  }

  // MARK: Tables and anchors

  /// The tags around a table, which scrolls within them where it is wider than the page.
  package static let tableStart = tableStart(class: "table")
  /// The start of a table of facts, whose rows become paragraphs on a narrow page.
  package static let factsStart = tableStart(class: "table facts")
  /// The tags that end either.
  package static let tableEnd = "</table>\n</div>"

  private static func tableStart(class name: String) -> String {
    "<div class=\"\(name)\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">\n<table>"
  }

  /// The name of a rule's place in a document; ids are of letters, digits, dashes and slashes.
  package static func anchor(_ text: String) -> String {
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
