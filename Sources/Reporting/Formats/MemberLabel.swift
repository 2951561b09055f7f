import Findings
import SourceText

/// Names the member that a finding is about, for reports that do not show the line.
enum MemberLabel {
  /// How many code points of a name are shown.
  private static let nameLimit = 60

  /// The message of a finding, with the member's name before it unless it names the member itself.
  static func message(of finding: Finding) -> String {
    message(finding.message, at: finding.pointer)
  }

  /// A message about the value or member at a pointer.
  static func message(_ message: String, at pointer: JSONPointer?) -> String {
    guard let (name, positions) = label(of: message, at: pointer) else { return message }
    return (name.map(shown) ?? "") + text(of: positions) + ": " + message
  }

  /// Appends the message of a finding as a terminal shows it, with the member's name before it unless it
  /// names the member itself.
  static func write(messageOf finding: Finding, into output: inout [UInt8]) {
    let message = finding.message
    guard let (name, positions) = label(of: message, at: finding.pointer) else {
      return TerminalText.append(message, into: &output)
    }
    // What has to be written out, or cut, depends on all of it.
    guard let name, !name.isEmpty, name.count <= nameLimit, positions.count <= nameLimit,
      TerminalText.isPlain(name), TerminalText.isShownAsIs(message),
      message.utf8.count + 4 * nameLimit <= TerminalText.textLimit
    else { return TerminalText.append(self.message(message, at: finding.pointer), into: &output) }
    output.append(contentsOf: name)
    if !positions.isEmpty { output.write(text(of: positions)) }
    output.write(": ")
    output.write(message)
  }

  /// What stands before a message about the value or member at a pointer: the last name, and the positions
  /// behind it; nil for nothing.
  private static func label(
    of message: String, at pointer: JSONPointer?
  ) -> (name: ArraySlice<UInt8>?, positions: ArraySlice<UInt8>)? {
    guard let pointer, !pointer.isRoot else { return nil }
    let bytes = pointer.utf8
    let (token, position) = lastName(of: bytes.span)
    guard let token else { return position == bytes.count ? nil : (nil, bytes[position...]) }
    let name = JSONPointer.unescaped(bytes[token])
    return names(message, name) ? nil : (name, bytes[position...])
  }

  /// Where the last token of a pointer is that is no position, and where the positions behind it begin.
  private static func lastName(
    of pointer: borrowing Span<UInt8>
  ) -> (token: Range<Int>?, positions: Int) {
    var end = pointer.count
    var index = end
    var isPosition = true
    while index > 0 {
      index -= 1
      let byte = pointer[index]
      guard byte == UInt8(ascii: "/") else {
        if !(0x30...0x39).contains(byte) { isPosition = false }
        continue
      }
      guard isPosition, index + 1 < end else { return (index + 1..<end, end) }
      end = index
    }
    return (nil, end)
  }

  /// Positions of a pointer as they are shown: `[0][1]` for `/0/1`.
  private static func text(of positions: ArraySlice<UInt8>) -> String {
    guard !positions.isEmpty else { return "" }
    var text: [UInt8] = []
    for byte in positions {
      guard byte == UInt8(ascii: "/") else {
        text.append(byte)
        continue
      }
      if !text.isEmpty { text.append(UInt8(ascii: "]")) }
      text.append(UInt8(ascii: "["))
    }
    text.append(UInt8(ascii: "]"))
    return String(decoding: text, as: UTF8.self)
  }

  /// A name as it is shown: a long one loses its end.
  private static func shown(_ name: ArraySlice<UInt8>) -> String {
    guard !name.isEmpty else { return "\"\"" }
    let text = String(decoding: name, as: UTF8.self)
    // No code point is shorter than a byte.
    guard name.count > nameLimit, text.unicodeScalars.count > nameLimit else { return text }
    return String(Substring(text.unicodeScalars.prefix(nameLimit - 1))) + "…"
  }

  /// Whether a message has a name in quotes or as a word of its own, in whatever case.
  private static func names(_ message: String, _ name: ArraySlice<UInt8>) -> Bool {
    guard !name.isEmpty, message.utf8.count >= name.count else { return false }
    var message = message
    return message.withUTF8 { text in
      unsafe name.withUnsafeBufferPointer { unsafe names(text, $0) }
    }
  }

  private static func names(
    _ text: UnsafeBufferPointer<UInt8>, _ word: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let first = unsafe lowercased(word[0])
    for start in 0...(text.count - word.count) where unsafe lowercased(text[start]) == first {
      var count = 1
      while count < word.count, unsafe lowercased(text[start + count]) == lowercased(word[count]) {
        count += 1
      }
      guard count == word.count else { continue }
      let end = start + count
      if start > 0, end < text.count, unsafe text[start - 1] == text[end],
        unsafe text[end] == UInt8(ascii: "\"") || text[end] == UInt8(ascii: "'")
      {
        return true
      }
      // A name of one or two letters is too often a word of the sentence.
      let isWord =
        unsafe (start == 0 || !isWordByte(text[start - 1]))
        && (end == text.count || !isWordByte(text[end]))
      if count > 2, isWord { return true }
    }
    return false
  }

  @inline(__always)
  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
