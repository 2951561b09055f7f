import Findings
import RequisiteFiles
import SourceText
import Suppressions
import TestSupport
import Testing

@testable import Linting

/// What suppression comments take out of a run, and what is said of them.
struct SuppressionCommentTests {
  private static let pack = """
    requisite: 1
    name: acme
    request: { operation: Order, detect: { required: [id] } }
    rules:
      short: { given: $..name, then: { maxLength: 3 } }
      small: { given: $..n, then: { maximum: 9 } }
      upper:
        given: $.lower
        then: { const: fixed }
        fix: [{ op: replace, path: '', value: fixed }]
      needed: { given: $.inner, then: { required: [x] } }
      d: { then: { not: { required: [d] } }, fix: [{ op: remove, path: /d }] }
      text: { given: $.text, then: { const: fixed }, fix: [{ op: replace, path: '', value: fixed }] }
      off: { given: $.id, severity: off, then: { const: x } }
      costly: { given: $.costly, then: 'self.all(a, self.all(b, a == a))' }
    """

  private struct Outcome: Equatable {
    /// Rules with their lines.
    var findings: [String] = []
    var suppressed: [String] = []
    var suppressedCount = 0
    /// Codes without their family, with the comment's line.
    var diagnostics: [String] = []
  }

  private static let today = CalendarDate("2027-01-15".utf8)

  private func packs(fixing: Bool = false) throws -> [LoadedPack] {
    var packs: [LoadedPack] = []
    try withFolder { folder in
      try write(Self.pack, to: "\(folder)/acme.yaml")
      let loading = PackLoader(in: RealFileSystem()).load(
        [PackReference("\(folder)/acme.yaml")], compilesFixes: fixing)
      #expect(loading.diagnostics.map(\.message) == [])
      packs = loading.packs
    }
    return packs
  }

  private func options(
    isApplied: Bool = true, keepsSuppressed: Bool = false, fixes: FixMode = .none
  ) throws -> LintOptions {
    var options = LintOptions(
      in: RealFileSystem(), packs: try packs(fixing: fixes != .none), applicability: .whenDetected)
    options.fixes = fixes
    let today = try #require(Self.today)
    if isApplied {
      options.suppressionComments = SuppressionCommentOptions(
        today: today, keepsSuppressed: keepsSuppressed)
    }
    return options
  }

  private static func line(_ finding: Finding) -> String {
    "\(finding.location.region.start.line) \(finding.rule.rule)"
  }

  private func outcome(of result: LintResult, _ session: borrowing LintSession) -> Outcome {
    Outcome(
      findings: result.findings.filter { $0.suppression == nil }.map(Self.line),
      suppressed: result.findings.filter { $0.suppression != nil }.map(Self.line),
      suppressedCount: result.suppressedCount,
      diagnostics: session.commentDiagnostics.map {
        "\($0.location?.region.start.line ?? 0) \($0.code.replacing("suppression/", with: ""))"
      })
  }

  private func check(
    _ text: String, named path: String = "a.yaml", _ options: LintOptions? = nil,
    filter: FindingFilter? = nil
  ) throws -> Outcome {
    var session = LintSession([try options ?? self.options()], filter: filter)
    let input = InputSource(
      .file(path), shownPath: path, syntax: Syntax(path: path) ?? .yaml, isExplicit: true)
    let result = session.lint(Array(text.utf8), of: input)
    return outcome(of: result, session)
  }

