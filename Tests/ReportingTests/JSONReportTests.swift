import Findings
import Foundation
import Reporting
import SourceText
import Testing

/// The report for programs holds what the findings hold.
struct JSONReportTests {
  private struct Report: Decodable {
    struct Place: Decodable {
      var message: String
      var path: String
      var line: Int
      var column: Int
      var endLine: Int
      var endColumn: Int
      var pointer: String?
    }
    struct Item: Decodable {
      var ruleId: String
      var severity: String
      var detail: String?
      var related: [Place]
      var fingerprint: String
    }
    struct Diagnostic: Decodable {
      var code: String
      var severity: String
      var message: String
      var path: String?
      var line: Int?
      var column: Int?
    }
    struct Summary: Decodable, Equatable {
      var files: Int
      var requests: Int
      var errors: Int
      var warnings: Int
      var infos: Int
    }
    var version: Int
    var summary: Summary
    var diagnostics: [Diagnostic]
  }
  private struct Findings<Element: Decodable>: Decodable {
    var findings: [Element]
  }

  private func read<Value: Decodable>(_ type: Value.Type, _ report: FixedReport) throws -> Value {
    try JSONDecoder().decode(type, from: Data(report.written(as: .json)))
  }

  @Test(arguments: FixedReport.all)
  func holdsEachFinding(report: FixedReport) throws {
    let items = try read(Findings<Report.Item>.self, report).findings
    let places = try read(Findings<Report.Place>.self, report).findings
    #expect(items.count == report.findings.count)
    for ((item, place), finding) in zip(zip(items, places), report.findings) {
      #expect(item.ruleId == finding.rule.description)
      #expect(item.severity == finding.severity.rawValue)
      #expect(item.fingerprint == finding.fingerprint)
      #expect(item.detail?.utf8.elementsEqual((finding.detail ?? "").utf8) ?? true)
      #expect(item.related.count == finding.related.count)
      expect(place, finding.message, finding.location)
      for (place, related) in zip(item.related, finding.related) {
        expect(place, related.message, related.location)
      }
    }
  }

  private func expect(_ place: Report.Place, _ message: String, _ location: Location) {
    #expect(place.message.utf8.elementsEqual(message.utf8))
    #expect(place.path.utf8.elementsEqual(location.path.utf8))
    #expect(place.line == location.region.start.line)
    #expect(place.column == location.region.start.column)
    #expect(place.endLine == location.region.end.line)
    #expect(place.endColumn == location.region.end.column)
    #expect(
      (place.pointer ?? "nil").utf8.elementsEqual((location.pointer?.description ?? "nil").utf8))
  }

  @Test func holdsTheSummaryAndTheDiagnostics() throws {
    let report = try read(Report.self, .typical)
    #expect(report.version == 2)
    #expect(
      report.summary == Report.Summary(files: 14, requests: 14, errors: 3, warnings: 1, infos: 1))
    #expect(report.diagnostics.map(\.code) == ["input/unreadable", "pack/unused-parameter"])
    #expect(report.diagnostics.map(\.severity) == ["error", "warning"])
    #expect(report.diagnostics.map(\.path) == [nil, "packs/acme.yaml"])
    #expect(report.diagnostics.map(\.line) == [nil, 1])
    #expect(report.diagnostics.map(\.column) == [nil, 1])
  }

  /// What was written can be flushed away after each call.
  @Test(arguments: FixedReport.all, ReportFormat.allCases)
  func isWrittenPieceByPiece(report: FixedReport, format: ReportFormat) {
    var writer = ReportWriter(
      format: format, header: ReportHeader(toolVersion: "1.2.3", rules: report.rules),
      options: ReportOptions())
    var flushed: [UInt8] = []
    func flush(_ output: inout [UInt8]) {
      flushed += output
      output = []
    }
    var output: [UInt8] = []
    writer.begin(into: &output)
    flush(&output)
    for finding in report.findings {
      writer.append(finding, into: &output)
      flush(&output)
    }
    writer.end(report.summary, into: &output)
    flush(&output)
    #expect(flushed == report.written(as: format))
  }
}
