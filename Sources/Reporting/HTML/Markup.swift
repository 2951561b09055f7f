/// Text of packs made harmless for HTML.
package enum Markup {
  /// A text for HTML, in content and in quoted attributes alike; what cannot be seen is written out.
  package static func html(_ text: some StringProtocol) -> String {
    var output: [UInt8] = []
    appendHTML(text, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends the HTML of a text.
  package static func appendHTML(_ text: some StringProtocol, to output: inout [UInt8]) {
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
  package static let tableStart = tableStart(class: "table")
  /// The start of a table of facts, whose rows become paragraphs on a narrow page.
  package static let factsStart = tableStart(class: "table facts")
  /// The tags that end either.
  package static let tableEnd = "</table>\n</div>"

  private static func tableStart(class name: String) -> String {
    "<div class=\"\(name)\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">\n<table>"
  }

  /// An id or pointer as code in a cell, which may be broken behind each slash and underscore.
  package static func htmlCode(breaking text: some StringProtocol) -> String {
    "<code>\(html(breaking: text))</code>"
  }

  /// An id or address as text that may be broken behind each slash and underscore.
  package static func html(breaking text: some StringProtocol) -> String {
    text.split(separator: "/", omittingEmptySubsequences: false)
      .map { html($0).replacing("_", with: "_<wbr>") }.joined(separator: "/<wbr>")
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
