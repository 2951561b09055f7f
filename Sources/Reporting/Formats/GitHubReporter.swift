import Findings
import SourceText

/// Writes commands of GitHub Actions, which shows them as annotations of the lines:
/// `::error file=a.json,line=3,col=7,endColumn=9,title=pack/rule::message`.
///
/// GitHub shows ten annotations of each kind for a step. So that these are not the first ten of one kind
/// alone, the first of each severity are kept until the end and written errors first; the others are
/// counted in a line of the log.
struct GitHubReporter: Reporter {
  static let traits = ReportTraits(fileExtension: "txt", syntax: nil, needs: .details)

  /// How many annotations of each kind GitHub shows for a step.
  static let annotationLimit = 10

  private var commands: [Severity: [[UInt8]]] = [:]
  private var leftOut: [Severity: Int] = [:]

  init(header: ReportHeader, options: ReportOptions) {}

  func begin(into output: inout [UInt8]) {}

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    guard commands[finding.severity, default: []].count < Self.annotationLimit else {
      leftOut[finding.severity, default: 0] += 1
      return
    }
    commands[finding.severity, default: []].append(Self.command(for: finding))
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {
    let severities = Severity.allCases.sorted(by: >)
    for severity in severities {
      for command in commands[severity] ?? [] { output += command }
    }
    let counts = severities.compactMap { severity in
      leftOut[severity].map { "\($0) \(severity.rawValue)\($0 == 1 ? "" : "s")" }
    }
    guard !counts.isEmpty else { return }
    output.write(
      "requisite: \(counts.joined(separator: ", ")) more; GitHub shows \(Self.annotationLimit) annotations of each kind\n"
    )
  }

  private static func command(for finding: Finding) -> [UInt8] {
    let region = finding.region
    var output: [UInt8] = []
    output.write("::\(finding.severity.githubCommand) file=")
    write(property: finding.artifactPath, into: &output)
    output.write(",line=\(region.start.line),endLine=\(region.end.line)")
    // Columns of a range over several lines are not taken.
    if region.start.line == region.end.line {
      output.write(",col=\(region.start.utf16Column)")
      if region.end.utf16Column > region.start.utf16Column {
        output.write(",endColumn=\(region.end.utf16Column - 1)")
      }
    }
    output.write(",title=")
    write(property: finding.rule.description, into: &output)
    output.write("::")
    write(data: MemberLabel.message(of: finding), into: &output)
    if let detail = finding.detail { write(data: " (\(detail))", into: &output) }
    output.write("\n")
    return output
  }

  /// Writes a message: the runner undoes `%25`, `%0D` and `%0A`.
  private static func write(data text: String, into output: inout [UInt8]) {
    for byte in LogCommands.escaped(TerminalText.line(of: text)).utf8 {
      if byte == UInt8(ascii: "%") { output.write("%25") } else { output.append(byte) }
    }
  }

  /// Writes the value of a property, which ends at a comma or a colon as well.
  private static func write(property text: String, into output: inout [UInt8]) {
    for byte in LogCommands.escapedWithinLine(text).utf8 {
      switch byte {
      case UInt8(ascii: "%"): output.write("%25")
      case UInt8(ascii: ":"): output.write("%3A")
      case UInt8(ascii: ","): output.write("%2C")
      default: output.append(byte)
      }
    }
  }
}

extension Severity {
  /// The command that makes an annotation.
  fileprivate var githubCommand: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "notice"
    }
  }
}
