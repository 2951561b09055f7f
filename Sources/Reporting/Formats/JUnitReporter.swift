import Findings
import SourceText

/// Writes JUnit's XML, which continuous integration shows as tests: a suite and a case for each file with
/// findings, and a failure for each of them.
///
/// Files without findings are one passing case together, so that a run always has one. A diagnostic is an
/// error of a case of its own. A suite is held until its file ends, since its counts come first.
struct JUnitReporter: Reporter {
  static let traits = ReportTraits(
    fileExtension: "xml", syntax: .markup, needs: [], showsDiagnostics: true)

  private var path: String?
  private var failures: [UInt8] = []
  private var failureCount = 0

  init(header: ReportHeader, options: ReportOptions) {}

  func begin(into output: inout [UInt8]) {
    output.write(XMLText.declaration)
    output.write("<testsuites name=\"requisite\">\n")
  }

  mutating func append(_ finding: Finding, into output: inout [UInt8]) {
    if path?.hasSameBytes(as: finding.artifactPath) != true {
      endFile(into: &output)
      path = finding.artifactPath
    }
    failureCount += 1
    let start = finding.region.start
    let message = MemberLabel.message(of: finding)
    failures.write("      <failure")
    XMLText.write(attribute: "type", finding.rule.description, into: &failures)
    XMLText.write(attribute: "message", message, into: &failures)
    failures.write(">")
    XMLText.write(
      "\(finding.artifactPath):\(start.line):\(start.column): \(finding.severity.rawValue): \(message) [\(finding.rule)]",
      into: &failures)
    failures.write("</failure>\n")
  }

  mutating func end(_ summary: ReportSummary, into output: inout [UInt8]) {
    endFile(into: &output)
    writeRest(summary, into: &output)
    output.write("</testsuites>\n")
  }

  private mutating func endFile(into output: inout [UInt8]) {
    guard let path else { return }
    Self.beginSuite(path, tests: 1, failures: failureCount, errors: 0, into: &output)
    output.write("    <testcase")
    XMLText.write(attribute: "classname", "requisite", into: &output)
    XMLText.write(attribute: "name", path, into: &output)
    XMLText.write(attribute: "file", path, into: &output)
    output.write(">\n")
    output += failures
    output.write("    </testcase>\n  </testsuite>\n")
    failures.removeAll(keepingCapacity: true)
    failureCount = 0
    self.path = nil
  }

  /// Writes the case of all files without findings, and those of diagnostics.
  private func writeRest(_ summary: ReportSummary, into output: inout [UInt8]) {
    let clean = max(summary.fileCount - summary.affectedFileCount, 0)
    let errors = summary.diagnostics.filter { $0.severity == .error }
    let hasClean = clean > 0 || summary.fileCount == 0 && errors.isEmpty
    guard hasClean || !errors.isEmpty else { return }
    Self.beginSuite(
      "requisite", tests: errors.count + (hasClean ? 1 : 0), failures: 0, errors: errors.count,
      into: &output)
    if hasClean {
      output.write("    <testcase")
      XMLText.write(attribute: "classname", "requisite", into: &output)
      XMLText.write(
        attribute: "name", "\(clean) \(clean == 1 ? "file" : "files") without findings",
        into: &output)
      output.write("/>\n")
    }
    for diagnostic in errors {
      output.write("    <testcase")
      XMLText.write(attribute: "classname", "requisite", into: &output)
      XMLText.write(attribute: "name", diagnostic.code, into: &output)
      if let location = diagnostic.location {
        XMLText.write(attribute: "file", location.artifactPath, into: &output)
        XMLText.write(attribute: "line", location.region.start.line, into: &output)
      }
      output.write(">\n      <error")
      XMLText.write(attribute: "type", diagnostic.code, into: &output)
      XMLText.write(attribute: "message", diagnostic.message, into: &output)
      output.write("/>\n    </testcase>\n")
    }
    output.write("  </testsuite>\n")
  }

  private static func beginSuite(
    _ name: String, tests: Int, failures: Int, errors: Int, into output: inout [UInt8]
  ) {
    output.write("  <testsuite")
    XMLText.write(attribute: "name", name, into: &output)
    XMLText.write(attribute: "tests", tests, into: &output)
    XMLText.write(attribute: "failures", failures, into: &output)
    XMLText.write(attribute: "errors", errors, into: &output)
    XMLText.write(attribute: "skipped", 0, into: &output)
    output.write(">\n")
  }
}
