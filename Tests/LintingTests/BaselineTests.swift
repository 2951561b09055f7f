import Baselines
import Findings
import Linting
import SourceText
import TestSupport
import Testing

private let head = BaselineRun.head
/// A request with two findings of one rule, and one of another.
private let request =
  "{\n  \(head),\n  \"ChatDurationInMinutes\": 5,\n  \"Attributes\": {\"a b\": \"1\", \"c d\": \"2\"}\n}\n"

/// What leaves a baseline true, and what does not.
struct BaselineTests {
  /// Checks a project anew after a change: nothing is new and nothing is stale.
  private func staysTrue(
    after change: (BaselineRun) throws -> Void, text: String = request, count: Int = 3
  ) throws {
    try withProject { project in
      try project.write(text, to: "requests/a.json")
      let baseline = try project.written()
      #expect(baseline.entryCount == count)
      try change(project)
      let outcome = try project.check(baseline: baseline)
      #expect(outcome.findings.isEmpty, "\(outcome.findings.map(\.brief))")
      #expect(outcome.stale.isEmpty)
      #expect(outcome.acceptedCount == count)
      #expect(outcome.known.diagnostics.isEmpty)
    }
  }

  @Test func nothingChanged() throws { try staysTrue(after: { _ in }) }

  @Test func aFileIsRenamed() throws {
    try staysTrue(after: { try $0.move("requests/a.json", to: "requests/new/b.json") })
  }

  @Test func aFileIsRenamedAndReindented() throws {
    try staysTrue(after: {
      try $0.remove("requests/a.json")
      try $0.write(
        request.replacing("\n  ", with: "\n\t\t").replacing(": ", with: ":"), to: "b.json")
    })
  }

  @Test func aFileIsReindented() throws {
    try staysTrue(after: {
      try $0.write(request.replacing("\n  ", with: "\r\n\r\n\t"), to: "requests/a.json")
    })
  }

  @Test func aFileIsMinified() throws {
    try staysTrue(after: {
      try $0.write(
        request.replacing("\n", with: "").replacing("  ", with: ""), to: "requests/a.json")
    })
  }

  @Test func aMemberIsInsertedBefore() throws {
    try staysTrue(after: {
      try $0.write(
        request.replacing("{\n", with: "{\n  \"DisconnectOnCustomerExit\": [\"AGENT\"],\n"),
        to: "requests/a.json")
    })
  }

  @Test func anotherMemberIsEdited() throws {
    try staysTrue(after: {
      try $0.write(request.replacing("\"J\"", with: "\"Jane\""), to: "requests/a.json")
    })
  }

  /// A message may name the value, which is no part of the key.
  @Test func theValueItselfIsEditedAndIsStillWrong() throws {
    try staysTrue(after: {
      try $0.write(request.replacing(": 5", with: ": 20000"), to: "requests/a.json")
    })
  }

  @Test func membersChangePlaces() throws {
    try staysTrue(after: {
      try $0.write(
        "{\"Attributes\": {\"c d\": \"2\", \"a b\": \"1\"}, \"ChatDurationInMinutes\": 5, \(head)}",
        to: "requests/a.json")
    })
  }

  // MARK: - What is new and what is stale

  @Test func aNewFindingIsReported() throws {
    try withProject { project in
      try project.write(request, to: "a.json")
      let baseline = try project.written()
      try project.write(request.replacing("\"c d\"", with: "\"e f\""), to: "a.json")
      let outcome = try project.check(baseline: baseline)
      #expect(outcome.findings.map(\.location.pointer?.description) == ["/Attributes/e f"])
      #expect(outcome.stale.map(\.pointer) == ["/Attributes/c d"])
      #expect(outcome.known.diagnostics.map(\.code) == ["baseline/stale"])
      #expect(outcome.known.diagnostics[0].location?.region.start.line == 4)
      #expect(outcome.known.diagnostics[0].severity == .warning)
      // Pruned, or with what is new.
      #expect(outcome.baseline.kept.entryCount == 2)
      #expect(outcome.baseline.accepting.entryCount == 3)
      #expect(try project.check(baseline: outcome.baseline.accepting).findings.isEmpty)
    }
  }

