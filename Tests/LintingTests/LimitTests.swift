import Evaluation
import Findings
import Linting
import RequisiteFiles
import SourceText
import TestSupport
import Testing

/// A rule that gives up is a finding and an error, however small the rule is and whatever it guards.
struct LimitTests {
  /// A rule that cannot come to an end within its bounds, and the request that drives it there.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var rule: String
    var request: String
    var finding: String
    var costLimit: Int?
    var testDescription: String { name }
  }

  private static let manyRounds = "(a[ab]?){300}c"
  /// More letters than the pattern can read within the steps that it has here.
  private static let letters = String(repeating: "ab", count: 4_000)

  static let cases: [Case] = [
    Case(
      name: "the cost of an assertion",
      rule: "then: self.n.all(a, self.n.all(b, a == b || a != b))",
      request: #"{"n": [1, 2, 3, 4, 5, 6, 7, 8, 9]}"#, finding: "p/slow ", costLimit: 100),
    Case(
      name: "the cost of a condition",
      rule: "when: self.n.all(a, self.n.all(b, a == b || a != b))\n    then: { required: [zz] }",
      request: #"{"n": [1, 2, 3, 4, 5, 6, 7, 8, 9]}"#, finding: "p/slow ", costLimit: 100),
    Case(
      name: "the steps of a query", rule: "given: $..[?count($..*) > 0]\n    then: true",
      request: "{\"n\": [\(Array(repeating: "[1]", count: 400).joined(separator: ","))]}",
      finding: "p/slow "),
    Case(
      name: "the visits of a pattern in a schema",
      rule: "then: { properties: { n: { not: { pattern: '\(manyRounds)' } } } }",
      request: #"{"n": "\#(letters)"}"#, finding: "p/schema/limit "),
    Case(
      name: "the visits of a pattern in a condition",
      rule:
        "when: { properties: { n: { pattern: '\(manyRounds)' } } }\n    then: { required: [zz] }",
      request: #"{"n": "\#(letters)"}"#, finding: "p/schema/limit "),
    Case(
      name: "the visits of a pattern in an expression",
      rule: "then: '!self.n.matches(\"\(manyRounds)\")'",
      request: #"{"n": "\#(letters)"}"#, finding: "p/slow ", costLimit: 20_000),
    Case(
      name: "the visits of a pattern in a query",
      rule: "given: $[?search(@, '\(manyRounds)')]\n    then: { required: [zz] }",
      request: #"{"n": "\#(letters)"}"#, finding: "p/slow "),
  ]

  /// A pack with bounds so low that a test reaches them soon.
  private static func load(_ path: String) -> PackLoading {
    var loading = PackLoader(in: RealFileSystem()).load([PackReference(path)])
    for index in loading.packs.indices {
      loading.packs[index].plan.limits.steps = 5_000
      loading.packs[index].plan.limits.querySteps = 4_000
    }
    return loading
  }

  @Test(arguments: cases) func givingUpIsAnError(example: Case) throws {
    try withFolder { folder in
      try write(
        "requisite: 1\nname: p\nrules:\n  slow:\n    severity: info\n    \(example.rule)\n",
        to: "\(folder)/p.yaml")
      let loading = Self.load("\(folder)/p.yaml")
      #expect(loading.diagnostics.filter { $0.severity == .error } == [])
      var linter = LintSession([
        LintOptions(
          in: RealFileSystem(), packs: loading.packs, applicability: .always,
          costLimit: example.costLimit,
          collectsStatistics: true)
      ])
      let result = linter.lint(
        Array(example.request.utf8),
        of: InputSource(.file("r.json"), shownPath: "r.json", syntax: .json, isExplicit: true))
      let findings = result.findings.map { "\($0.rule) \($0.severity.rawValue)" }
      #expect(findings == [example.finding + "error"], "\(result.findings)")
      let words = (result.findings.first?.message ?? "") + (result.findings.first?.detail ?? "")
      #expect(words.contains("steps"))
      // Nor does what was given up count as held.
      let counted = linter.statistics
      let statistics = try #require(counted)
      #expect(statistics.rules.map(\.heldCount) == [0])
    }
  }

  @Test func theRequestLimitNamesTheRuleThatReachedIt() throws {
    try withFolder { folder in
      try write(
        """
        requisite: 1
        name: p
        rules:
          quick: { then: { type: object } }
          slow: { then: { properties: { n: { not: { pattern: '\(Self.manyRounds)' } } } } }
        """, to: "\(folder)/p.yaml")
      var linter = LintSession([
        LintOptions(
          in: RealFileSystem(), packs: Self.load("\(folder)/p.yaml").packs, applicability: .always)
      ])
      let result = linter.lint(
        Array(#"{"n": "\#(Self.letters)"}"#.utf8),
        of: InputSource(.file("r.json"), shownPath: "r.json", syntax: .json, isExplicit: true))
      #expect(result.findings.count == 1)
      expectMessages(result.findings.map(\.message), of: "the rule that reached the limit")
    }
  }

  /// All rules of a request share one budget: each of these stays below its own limits.
  @Test(arguments: [
    "then: 'self.n.all(a, self.n.all(b, a == b || a != b))'",
    "given: '$.n[*]'\n    then: 'root.n.all(a, root.n.all(b, a == b || a != b))'",
    "given: '$..[?count($..*) > 0]'\n    then: true",
    "then: { properties: { n: { items: { anyOf: [{ minimum: 20 }, { type: integer }] } } } }",
  ])
  func rulesShareABudget(rule: String) throws {
    try withFolder { folder in
      let rules = (0..<400).map { "  r\($0):\n    severity: info\n    \(rule)\n" }
      try write(
        "requisite: 1\nname: p\nrules:\n\(rules.joined())", to: "\(folder)/p.yaml")
      var loading = Self.load("\(folder)/p.yaml")
      for index in loading.packs.indices { loading.packs[index].plan.limits.querySteps = 20_000 }
      #expect(loading.diagnostics.filter { $0.severity == .error } == [])
      var linter = LintSession([
        LintOptions(in: RealFileSystem(), packs: loading.packs, applicability: .always)
      ])
      let result = linter.lint(
        Array(#"{"n": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}"#.utf8),
        of: InputSource(.file("r.json"), shownPath: "r.json", syntax: .json, isExplicit: true))
      #expect(
        result.findings.map { "\($0.rule) \($0.severity.rawValue)" } == ["p/schema/limit error"])
      #expect(result.findings.first?.message.contains(#/\b5000 steps\b.*'p/r\d+'/#) == true)
    }
  }

  /// What was found before the budget ended is told.
  @Test func findingsBeforeTheLimitAreKept() throws {
    try withFolder { folder in
      try write(
        """
        requisite: 1
        name: p
        rules:
          first: { given: $.a, then: { const: 1 } }
          slow: { then: { properties: { n: { not: { pattern: '\(Self.manyRounds)' } } } } }
          last: { given: $.a, then: { const: 2 } }
        """, to: "\(folder)/p.yaml")
      var linter = LintSession([
        LintOptions(
          in: RealFileSystem(), packs: Self.load("\(folder)/p.yaml").packs, applicability: .always)
      ])
      let result = linter.lint(
        Array(#"{"a": 3, "n": "\#(Self.letters)"}"#.utf8),
        of: InputSource(.file("r.json"), shownPath: "r.json", syntax: .json, isExplicit: true))
      #expect(result.findings.map(\.rule.rule) == ["schema/limit", "first"])
    }
  }
}
