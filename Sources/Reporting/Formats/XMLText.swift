/// Text in XML 1.0 (Fifth Edition): on one line, with what is unseen written out.
enum XMLText {
  /// The line that a document begins with.
  static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  /// Writes an attribute, with the space before it.
  static func write(attribute name: String, _ value: String, into output: inout [UInt8]) {
    output.write(" \(name)=\"")
    write(value, into: &output)
    output.write("\"")
  }

  /// Writes an attribute whose value is a number.
  static func write(attribute name: String, _ value: Int, into output: inout [UInt8]) {
    output.write(" \(name)=\"")
    output.write(number: value)
    output.write("\"")
  }

  /// Writes a text so that no markup is read from it (section 2.4).
  ///
  /// Characters that XML has no place for (section 2.2) are among those written out.
  static func write(_ text: String, into output: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output.write("&amp;")
      case "<": output.write("&lt;")
      case ">": output.write("&gt;")
      case "\"": output.write("&quot;")
      case "'": output.write("&apos;")
      default: TerminalText.append(scalar, into: &output)
      }
    }
  }
}
