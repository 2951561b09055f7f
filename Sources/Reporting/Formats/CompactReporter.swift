import Findings
import SourceText

/// Writes `path:line:column: severity: message [pack/rule]`, one line a finding, with `[fixable]` at the
/// end if it can be fixed.
struct CompactReporter: Reporter {
  static let traits = ReportTraits(
    fileExtension: "txt", syntax: .text, needs: [], writesApart: true)

  private let palette: Palette
  /// The path of the finding that was written last, and what is shown of it.
  private var path: String?
  private var shownPath: [UInt8] = []
  /// The finding that was written last, unless its line is too long to be kept.
  private var last: Finding?
  /// What its line has behind the place: in a log, many findings in a row differ by their places alone.
  private var lastText: [UInt8] = []

  /// No longer text is kept.
  private static let keptTextSize = 4_096

  init(header: ReportHeader, options: ReportOptions) {
    palette = Palette(options)
  }

  func begin(into output: inout [UInt8]) {}

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    if path?.hasSameBytes(as: finding.path) != true {
      path = finding.path
      shownPath.removeAll(keepingCapacity: true)
      TerminalText.append(path: finding.path, into: &shownPath)
    }
    palette.write(
      place: finding.region.start, in: finding.path, shown: shownPath, into: &output)
    if last?.says(sameAs: finding) == true {
      output.append(contentsOf: lastText)
      return
    }
    let start = output.count
    palette.write(
      finding.severity, rule: finding.rule, fixability: finding.fixability, into: &output
    ) { output in
      MemberLabel.write(messageOf: finding, into: &output)
    }
    guard output.count - start <= Self.keptTextSize else {
      last = nil
      return
    }
    last = finding
    lastText.removeAll(keepingCapacity: true)
    lastText.append(contentsOf: output[start...])
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {}
}
