import Documents
import Findings

/// Names the member that a finding is about, for reports that do not show the line.
enum MemberLabel {
  /// How many code points of a name are shown.
  private static let nameLimit = 60

  /// The message of a finding, with the member's name before it unless it names the member itself.
  static func message(of finding: Finding) -> String {
    guard let label = label(of: finding.location), !names(finding.message, label.name) else {
      return finding.message
    }
    return "\(label.text): \(finding.message)"
  }

  /// The last name of a pointer, and the text for it with the positions below it: `Items[0]`.
  ///
  /// Nil for the request itself.
  private static func label(of location: Location) -> (name: String, text: String)? {
    guard let pointer = location.pointer.flatMap({ JSONPointer($0) }) else { return nil }
    var positions = ""
    for token in pointer.tokens.reversed() {
      let token = String(decoding: token, as: UTF8.self)
      if !token.isEmpty, token.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        positions = "[\(token)]" + positions
        continue
      }
      let scalars = token.unicodeScalars
      let shown =
        scalars.count > nameLimit
        ? String(String.UnicodeScalarView(scalars.prefix(nameLimit - 1))) + "…" : token
      return (token, (shown.isEmpty ? "\"\"" : shown) + positions)
    }
    return positions.isEmpty ? nil : ("", positions)
  }

  /// Whether a message has a name in quotes or as a word of its own, in whatever case.
  private static func names(_ message: String, _ name: String) -> Bool {
    func lowercased(_ byte: UInt8) -> UInt8 {
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
    let (text, word) = (Array(message.utf8), name.utf8.map(lowercased))
    guard !word.isEmpty, text.count >= word.count else { return false }
    func isWordByte(_ index: Int) -> Bool {
      guard text.indices.contains(index) else { return false }
      switch text[index] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"), 0x80...:
        return true
      default: return false
      }
    }
    func isQuoted(_ start: Int, _ end: Int) -> Bool {
      guard start > 0, end < text.count, text[start - 1] == text[end] else { return false }
      return text[end] == UInt8(ascii: "\"") || text[end] == UInt8(ascii: "'")
    }
    for start in 0...(text.count - word.count) where lowercased(text[start]) == word[0] {
      let end = start + word.count
      guard text[start..<end].elementsEqual(word, by: { lowercased($0) == $1 }) else { continue }
      if isQuoted(start, end) { return true }
      // A name of one or two letters is too often a word of the sentence.
      if word.count > 2, !isWordByte(start - 1), !isWordByte(end) { return true }
    }
    return false
  }
}