  @Test(
    arguments: [
      // At the line of the finding, or above it.
      ("id: 1\nname: long one # requisite: ignore acme/short why\n", [], 1, []),
      ("id: 1\n# requisite: ignore acme/short why\nname: long one\n", [], 1, []),
      (
        "id: 1\n# requisite: ignore acme/short why\n# requisite: ignore acme/small why\na: {name: long, n: 10}\n",
        [], 2, []
      ),
      ("id: 1\n# requisite: ignore acme/short why\n\n# more\nname: long one\n", [], 1, []),
      // Another rule, or another line.
      ("id: 1\nname: long one # requisite: ignore acme/small why\n", ["2 short"], 0, ["2 unused"]),
      ("id: 1 # requisite: ignore acme/short why\nname: long one\n", ["2 short"], 0, ["1 unused"]),
      ("# requisite: ignore acme/short why\nid: 1\nname: long one\n", ["3 short"], 0, ["1 unused"]),
      ("id: 1\nname: long one\n# requisite: ignore acme/short why\n", ["2 short"], 0, ["3 unused"]),
      // Objects are shown at their names, the request at its first line.
      ("id: 1\ninner: # requisite: ignore acme/needed why\n  y: 1\n", [], 1, []),
      (
        "id: 1\ninner:\n  # requisite: ignore acme/needed why\n  y: 1\n", ["2 needed"], 0,
        ["3 unused"]
      ),
      // Scalars of several lines.
      ("id: 1\nname: \"long\n  one\" # requisite: ignore acme/short why\n", [], 1, []),
      ("id: 1\nname: | # requisite: ignore acme/short why\n  long\n  one\n", [], 1, []),
      ("id: 1\n# requisite: ignore acme/short why\nname: >\n  long\n  one\nn: 1\n", [], 1, []),
      ("id: 1\nname: |\n  long # requisite: ignore acme/short why\n", ["2 short"], 0, []),
      // All findings of the rule on the line.
      ("{id: 1, a: {name: long}, b: {name: long}} # requisite: ignore acme/short why\n", [], 2, []),
      // Diagnostics.
      ("id: 1\nname: long # requisite: ignore acme/short until 2027-01-15 why\n", [], 1, []),
      (
        "id: 1\nname: long # requisite: ignore acme/short until 2027-01-14 why\n", ["2 short"], 0,
        ["2 expired"]
      ),
      ("id: 1 # requisite: ignore acme/short until 2027-01-14 why\n", [], 0, ["1 expired"]),
      ("id: 1 # requisite: ignore acme/shot why\n", [], 0, ["1 unknown-rule"]),
      ("id: 1 # requisite: ignore acne/short why\n", [], 0, ["1 unknown-rule"]),
      ("id: 1 # requisite: ignore elsewhere/short why\n", [], 0, []),
      ("id: 1 # requisite: ignore acme/off why\n", [], 0, []),
      ("id: 1 # requisite: ignore yaml/duplicate-name why\n", [], 0, ["1 unused"]),
      // Errors after which nothing is checked.
      ("id: 1 # requisite: ignore yaml/syntax why\n", [], 0, ["1 bad-comment"]),
      ("id: 1 # requisite: ignore yaml/encoding why\n", [], 0, ["1 bad-comment"]),
      ("id: 1 # requisite: ignore yaml/depth why\n", [], 0, ["1 bad-comment"]),
      ("id: 1 # requisite: ignore json/syntax why\n", [], 0, ["1 bad-comment"]),
      (
        "id: 1\n# requisite: ignore yaml/syntax why\nname: \"long\n", ["3 syntax"], 0,
        ["2 bad-comment"]
      ),
      (
        "id: 1\nname: .inf # requisite: ignore yaml/syntax why\nn: 10\n", ["2 syntax"], 0,
        ["2 bad-comment"]
      ),
      (
        "id: 1\n# requisite: ignore acme/short a\nname: long # requisite: ignore acme/short b\n",
        [], 1,
        ["3 duplicate"]
      ),
      (
        "id: 1\n# requisite: ignore acme/short until 2020-01-01 a\nname: long # requisite: ignore acme/short b\n",
        [], 1, ["2 expired", "3 duplicate"]
      ),
      ("id: 1\nname: long # requisite: ignor acme/short why\n", ["2 short"], 0, ["2 bad-comment"]),
      ("id: 1\nname: long # requisite: ignore acme/short\n", ["2 short"], 0, ["2 bad-comment"]),
      ("id: 1\nname: long # requisite: ignore acme/* why\n", ["2 short"], 0, ["2 bad-comment"]),
      (
        "id: 1\n# requisite: ignore acme/short acme/small why\na: {name: long, n: 10}\n",
        ["3 short", "3 small"], 0, ["2 bad-comment"]
      ),
      // What is no request is not read.
      ("other: 1 # requisite: ignor\n", [], 0, []),
      // Malformed texts: what packs say cannot be unused.
      ("id: 1 # requisite: ignore acme/short why\nname: \"long\n", ["2 syntax"], 0, []),
      ("id: 1\nid: 2 # requisite: ignore yaml/duplicate-name why\nn: 10\n", ["3 small"], 1, []),
      // Line ends and marks.
      ("\u{FEFF}# requisite: ignore acme/short why\r\nname: long\r\nid: 1\r\n", [], 1, []),
      ("--- # requisite: ignore acme/short why\rname: long\rid: 1\r", [], 1, []),
    ] as [(String, [String], Int, [String])])
  func suppresses(
    text: String, findings: [String], suppressedCount: Int, diagnostics: [String]
  ) throws {
    let expected = Outcome(
      findings: findings, suppressedCount: suppressedCount, diagnostics: diagnostics)
    #expect(try check(text) == expected, "\(text.debugDescription)")
    // The same where something else is taken out as well.
    let filter = try #require(FindingFilter(known(["rule: acme/x, path: b.yaml, reason: why"])))
    #expect(try check(text, filter: filter) == expected, "\(text.debugDescription)")
    // Fixes of what is suppressed are not made, and make no difference to what is.
    var session = LintSession([try options(fixes: .mark)])
    let input = InputSource(.file("a.yaml"), shownPath: "a.yaml", syntax: .yaml, isExplicit: true)
    let fixed = session.fix(Array(text.utf8), of: input, includingUnsafe: true)
    #expect(fixed.fixCount == 0)
    // Without them, everything is reported.
    let without = try check(text, options(isApplied: false))
    #expect(without.findings.count == findings.count + suppressedCount)
    #expect(without.suppressedCount == 0 && without.diagnostics.isEmpty)
  }

