import Findings
import SourceText

/// Writes commands of Azure Pipelines, which shows them as issues of the run:
/// `##vso[task.logissue type=error;sourcepath=a.json;linenumber=3;columnnumber=7;code=pack/rule]message`.
///
/// There are issues of two types only, so that an info is a warning.
struct AzureReporter: Reporter {
  static let traits = ReportTraits(fileExtension: "txt", syntax: nil, needs: [])

  init(header: ReportHeader, options: ReportOptions) {}

  func begin(into output: inout [UInt8]) {}

  func append(_ finding: Finding, into output: inout [UInt8]) {
    let start = finding.region.start
    output.write("##vso[task.logissue type=\(finding.severity == .error ? "error" : "warning")")
    output.write(";sourcepath=")
    Self.write(finding.artifactPath, isProperty: true, into: &output)
    output.write(";linenumber=\(start.line);columnnumber=\(start.column);code=")
    Self.write(finding.rule.description, isProperty: true, into: &output)
    output.write("]")
    Self.write(MemberLabel.message(of: finding), isProperty: false, into: &output)
    output.write("\n")
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {}

  /// Writes a text with the escapes that the agent undoes.
  private static func write(_ text: String, isProperty: Bool, into output: inout [UInt8]) {
    for byte in LogCommands.escapedWithinLine(text).utf8 {
      switch byte {
      case UInt8(ascii: "%"): output.write("%AZP25")
      case UInt8(ascii: ";") where isProperty: output.write("%3B")
      case UInt8(ascii: "]") where isProperty: output.write("%5D")
      default: output.append(byte)
      }
    }
  }
}
