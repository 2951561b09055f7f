/// The marks of Markdown (CommonMark 0.31) that every reader of help looks for.
package enum MarkdownSyntax {
  /// The lines of a text without their ends.
  package static func lines<Text: StringProtocol>(of text: Text) -> [Text.SubSequence] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
  }

  /// Whether a backslash before an ASCII character makes it text.
  package static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  /// The line that opens a block of code, and which line closes it.
  package struct Fence {
    /// The character of the fence: a backtick or a tilde.
    package let character: Character
    /// How many of them there are: at least three.
    package let count: Int
    /// How many spaces are before them.
    package let indent: Int

    /// Reads a line; nil where it opens no block.
    package init?(_ line: Substring) {
      let text = line.drop { $0 == " " }
      guard let first = text.first, first == "`" || first == "~" else { return nil }
      let run = text.prefix { $0 == first }
      guard run.count >= 3, first == "~" || !text.dropFirst(run.count).contains("`") else {
        return nil
      }
      (character, count, indent) = (first, run.count, line.count - text.count)
    }

    /// Whether a line closes the block.
    package func isClosed(by line: Substring) -> Bool {
      let text = line.drop { $0 == " " }
      let run = text.prefix { $0 == character }
      return run.count >= count && text.dropFirst(run.count).isBlank
    }
  }
}