  private func known(_ entries: [String]) throws -> KnownFindings {
    let text = "requisite: 1\nsuppressions:\n" + entries.map { "  - { \($0) }\n" }.joined()
    let reading = SuppressionReader.read(
      SourceFile(path: ".requisite-ignore.yaml", bytes: Array(text.utf8)))
    #expect(!reading.hasErrors)
    return KnownFindings(
      workingFolder: "/project", root: ProjectRoot(in: RealFileSystem(), path: "/project"),
      suppressions: [.init(folder: "/project", entries: reading.entries)],
      today: try #require(Self.today))
  }

  private static let suppressed = "id: 1\nname: long # requisite: ignore acme/short why\n"

  /// Where evaluating is given up, a comment does not pass for a check.
  @Test func evaluationsThatAreGivenUpAreReported() throws {
    var options = try options()
    options.costLimit = 100
    let text = "id: 1\ncostly: [1, 2, 3, 4, 5, 6, 7, 8, 9] # requisite: ignore acme/costly why\n"
    #expect(try check(text, options) == Outcome(findings: ["2 costly"]))
  }

  @Test(arguments: ["a.json", "a.jsonl"])
  func otherFormatsHaveNoComments(name: String) throws {
    let text = ##"{"id": 1, "name": "# requisite: ignore acme/short why"}"##
    #expect(
      try check(text, named: name) == Outcome(findings: ["1 short"]))
  }

