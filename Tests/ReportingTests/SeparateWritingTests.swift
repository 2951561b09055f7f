import Findings
import SourceText
import Testing

@testable import Reporting

/// Formats whose findings threads may write each for themselves.
struct SeparateWritingTests {
  @Test(arguments: ReportFormat.allCases.filter(\.writesApart), FixedReport.all)
  func partsOfSeveralWritersAreTheReportOfOne(format: ReportFormat, report: FixedReport) {
    #expect(format.needs.isDisjoint(with: .beyondOneBlock))
    let writer = ReportWriter(
      format: format, header: ReportHeader(toolVersion: "1", rules: report.rules),
      options: ReportOptions())
    func text(_ findings: some Sequence<Finding>) -> [UInt8] {
      var writer = writer
      var output: [UInt8] = []
      for finding in findings { writer.append(finding, into: &output) }
      return output
    }
    // Each finding twice in a row, as lines of a log may have it, and all of them again.
    let findings = report.findings.flatMap { [$0, $0] } + report.findings
    let whole = text(findings)
    for cut in 0...findings.count {
      #expect(text(findings[..<cut]) + text(findings[cut...]) == whole, "\(cut)")
    }
  }

  @Test func someFormatIsWrittenByThreads() {
    #expect(ReportFormat.allCases.contains { $0.writesApart })
  }
}
