import Foundation
import Reporting
import TestSupport
import Testing

/// Every format of three reports, byte for byte; `HTMLReportTests` has the static parts of the page.
struct GoldenTests {
  @Test(arguments: FixedReport.all, ReportFormat.allCases)
  func writes(report: FixedReport, format: ReportFormat) throws {
    let written = report.written(as: format)
    try expectGolden(
      format == .html ? HTMLReportTests.withoutStaticParts(written) : written,
      at: repository.appending(
        path: "Tests/ReportingTests/Goldens/\(report.name).\(format.rawValue)"))
  }

  /// Text at terminals of some widths.
  @Test(arguments: FixedReport.all, [40, 80, 200])
  func writesToATerminal(report: FixedReport, columns: Int) throws {
    try expectGolden(
      report.written(as: .text, options: ReportOptions(isTerminal: true, columns: columns)),
      at: repository.appending(
        path: "Tests/ReportingTests/Goldens/\(report.name).text-at-\(columns)"))
  }

  @Test func hasNoGoldenOfAnythingElse() throws {
    let folder = repository.appending(path: "Tests/ReportingTests/Goldens").path
    let expected = FixedReport.all.flatMap { report in
      (ReportFormat.allCases.map(\.rawValue) + ["text-at-40", "text-at-80", "text-at-200"])
        .map { "\(report.name).\($0)" }
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == expected.sorted())
  }

  /// Nothing but line feeds steers a terminal, and nothing reorders or hides text.
  @Test(arguments: FixedReport.all, ReportFormat.allCases)
  func writesNothingUnseen(report: FixedReport, format: ReportFormat) {
    let text = String(decoding: report.written(as: format), as: UTF8.self)
    let unseen = text.unicodeScalars.filter { scalar in
      scalar != "\n"
        && [.control, .format, .lineSeparator, .paragraphSeparator]
          .contains(scalar.properties.generalCategory)
    }
    #expect(unseen.isEmpty)
  }
}