  @Test func entriesAndCommentsAreBothUsed() throws {
    let filter = try #require(
      FindingFilter(known(["rule: acme/short, path: a.yaml, pointer: /name, reason: entry"])))
    let outcome = try check(Self.suppressed, filter: filter)
    #expect(outcome == Outcome(suppressedCount: 1))
    #expect(filter.outcome().suppressionDiagnostics.isEmpty)
  }

  @Test func keepsWhatIsSuppressed() throws {
    for entry in ["acme/x", "acme/short"] {
      let filter =
        entry == "acme/x"
        ? nil
        : FindingFilter(
          try known(["rule: acme/short, path: a.yaml, reason: entry"]), keepsSuppressed: true)
      var session = LintSession([try options(keepsSuppressed: true)], filter: filter)
      let input = InputSource(.file("a.yaml"), shownPath: "a.yaml", syntax: .yaml, isExplicit: true)
      let result = session.lint(Array(Self.suppressed.utf8), of: input)
      let suppression = try #require(result.findings.first?.suppression)
      #expect(suppression.reason == "why")
      #expect(suppression.comment?.region.start.column == 12)
      #expect(result.suppressedCount == 1)
    }
  }

  @Test func fixesKeepComments() throws {
    let text = """
      # requisite: ignore acme/small why
      n: 10   # requisite: ignore acme/short why
      id: 1
      # requisite: ignore acme/upper kept
      lower: a

      """
    for (text, expected) in [
      (text, text),
      (
        text.replacing("# requisite: ignore acme/upper kept\n", with: ""),
        text.replacing(
          "# requisite: ignore acme/upper kept\nlower: a", with: "lower: fixed")
      ),
      (
        text.replacing("acme/upper kept\nlower: a", with: "acme/short x\nlower: a # end"),
        text.replacing("acme/upper kept\nlower: a", with: "acme/short x\nlower: fixed # end")
      ),
    ] {
      for filter in [nil, FindingFilter(try known(["rule: acme/x, path: b.yaml, reason: y"]))] {
        var session = LintSession([try options(fixes: .mark)], filter: filter)
        let input = InputSource(
          .file("a.yaml"), shownPath: "a.yaml", syntax: .yaml, isExplicit: true)
        let fixed = session.fix(Array(text.utf8), of: input, includingUnsafe: false)
        #expect(String(decoding: fixed.bytes, as: UTF8.self) == expected)
      }
    }
  }

  /// A fix neither makes a comment about another value nor takes it from the value that it is about.
  @Test(
    arguments: [
      ("id: 1\n# requisite: ignore acme/short why\nd: x\nb: longer\n", "id: 1\nb: longer\n"),
      (
        "# requisite: ignore acme/short why\n---\nd: x\nb: longer\nid: 1\n",
        "---\nb: longer\nid: 1\n"
      ),
      ("d: x\nb: longer # requisite: ignore acme/short why\nid: 1\n", nil),
      (
        "d: x\nid: 1\nb: longer # requisite: ignore acme/short why\n",
        "id: 1\nb: longer # requisite: ignore acme/short why\n"
      ),
      ("id: 1\ntext: | # requisite: ignore acme/short why\n  hello\n", nil),
      ("id: 1\ntext:\n  - 1\n  - 2 # requisite: ignore acme/short why\n", nil),
      ("id: 1\ntext: # keep\n  # requisite: ignore acme/short why\n  b: longer\n", nil),
      (
        "id: 1\ntext: {a: 1} # requisite: ignore acme/short why\n",
        "id: 1\ntext: fixed # requisite: ignore acme/short why\n"
      ),
      // One fix that cannot be made does not keep others from being made.
      (
        "id: 1\ntext: | # requisite: ignore acme/short why\n  hello\nd: x\n",
        "id: 1\ntext: | # requisite: ignore acme/short why\n  hello\n"
      ),
    ] as [(String, String?)])
  func fixesLeaveCommentsWithTheirValues(text: String, expected: String?) throws {
    var session = LintSession([try options(fixes: .mark)])
    let input = InputSource(.file("a.yaml"), shownPath: "a.yaml", syntax: .yaml, isExplicit: true)
    let fixed = session.fix(Array(text.utf8), of: input, includingUnsafe: false)
    #expect(String(decoding: fixed.bytes, as: UTF8.self) == expected ?? text)
    #expect(fixed.fixCount == (expected == nil ? 0 : 1))
  }

  @Test func theOrderIsThatOfTheInputs() throws {
    try withFolder { folder in
      var inputs: [(input: InputSource, profile: Int)] = []
      for number in 0..<40 {
        let name = "\(folder)/\(100 + number).yaml"
        let text =
          number % 3 == 0
          ? "id: 1\nname: long # requisite: ignore acme/short why\n"
          : "id: \(number) # requisite: ignore acme/short why\n# requisite: ignor\n"
        try write(text, to: name)
        inputs.append(
          (
            InputSource(.file(name), shownPath: name, syntax: .yaml, isExplicit: true), 0
          ))
      }
      var told: [[String]] = []
      var counts: [Int] = []
      for jobs in [1, 2, 4] {
        for filter in [nil, FindingFilter(try known(["rule: acme/x, path: b.yaml, reason: y"]))] {
          var session = LintSession([try options()], filter: filter, jobs: jobs)
          var count = 0
          session.run(inputs) { _, result in
            count += result.suppressedCount
            #expect(result.findings.isEmpty)
          } ended: { _ in
          }
          counts.append(count)
          told.append(
            session.commentDiagnostics.map {
              "\($0.location?.path ?? "") \($0.location?.region.start.line ?? 0) \($0.code)"
            })
        }
      }
      #expect(counts == Array(repeating: 14, count: 6))
      #expect(told.allSatisfy { $0 == told[0] })
      #expect(told[0].count == 52)
      #expect(told[0] == told[0].sorted())
    }
  }

  /// A request of somebody else does not fill the reports.
  @Test func limitsWhatIsSaid() throws {
    let unused = (0..<300).map { "a\($0): 1 # requisite: ignore acme/short why\n" }.joined()
    let bad = (0..<300).map { "b\($0): 1 # requisite: ignor\n" }.joined()
    let outcome = try check("id: 1\n" + unused + bad)
    func count(_ code: String) -> Int { outcome.diagnostics.count { $0.hasSuffix(code) } }
    #expect(count("unused") == 200)
    #expect(count("bad-comment") == 200)
    #expect(count("too-many") == 2)
    let names = (0..<101).map { "a\($0): {name: long}" }.joined(separator: ", ")
    #expect(
      try check("{id: 1, \(names)} # requisite: ignore acme/short why")
        == Outcome(suppressedCount: 101, diagnostics: ["1 too-broad"]))
  }

  /// The problems of many files do not pile up.
  @Test func limitsWhatIsSaidOfARun() throws {
    let text =
      "id: 1\n" + (0..<150).map { "a\($0): 1 # requisite: ignore acme/short why\n" }.joined()
      + (0..<150).map { "b\($0): 1 # requisite: ignor\n" }.joined()
    var session = LintSession([try options()])
    for number in 0..<8 {
      let input = InputSource(
        .file("\(number).yaml"), shownPath: "\(number).yaml", syntax: .yaml, isExplicit: true)
      _ = session.lint(Array(text.utf8), of: input)
    }
    let diagnostics = session.commentDiagnostics
    #expect(diagnostics.count { $0.code == "suppression/unused" } == 1_000)
    #expect(diagnostics.count { $0.code == "suppression/bad-comment" } == 1_000)
    let cut = diagnostics.filter { $0.code == "suppression/too-many" }
    #expect(cut.map(\.severity) == [.warning, .error])
    #expect(cut.map { $0.location?.path } == ["6.yaml", "6.yaml"])
    #expect(diagnostics.count == 2_002)
  }

  @Test func reasonsHideWhatPacksHide() throws {
    let packs = builtIn.packs
    for (text, reason) in [
      ("CustomerId: 5 # requisite: ignore aws-connect-chat/schema/type secret", "‹redacted›"),
      ("ClientToken: 5 # requisite: ignore aws-connect-chat/schema/type why", "why"),
      (
        "ClientToken: 5 # requisite: ignore aws-connect-chat/schema/type CustomerId: 4711",
        "‹redacted›"
      ),
    ] {
      var options = LintOptions(in: RealFileSystem(), packs: packs, applicability: .always)
      options.suppressionComments = SuppressionCommentOptions(
        today: try #require(Self.today), keepsSuppressed: true)
      var session = LintSession([options])
      let input = InputSource(.file("a.yaml"), shownPath: "a.yaml", syntax: .yaml, isExplicit: true)
      let result = session.lint(Array(text.utf8), of: input)
      #expect(result.findings.compactMap { $0.suppression?.reason } == [reason], "\(text)")
    }
  }
}
