import Documents
import Findings
import SourceText

/// Writes the Reviewdog Diagnostic Format as one document (`DiagnosticResult`).
struct RDJSONReporter: Reporter {
  static let traits = ReportTraits(
    fileExtension: "json", syntax: .json, needs: .related, showsFixes: true)

  private var diagnostics: ReviewdogDiagnostics
  private var isFirst = true

  init(header: ReportHeader, options: ReportOptions) {
    diagnostics = ReviewdogDiagnostics(header)
  }

  func begin(into output: inout [UInt8]) {
    output.write("{\"source\":")
    var json = JSONWriter()
    ReviewdogDiagnostics.writeSource(with: &json, into: &output)
    output.write(",\n\"diagnostics\":[")
  }

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    output.write(isFirst ? "\n" : ",\n")
    isFirst = false
    diagnostics.write(finding, hasSource: false, into: &output)
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {
    output.write(isFirst ? "]}\n" : "\n]}\n")
  }
}

/// Writes the Reviewdog Diagnostic Format as JSON Lines (`Diagnostic`).
struct RDJSONLReporter: Reporter {
  static let traits = ReportTraits(
    fileExtension: "jsonl", syntax: .json, needs: .related, showsFixes: true)

  private var diagnostics: ReviewdogDiagnostics

  init(header: ReportHeader, options: ReportOptions) {
    diagnostics = ReviewdogDiagnostics(header)
  }

  func begin(into output: inout [UInt8]) {}

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    diagnostics.write(finding, hasSource: true, into: &output)
    output.write("\n")
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {}
}

/// Findings as diagnostics of reviewdog: lines and columns are 1-based, columns in bytes of UTF-8, and an
/// end is just past the last byte.
///
/// Only safe fixes are suggestions: reviewdog offers them to be applied with a click.
private struct ReviewdogDiagnostics: Sendable {
  private let header: ReportHeader
  /// The pages of rules; gathered for the first finding.
  private var pages: [RuleID: String]?

  init(_ header: ReportHeader) { self.header = header }

  static func writeSource(with json: inout JSONWriter, into output: inout [UInt8]) {
    json.beginObject(into: &output)
    json.member("name", ToolInformation.name, into: &output)
    json.member("url", ToolInformation.uri, into: &output)
    json.endObject(into: &output)
  }

  mutating func write(_ finding: Finding, hasSource: Bool, into output: inout [UInt8]) {
    var json = JSONWriter()
    json.beginObject(into: &output)
    json.member("message", MemberLabel.message(of: finding), into: &output)
    json.name("location", into: &output)
    Self.write(finding.location, with: &json, into: &output)
    json.member("severity", finding.severity.rawValue.uppercased(), into: &output)
    if hasSource {
      json.name("source", into: &output)
      Self.writeSource(with: &json, into: &output)
    }
    json.name("code", into: &output)
    json.beginObject(into: &output)
    json.member("value", finding.rule.description, into: &output)
    if let page = page(of: finding.rule) { json.member("url", page, into: &output) }
    json.endObject(into: &output)
    if let fix = finding.fix, fix.isSafe {
      json.name("suggestions", into: &output)
      json.beginArray(into: &output)
      for edit in fix.edits {
        json.beginObject(into: &output)
        json.name("range", into: &output)
        Self.write(edit.region, with: &json, into: &output)
        json.member("text", edit.text, into: &output)
        json.endObject(into: &output)
      }
      json.endArray(into: &output)
    }
    if !finding.related.isEmpty {
      json.name("related_locations", into: &output)
      json.beginArray(into: &output)
      for related in finding.related {
        json.beginObject(into: &output)
        json.member("message", related.message, into: &output)
        json.name("location", into: &output)
        Self.write(related.location, with: &json, into: &output)
        json.endObject(into: &output)
      }
      json.endArray(into: &output)
    }
    json.endObject(into: &output)
  }

  private mutating func page(of rule: RuleID) -> String? {
    if let pages { return pages[rule] }
    var pages: [RuleID: String] = [:]
    for rule in header.rules { pages[rule.id] = SARIFText.webAddress(rule.url) }
    self.pages = pages
    return pages[rule]
  }

  private static func write(
    _ location: Location, with json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.beginObject(into: &output)
    json.member("path", location.artifactPath, into: &output)
    json.name("range", into: &output)
    write(location.region, with: &json, into: &output)
    json.endObject(into: &output)
  }

  private static func write(
    _ region: Region, with json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.beginObject(into: &output)
    for (name, position) in [("start", region.start), ("end", region.end)] {
      json.name(name, into: &output)
      json.beginObject(into: &output)
      json.member("line", position.line, into: &output)
      json.member("column", position.byteColumn, into: &output)
      json.endObject(into: &output)
    }
    json.endObject(into: &output)
  }
}
