import Documents
import Findings
import SourceText

/// Writes generic issues for SonarQube, from version 10.3 on: `{"issues":[…],"rules":[…]}`.
///
/// The rules are those that issues are of, which is known at the end. Lines are 1-based, columns 0-based
/// in UTF-16 code units; an empty range is its line, since SonarQube refuses it.
struct SonarQubeReporter: Reporter {
  static let traits = ReportTraits(fileExtension: "json", syntax: .json, needs: .related)

  private let header: ReportHeader
  private var severities: [RuleID: Severity] = [:]
  private var isFirst = true

  init(header: ReportHeader, options: ReportOptions) { self.header = header }

  func begin(into output: inout [UInt8]) { output.write("{\"issues\":[") }

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    output.write(isFirst ? "\n" : ",\n")
    isFirst = false
    severities[finding.rule] = max(severities[finding.rule] ?? .info, finding.severity)
    var json = JSONWriter()
    json.beginObject(into: &output)
    json.member("ruleId", finding.rule.description, into: &output)
    json.name("primaryLocation", into: &output)
    Self.write(
      finding.location, MemberLabel.message(of: finding), with: &json, into: &output)
    if !finding.related.isEmpty {
      json.name("secondaryLocations", into: &output)
      json.beginArray(into: &output)
      for related in finding.related {
        Self.write(related.location, related.message, with: &json, into: &output)
      }
      json.endArray(into: &output)
    }
    json.endObject(into: &output)
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {
    output.write(isFirst ? "],\n\"rules\":[" : "\n],\n\"rules\":[")
    let described = severities.isEmpty ? [] : header.rules
    let rules = Dictionary(described.map { ($0.id, $0) }) { first, _ in first }
    for (index, id) in severities.keys.sorted().enumerated() {
      output.write(index == 0 ? "\n" : ",\n")
      Self.write(id, rules[id], severities[id] ?? .error, into: &output)
    }
    output.write(severities.isEmpty ? "]}\n" : "\n]}\n")
  }

  private static func write(
    _ location: Location, _ message: String, with json: inout JSONWriter,
    into output: inout [UInt8]
  ) {
    let region = location.region
    json.beginObject(into: &output)
    json.member("message", message, into: &output)
    json.member("filePath", location.artifactPath, into: &output)
    json.name("textRange", into: &output)
    json.beginObject(into: &output)
    json.member("startLine", region.start.line, into: &output)
    if region.start.offset < region.end.offset {
      json.member("endLine", region.end.line, into: &output)
      json.member("startColumn", region.start.utf16Column - 1, into: &output)
      json.member("endColumn", region.end.utf16Column - 1, into: &output)
    }
    json.endObject(into: &output)
    json.endObject(into: &output)
  }

  private static func write(
    _ id: RuleID, _ rule: RuleDescription?, _ severity: Severity, into output: inout [UInt8]
  ) {
    let name = rule.map(\.summary).flatMap { $0.isEmpty ? nil : $0 } ?? id.description
    let help = rule.map { MarkdownText.plain($0.help) } ?? ""
    var json = JSONWriter()
    json.beginObject(into: &output)
    json.member("id", id.description, into: &output)
    json.member("name", name, into: &output)
    json.member("description", help.isEmpty ? name : help, into: &output)
    json.member("engineId", ToolInformation.name, into: &output)
    json.member("cleanCodeAttribute", "CONVENTIONAL", into: &output)
    json.name("impacts", into: &output)
    json.beginArray(into: &output)
    json.beginObject(into: &output)
    json.member("softwareQuality", "RELIABILITY", into: &output)
    json.member("severity", severity.impact, into: &output)
    json.endObject(into: &output)
    json.endArray(into: &output)
    json.endObject(into: &output)
  }
}

extension Severity {
  /// How much a quality of the software suffers.
  fileprivate var impact: String {
    switch self {
    case .error: "HIGH"
    case .warning: "MEDIUM"
    case .info: "LOW"
    }
  }
}
