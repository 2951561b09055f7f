import Findings
import Linting
import RequisiteFiles
import SourceText
import TestSupport
import Testing

/// Files in a folder that are no request, but hold one.
struct WrappedRequestTests {
  private static let request = #"{"InstanceId":"i","ContactFlowId":"c","ParticipantDetails":{}}"#
  private static let snake = #"{"instance_id":"i","contact_flow_id":"c","participant_details":{}}"#
  private static let string = "\"" + request.replacing("\"", with: "\\\"") + "\""
  private static let inString =
    "\"" + string.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""

  private static func place(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { diagnostic in
      let words = diagnostic.message.split(separator: " ")
      let place = words.firstIndex(of: "at").map { words[$0 + 1] } ?? "-"
      return "\(diagnostic.severity) \(diagnostic.code) \(place)"
    }.joined(separator: "; ")
  }

  /// Each text, the file's name, and where the first request in it is.
  @Test(arguments: [
    ("[5, [\(request)], \"\"]", "a.json", "1:6"), ("[\n  [\(snake)]\n]", "a.json", "2:4"),
    ("{\"body\": \(request)}", "a.json", "1:10"),
    ("{\"é\": {\"b\": [\(request)]}}", "a.json", "1:14"),
    ("[[[[\(request)]]]]", "a.json", "1:5"),
    (string, "a.json", "1:1"), ("[\(string)]", "a.json", "1:2"),
    ("{\"Records\": [{\"body\": \(string)}]}", "a.json", "1:23"),
    (inString, "a.json", "1:1"),
    ("a: 1\nb:\n  - \(request)\n", "a.yaml", "3:5"),
    ("a: |\n  \(request)\n", "a.yaml", "1:4"),
    ("{\"a\": 1}\n{\"é\": \(request)}\n", "a.jsonl", "2:7"),
    ("{\"a\": 1}\r\n\r\n[\(snake)]", "a.jsonl", "3:2"),
    ("// a comment\n[\(request)]", "a.json", "2:2"),
  ])
  func isMentioned(text: String, name: String, place: String) throws {
    #expect(try codes(text, name, isExplicit: false) == "warning input/wrapped-request \(place)")
    // The comment is a finding of a named file.
    if text.hasPrefix("/") { return }
    #expect(try codes(text, name, isExplicit: true) == "error input/no-pack \(place)")
  }

