/// The texts and URIs of a SARIF log (SARIF 2.1.0, sections 3.4 and 3.11).
enum SARIFText {
  /// How many characters GitHub takes of a rule's descriptions.
  static let descriptionLimit = 1_024
  /// How many code points of a name or pointer are written; no one reads longer ones.
  static let nameLimit = 2_000

  /// A message's plain text: sentences of a document's text, in which nothing is markup.
  ///
  /// Brackets and backslashes are escaped, so that no text becomes a link (3.11.6). Braces are
  /// doubled (3.11.5), but quoted ones, as in messages on syntax, are named, since viewers that
  /// substitute nothing would show them twice. Unseen characters are written as `‹U+001B›`.
  static func message(_ text: String) -> String {
    var visible = TerminalText.visible(sentence(text), notation: .codePoint)
    var result: [UInt8] = []
    result.reserveCapacity(visible.utf8.count + 16)
    visible.withUTF8 { text in
      var index = 0
      while index < text.count {
        let byte = unsafe text[index]
        if byte == UInt8(ascii: "'"), index + 2 < text.count,
          unsafe text[index + 2] == UInt8(ascii: "'"),
          let name = unsafe bracketName(text[index + 1])
        {
          result.write(name)
          index += 3
          continue
        }
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\\"):
          result.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "{"), UInt8(ascii: "}"): result.append(byte)
        default: break
        }
        result.append(byte)
        // Viewers that know no escapes see a link in `](1)`.
        if byte == UInt8(ascii: "]"), index + 1 < text.count,
          unsafe text[index + 1] == UInt8(ascii: "(")
        {
          result.append(0x20)
        }
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func bracketName(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "{"): "an opening brace"
    case UInt8(ascii: "}"): "a closing brace"
    case UInt8(ascii: "["): "an opening bracket"
    case UInt8(ascii: "]"): "a closing bracket"
    default: nil
    }
  }

  /// The text with a full stop, if no other mark ends it.
  static func sentence(_ text: String) -> String {
    let trimmed = trimmed(text)
    guard let last = trimmed.unicodeScalars.last else { return trimmed }
    return ".!?".unicodeScalars.contains(last) ? trimmed : trimmed + "."
  }

  /// The first `limit` code points, an ellipsis standing for the rest.
  static func cut(_ text: String, to limit: Int) -> String {
    // No code point is longer than four bytes, nor shorter than one.
    guard text.utf8.count > limit, text.unicodeScalars.count > limit else { return text }
    return String(Substring(text.unicodeScalars.prefix(limit - 1))) + "…"
  }

  private static func trimmed(_ text: String) -> String {
    if let last = text.utf8.last, last > 0x20, last < 0x7F { return text }
    var scalars = text.unicodeScalars[...]
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }

  /// A file's path as a URI reference (RFC 3986), and whether it is relative to the source root.
  ///
  /// What is not allowed in a path is percent-encoded, by its bytes; a colon too, since in a first
  /// segment it would end a scheme. Segments that say nothing, `.` and empty ones, are left out.
  static func uri(ofPath path: String) -> (uri: String, isRelative: Bool) {
    // A file outside of the root; a normalized relative path has no empty segment.
    if path.hasPrefix("file:///") { return (path, false) }
    if isPlainPath(path) { return (path, true) }
    let isAbsolute = path.utf8.first == UInt8(ascii: "/")
    let segments = path.utf8.split(separator: UInt8(ascii: "/")).filter {
      !$0.elementsEqual(".".utf8)
    }
    var uri: [UInt8] = []
    for segment in segments {
      if !uri.isEmpty || isAbsolute { uri.append(UInt8(ascii: "/")) }
      for byte in segment {
        if isPathCharacter(byte) {
          uri.append(byte)
        } else {
          uri.append(UInt8(ascii: "%"))
          for digit in [byte >> 4, byte & 0xF] {
            uri.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") - 10 + digit)
          }
        }
      }
    }
    let text = String(decoding: uri, as: UTF8.self)
    if isAbsolute { return ("file://" + (text.isEmpty ? "/" : text), false) }
    // No path at all is text from a stream that nobody named.
    return (text.isEmpty ? "stdin" : text, true)
  }

  /// Whether a relative path is its own URI reference.
  private static func isPlainPath(_ path: String) -> Bool {
    var path = path
    return path.withUTF8 { path in
      // As if a slash were before it: what follows one is neither another one, a dot nor the end.
      var isAtStart = true
      for index in 0..<path.count {
        let byte = unsafe path[index]
        let isSlash = byte == UInt8(ascii: "/")
        if isAtStart, isSlash || byte == UInt8(ascii: ".") { return false }
        guard isSlash || isPathCharacter(byte) else { return false }
        isAtStart = isSlash
      }
      return !isAtStart
    }
  }

  /// Whether a byte stands for itself in a path: `pchar` of RFC 3986 but for the colon.
  private static func isPathCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~!$&'()*+,;=@".utf8.contains(byte)
    }
  }

  /// The address if it is an absolute one of the web that needs no escapes, else nil.
  static func webAddress(_ text: String?) -> String? {
    text.flatMap { Markdown.isWebAddress($0) ? $0 : nil }
  }
}
