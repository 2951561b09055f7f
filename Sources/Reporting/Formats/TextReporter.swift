import Findings
import SourceText

/// Writes findings for people: what is wrong, the line with it, and how to fix it.
///
///     chat.json:3:14: error: Types must contain text/plain [aws-connect-chat/types] [fixable]
///       3 |   "Types": ["text/markdown"],
///         |            ^~~~~~~~~~~~~~~~~
///         = note: no item equals "text/plain"
///         = help: Every chat must support text/plain.
///
/// At a terminal, findings are below a heading with the path of their file, and all text is wrapped:
///
///     chat.json
///       3:14: error: Types must contain text/plain [aws-connect-chat/types] [fixable]
struct TextReporter: Reporter {
  static let traits = ReportTraits(
    fileExtension: "txt", syntax: .text, needs: [.details, .related, .excerpts])

  /// The number of related locations that are shown of a finding.
  static let relatedLimit = 10

  private let palette: Palette
  private let columns: Int
  private let header: ReportHeader
  private let showsHelp: Bool
  /// The help of rules that have not been explained yet; each is explained once.
  ///
  /// Nil before the first finding.
  private var pendingHelp: [RuleID: String]?
  /// The rule that was explained, or asked about, last.
  private var lastRule: RuleID?
  private var isFirst = true
  /// Whether findings have headings.
  private let isGrouped: Bool
  /// The path of the last heading.
  private var heading: String?

  init(header: ReportHeader, options: ReportOptions) {
    palette = Palette(options)
    columns = options.columns
    self.header = header
    showsHelp = options.showsHelp
    isGrouped = options.isTerminal
  }

  func begin(into output: inout [UInt8]) {}

  /// The help of a rule that was not explained yet.
  private mutating func takeHelp(of rule: RuleID) -> String? {
    guard showsHelp, rule != lastRule else { return nil }
    lastRule = rule
    var help = pendingHelp ?? [:]
    if pendingHelp == nil {
      for rule in header.rules where !rule.help.isEmpty { help[rule.id] = rule.help }
    }
    pendingHelp = nil
    defer { pendingHelp = help }
    return help.removeValue(forKey: rule)
  }

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    if !isFirst { output.write("\n") }
    isFirst = false
    let block = TextBlock(palette: palette, columns: columns)
    if isGrouped {
      if heading?.hasSameBytes(as: finding.path) != true {
        palette.write(heading: finding.path, into: &output)
      }
      heading = finding.path
      block.writeFirstLines(of: finding, into: &output)
    } else {
      palette.write(placeOf: finding.location, into: &output)
      palette.write(
        finding.severity, rule: finding.rule, fixability: finding.fixability, into: &output
      ) { output in
        TerminalText.append(finding.message, into: &output)
      }
    }
    block.writeExcerpt(of: finding.location, finding.severity, into: &output)

    let indent = ExcerptBlock.gutterWidth(line: finding.region.start.line)
    if let detail = finding.detail {
      block.write("note", detail, indent: indent, into: &output)
    }
    if let help = takeHelp(of: finding.rule) {
      let text = MarkdownText.opening(of: help, codeSpace: LineWrapping.fixedSpace)
      block.write("help", text, indent: indent, hasFixedSpaces: true, into: &output)
    }
    block.writeRelated(
      finding.related, limit: Self.relatedLimit, below: heading, into: &output)
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {
    // The line about the run follows.
    if isGrouped, !isFirst { output.write("\n") }
  }
}

/// The parts of a finding or diagnostic in text.
struct TextBlock {
  var palette: Palette
  var columns: Int

  /// Appends what is wrong below a heading, wrapped: place, severity, message, rule, and whether it can be fixed.
  func writeFirstLines(of finding: Finding, into output: inout [UInt8]) {
    let place = finding.region.start
    output.write("  ")
    palette.write(place: place, below: finding.path, into: &output)
    writeWrapped(
      finding.severity, finding.message, name: finding.rule.description,
      fixability: finding.fixability, behind: 2 + "\(place.line):\(place.column): ".utf8.count,
      into: &output)
  }

