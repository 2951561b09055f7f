/// Writes texts as scalars of YAML that every reader takes for the same strings.
enum YAMLText {
  /// The text plain where that is safe, else in quotes; `inFlow` where it is within brackets.
  static func scalar(_ text: String, inFlow: Bool) -> String {
    if isPlain(text, inFlow: inFlow) { return text }
    if text.unicodeScalars.allSatisfy({ !isUnseen($0) }) {
      return "'" + text.replacing("'", with: "''") + "'"
    }
    return quoted(text)
  }

  /// The text in double quotes, as JSON has it too where no character beyond U+FFFF is unseen.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        guard isUnseen(scalar) else {
          result.unicodeScalars.append(scalar)
          continue
        }
        let digits = String(scalar.value, radix: 16)
        let width = scalar.value > 0xFFFF ? 8 : 4
        result += width == 8 ? "\\U" : "\\u"
        result += String(repeating: "0", count: width - digits.utf8.count) + digits
      }
    }
    return result + "\""
  }

  /// Whether a text means itself without quotes, under YAML 1.1 too, where `no` is a boolean.
  private static func isPlain(_ text: String, inFlow: Bool) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last, last != 0x20,
      isLetter(first) || first == UInt8(ascii: "/")
    else { return false }
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    if words.contains(where: { $0.utf8.elementsEqual(bytes.map { $0 | 0x20 }) }) { return false }
    return bytes.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), 0x20, UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ";"), UInt8(ascii: "("),
        UInt8(ascii: ")"), UInt8(ascii: "'"):
        true
      case UInt8(ascii: ","): !inFlow
      default: isLetter(byte)
      }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// Whether a character is a control, has no width or reorders the text around it.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
      .surrogate:
      true
    default: false
    }
  }
}
