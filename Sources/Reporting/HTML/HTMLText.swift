import Findings

/// Text of requests in HTML: harmless in content and in quoted attributes, with what is unseen written out.
enum HTMLText {
  /// Appends a text as a terminal shows it.
  static func append(_ text: String, into output: inout [UInt8]) {
    append(shown: TerminalText.visible(text).utf8, into: &output)
  }

  /// Appends a path, an id or an address, which a narrow page breaks behind a slash.
  static func append(breaking text: String, into output: inout [UInt8]) {
    let text = TerminalText.visible(text).utf8
    var start = text.startIndex
    while let slash = text[start...].firstIndex(of: UInt8(ascii: "/")) {
      let next = text.index(after: slash)
      append(shown: text[start..<next], into: &output)
      if next < text.endIndex, text[next] != UInt8(ascii: "/") { output.write("<wbr>") }
      start = next
    }
    append(shown: text[start...], into: &output)
  }

  /// Appends a text of which everything unseen is written out already.
  static func append(shown text: some Sequence<UInt8>, into output: inout [UInt8]) {
    for byte in text {
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

  /// The text as `append` writes it.
  static func escaped(_ text: String) -> String {
    var output: [UInt8] = []
    append(text, into: &output)
    return String(decoding: output, as: UTF8.self)
  }
}
