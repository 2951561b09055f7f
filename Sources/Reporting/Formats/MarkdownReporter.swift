import Findings
import SourceText

/// Writes a table in GitHub Flavored Markdown under the summary of the run, such as for a step's summary.
///
/// GitHub takes at most 1 MiB for a step, so that rows beyond a limit are counted only.
struct MarkdownReporter: Reporter {
  static let traits = ReportTraits(fileExtension: "md", syntax: .markdown, needs: [])

  /// How many bytes the rows take at most.
  static let rowLimit = 900_000

  private var rows: [UInt8] = []
  private var leftOut = 0

  init(header: ReportHeader, options: ReportOptions) {}

  func begin(into output: inout [UInt8]) {}

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    let start = finding.region.start
    let cells = [
      finding.severity.rawValue,
      MarkdownText.inert("\(finding.artifactPath):\(start.line):\(start.column)"),
      MarkdownText.inert(finding.rule.description),
      MarkdownText.inert(MemberLabel.message(of: finding)),
    ]
    let row = "| \(cells.joined(separator: " | ")) |\n"
    guard leftOut == 0, rows.count + row.utf8.count <= Self.rowLimit else {
      leftOut += 1
      return
    }
    rows.write(row)
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {
    output.write("### Requisite: \(MarkdownText.inert(summary.line()))\n")
    if !rows.isEmpty {
      output.write("\n| Severity | Place | Rule | Message |\n| --- | --- | --- | --- |\n")
      output += rows
    }
    if leftOut > 0 {
      output.write("\n\(leftOut) more \(leftOut == 1 ? "finding is" : "findings are") left out.\n")
    }
    if !summary.diagnostics.isEmpty {
      output.write("\n")
      for diagnostic in summary.diagnostics {
        output.write(
          "- \(diagnostic.severity.rawValue): \(MarkdownText.inert(diagnostic.message)) (\(MarkdownText.inert(diagnostic.code)))\n"
        )
      }
    }
  }
}
