import Findings

/// Writes `path:line:column: severity: message [pack/rule]`, one line a finding, with `[fixable]` at the
/// end if it can be fixed.
struct CompactReporter: Reporter {
  static let traits = ReportTraits(fileExtension: "txt", syntax: .text, needs: [])

  private let palette: Palette

  init(header: ReportHeader, options: ReportOptions) {
    palette = Palette(isOn: options.usesColor)
  }

  func begin(into output: inout [UInt8]) {}

  func append(_ finding: Finding, into output: inout [UInt8]) {
    let location = finding.location
    palette.write(placeOf: location, into: &output)
    palette.write(
      finding.severity, MemberLabel.message(finding.message, at: location.pointer),
      rule: finding.rule, fixability: finding.fixability, into: &output)
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {}
}
