import Findings
import SourceText

/// Writes the XML of Checkstyle, which warnings-ng of Jenkins, reviewdog and others read.
///
/// Columns are in code points.
struct CheckstyleReporter: Reporter {
  static let traits = ReportTraits(fileExtension: "xml", syntax: .markup, needs: [])

  private var path: String?

  init(header: ReportHeader, options: ReportOptions) {}

  func begin(into output: inout [UInt8]) {
    output.write(XMLText.declaration)
    output.write("<checkstyle version=\"4.3\">\n")
  }

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    if path?.hasSameBytes(as: finding.artifactPath) != true {
      endFile(into: &output)
      path = finding.artifactPath
      output.write("  <file")
      XMLText.write(attribute: "name", finding.artifactPath, into: &output)
      output.write(">\n")
    }
    let start = finding.region.start
    output.write("    <error")
    XMLText.write(attribute: "line", start.line, into: &output)
    XMLText.write(attribute: "column", start.column, into: &output)
    XMLText.write(attribute: "severity", finding.severity.rawValue, into: &output)
    XMLText.write(attribute: "message", MemberLabel.message(of: finding), into: &output)
    XMLText.write(attribute: "source", finding.rule.description, into: &output)
    output.write("/>\n")
  }

  func end(_ summary: ReportSummary, into output: inout [UInt8]) {
    endFile(into: &output)
    output.write("</checkstyle>\n")
  }

  private func endFile(into output: inout [UInt8]) {
    if path != nil { output.write("  </file>\n") }
  }
}