  /// Appends `severity: message [name]`, and `[fixable]` if it can be fixed, behind what takes so many columns.
  ///
  /// Lines end at spaces, and all but the first are indented.
  func writeWrapped(
    _ severity: Severity, _ message: String, name: String,
    fixability: Finding.Fixability? = nil, behind start: Int, into output: inout [UInt8]
  ) {
    let indent = 4
    palette.write("\(severity.rawValue):", .severity(severity), into: &output)
    // What stands before the message takes the room of a word.
    let word = String(repeating: "x", count: start + severity.rawValue.utf8.count + 1)
    let lines = LineWrapping.lines(
      of: "\(word) \(TerminalText.visible(message))", columns: columns - indent)
    var column = 0
    for (index, line) in lines.enumerated() {
      if index > 0 {
        output.write("\n")
        output.write(" ", count: indent)
      }
      let text = index > 0 ? line[...] : line.dropFirst(word.count)
      palette.write(String(text), .message, into: &output)
      column = (index > 0 ? indent : 0) + TerminalText.width(of: line[...])
    }
    func append(_ text: String, _ style: TerminalStyle) {
      let width = TerminalText.width(of: text[...])
      let fits = column + 1 + width <= columns
      if !fits { output.write("\n") }
      output.write(" ", count: fits ? 1 : indent)
      palette.write(text, style, into: &output)
      column = (fits ? column + 1 : indent) + width
    }
    var name = TerminalText.visible(name)
    if let slash = name.firstIndex(of: "/"), name.utf8.count + 2 > columns - indent {
      // An id that fits no line is broken behind the pack.
      append("[\(name[...slash])", .rule)
      name = String(name[name.index(after: slash)...])
      output.write("\n")
      output.write(" ", count: indent)
      palette.write("\(name)]", .rule, into: &output)
      column = indent + TerminalText.width(of: name[...]) + 1
    } else {
      append("[\(name)]", .rule)
    }
    if let mark = fixability?.mark { append(mark, .label) }
    output.write("\n")
  }

  /// Appends the lines of a location's excerpt, if it has one.
  func writeExcerpt(of location: Location, _ severity: Severity, into output: inout [UInt8]) {
    guard let excerpt = location.excerpt else { return }
    ExcerptBlock(excerpt: excerpt, line: location.region.start.line, columns: columns)
      .write(palette, severity: severity, into: &output)
  }

  /// Appends `= label: text`, the text wrapped.
  func write(
    _ label: String, _ text: String, indent: Int, hasFixedSpaces: Bool = false,
    into output: inout [UInt8]
  ) {
    let prefix = "= \(label): "
    let lines = LineWrapping.lines(
      of: TerminalText.visible(text), columns: columns - indent - prefix.utf8.count,
      hasFixedSpaces: hasFixedSpaces)
    for (index, line) in lines.enumerated() {
      output.write(" ", count: indent)
      if index == 0 {
        palette.write("= \(label):", .label, into: &output)
        output.write(" ")
      } else {
        output.write(" ", count: prefix.utf8.count)
      }
      output.write(line)
      output.write("\n")
    }
  }

  /// Appends related places, each with its excerpt; below a heading, those of its file go without the path.
  func writeRelated(
    _ related: [RelatedLocation], limit: Int, below heading: String? = nil,
    into output: inout [UInt8]
  ) {
    for item in related.prefix(limit) {
      output.write(" ", count: heading == nil ? 0 : 4)
      if heading?.hasSameBytes(as: item.location.path) == true {
        palette.write(
          place: item.location.region.start, below: item.location.path, into: &output)
      } else {
        palette.write(placeOf: item.location, into: &output)
      }
      palette.write("note:", .label, into: &output)
      output.write(" ")
      TerminalText.append(item.message, into: &output)
      output.write("\n")
      writeExcerpt(of: item.location, .info, into: &output)
    }
    if related.count > limit {
      let rest = related.count - limit
      output.write("    … and \(rest) more related place\(rest == 1 ? "" : "s")\n")
    }
  }
}