  /// Ordinary files beside requests are skipped without a word.
  @Test(arguments: [
    (#"{"name": "x", "version": "1.0.0", "author": {"name": "z"}, "files": ["a"]}"#, "a.json"),
    (#"{"compilerOptions": {"paths": {"*": ["./*"]}}}"#, "a.json"), ("[]", "a.json"),
    (#"{"type": "object", "properties": {"InstanceId": {"type": "string"}}}"#, "a.json"),
    (#"{"required": ["InstanceId", "ContactFlowId", "ParticipantDetails"]}"#, "a.json"),
    (#""{\"a\": 1}""#, "a.json"), (#""{""#, "a.json"), ("[[[[[\(request)]]]]]", "a.json"),
    ("{\"a\": 1}\n[]\n", "a.jsonl"), ("on: { push: { branches: [main] } }\n", "a.yaml"),
  ])
  func otherFilesAreNot(text: String, name: String) throws {
    #expect(try codes(text, name, isExplicit: false) == "")
  }

  /// A log in which lines are requests says how many are not, wherever those are.
  @Test func aLogOfRequestsCountsItsOtherLines() throws {
    #expect(
      try codes("[\(Self.request)]\n\(Self.request)\n", "a.jsonl", isExplicit: false)
        == "warning input/unfit-lines -")
  }

  /// Many nodes are looked at once, and not once for each level.
  @Test func theStyleOfSpellingIsLookedForWithinALimit() throws {
    let many = Array(repeating: #"{"a": [1, 2, 3, 4, 5, 6]}"#, count: 30_000).joined(separator: ",")
    #expect(
      try codes("[\(many), [\(Self.request)]]", "a.json", isExplicit: false)
        .hasPrefix("warning input/wrapped-request 1:"))
    #expect(try codes("[\(many), [\(Self.snake)]]", "a.json", isExplicit: false) == "")
  }

  private static let checkSummary =
    #"{"files":0,"requests":0,"errors":0,"warnings":0,"infos":0}"#
  private static let testSummary = #"{"examples":0,"failedExamples":0,"mutants":{}}"#

  /// Reports of this program are no requests, in any layout, unless they are named.
  @Test(arguments: [
    (#"{"version":2,"findings":[],"diagnostics":[],"summary":\#(checkSummary)}"#, true),
    (
      "{ \"version\": 1,\n \"findings\": [ {} ], \"diagnostics\": [], \"summary\": \(checkSummary) }",
      true
    ),
    (
      #"{"version":2,"findings":[],"diagnostics":[],"summary":\#(checkSummary),"statistics":{}}"#,
      true
    ),
    (#"{"version":1,"packs":[],"summary":\#(testSummary)}"#, true),
    (#"{"version":1,"packs":[],"summary":{}}"#, false),
    (#"{"version":2,"findings":[],"diagnostics":[],"summary":{}}"#, false),
    // Whatever has more than a report has is none.
    (#"{"version":2,"findings":[],"diagnostics":[],"summary":\#(checkSummary),"Id":"a"}"#, false),
    (#"{"version":2,"Id":1,"findings":[],"diagnostics":[],"summary":\#(checkSummary)}"#, false),
    (
      #"{"version":2,"findings":[],"diagnostics":[],"summary":{"files":0,"requests":0,"errors":0,"warnings":0,"infos":0,"Id":0}}"#,
      false
    ),
    (#"{"version":1,"packs":[],"summary":\#(testSummary),"Note":"x"}"#, false),
    (#"{"version":1,"version":1,"packs":[],"summary":\#(testSummary)}"#, false),
    (
      #"{"$schema":"x","version":"2.1.0","runs":[{"tool":{"driver":{"name":"requisite"}}}],"a":1}"#,
      false
    ),
    (#"{"$schema":"x","version":"2.1.0","runs":[{"tool":{"driver":{"name":"requisite"}}}]}"#, true),
    (#"{"$schema":"x","version":"2.1.0","runs":[{"tool":{"driver":{"name":"other"}}}]}"#, false),
    (#"{"$schema":"x","version":"2.1.0","runs":[5]}"#, false),
    (#"{"$schema":"x","version":"2.1.0","runs":[]}"#, false),
    (#"{"source":{"name":"requisite"},"diagnostics":[]}"#, true),
    (#"{"source":{"name":"other"},"diagnostics":[]}"#, false),
    (#"{"source":{"name":"requisite"},"diagnostics":[],"a":1}"#, false),
    (#"{"issues":[{}],"rules":[{"engineId":"requisite"}]}"#, true),
    (#"{"issues":[],"rules":[]}"#, true), (#"{"issues":[{}],"rules":[]}"#, false),
    (#"{"issues":[{}],"rules":[{"engineId":"other"}]}"#, false),
    (
      #"[{"description":"d","check_name":"c","fingerprint":"f","severity":"info","location":{}}]"#,
      true
    ),
    (#"{"version":2,"findings":[]}"#, false), (#"{"version":2}"#, false), ("{}", false),
    (#"{"version":"2","findings":[],"diagnostics":[],"summary":{"files":0}}"#, false),
    (#"{"findings":[],"version":2,"diagnostics":[],"summary":{"files":0}}"#, false),
  ])
  func reportsAreSkipped(text: String, isReport: Bool) {
    // With --pack, every other document would be checked.
    for choosesPack in [true, false] {
      let result = lint(text.utf8, choosesPack: choosesPack, isExplicit: false)
      #expect(result.diagnostics.map(\.code) == (isReport ? ["input/own-report"] : []))
      #expect(result.diagnostics.allSatisfy { $0.severity == .info })
      #expect(result.requestCount == (isReport || !choosesPack ? 0 : 1))
    }
    #expect(lint(text.utf8).requestCount == 1)
  }

  private func codes(_ text: String, _ name: String, isExplicit: Bool) throws -> String {
    var diagnostics: [Diagnostic] = []
    try withFolder { folder in
      let path = "\(folder)/\(name)"
      try write(text, to: path)
      var linter = LintSession([
        LintOptions(in: RealFileSystem(), packs: builtIn.packs, applicability: .whenDetected)
      ])
      linter.lint(
        InputSource(
          .file(path), shownPath: name, syntax: Syntax(path: name),
          isExplicit: isExplicit)
      ) { diagnostics += $0.diagnostics }
    }
    return Self.place(diagnostics)
  }
}
