import Documents
import Findings
import SourceText

/// Writes the report for programs: `{"version":2,"findings":[…],"diagnostics":[…],"summary":{…}}`.
///
/// Lines and columns are 1-based, columns in code points; an end is just past the last character.
/// Paths are relative to the project root. Each finding is one line. Members may be added within
/// version 2; none is removed or changes its meaning.
struct JSONReporter: Reporter {
  static let traits = ReportTraits(
    fileExtension: "json", syntax: .json,
    needs: [.details, .related, .normalizedPaths, .fingerprints],
    showsDiagnostics: true,
    showsFixes: true)

  private var isFirst = true

  init(header: ReportHeader, options: ReportOptions) {}

  func begin(into output: inout [UInt8]) {
    output.write(#"{"version":2,"findings":["#)
  }

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    output.write(isFirst ? "\n" : ",\n")
    isFirst = false
    var json = JSONWriter()
    json.beginObject(into: &output)
    json.member("ruleId", finding.rule.description, into: &output)
    json.member("severity", finding.severity.rawValue, into: &output)
    json.member("message", finding.message, into: &output)
    if let detail = finding.detail { json.member("detail", detail, into: &output) }
    Self.write(finding.location, with: &json, into: &output)
    json.name("related", into: &output)
    json.beginArray(into: &output)
    for related in finding.related {
      json.beginObject(into: &output)
      json.member("message", related.message, into: &output)
      Self.write(related.location, with: &json, into: &output)
      json.endObject(into: &output)
    }
    json.endArray(into: &output)
    if let fix = finding.fix { Self.write(fix, with: &json, into: &output) }
    json.member("fingerprint", finding.fingerprint, into: &output)
    json.endObject(into: &output)
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {
    output.write(isFirst ? "],\n" : "\n],\n")
    output.write(#""diagnostics":["#)
    for (index, diagnostic) in summary.diagnostics.enumerated() {
      output.write(index == 0 ? "\n" : ",\n")
      Self.write(diagnostic, into: &output)
    }
    output.write(summary.diagnostics.isEmpty ? "],\n" : "\n],\n")
    output.write(#""summary":"#)
    var json = JSONWriter()
    json.beginObject(into: &output)
    json.member("files", summary.fileCount, into: &output)
    json.member("requests", summary.requestCount, into: &output)
    json.member("errors", summary.count(of: .error), into: &output)
    json.member("warnings", summary.count(of: .warning), into: &output)
    json.member("infos", summary.count(of: .info), into: &output)
    if summary.suppressedCount > 0 {
      json.member("suppressed", summary.suppressedCount, into: &output)
    }
    if summary.unmatchedFileCount > 0 {
      json.member("unmatched", summary.unmatchedFileCount, into: &output)
    }
    if summary.acceptedCount > 0 { json.member("baseline", summary.acceptedCount, into: &output) }
    if summary.knownCount > 0 { json.member("known", summary.knownCount, into: &output) }
    json.endObject(into: &output)
    if let statistics = summary.statistics {
      output.write(",\n")
      StatisticsText.writeMember(statistics, into: &output)
    }
    output.write("}\n")
  }

  private static func write(
    _ fix: Fix, with json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.name("fix", into: &output)
    json.beginObject(into: &output)
    json.member("description", fix.description, into: &output)
    json.member("safe", fix.isSafe, into: &output)
    json.name("edits", into: &output)
    json.beginArray(into: &output)
    for edit in fix.edits {
      json.beginObject(into: &output)
      json.member("line", edit.region.start.line, into: &output)
      json.member("column", edit.region.start.column, into: &output)
      json.member("endLine", edit.region.end.line, into: &output)
      json.member("endColumn", edit.region.end.column, into: &output)
      json.member("text", edit.text, into: &output)
      json.endObject(into: &output)
    }
    json.endArray(into: &output)
    json.endObject(into: &output)
  }

  private static func write(
    _ location: Location, with json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.member("path", location.artifactPath, into: &output)
    json.member("line", location.region.start.line, into: &output)
    json.member("column", location.region.start.column, into: &output)
    json.member("endLine", location.region.end.line, into: &output)
    json.member("endColumn", location.region.end.column, into: &output)
    json.member("pointer", location.pointer?.description, into: &output)
    if let path = location.normalizedPath { json.member("normalizedPath", path, into: &output) }
  }

  private static func write(_ diagnostic: Diagnostic, into output: inout [UInt8]) {
    var json = JSONWriter()
    json.beginObject(into: &output)
    json.member("code", diagnostic.code, into: &output)
    json.member("severity", diagnostic.severity.rawValue, into: &output)
    json.member("message", diagnostic.message, into: &output)
    if let location = diagnostic.location {
      json.member("path", location.artifactPath, into: &output)
      json.member("line", location.region.start.line, into: &output)
      json.member("column", location.region.start.column, into: &output)
    }
    json.endObject(into: &output)
  }
}
