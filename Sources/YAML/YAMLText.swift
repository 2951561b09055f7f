import Documents

/// Writes values as YAML on one line.
package enum YAMLText {
  /// How a string is written where it may be.
  enum Style {
    case plain, single, double

    /// The style of a scalar that begins with a byte.
    init(firstByte: UInt8?) {
      switch firstByte {
      case UInt8(ascii: "\""): self = .double
      case UInt8(ascii: "'"): self = .single
      default: self = .plain
      }
    }
  }

  /// The text of a value; collections are in brackets.
  ///
  /// Recursion is as deep as the value nests, which patches limit.
  static func value(_ value: JSONValue, like style: Style, in tree: ValueTree) -> [UInt8] {
    switch tree.expanded(value) {
    case .null, .node: return Array("null".utf8)
    case .boolean(let isTrue): return Array((isTrue ? "true" : "false").utf8)
    case .number(let text): return text
    case .string(let text): return string(text, like: style)
    case .array(let elements):
      return [UInt8(ascii: "[")] + joined(elements.map { self.value($0, like: style, in: tree) })
        + [UInt8(ascii: "]")]
    case .object(let members, _):
      let items = members.map { member in
        let name =
          member.origin.map { Array(tree.document.utf8(of: $0)) } ?? tree.spelled(member.name)
        return string(name, like: style) + Array(": ".utf8)
          + self.value(member.value, like: style, in: tree)
      }
      return [UInt8(ascii: "{")] + joined(items) + [UInt8(ascii: "}")]
    }
  }

  private static func joined(_ items: [[UInt8]]) -> [UInt8] {
    Array(items.joined(separator: Array(", ".utf8)))
  }

  /// The text of a string in one line, in quotes wherever it might be taken for something else
  /// without.
  package static func scalar(_ text: String) -> String {
    String(decoding: string(Array(text.utf8), like: .plain), as: UTF8.self)
  }

  /// The text of a string, in quotes if it could be read as another type without them.
  static func string(_ text: [UInt8], like style: Style) -> [UInt8] {
    switch style {
    case .plain where isPlain(text): return text
    case .plain, .single:
      if text.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
        let quote = UInt8(ascii: "'")
        return [quote] + text.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
      }
    case .double: break
    }
    var bytes: [UInt8] = []
    JSONWriter.append(quoted: String(decoding: text, as: UTF8.self), to: &bytes)
    return doubleQuoted(json: bytes)
  }

  /// A string of JSON as YAML has it.
  ///
  /// YAML knows no surrogates, so characters with two escapes get one, and it has U+FFFE and U+FFFF
  /// only as escapes.
  private static func doubleQuoted(json text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else {
        if text[index] == 0xEF, index + 2 < text.count, text[index + 1] == 0xBF,
          text[index + 2] >= 0xBE
        {
          result += Array((text[index + 2] == 0xBE ? "\\ufffe" : "\\uffff").utf8)
          index += 3
          continue
        }
        result.append(text[index])
        index += 1
        continue
      }
      if text[index + 1] == UInt8(ascii: "u"),
        let high = StringEscapes.codeUnit(at: index + 2, in: text[...]),
        (0xD800...0xDBFF).contains(high),
        let low = StringEscapes.codeUnit(at: index + 8, in: text[...]),
        (0xDC00...0xDFFF).contains(low)
      {
        let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
        let digits = String(value, radix: 16)
        result += Array("\\U\(String(repeating: "0", count: 8 - digits.utf8.count))\(digits)".utf8)
        index += 12
      } else {
        result += text[index...(index + 1)]
        index += 2
      }
    }
    return result
  }

  /// Whether a string is surely itself without quotes, between brackets as well.
  private static func isPlain(_ text: [UInt8]) -> Bool {
    // What begins with a digit may be a date or a time of day to other readers.
    guard let first = text.first, let last = text.last, isWord(first) || first == UInt8(ascii: "/"),
      isWord(last) || last == UInt8(ascii: "/"),
      !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
      !otherBooleans.contains(text.map { $0 | 0x20 })
    else { return false }
    for (index, byte) in text.enumerated() where !isWord(byte) {
      switch byte {
      case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: ":"):
        continue
      case UInt8(ascii: " "):
        if index + 1 < text.count, isWord(text[index + 1]), isWord(text[index - 1]) { continue }
        return false
      default: return false
      }
    }
    return CoreSchema.value(ofPlain: text) == .string
  }

  /// What YAML 1.1 takes for booleans.
  private static let otherBooleans = Set(
    ["y", "n", "yes", "no", "on", "off"].map { Array($0.utf8) })

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
