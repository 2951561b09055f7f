import Evaluation
import Findings
import Linting
import RequisiteFiles
import SourceText
import TestSupport
import Testing

/// The beginning of a file that a report is about to replace.
struct OwnReportTests {
  @Test(arguments: [
    "", #"{"version":2,"findings":[],"#, #"{ "version" : 2,\n  "findings": [ ]"#,
    #"{"version":2,"findings":[{"rule":"a/b""#,
    """
    {
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [{"tool": {"driver": {"name": "requisite",
    """,
    #"{"type":"finding","path":"a.json","line":1,"column":1,"rule":"a/b""#,
    #"{"type":"summary","files":1"#, #"{"source":{"name":"requisite","url":"x"},\n"diagnostics":["#,
    #"{"message":"m","location":{},"severity":"INFO","source":{"name":"requisite""#,
    #"[\n{"description":"d","check_name":"a/b","fingerprint":"0","#,
    #"{"issues":[\n{"ruleId":"a/b","#, #"{"issues":[],\n"rules":[]}"#,
    #"[]\n"#,
  ]) func reportsAreRecognized(text: String) {
    #expect(OwnReport.isReport(beginning: Array(text.replacing("\\n", with: "\n").utf8)))
  }

  @Test(arguments: [
    "x", "{}", #"{"version":2}"#, #"{"version":2,"findings":{}}"#,
    #"[{"version":2,"findings":[]}]"#,
    #"{"findings":[],"version":2}"#, #"{"version":1,"packs":[]}"#,
    #"{"$schema":"x","version":"2.1.0","runs":[{"tool":{"driver":{"name":"other""#,
    #"{"$schema":"x","name":"requisite"}"#, "[]", #"[{"description":"d"}]"#,
    #"{"type":"finding","line":1}"#, #"{"source":{"name":"other"},"diagnostics":[]}"#,
    #"{"message":"m","source":{"name":"other"}}"#, #"{"issues":[{"id":1}]}"#,
  ]) func otherFilesAreNot(text: String) {
    #expect(!OwnReport.isReport(beginning: Array(text.utf8)))
  }
}

/// Reports with a finding on each line, as files among the requests.
struct OwnReportLineTests {
  private static let finding =
    #"{"type":"finding","path":"a.json","line":1,"column":1,"endLine":1,"endColumn":2,"pointer":null,"rule":"a/b","severity":"error","message":"m","detail":"","fix":"none","fingerprint":"0"}"#
  private static let diagnostic =
    #"{"type":"diagnostic","path":null,"line":null,"column":null,"code":"a/b","severity":"warning","message":"m"}"#
  private static let summary =
    #"{"type":"summary","files":1,"requests":1,"errors":1,"warnings":0,"infos":0,"suppressed":0,"baseline":0,"known":0,"unmatched":0}"#
  private static let reviewdog =
    #"{"message":"m","location":{},"severity":"ERROR","source":{"name":"requisite","url":"u"},"code":{"value":"a/b"}}"#

  /// Lints a log in a folder with a pack that is chosen for every file.
  private func lint(_ text: String, isExplicit: Bool = false, fixes: Bool = false) throws
    -> LintResult
  {
    var all = LintResult()
    try withFolder { folder in
      try write(text, to: "\(folder)/log.jsonl")
      let input = InputSource(
        .file("\(folder)/log.jsonl"), shownPath: "log.jsonl", syntax: .jsonLines,
        isExplicit: isExplicit)
      var session = LintSession([
        LintOptions(in: RealFileSystem(), packs: builtIn.packs, applicability: .always)
      ])
      let add = { (result: LintResult) in
        all.findings += result.findings
        all.diagnostics += result.diagnostics
        all.requestCount += result.requestCount
      }
      if fixes {
        let tally = session.fixLog(input, includingUnsafe: true, sink: { _ in }, emit: add)
        #expect(!tally.isBrokenOff)
      } else {
        session.lint(input, emit: add)
      }
    }
    return all
  }

  @Test(arguments: [
    [summary], [finding, summary], [finding, finding, diagnostic, diagnostic, summary],
    [finding.replacing("null", with: #""/a""#), summary],
    [
      diagnostic.replacing("null", with: "1").replacing(#""path":1"#, with: #""path":"p""#),
      summary,
    ],
    [reviewdog], [reviewdog, reviewdog],
    [reviewdog.replacing("}}", with: #"},"suggestions":[]}"#)],
    [reviewdog.replacing("}}", with: #"},"related_locations":[]}"#)],
    [reviewdog.replacing("}}", with: #"},"suggestions":[],"related_locations":[]}"#), reviewdog],
    [finding, summary, finding, summary],
  ])
  func reportsAreSkipped(lines: [String]) throws {
    for text in [lines.joined(separator: "\n") + "\n", lines.joined(separator: "\r\n")] {
      for fixes in [false, true] {
        let result = try lint(text, fixes: fixes)
        #expect(result.diagnostics.map(\.code) == ["input/own-report"])
        #expect(result.requestCount == 0 && result.findings.isEmpty)
      }
      #expect(try lint(text, isExplicit: true).requestCount == lines.count)
    }
  }

  /// All lines of a log are checked where one of them is no line of a report.
  @Test(arguments: [
    [finding], [diagnostic], [summary, finding], [finding, summary, cleanRequest],
    [finding, cleanRequest, summary], [cleanRequest, finding, summary], [finding, "{}", summary],
    [reviewdog, cleanRequest], [reviewdog, finding],
    [finding.replacing("}", with: #","Id":1}"#), summary],
    [finding.replacing(#""line":1"#, with: #""line":"1""#), summary],
    [finding.replacing(#""detail":"","#, with: ""), summary],
    [finding.replacing(#""type":"finding""#, with: #""type":"order""#), summary],
    [finding.replacing(#""path":"a.json","line":1"#, with: #""line":1,"path":"a.json""#), summary],
    [finding.replacing(#""line":1,"#, with: #""line":1,"line":1,"#), summary],
    [summary.replacing(#""files":1"#, with: #""files":{}"#)],
    [summary.replacing(#","unmatched":0"#, with: "")],
    [reviewdog.replacing("requisite", with: "other")],
    [reviewdog.replacing(#""name""#, with: #""title""#)],
    [reviewdog.replacing(#""severity":"ERROR","#, with: "")],
    [reviewdog.replacing("}}", with: #"},"a":1}"#)],
    [reviewdog.replacing("}}", with: #"},"related_locations":[],"suggestions":[]}"#)],
    [#"{"type":"summary"}"#], [#"{"message":"m"}"#], [#"{"type":5}"#],
  ])
  func otherLogsAreChecked(lines: [String]) throws {
    for fixes in [false, true] {
      let result = try lint(lines.joined(separator: "\n") + "\n", fixes: fixes)
      #expect(result.diagnostics.allSatisfy { $0.code != "input/own-report" })
      #expect(result.requestCount == lines.count)
    }
  }

  /// A log is read to its end before it is skipped.
  @Test func logsOfManyBlocksAreRead() throws {
    let findings = String(repeating: Self.finding + "\n", count: 2_000)
    #expect(try lint(findings + Self.summary + "\n").requestCount == 0)
    #expect(try lint(findings + cleanRequest + "\n").requestCount == 2_001)
  }
}
