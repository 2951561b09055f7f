/// The width of text for people, in columns of a terminal.
package enum TextWidth {
  /// The width where nothing says another.
  package static let standard = 100
  /// The bounds of every width.
  package static let bounds = 40...200

  /// The width that the variable `COLUMNS` sets if it is a number above 0, or else that of the terminal,
  /// within the bounds; nil where there is neither.
  package static func columns(variable: String?, terminal: Int?) -> Int? {
    var width = terminal
    if let digits = variable?.utf8, !digits.isEmpty,
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    {
      let number = Int(variable ?? "") ?? .max
      if number > 0 { width = number }
    }
    return width.map { min(max($0, bounds.lowerBound), bounds.upperBound) }
  }
}

/// Breaks text into lines at spaces.
package enum LineWrapping {
  /// A character for a space at which a line is broken only where it would be too long otherwise.
  static let fixedSpace: Unicode.Scalar = "\u{A0}"

  /// The lines of a text without unseen characters.
  ///
  /// A word that is too long for a line stays whole, so that addresses can be copied. It is broken only
  /// at its fixed spaces, and before characters that take two columns, as those of Chinese.
  ///
  /// A line may take `columns` columns; at least 20 are used. With `hasFixedSpaces`, U+00A0 is a fixed
  /// space, which is written as a space.
  package static func lines(
    of text: String, columns: Int, hasFixedSpaces: Bool = false
  ) -> [String] {
    let columns = max(columns, 20)
    if isLine(text, columns: columns) { return [text] }
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    func append(_ word: Substring, _ width: Int, after space: Int) {
      if !line.isEmpty, lineWidth + space + width > columns {
        lines.append(line)
        line = ""
        lineWidth = 0
      }
      if !line.isEmpty, space > 0 {
        line += " "
        lineWidth += 1
      }
      line += word
      lineWidth += width
    }
    for bytes in text.utf8.split(separator: UInt8(ascii: " ")) {
      let word = Substring(bytes)
      let width = TerminalText.width(of: word)
      guard width > columns else {
        append(word, width, after: 1)
        continue
      }
      let parts =
        hasFixedSpaces
        ? word.unicodeScalars.split(separator: fixedSpace).map { Substring($0) } : [word]
      for part in parts {
        for (index, piece) in pieces(of: part, columns: columns).enumerated() {
          append(piece, TerminalText.width(of: piece), after: index == 0 ? 1 : 0)
        }
      }
    }
    if !line.isEmpty { lines.append(line) }
    return hasFixedSpaces ? lines.map { $0.replacing("\u{A0}", with: " ") } : lines
  }

  /// Whether a text is a line as it is: of words of ASCII, with one space between them.
  private static func isLine(_ text: String, columns: Int) -> Bool {
    guard !text.isEmpty, text.utf8.count <= columns, TerminalText.isShownAsIs(text) else {
      return false
    }
    var wasSpace = true
    for byte in text.utf8 {
      let isSpace = byte == UInt8(ascii: " ")
      if isSpace, wasSpace { return false }
      wasSpace = isSpace
    }
    return !wasSpace
  }

  /// The pieces of a word that is too long, each beginning with a character of two columns but the first.
  private static func pieces(of word: Substring, columns: Int) -> [Substring] {
    guard TerminalText.width(of: word) > columns else { return [word] }
    var pieces: [Substring] = []
    let scalars = word.unicodeScalars
    var start = scalars.startIndex
    for index in scalars.indices where index > start {
      guard !TerminalText.isUnseen(scalars[index]), TerminalText.width(of: scalars[index]) == 2
      else { continue }
      pieces.append(Substring(scalars[start..<index]))
      start = index
    }
    pieces.append(Substring(scalars[start...]))
    return pieces
  }

  /// The text with fixed spaces in what stands between two marks, as in `{{ self }}`.
  package static func fixingSpaces(in text: String, from open: String, to close: String) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: open),
      let end = rest[start.upperBound...].firstRange(of: close)
    {
      result += rest[..<start.lowerBound]
      result += rest[start.lowerBound..<end.upperBound].replacing(" ", with: "\u{A0}")
      rest = rest[end.upperBound...]
    }
    return result + rest
  }
}
