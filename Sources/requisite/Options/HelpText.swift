import Reporting

/// Lays out help for the width of its reader's terminal.
///
/// The argument parser breaks lines at column 0, and drops every description where `COLUMNS` is too small a
/// number. So it writes help without line breaks of its own, and these lines are broken here.
enum HelpText {
  /// The width where neither `COLUMNS` nor a terminal says another.
  static let standardWidth = 80
  /// The width that the argument parser is told, wider than any of its lines.
  static let unbrokenWidth = 100_000
  /// The column in which the argument parser begins descriptions, counted from 0.
  private static let descriptionColumn = 26
  /// The columns that a description has at least beside its label.
  private static let leastRoom = 24

  /// A message with its help, if it has any, in lines of at most `columns` columns.
  ///
  /// What comes before the help, such as an error, and completion scripts keep their lines.
  static func wrapped(_ message: String, columns: Int) -> String {
    var isHelp = false
    return message.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      isHelp = isHelp || line.hasPrefix("OVERVIEW: ") || line.hasPrefix("USAGE: ")
      return isHelp ? self.line(line, columns: columns) : String(line)
    }.joined(separator: "\n")
  }

  /// A line of help as one or more lines.
  ///
  /// A description continues below itself, or, where its label leaves too little room, begins below the
  /// label.
  private static func line(_ line: Substring, columns: Int) -> String {
    let usage = "USAGE: "
    if line.hasPrefix(usage) {
      let text = LineWrapping.fixingSpaces(
        in: String(line.dropFirst(usage.count)), from: "[", to: "]")
      return usage
        + tail(text, indent: usage.count, columns: columns)
    }
    let indent = line.prefix { $0 == " " }.count
    let text = line.dropFirst(indent)
    if let (label, description) = parts(of: text, indent: indent) {
      let column = line.count - description.count
      if columns - column >= leastRoom {
        return line.prefix(column) + tail(description, indent: column, columns: columns)
      }
      return paragraph(label, indent: indent, columns: columns) + "\n"
        + paragraph(description, indent: indent + 4, columns: columns)
    }
    // The description of a label that has a line to itself.
    let isFar = columns - indent < leastRoom
    return paragraph(text, indent: isFar ? 6 : indent, columns: columns)
  }

  /// The label and the description of a line that has both: at least two spaces are between them, or one
  /// before the column of descriptions.
  private static func parts(
    of text: Substring, indent: Int
  ) -> (label: Substring, description: Substring)? {
    if let gap = text.firstRange(of: "  ") {
      let description = text[gap.upperBound...].drop { $0 == " " }
      return description.isEmpty ? nil : (text[..<gap.lowerBound], description)
    }
    let count = descriptionColumn - indent
    guard text.first == "-" || text.first == "<", count > 0, text.count > count else { return nil }
    let label = text.prefix(count)
    return label.last == " " ? (label.dropLast(), text.dropFirst(count)) : nil
  }

  /// Text in lines that all have the indent but the first, which has something before it.
  private static func tail(
    _ text: some StringProtocol, indent: Int, columns: Int
  ) -> String {
    String(paragraph(text, indent: indent, columns: columns).dropFirst(indent))
  }

  /// Text in lines that all have the indent.
  private static func paragraph(
    _ text: some StringProtocol, indent: Int, columns: Int
  ) -> String {
    let lead = String(repeating: " ", count: indent)
    return LineWrapping.lines(of: String(text), columns: columns - indent, hasFixedSpaces: true)
      .map { lead + $0 }.joined(separator: "\n")
  }
}
