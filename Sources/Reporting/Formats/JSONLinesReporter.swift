import Documents
import Findings
import SourceText

/// Writes JSON Lines: an object for each finding, for each diagnostic, and at the end one for the run.
///
/// `type` tells them apart: `finding`, `diagnostic` and, last and always, `summary`. All objects of a type
/// have the same members. Lines and columns are 1-based, columns in code points; an end is just past the
/// last character. Members may be added; none is removed or changes its meaning.
///
/// A finding without a detail has an empty one, and one without a fix says `none`: DuckDB gives a column of
/// nothing but nulls in the lines that it samples no type, and drops the values behind them.
struct JSONLinesReporter: Reporter {
  static let traits = ReportTraits(
    fileExtension: "jsonl", syntax: .json, needs: [.details, .fingerprints], showsDiagnostics: true)

  init(header: ReportHeader, options: ReportOptions) {}

  func begin(into output: inout [UInt8]) {}

  /// The names are written as they are: there are as many findings as a log has lines.
  func append(_ finding: Finding, into output: inout [UInt8]) {
    let region = finding.region
    output.write(#"{"type":"finding","path":"#)
    JSONWriter.append(quoted: finding.artifactPath, to: &output)
    output.write(#","line":"#)
    output.write(number: region.start.line)
    output.write(#","column":"#)
    output.write(number: region.start.column)
    output.write(#","endLine":"#)
    output.write(number: region.end.line)
    output.write(#","endColumn":"#)
    output.write(number: region.end.column)
    output.write(#","pointer":"#)
    if let pointer = finding.pointer {
      JSONWriter.append(quoted: pointer.utf8, to: &output)
    } else {
      output.write("null")
    }
    output.write(#","rule":"#)
    JSONWriter.append(quoted: finding.rule.description, to: &output)
    output.write(#","severity":""#)
    output.write(finding.severity.rawValue)
    output.write(#"","message":"#)
    JSONWriter.append(quoted: finding.message, to: &output)
    output.write(#","detail":"#)
    JSONWriter.append(quoted: finding.detail ?? "", to: &output)
    output.write(#","fix":""#)
    output.write(finding.fixability?.name ?? "none")
    output.write(#"","fingerprint":""#)
    output.write(finding.fingerprint)
    output.write("\"}\n")
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {
    for diagnostic in summary.diagnostics { write(diagnostic, into: &output) }
    var json = JSONWriter()
    json.beginObject(into: &output)
    json.member("type", "summary", into: &output)
    json.member("files", summary.fileCount, into: &output)
    json.member("requests", summary.requestCount, into: &output)
    json.member("errors", summary.count(of: .error), into: &output)
    json.member("warnings", summary.count(of: .warning), into: &output)
    json.member("infos", summary.count(of: .info), into: &output)
    json.member("suppressed", summary.suppressedCount, into: &output)
    json.member("baseline", summary.acceptedCount, into: &output)
    json.member("known", summary.knownCount, into: &output)
    json.member("unmatched", summary.unmatchedFileCount, into: &output)
    json.endObject(into: &output)
    output.write("\n")
  }

  private func write(_ diagnostic: Diagnostic, into output: inout [UInt8]) {
    let start = diagnostic.location?.region.start
    var json = JSONWriter()
    json.beginObject(into: &output)
    json.member("type", "diagnostic", into: &output)
    json.member("path", diagnostic.location?.artifactPath, into: &output)
    if let start {
      json.member("line", start.line, into: &output)
      json.member("column", start.column, into: &output)
    } else {
      json.member("line", nil as String?, into: &output)
      json.member("column", nil as String?, into: &output)
    }
    json.member("code", diagnostic.code, into: &output)
    json.member("severity", diagnostic.severity.rawValue, into: &output)
    json.member("message", diagnostic.message, into: &output)
    json.endObject(into: &output)
    output.write("\n")
  }
}

extension Finding.Fixability {
  /// The word for it in reports for programs.
  fileprivate var name: String {
    switch self {
    case .safe: "safe"
    case .unsafe: "unsafe"
    }
  }
}
