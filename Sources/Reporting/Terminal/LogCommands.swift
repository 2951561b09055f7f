/// Keeps text from being read as a command by the CI system whose log it goes into.
///
/// GitHub Actions reads `::name::` at the start of a line, blanks aside, and `##[name]` anywhere; Azure
/// Pipelines reads `##vso[name]` and TeamCity `##teamcity[name]` anywhere. One character of such a
/// beginning is escaped.
package enum LogCommands {
  /// How a character is escaped.
  package enum Syntax: Sendable {
    /// Text for people: `\u{3A}`.
    case text
    /// JSON, whose values stay the same.
    case json
    /// XML or HTML, whose values stay the same.
    case markup
    /// Markdown, whose text stays the same outside of code.
    case markdown

    fileprivate func escaped(_ byte: UInt8) -> String {
      let isColon = byte == UInt8(ascii: ":")
      return switch self {
      case .text: isColon ? "\\u{3A}" : "\\u{23}"
      case .json: isColon ? "\\u003A" : "\\u0023"
      case .markup: isColon ? "&#58;" : "&#35;"
      case .markdown: isColon ? "\\:" : "\\#"
      }
    }
  }

  /// The longest word between `##` and `[`.
  private static let wordLimit = 40

  /// Escapes commands from an offset on; what is before it was written and looked at earlier.
  package static func escape(
    _ output: inout [UInt8], from start: Int = 0, as syntax: Syntax
  ) {
    let places = places(in: output, from: start)
    guard let first = places.first else { return }
    // What is before it may be much, and stays where it is.
    let tail = Array(output[first...])
    output.removeSubrange(first...)
    for (index, place) in places.enumerated() {
      output.write(syntax.escaped(tail[place - first]))
      let end = index + 1 < places.count ? places[index + 1] - first : tail.count
      output += tail[(place - first + 1)..<end]
    }
  }

  /// The text with commands escaped, as if it stood at the start of a line.
  package static func escaped(_ text: String, as syntax: Syntax = .text) -> String {
    var bytes = Array(text.utf8)
    escape(&bytes, as: syntax)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A text on one line with commands escaped, for a place within a line that has begun.
  static func escapedWithinLine(_ text: String) -> String {
    String(Substring(escaped("=" + TerminalText.line(of: text)).unicodeScalars.dropFirst()))
  }

  /// The offsets of what has to be escaped.
  private static func places(in text: [UInt8], from start: Int) -> [Int] {
    var places: [Int] = []
    // The second of two equal characters is looked for; nothing else costs more than a comparison.
    var index = start
    while let found = pair(in: text, from: index) {
      let byte = text[found]
      index = found + 1
      if byte == UInt8(ascii: "#") {
        if isFollowedByBracket(index, in: text) { places.append(index) }
      } else if startsLine(index - 1, in: text) {
        places.append(index - 1)
      }
    }
    return places
  }

  /// The offset of the next two equal characters with which a command may begin.
  private static func pair(in text: [UInt8], from start: Int) -> Int? {
    unsafe text.withUnsafeBytes { text in
      var index = start
      while index + 1 < text.count {
        // Eight bytes at a time, until two equal ones are one of the characters.
        if index + 9 <= text.count, unsafe !holdsPair(text, at: index) {
          index += 8
          continue
        }
        let byte = unsafe text[index]
        if byte == UInt8(ascii: "#") || byte == UInt8(ascii: ":"), unsafe text[index + 1] == byte {
          return index
        }
        index += 1
      }
      return nil
    }
  }

  /// Whether `::` or `##` begins at one of the eight bytes from an offset.
  @inline(__always)
  private static func holdsPair(_ text: UnsafeRawBufferPointer, at index: Int) -> Bool {
    let word = unsafe text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    let next = unsafe text.loadUnaligned(fromByteOffset: index + 1, as: UInt64.self)
    // A byte of one of these is 0 where it and the next one are ":", or "#".
    let colons = (word ^ next) | (word ^ 0x3A3A_3A3A_3A3A_3A3A)
    let hashes = (word ^ next) | (word ^ 0x2323_2323_2323_2323)
    let zeros =
      (colons &- 0x0101_0101_0101_0101) & ~colons | (hashes &- 0x0101_0101_0101_0101) & ~hashes
    return zeros & 0x8080_8080_8080_8080 != 0
  }

  /// Whether a word and an opening bracket follow an offset.
  private static func isFollowedByBracket(_ index: Int, in text: [UInt8]) -> Bool {
    for byte in text[(index + 1)...].prefix(wordLimit + 1) {
      switch byte {
      case UInt8(ascii: "["): return true
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        continue
      default: return false
      }
    }
    return false
  }

  /// Whether nothing but white space and escape sequences is between the start of a line and an offset.
  ///
  /// A log may be freed of colors and links before a CI system reads it.
  static func startsLine(_ index: Int, in text: [UInt8]) -> Bool {
    var index = index
    while index > 0 {
      let byte = text[index - 1]
      switch byte {
      case 0x0A, 0x0D: return true
      case 0x09, 0x0B, 0x0C, 0x1C...0x1F, 0x20: index -= 1
      default:
        let space = wideSpace(endingAt: index, in: text)
        guard let count = space ?? sequence(endingAt: index, in: text) else { return false }
        index -= count
      }
    }
    return true
  }

  /// How many bytes the white space outside of ASCII has that ends at an offset; nil for none.
  private static func wideSpace(endingAt end: Int, in text: [UInt8]) -> Int? {
    if end >= 2, text[end - 2] == 0xC2, text[end - 1] == 0x85 || text[end - 1] == 0xA0 { return 2 }
    guard end >= 3 else { return nil }
    switch (text[end - 3], text[end - 2], text[end - 1]) {
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8B), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9),
      (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF):
      return 3
    default: return nil
    }
  }

  /// How many bytes the color or link has that ends at an offset; nil for none.
  private static func sequence(endingAt end: Int, in text: [UInt8]) -> Int? {
    // What stands in them is a number or a URI, neither of which has an escape character.
    guard let start = text[..<(end - 1)].suffix(4_096).lastIndex(of: 0x1B) else { return nil }
    let content = text[(start + 1)..<(end - 1)]
    if text[end - 1] == UInt8(ascii: "m"), content.first == UInt8(ascii: "[") {
      let isColor = content.dropFirst().allSatisfy { byte in
        byte == UInt8(ascii: ";") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
      return isColor ? end - start : nil
    }
    // The end of a link is a sequence of its own: ESC \\.
    guard text[end - 1] == UInt8(ascii: "\\"), content.isEmpty,
      let opening = text[..<start].suffix(4_096).lastIndex(of: 0x1B),
      text[(opening + 1)..<start].starts(with: "]8;".utf8)
    else { return nil }
    return end - opening
  }
}
