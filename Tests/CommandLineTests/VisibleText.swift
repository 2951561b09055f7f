/// Text in which every byte can be seen, and the bytes that it stands for.
///
/// Control characters other than the line feed stand as their pictures (U+2400 and on: ␛ for escape,
/// ␍ for a carriage return), a line feed within a name as ␊, bytes that are not UTF-8 and the
/// byte-order mark as `‹EF›`, and ␄ at the very end says that the text does not end with a line feed.
enum VisibleText {
  /// The bytes that a text with pictures stands for.
  static func bytes(_ text: some StringProtocol) -> [UInt8] {
    var bytes: [UInt8] = []
    var scalars = Array(text.unicodeScalars)
    if scalars.last == "\u{2404}" || scalars.suffix(2) == ["\u{2404}", "\n"] {
      scalars.removeSubrange((scalars.lastIndex(of: "\u{2404}") ?? 0)...)
    }
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if scalar == "‹", index + 3 < scalars.count, scalars[index + 3] == "›",
        let byte = UInt8(
          String(String.UnicodeScalarView(scalars[(index + 1)...(index + 2)])), radix: 16)
      {
        bytes.append(byte)
        index += 4
        continue
      }
      if (0x2400...0x241F).contains(scalar.value) {
        bytes.append(UInt8(scalar.value - 0x2400))
      } else if scalar.value == 0x2421 {
        bytes.append(0x7F)
      } else {
        bytes.append(contentsOf: String(scalar).utf8)
      }
      index += 1
    }
    return bytes
  }

  /// The text that stands for bytes; it ends with a line feed unless it is empty.
  static func text(_ bytes: [UInt8]) -> String {
    var text = ""
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) {
      text += "‹EF›‹BB›‹BF›"
      rest = rest.dropFirst(3)
    }
    while let byte = rest.first {
      let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      guard let character = String(validating: rest.prefix(length), as: UTF8.self) else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "‹\(digits.count == 1 ? "0" : "")\(digits)›"
        rest = rest.dropFirst()
        continue
      }
      switch byte {
      case UInt8(ascii: "\n"): text += "\n"
      case 0..<0x20: text.unicodeScalars.append(Unicode.Scalar(0x2400 + UInt32(byte)) ?? "?")
      case 0x7F: text += "\u{2421}"
      default: text += character
      }
      rest = rest.dropFirst(length)
    }
    if let last = bytes.last, last != UInt8(ascii: "\n") { text += "\u{2404}\n" }
    return text
  }
}
