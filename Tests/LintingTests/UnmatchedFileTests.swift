import Evaluation
import Findings
import Linting
import RequisiteFiles
import SourceText
import TestSupport
import Testing

/// Named files of every kind, as hooks pass them with `--skip-unmatched`.
struct UnmatchedFileTests {
  private func lint(
    _ bytes: [UInt8], named name: String, skips: Bool = true, choosesPack: Bool = false,
    isStream: Bool = false
  ) throws -> LintResult {
    var all = LintResult()
    try withFolder { folder in
      let path = "\(folder)/\(name)"
      try write(bytes, to: path)
      var options = LintOptions(
        in: RealFileSystem(), packs: builtIn.packs,
        applicability: choosesPack ? .always : .whenDetected)
      options.skipsUnmatched = skips
      var session = LintSession([options])
      session.lint(
        InputSource(
          .file(path), shownPath: name, syntax: Syntax(path: path), isStream: isStream)
      ) { result in
        all.findings += result.findings
        all.diagnostics += result.diagnostics
        all.requestCount += result.requestCount
        all.isUnmatched = all.isUnmatched || result.isUnmatched
      }
    }
    return all
  }

  private static let broken = #"{"InstanceId": "i", "ContactFlowId": "f", "ParticipantDetails": {"#
  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0xFF]

  /// Files that no pack fits, and that nobody would take for a malformed request.
  @Test(arguments: [
    ("README.md", Array("# Title\n\nText\n".utf8)), ("x.py", Array("import json\n".utf8)),
    ("logo.png", png), ("empty.txt", []), ("LICENSE", Array("Apache\n".utf8)),
    ("malformed", Array(#"{"name": "pack"#.utf8)), ("settings.jsonc", Array("{ // a\n}".utf8)),
    ("list.md", Array("[link](there)\n".utf8)), (".json", Array(#"{"a": 1}"#.utf8)),
    ("other.txt", Array(#"{"a": 1}"#.utf8)), ("a.json", Array(#"{"a": 1}"#.utf8)),
  ])
  func areSkipped(name: String, bytes: [UInt8]) throws {
    let result = try lint(bytes, named: name)
    #expect(result.isUnmatched && result.findings.isEmpty && result.diagnostics.isEmpty)
    #expect(result.requestCount == 0)
    // Nothing is skipped without the option.
    let strict = try lint(bytes, named: name, skips: false)
    #expect(!strict.isUnmatched && !(strict.findings.isEmpty && strict.diagnostics.isEmpty))
  }

  /// Malformed files that are named like requests, and malformed requests, whatever their names.
  @Test(arguments: [
    ("a.json", Array(#"{"name": "pack"#.utf8)), ("a.jsonl", Array("{\n".utf8)),
    ("a.ndjson", Array("x\n".utf8)), ("a.yaml", Array("a: [\n".utf8)),
    ("A.YML", Array("a: [".utf8)),
    ("a.JSON", []), ("logo.json", png), ("request", Array(broken.utf8)),
    ("request.txt", Array("// note\n\(cleanRequest)".utf8)),
    ("requests.log", Array("\(cleanRequest)\n\(cleanRequest)\n".utf8)),
  ])
  func areReported(name: String, bytes: [UInt8]) throws {
    let result = try lint(bytes, named: name)
    #expect(!result.isUnmatched && result.requestCount == 1)
    #expect(result.findings.contains { $0.severity == .error })
  }

  /// A request is checked, whatever the name of its file.
  @Test(arguments: ["request", "request.txt", "request.json.orig"])
  func requestsAreChecked(name: String) throws {
    let result = try lint(Array(cleanRequest.utf8), named: name)
    #expect(!result.isUnmatched && result.requestCount == 1 && result.findings.isEmpty)
  }

  /// Packs that are chosen for every file, and pipes, leave nothing to be skipped.
  @Test(arguments: [(true, false), (false, true)])
  func chosenPacksAndPipesAreReported(choosesPack: Bool, isStream: Bool) throws {
    let result = try lint(
      Array(#"{"name": "pack"#.utf8), named: "other", choosesPack: choosesPack, isStream: isStream)
    #expect(!result.isUnmatched && !result.findings.isEmpty)
  }

  /// Requests in something malformed are mentioned.
  @Test func wrappedRequestsAreMentioned() throws {
    let result = try lint(Array("[[\(cleanRequest)],]".utf8), named: "other")
    #expect(result.isUnmatched && result.findings.isEmpty)
    #expect(result.diagnostics.map(\.code) == ["input/wrapped-request"])
  }
}