  @Test func anotherRuleAtTheSamePlaceIsNew() throws {
    try withProject { project in
      try project.write("{\(head), \"ChatDurationInMinutes\": 5}", to: "a.json")
      let baseline = try project.written()
      try project.write("{\(head), \"ChatDurationInMinutes\": \"5\"}", to: "a.json")
      let outcome = try project.check(baseline: baseline)
      #expect(outcome.findings.map(\.rule.rule) == ["schema/type"])
      #expect(outcome.stale.map(\.rule.rule) == ["chat-duration-range"])
    }
  }

  /// Where one rule fails twice at one place, the second finding is another one.
  @Test func oneOfTwoFindingsAtOnePlaceIsNew() throws {
    try withProject { project in
      try project.write(
        "{\(head), \"ChatDurationInMinutes\": 5,}\n", to: "b.json")
      let one = try project.written()
      let ordinals = one.file(at: "b.json")?.entries.values
        .filter { $0.rule.description == "json/syntax" }.map(\.ordinal)
      #expect(ordinals == [0])
      try project.write("{\(head), \"ChatDurationInMinutes\": 5,}\n{}", to: "b.json")
      let outcome = try project.check(["b.json"], baseline: one)
      #expect(outcome.findings.count == 1)
      #expect(outcome.findings.first?.rule.description == "json/syntax")
      #expect(outcome.baseline.new.map(\.ordinal) == [1])
    }
  }

  /// A run sees a slice: what it did not see, it says nothing of.
  @Test func filesThatWereNotSeenAreNotStale() throws {
    try withProject { project in
      try project.write(request, to: "a.json")
      try project.write(request, to: "b.json")
      let baseline = try project.written()
      try project.write("{\(head)}", to: "b.json")
      #expect(try project.check(["a.json"], baseline: baseline).stale.isEmpty)
      #expect(try project.check(["b.json"], baseline: baseline).stale.count == 3)
      let outcome = try project.check(["a.json"], baseline: baseline)
      #expect(outcome.baseline.kept.bytes == baseline.bytes)
    }
  }

  @Test func rulesThatWereNotRunAreNotStale() throws {
    try withProject { project in
      try project.write(request, to: "a.json")
      let baseline = try project.written()
      var other = project
      other.packs = []
      let outcome = try other.check(["a.json"], baseline: baseline)
      #expect(outcome.stale.isEmpty)
      // Nor is anything stale in a text that is too broken to run rules on.
      try project.write("{\"InstanceId", to: "a.json")
      #expect(try project.check(["a.json"], baseline: baseline).stale.isEmpty)
    }
  }

  @Test func aFileThatIsGoneIsStaleWhereItsFolderWasWalked() throws {
    try withProject { project in
      try project.write(request, to: "x/a.json")
      try project.write(request.replacing("5", with: "6"), to: "y/b.json")
      let baseline = try project.written()
      try project.remove("x/a.json")
      #expect(try project.check(["y"], baseline: baseline).stale.isEmpty)
      let outcome = try project.check(["x", "y"], baseline: baseline)
      #expect(outcome.stale.count == 3)
      #expect(outcome.stale.allSatisfy { $0.path == "x/a.json" })
      #expect(outcome.baseline.kept.entryCount == 3)
    }
  }

  // MARK: - Renames

  @Test func anUpdateWritesTheNewName() throws {
    try withProject { project in
      try project.write(request, to: "a.json")
      let baseline = try project.written()
      try project.move("a.json", to: "b.json")
      let outcome = try project.check(baseline: baseline)
      #expect(outcome.baseline.renamed.map { "\($0.from) \($0.to)" } == ["a.json b.json"])
      let text = String(decoding: outcome.baseline.kept.bytes, as: UTF8.self)
      #expect(!text.contains("a.json"))
      #expect(text.contains(#"{"path":"b.json","content":""#))
      #expect(outcome.baseline.kept.entryCount == 3)
    }
  }

