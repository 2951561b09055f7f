import Documents
import Findings
import SourceText

/// Writes a Code Quality report of GitLab: an array of issues, which it shows in merge requests.
///
/// The issues of two reports are matched by their fingerprints, which hold no line.
struct GitLabReporter: Reporter {
  static let traits = ReportTraits(fileExtension: "json", syntax: .json, needs: [.fingerprints])

  private var isFirst = true

  init(header: ReportHeader, options: ReportOptions) {}

  func begin(into output: inout [UInt8]) { output.write("[") }

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    output.write(isFirst ? "\n" : ",\n")
    isFirst = false
    var json = JSONWriter()
    json.beginObject(into: &output)
    json.member("description", MemberLabel.message(of: finding), into: &output)
    json.member("check_name", finding.rule.description, into: &output)
    json.member("fingerprint", finding.fingerprint, into: &output)
    json.member("severity", finding.severity.gitLabSeverity, into: &output)
    json.name("location", into: &output)
    json.beginObject(into: &output)
    json.member("path", finding.artifactPath, into: &output)
    json.name("lines", into: &output)
    json.beginObject(into: &output)
    json.member("begin", finding.region.start.line, into: &output)
    json.member("end", finding.region.end.line, into: &output)
    json.endObject(into: &output)
    json.endObject(into: &output)
    json.endObject(into: &output)
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {
    output.write(isFirst ? "]\n" : "\n]\n")
  }
}

extension Severity {
  /// One of `info`, `minor`, `major`, `critical` and `blocker`.
  fileprivate var gitLabSeverity: String {
    switch self {
    case .error: "major"
    case .warning: "minor"
    case .info: "info"
    }
  }
}
