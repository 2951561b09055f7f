import Findings

/// Writes `path:line:column: severity: message [pack/rule]`, one line a finding, with `[fixable]` at the
/// end if it can be fixed.
struct CompactReporter: Reporter {
  static let traits = ReportTraits(fileExtension: "txt", syntax: .text, needs: [])

  private let palette: Palette
  /// The finding that was written last, and what its line has behind the place: in a log, many findings in a
  /// row differ by their places alone.
  private var last: (finding: Finding, text: [UInt8])?

  /// No longer text is kept.
  private static let keptTextSize = 4_096

  init(header: ReportHeader, options: ReportOptions) {
    palette = Palette(isOn: options.usesColor)
  }

  func begin(into output: inout [UInt8]) {}

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    palette.write(placeOf: finding.location, into: &output)
    if let last, last.finding.says(sameAs: finding) {
      output.append(contentsOf: last.text)
      return
    }
    last = nil
    let start = output.count
    palette.write(
      finding.severity, MemberLabel.message(of: finding), rule: finding.rule,
      fixability: finding.fixability, into: &output)
    if output.count - start <= Self.keptTextSize { last = (finding, Array(output[start...])) }
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {}
}