  @Test func aCopyIsNoRename() throws {
    try withProject { project in
      try project.write(request, to: "a.json")
      let baseline = try project.written()
      try project.write(request, to: "b.json")
      #expect(try project.check(baseline: baseline).findings.count == 3)
      // Of two copies of a file that is gone, one is the file.
      try project.move("a.json", to: "c.json")
      let outcome = try project.check(baseline: baseline)
      #expect(outcome.findings.count == 3)
      #expect(outcome.baseline.renamed.map(\.to) == ["b.json"])
    }
  }

  // MARK: - Paths

  @Test(arguments: [
    "a b.json", "ü.json", "u\u{308}.json", "a\"b.json", "a\nb.json", "x/…/y#z.json", "[a]*.json",
    "caf\u{E9}/\u{1B}[31m.json",
  ])
  func namesMayHoldAnything(name: String) throws {
    try withProject { project in
      try project.write(request, to: name)
      let baseline = try project.written()
      #expect(baseline.file(at: name)?.entries.count == 3)
      let outcome = try project.check(baseline: baseline)
      #expect(outcome.findings.isEmpty)
      #expect(outcome.stale.isEmpty)
    }
  }

  /// Two names that look the same are two files.
  @Test func namesCompareByTheirBytes() throws {
    try withProject { project in
      try project.write(request, to: "caf\u{E9}.json")
      let baseline = try project.written()
      try project.write(request, to: "cafe\u{301}.json")
      #expect(try project.check(baseline: baseline).findings.count == 3)
    }
  }

  @Test(arguments: [
    ("x/a.json", ""), ("./x/./a.json", ""), ("a.json", "x"), ("../x/a.json", "y"), ("..", "x"),
    ("../x", "y"),
  ])
  func theSameFileIsMetByAnyPath(path: String, from subfolder: String) throws {
    try withProject { project in
      try project.write(request, to: "x/a.json")
      try project.write("{}", to: "y/other.txt")
      let baseline = try project.written()
      let outcome = try project.check([path], baseline: baseline, from: subfolder)
      #expect(outcome.findings.isEmpty)
      #expect(outcome.acceptedCount == 3)
      let absolute = try project.check(["\(project.folder)/x/a.json"], baseline: baseline)
      #expect(absolute.findings.isEmpty)
    }
  }

  @Test func aFileOutsideOfTheRootIsInNoBaseline() throws {
    try withProject { project in
      try project.write(request, to: "inside/a.json")
      try project.write(request, to: "outside/b.json")
      let inside = BaselineRun(folder: "\(project.folder)/inside")
      let outcome = try inside.check(["../outside/b.json"], baseline: Baseline())
      #expect(outcome.findings.count == 3)
      #expect(outcome.baseline.new.isEmpty)
      #expect(outcome.known.outside.count == 1)
    }
  }

  // MARK: - Logs

  @Test func linesOfALogCountTogether() throws {
    try withProject { project in
      let good = "{\(head)}\n"
      let bad = "{\(head), \"ChatDurationInMinutes\": 5}\n"
      try project.write(good + bad + good + bad, to: "a.jsonl")
      let baseline = try project.written()
      #expect(baseline.entryCount == 2)
      // Lines move.
      try project.write(bad + good + good + good + bad, to: "a.jsonl")
      #expect(try project.check(baseline: baseline).findings.isEmpty)
      try project.write(bad + bad + good + bad, to: "a.jsonl")
      let more = try project.check(baseline: baseline)
      #expect(more.findings.map(\.location.region.start.line) == [4])
      try project.write(good + bad, to: "a.jsonl")
      #expect(try project.check(baseline: baseline).stale.map(\.ordinal) == [1])
      // A log is found again as well.
      try project.write(good + bad + good + bad, to: "a.jsonl")
      try project.move("a.jsonl", to: "b.ndjson")
      #expect(try project.check(baseline: baseline).findings.isEmpty)
    }
  }

  @Test func aBaselineIsTheSameHoweverItWasMade() throws {
    try withProject { project in
      for name in ["b.json", "a.json", "c/d.json"] { try project.write(request, to: name) }
      let whole = try project.written()
      var parts = Baseline()
      for name in ["c/d.json", "a.json", "b.json"] {
        parts = try project.check([name], baseline: parts).baseline.accepting
      }
      #expect(parts.bytes == whole.bytes)
    }
  }
}
