extension MarkdownText {
  /// A text that stays a text wherever it is in a line: no mark, no link, no HTML, no mention.
  ///
  /// For reports that a forge renders, which makes links of more than Markdown does.
  static func inert(_ text: String) -> String {
    var result = ""
    for scalar in TerminalText.visible(text).unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "!", "|", "~", "$":
        result.unicodeScalars.append("\\")
        result.unicodeScalars.append(scalar)
      // These begin HTML, references, addresses that become links, and mentions.
      case "<", ">", "&", ":", "@", "\"": result += "&#\(scalar.value);"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result.replacing("www.", with: "www&#46;")
  }

  /// A text for a line of a page, in one line, so that none of it is read as a mark.
  package static func escaped(_ text: some StringProtocol) -> String {
    var output: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "#", "&", "~", "!":
        output.append(UInt8(ascii: "\\"))
        output.append(UInt8(ascii: scalar))
      case "\n", "\t": output.append(UInt8(ascii: " "))
      default: TerminalText.append(scalar, notation: .codePoint, into: &output)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// A text in one line as code.
  package static func code(_ text: some StringProtocol) -> String {
    let text = TerminalText.lines(of: String(text)).replacing("\n", with: " ")
    let fence = String(repeating: "`", count: longestBackticks(in: text) + 1)
    let needsSpace = text.hasPrefix("`") || text.hasSuffix("`") || text.isEmpty
    return needsSpace ? "\(fence) \(text) \(fence)" : "\(fence)\(text)\(fence)"
  }

  /// A text as a block of code.
  package static func codeBlock(_ text: some StringProtocol, language: String) -> String {
    let text = TerminalText.lines(of: String(text))
    let fence = String(repeating: "`", count: max(2, longestBackticks(in: text)) + 1)
    return "\(fence)\(language)\n\(text)\n\(fence)\n"
  }

  private static func longestBackticks(in text: String) -> Int {
    var run = 0
    var longest = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
