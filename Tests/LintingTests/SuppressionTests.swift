import Findings
import Linting
import RequisiteFiles
import SourceText
import Suppressions
import TestSupport
import Testing

private let head = BaselineRun.head
private let request =
  "{\(head), \"ChatDurationInMinutes\": 5, \"Attributes\": {\"a b\": \"1\", \"c d\": \"2\"}}"

/// What suppressions take out of a run, and what is said of them.
struct SuppressionTests {
  private struct Outcome {
    var findings: [Finding]
    var suppressedCount: Int
    /// Codes without their family, with the entry's line.
    var told: [String]
  }

  /// Checks files of a project under suppressions, on a day.
  private func check(
    _ files: [String: String], _ entries: [String], on day: String = "2027-01-15",
    paths: [String] = ["."], packs: [LoadedPack] = builtIn.packs, walking: [String] = []
  ) throws -> Outcome {
    var outcome = Outcome(findings: [], suppressedCount: 0, told: [])
    try withProject { project in
      for (name, text) in files { try project.write(text, to: name) }
      let text = "requisite: 1\nsuppressions:\n" + entries.map { "  - { \($0) }\n" }.joined()
      let reading = SuppressionReader.read(
        SourceFile(path: ".requisite-ignore.yaml", bytes: Array(text.utf8)))
      #expect(reading.diagnostics.isEmpty)
      let today = try #require(CalendarDate(day.utf8))
      let filter = try #require(
        FindingFilter(
          KnownFindings(
            workingFolder: project.folder,
            root: ProjectRoot(in: RealFileSystem(), path: project.folder),
            walkedFolders: walking.map { project.folder + $0 },
            suppressions: [.init(folder: project.folder, entries: reading.entries)],
            today: today)))
      let inputs = InputCollector.collect(
        paths.map { "\(project.folder)/\($0)" },
        InputCollector.Options(in: RealFileSystem(), workingFolder: project.folder)
      ).inputs
      var linter = LintSession(
        [LintOptions(in: RealFileSystem(), packs: packs, applicability: .whenDetected)],
        filter: filter)
      for input in inputs {
        linter.lint(input) { result in
          outcome.findings += result.findings
          outcome.suppressedCount += result.suppressedCount
        }
      }
      outcome.told = filter.outcome().diagnostics.map {
        "\($0.location?.region.start.line ?? 0) \($0.code.replacing("suppression/", with: ""))"
      }
    }
    return outcome
  }

  private static let duration = "rule: aws-connect-chat/chat-duration-range, reason: x"
  private static let characters = "rule: aws-connect-chat/attribute-key-characters, reason: x"

  @Test(arguments: [
    ("\(duration), path: a.json", 1), ("\(duration), path: '*'", 1),
    ("\(duration), path: /a.json, pointer: /ChatDurationInMinutes", 1),
    ("\(duration), path: /a.json, pointer: /Attributes", 0),
    ("\(duration), path: x/**", 0), ("\(characters), path: a.json", 2),
    ("\(characters), path: a.json, pointer: '/Attributes/a b'", 1),
    ("\(characters), path: a.json, pointer: '/Attributes/*'", 2),
    ("\(characters), path: a.json, pointer: '/*'", 0),
    ("\(characters), path: a.json, pointer: '/**'", 2),
  ])
  func takesOutWhatItStandsFor(entry: String, count: Int) throws {
    let outcome = try check(["a.json": request], [entry])
    #expect(outcome.suppressedCount == count)
    #expect(outcome.findings.count == 3 - count)
  }

  @Test func textThatIsNoTreeCanBeSuppressedToo() throws {
    let entry = "rule: json/syntax, path: /a.json, reason: x"
    #expect(try check(["a.json": "{oops"], [entry], paths: ["a.json"]).findings.isEmpty)
    let placed = try check(
      ["a.json": "{oops"], [entry + ", pointer: /A"], paths: ["a.json"])
    #expect(placed.suppressedCount == 0)
  }

  @Test func everyLineOfALogIsMeant() throws {
    let log = "\(request)\n{\(head)}\n\(request)\n"
    let outcome = try check(["a.jsonl": log], ["\(Self.duration), path: a.jsonl"])
    #expect(outcome.suppressedCount == 2)
    #expect(outcome.findings.count == 4)
    #expect(outcome.told.isEmpty)
  }

  // MARK: - Unused

  @Test func anEntryForNothingIsUnused() throws {
    let clean = "{\(head)}"
    #expect(
      try check(
        ["a.json": clean, "b.json": request],
        [
          "\(Self.duration), path: /a.json", "\(Self.duration), path: /b.json",
          "\(Self.characters), path: '[ab].json', pointer: /Attributes/x",
        ]
      ).told == ["3 unused", "5 unused"])
  }

  /// A run sees a slice: of files that it did not see, it says nothing.
  @Test(arguments: ["/a.json", "x/**", "/x", "z/*.json"])
  func anEntryForFilesThatWereNotSeenIsNotUnused(path: String) throws {
    let files = ["a.json": "{\(head)}", "b.json": request, "x/c.json": "{\(head)}"]
    let entry = "\(Self.duration), path: '\(path)'"
    #expect(try check(files, [entry], paths: ["b.json"]).told.isEmpty)
    let isThere = path != "z/*.json"
    #expect(try check(files, [entry]).told == (isThere ? ["3 unused"] : []))
  }

  /// In a run over the whole project, an entry whose path matches no file is unused.
  @Test(arguments: [
    ("services/**", ["unused"]), ("gone.json", ["unused"]), ("/gone.json", ["unused"]),
    ("a.json", []), ("/a.json", []), ("sub", []), ("sub/b.json", []), ("'?.json'", []),
    ("sub/gone.json", ["unused"]),
  ])
  func anEntryWhosePathMatchesNoFile(path: String, expected: [String]) throws {
    // A rule that is not run says nothing of its entries, but for their paths.
    let files = ["a.json": request, "sub/b.json": request]
    for rule in [Self.duration, "rule: other/rule, reason: x"] {
      let whole = try check(files, ["\(rule), path: \(path)"], walking: [""])
      #expect(whole.told.map { String($0.dropFirst(2)) } == expected, "\(rule)")
      let part = try check(files, ["\(rule), path: \(path)"], walking: ["/sub"])
      #expect(part.told == [])
      let named = try check(files, ["\(rule), path: \(path)"])
      #expect(named.told == [])
    }
  }

  @Test func anEntryForARuleThatWasNotRunIsNotUnused() throws {
    let entry = "\(Self.duration), path: /a.json"
    // No pack took the file for its request.
    #expect(try check(["a.json": #"{"x": 1}"#], [entry]).told.isEmpty)
    // Nobody can tell of a text that is too broken.
    #expect(
      try check(["a.json": "{\"InstanceId"], [entry], paths: ["a.json"]).told.isEmpty)
    // The pack was not loaded.
    let other = "rule: other-pack/rule, path: /a.json, reason: x"
    #expect(try check(["a.json": request], [other]).told.isEmpty)
    // The rule is off.
    let off = "rule: aws-connect-chat/chat-duration-explicit, path: /a.json, reason: x"
    #expect(try check(["a.json": request], [off]).told.isEmpty)
  }

  @Test(arguments: [
    ("aws-connect-chat/chat-duration-rang", true), ("json/sintax", true),
    ("aws-conect-chat/chat-duration-range", true), ("acme/chat", false),
    ("aws-connect-chat/schema/minimum", false),
  ])
  func aRuleThatDoesNotExistIsTold(rule: String, isTold: Bool) throws {
    let outcome = try check(["b.json": "{\(head)}"], ["rule: \(rule), path: /a.json, reason: x"])
    #expect(outcome.told == (isTold ? ["3 unknown-rule"] : []))
  }

  // MARK: - Expired

  @Test(arguments: [("2027-03-30", 1), ("2027-03-31", 1), ("2027-04-01", 0), ("2028-01-01", 0)])
  func anEntryHoldsThroughItsLastDay(day: String, count: Int) throws {
    let outcome = try check(
      ["a.json": request], ["\(Self.duration), path: a.json, until: 2027-03-31"], on: day)
    #expect(outcome.suppressedCount == count)
    #expect(outcome.told == (count == 0 ? ["3 expired"] : []))
  }

  @Test func aFindingThatIsBackSaysSo() throws {
    let outcome = try check(
      ["a.json": request], ["\(Self.duration), path: a.json, until: 2026-03-31"])
    let finding = try #require(outcome.findings.first { $0.rule.rule == "chat-duration-range" })
    let related = try #require(finding.related.last)
    expectMessages([related.message], of: "a finding that is back")
    #expect(related.location.path == ".requisite-ignore.yaml")
    #expect(related.location.region.start.line == 3)
  }

  @Test func anEntryThatHoldsWinsOverOneThatRanOut() throws {
    let outcome = try check(
      ["a.json": request],
      [
        "\(Self.duration), path: a.json, until: 2026-03-31",
        "\(Self.duration), path: /a.json",
      ])
    #expect(outcome.suppressedCount == 1)
    #expect(outcome.told == ["3 expired"])
  }

  @Test func anExpiredEntryOfAFileThatWasNotSeenIsNotTold() throws {
    let outcome = try check(
      ["a.json": request, "b.json": request],
      ["\(Self.duration), path: /a.json, until: 2026-03-31"], paths: ["b.json"])
    #expect(outcome.told.isEmpty)
  }

  // MARK: - Too broad

  @Test func anEntryForEverythingIsTooBroad() throws {
    let outcome = try check(["a.json": request], ["\(Self.duration), path: '**'"])
    #expect(outcome.suppressedCount == 1)
    #expect(outcome.told == ["3 too-broad"])
  }

  @Test func anEntryForVeryManyFindingsIsTooBroad() throws {
    func log(_ count: Int) -> String { String(repeating: request + "\n", count: count) }
    let entry = "\(Self.duration), path: a.jsonl"
    #expect(try check(["a.jsonl": log(100)], [entry]).told.isEmpty)
    #expect(try check(["a.jsonl": log(101)], [entry]).told == ["3 too-broad"])
  }

  // MARK: - Folders

  @Test func theInnermostFolderCountsAlone() throws {
    try withProject { project in
      try project.write(request, to: "a.json")
      try project.write(request, to: "x/a.json")
      func set(_ folder: String, _ entries: String...) -> KnownFindings.SuppressionSet {
        let text = "requisite: 1\nsuppressions: [\(entries.map { "{ \($0) }" }.joined())]"
        let reading = SuppressionReader.read(SourceFile(path: "i.yaml", bytes: Array(text.utf8)))
        #expect(!reading.hasErrors)
        return .init(folder: folder, entries: reading.entries)
      }
      let known = KnownFindings(
        workingFolder: project.folder,
        root: ProjectRoot(in: RealFileSystem(), path: project.folder),
        suppressions: [
          set(project.folder, "\(Self.duration), path: '*.json'"),
          set("\(project.folder)/x", "\(Self.characters), path: /a.json"),
        ], today: CalendarDate(secondsSinceEpoch: 0))
      let filter = try #require(FindingFilter(known))
      var linter = LintSession(
        [LintOptions(in: RealFileSystem(), packs: builtIn.packs, applicability: .whenDetected)],
        filter: filter)
      var counts: [Int] = []
      for name in ["a.json", "x/a.json"] {
        let input = InputSource(
          .file("\(project.folder)/\(name)"), shownPath: name, syntax: .json, isExplicit: true)
        linter.lint(input) { counts.append($0.suppressedCount) }
      }
      #expect(counts == [1, 2])
    }
  }

  @Test func standardInputGoesByTheNameItIsGiven() throws {
    let known = KnownFindings(
      workingFolder: "/work", root: ProjectRoot(in: RealFileSystem(), path: "/work"),
      suppressions: [
        .init(
          folder: "/work",
          entries: SuppressionReader.read(
            SourceFile(
              path: "i.yaml",
              bytes: Array(
                "requisite: 1\nsuppressions: [{ \(Self.duration), path: x/a.json }]".utf8))
          ).entries)
      ], today: CalendarDate(secondsSinceEpoch: 0))
    var linter = LintSession(
      [LintOptions(in: RealFileSystem(), packs: builtIn.packs, applicability: .whenDetected)],
      filter: FindingFilter(known))
    for (name, count) in [("x/a.json", 1), ("stdin.json", 0)] {
      let input = InputSource(.standardInput, shownPath: name, syntax: .json, isExplicit: true)
      #expect(linter.lint(Array(request.utf8), of: input).suppressedCount == count)
    }
  }
}
