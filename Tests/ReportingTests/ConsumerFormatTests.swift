import Findings
import Foundation
import SourceText
import Testing

@testable import Reporting

#if canImport(FoundationXML)
import FoundationXML
#endif

/// The formats that other programs read, as those programs read them.
struct ConsumerFormatTests {
  // MARK: - XML

  @Test(arguments: FixedReport.all)
  func checkstyleHasAnErrorForEachFinding(report: FixedReport) throws {
    let elements = try XMLElements(report.written(as: .checkstyle)).all
    let errors = elements.filter { $0.name == "error" }
    #expect(errors.map(\.attributes["source"]) == report.findings.map { "\($0.rule)" })
    #expect(
      errors.map(\.attributes["line"])
        == report.findings.map { "\($0.location.region.start.line)" })
    #expect(errors.map(\.attributes["severity"]) == report.findings.map(\.severity.rawValue))
    #expect(elements.count { $0.name == "file" } == Set(report.findings.map(\.location.path)).count)
  }

  @Test(arguments: FixedReport.all)
  func junitHasAFailureForEachFinding(report: FixedReport) throws {
    let elements = try XMLElements(report.written(as: .junit)).all
    let failures = elements.filter { $0.name == "failure" }
    #expect(failures.map(\.attributes["type"]) == report.findings.map { "\($0.rule)" })
    let suites = elements.filter { $0.name == "testsuite" }
    func sum(_ name: String) -> Int {
      suites.reduce(0) { $0 + (Int($1.attributes[name] ?? "") ?? 0) }
    }
    #expect(sum("failures") == failures.count)
    #expect(sum("tests") == elements.count { $0.name == "testcase" })
    #expect(sum("errors") == elements.count { $0.name == "error" })
    // A run without a case looks to a CI system as if it had not taken place.
    #expect(elements.contains { $0.name == "testcase" })
  }

  @Test func xmlHoldsNoCharacterThatItForbids() throws {
    var output: [UInt8] = []
    XMLText.write("\u{0}\u{B}\u{FFFE}\u{FFFF}]]></a>&lt;\"'\u{1F600}", into: &output)
    let text = String(decoding: output, as: UTF8.self)
    #expect(
      text
        == "\\u{0}\\u{B}\\u{FFFE}\\u{FFFF}]]&gt;&lt;/a&gt;&amp;lt;&quot;&apos;\u{1F600}")
    #expect(try XMLElements(Array("<a>\(text)</a>".utf8)).all.count == 1)
  }

  // MARK: - JSON

  @Test(arguments: FixedReport.all)
  func gitLabHasAnIssueForEachFinding(report: FixedReport) throws {
    let issues = try #require(json(report.written(as: .gitlab)) as? [[String: Any]])
    #expect(issues.map { $0["check_name"] as? String } == report.findings.map { "\($0.rule)" })
    let fingerprints = issues.compactMap { $0["fingerprint"] as? String }
    #expect(Set(fingerprints).count == report.findings.count)
    let severities = Set(issues.compactMap { $0["severity"] as? String })
    #expect(severities.isSubset(of: ["info", "minor", "major", "critical", "blocker"]))
  }

  @Test(arguments: FixedReport.all)
  func jsonLinesEndWithTheSummary(report: FixedReport) throws {
    let lines = try objects(report.written(as: .jsonl))
    let findings = lines.filter { $0["type"] as? String == "finding" }
    #expect(findings.map { $0["rule"] as? String } == report.findings.map { "\($0.rule)" })
    #expect(
      lines.count { $0["type"] as? String == "diagnostic" } == report.summary.diagnostics.count)
    #expect(lines.last?["type"] as? String == "summary")
    #expect(lines.last?["files"] as? Int == report.summary.fileCount)
    // A table needs the same columns in all rows.
    #expect(Set(findings.map { Set($0.keys) }).count <= 1)
  }

  @Test(arguments: FixedReport.all)
  func reviewdogHasADiagnosticForEachFinding(report: FixedReport) throws {
    let result = try #require(json(report.written(as: .rdjson)) as? [String: Any])
    let diagnostics = try #require(result["diagnostics"] as? [[String: Any]])
    var lines = try objects(report.written(as: .rdjsonl))
    for index in lines.indices { lines[index]["source"] = nil }
    #expect(diagnostics as NSArray == lines as NSArray)
    #expect(diagnostics.count == report.findings.count)
    for (diagnostic, finding) in zip(diagnostics, report.findings) {
      let location = try #require(diagnostic["location"] as? [String: Any])
      let range = try #require(location["range"] as? [String: [String: Int]])
      #expect(range["start"]?["column"] == finding.location.region.start.byteColumn)
      #expect(range["end"]?["line"] == finding.location.region.end.line)
      #expect(["ERROR", "WARNING", "INFO"].contains(diagnostic["severity"] as? String))
    }
  }

  @Test func reviewdogIsOfferedSafeFixesOnly() throws {
    for isSafe in [true, false] {
      var finding = try #require(FixedReport.typical.findings.first)
      let region = finding.location.region
      finding.fix = Fix(
        description: "replace it", isSafe: isSafe, edits: [.init(region: region, text: "\"a\"")])
      var report = FixedReport.typical
      report.findings = [finding]
      let lines = try objects(report.written(as: .rdjsonl))
      let suggestions = lines.first?["suggestions"] as? [[String: Any]]
      #expect(suggestions?.first?["text"] as? String == (isSafe ? "\"a\"" : nil))
      #expect(suggestions?.count == (isSafe ? 1 : nil))
    }
  }

  @Test(arguments: FixedReport.all)
  func sonarQubeKnowsTheRuleOfEachIssue(report: FixedReport) throws {
    let result = try #require(json(report.written(as: .sonarqube)) as? [String: [[String: Any]]])
    let issues = try #require(result["issues"])
    let rules = try #require(result["rules"])
    #expect(issues.count == report.findings.count)
    #expect(
      Set(rules.compactMap { $0["id"] as? String }) == Set(report.findings.map { "\($0.rule)" }))
    for issue in issues {
      let location = issue["primaryLocation"] as? [String: Any]
      let range = try #require(location?["textRange"] as? [String: Int])
      guard let first = range["startColumn"], let last = range["endColumn"] else { continue }
      #expect((range["startLine"] ?? 0, first) < (range["endLine"] ?? 0, last))
    }
  }

  // MARK: - Commands

  /// Findings of one severity, and a message that would be a command of its own.
  private static func report(_ counts: [Severity: Int], message: String = "wrong") -> FixedReport {
    var report = FixedReport.typical
    let file = SourceFile("a,b:c%.json", "{}")
    let location = file.location(of: "{", pointer: "/a")
    report.findings = counts.sorted { $0.key < $1.key }.flatMap { severity, count in
      (0..<count).map { _ in Finding("p/r", severity, message, in: file, at: location) }
    }
    return report
  }

  @Test func githubGetsTheWorstFirstAndTenOfEachKind() {
    let report = Self.report([.error: 12, .warning: 1, .info: 11])
    let lines = String(decoding: report.written(as: .github), as: UTF8.self)
      .split(separator: "\n")
    #expect(lines.count == 22)
    #expect(lines.prefix(10).allSatisfy { $0.hasPrefix("::error file=a%2Cb%3Ac%25.json,line=1,") })
    #expect(lines[10].hasPrefix("::warning "))
    #expect(lines[11..<21].allSatisfy { $0.hasPrefix("::notice ") })
    #expect(
      lines[21]
        == "requisite: 2 errors, 1 info more; GitHub shows 10 annotations of each kind")
  }

  @Test(arguments: [ReportFormat.github, .azure])
  func aMessageIsNoCommand(format: ReportFormat) {
    let message = "a\n::error::b\r\n##vso[task.complete]%0A::warning::c ##[group]d"
    let report = Self.report([.error: 1], message: message)
    let text = String(decoding: report.written(as: format), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 2)
    #expect(lines.last?.isEmpty == true)
    #expect(!text.contains("##[group]"))
    #expect(!text.dropFirst(2).contains("##vso["))
    // The runner undoes `%25`, and finds no line end.
    #expect(text.contains(format == .github ? "%250A" : "%AZP250A"))
  }

  // MARK: - Markdown

  @Test(
    arguments: [
      ("a|b", "a\\|b"), ("<b>", "&#60;b&#62;"), ("[x](http://e)", "\\[x\\]\\(http&#58;//e\\)"),
      ("`code`", "\\`code\\`"), ("@all www.e.com", "&#64;all www&#46;e.com"),
      ("&amp; *a* _b_ ~c~", "&#38;amp; \\*a\\* \\_b\\_ \\~c\\~"), ("a\nb", "a\\\\nb"),
    ])
  func textIsInertInMarkdown(text: String, inert: String) {
    #expect(MarkdownText.inert(text) == inert)
  }

  @Test func aTableIsCutBeforeGitHubRefusesIt() {
    let report = Self.report([.error: 2_000], message: String(repeating: "long words ", count: 60))
    let text = String(decoding: report.written(as: .markdown), as: UTF8.self)
    #expect(text.utf8.count < 1 << 20)
    let rows = text.split(separator: "\n").count { $0.hasPrefix("| error |") }
    #expect(rows < 2_000)
    #expect(text.contains("\n\(2_000 - rows) more findings are left out.\n"))
  }

  // MARK: - Reading

  private func json(_ bytes: [UInt8]) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(bytes))
  }

  private func objects(_ bytes: [UInt8]) throws -> [[String: Any]] {
    try bytes.split(separator: 0x0A).map {
      try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
    }
  }
}

/// The elements of an XML document, in order.
private final class XMLElements: NSObject, XMLParserDelegate {
  private(set) var all: [(name: String, attributes: [String: String])] = []

  init(_ bytes: [UInt8]) throws {
    super.init()
    let parser = XMLParser(data: Data(bytes))
    parser.shouldResolveExternalEntities = false
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.formatting) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    all.append((name, attributes))
  }
}
