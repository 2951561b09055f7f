import Findings
import Linting
import RequisiteFiles
import TestSupport
import SourceText
import Testing

/// An expression that cannot be evaluated says why, and is silent only where the model's finding of the
/// very same fault is reported and weighs no less.
struct EvaluationErrorTests {
  private static let model = """
    type: object
    required: [body]
    properties:
      body: { type: string }
      note: { type: string }
      n: { type: integer }
      list: { type: array, items: { type: object, required: [id], properties: { id: { type: integer } } } }
      numbers: { type: array, items: { type: number } }
      inner: { type: object, required: [deep], properties: { deep: { type: object } } }
    """

  /// What a pack with the model above and one rule finds.
  private func findings(
    rule: String, _ request: String, settings: String = "", path: String = "r.json"
  ) throws -> [Finding] {
    var findings: [Finding] = []
    try withFolder { folder in
      try write(Self.model, to: "\(folder)/m.yaml")
      try write(
        "requisite: 1\nname: p\nrequest: { operation: O, schema: m.yaml }\nrules:\n  r:\n    \(rule)\n\(settings)",
        to: "\(folder)/p.yaml")
      let loading = PackLoader(in: RealFileSystem()).load([PackReference("\(folder)/p.yaml")])
      #expect(loading.diagnostics.filter { $0.severity == .error } == [])
      var linter = LintSession([
        LintOptions(in: RealFileSystem(), packs: loading.packs, applicability: .always)
      ])
      let format = Syntax(path: path) ?? .json
      linter.lint(
        Array(request.utf8),
        of: InputSource(.file(path), shownPath: path, syntax: format, isExplicit: true)
      ).findings.forEach { findings.append($0) }
    }
    return findings
  }

  private func briefs(
    rule: String, _ request: String, settings: String = "", path: String = "r.json"
  ) throws -> [String] {
    try findings(rule: rule, request, settings: settings, path: path)
      .map { "\($0.rule) \($0.location.pointer?.description ?? "-") \($0.severity.rawValue)" }
      .sorted()
  }

  @Test(arguments: [
    // The model's finding is the same fault.
    ("then: 'size(self.body) < 10'", "{}", ["p/schema/required /body error"]),
    ("then: 'self.n * 2 < 10'", #"{"body":"","n":"x"}"#, ["p/schema/type /n error"]),
    ("then: 'self.n * 2 < 10'", #"{"body":"","n":true}"#, ["p/schema/type /n error"]),
    (
      "then: 'self.list.all(e, e.id > 0)'", #"{"body":"","list":[{}]}"#,
      ["p/schema/required /list/0/id error"]
    ),
    (
      "then: 'self.numbers.sum() > 0'", #"{"body":"","numbers":[1,"x"]}"#,
      ["p/schema/type /numbers/1 error"]
    ),
    (
      "then: 'self.inner.deep.x == 1'", #"{"body":"","inner":{}}"#,
      ["p/schema/required /inner/deep error"]
    ),
    (
      "then: 'self.inner.deep.x == 1'", #"{"body":"","inner":{"deep":5}}"#,
      ["p/schema/type /inner/deep error"]
    ),
    (
      "when: 'self.n > 3'\n    then: { minProperties: 9 }", #"{"body":"","n":"x"}"#,
      ["p/schema/type /n error"]
    ),
    // An explicit null counts as absent after it was reported.
    (
      "then: 'self.body != \"\"'", #"{"body":null}"#,
      ["p/schema/required /body error", "p/schema/type /body error"]
    ),
    (
      "then: 'self.n + size(self.body) > 3'", #"{"n":"x"}"#,
      ["p/schema/required /body error", "p/schema/type /n error"]
    ),
    // A rule that weighs less is silent as well.
    ("severity: info\n    then: 'size(self.body) < 10'", "{}", ["p/schema/required /body error"]),
    // The model has nothing to say of it.
    ("then: 'size(self.note) < 10'", #"{"body":""}"#, ["p/r  error"]),
    ("then: 'self.list[0].id > 0'", #"{"body":"","list":[]}"#, ["p/r  error"]),
    ("then: 'self.inner.deep.x == 1'", #"{"body":"","inner":{"deep":{}}}"#, ["p/r  error"]),
    // One fault of two is the model's, the other is not.
    (
      "then: 'self.note == \"\" && size(self.body) < 10'", "{}",
      ["p/r  error", "p/schema/required /body error"]
    ),
    (
      "then: 'self.list.all(e, e.id + e.other > 0)'", #"{"body":"","list":[{},{"id":1}]}"#,
      ["p/r  error", "p/schema/required /list/0/id error"]
    ),
    // What is false is told, whatever the model finds elsewhere.
    (
      "then: 'self.note == \"x\"'", #"{"note":"y"}"#,
      ["p/r  error", "p/schema/required /body error"]
    ),
  ])
  func oneFaultIsOneFinding(rule: String, request: String, expected: [String]) throws {
    #expect(try briefs(rule: rule, request) == expected)
    // In a log as well.
    #expect(try briefs(rule: rule, request + "\n", path: "r.jsonl") == expected)
  }

  @Test(arguments: [
    ("  schema/required: { severity: off }\n", ["p/r  error"]),
    (
      "  schema/required: { severity: warning }\n",
      ["p/r  error", "p/schema/required /body warning"]
    ),
    ("  schema/required: { severity: error }\n", ["p/schema/required /body error"]),
  ])
  func findingThatWeighsLessOpensNoGate(settings: String, expected: [String]) throws {
    #expect(try briefs(rule: "then: 'size(self.body) < 10'", "{}", settings: settings) == expected)
  }

  @Test(arguments: [
    ("then: { properties: { n: { type: integer } } }", ["p/r /n error"]),
    (
      "severity: warning\n    then: { properties: { n: { type: integer } } }",
      ["p/r /n warning", "p/schema/type /n error"]
    ),
  ])
  func namedRuleSpeaksForTheModelUnlessItWeighsLess(rule: String, expected: [String]) throws {
    #expect(try briefs(rule: rule, #"{"body":"","n":"x"}"#) == expected)
  }

  @Test(arguments: [
    ("{ maximum: 100 }", 4_294_967_296, ["p/r /n error"]),
    ("{ exclusiveMaximum: 100 }", 4_294_967_296, ["p/r /n error"]),
    ("{ minimum: 1 }", -4_294_967_296, ["p/r /n error"]),
    // A bound on the other side is another fault.
    ("{ multipleOf: 5 }", 4_294_967_296, ["p/r /n error", "p/schema/type /n error"]),
    ("{ minimum: 1 }", 4_294_967_296, ["p/schema/type /n error"]),
  ])
  func integerOutOfRangeIsOneFinding(then: String, value: Int, expected: [String]) throws {
    try withFolder { folder in
      try write(
        "type: object\nproperties: { n: { type: integer, format: int32 } }\n",
        to: "\(folder)/m.yaml")
      try write(
        "requisite: 1\nname: p\nrequest: { operation: O, schema: m.yaml }\nrules: { r: { given: $.n, then: \(then) } }\n",
        to: "\(folder)/p.yaml")
      var linter = LintSession([
        LintOptions(
          in: RealFileSystem(),
          packs: PackLoader(in: RealFileSystem()).load([PackReference("\(folder)/p.yaml")]).packs,
          applicability: .always)
      ])
      let result = linter.lint(
        Array("{\"n\": \(value)}".utf8),
        of: InputSource(.file("r.json"), shownPath: "r.json", syntax: .json, isExplicit: true))
      #expect(
        result.findings.map {
          "\($0.rule) \($0.location.pointer?.description ?? "") \($0.severity.rawValue)"
        }
        .sorted() == expected)
    }
  }

  /// A rule's own message is about a request of which the rule is false.
  @Test(arguments: [
    (#"{"body":"","n":9}"#, true), (#"{"body":""}"#, false),
  ])
  func ownMessageIsForWhatIsFalse(request: String, isOwn: Bool) throws {
    let found = try findings(
      rule: "description: N is small.\n    message: 'n is {{ self.n }}'\n    then: 'self.n < 5'",
      request)
    #expect(found.map { $0.message == "n is 9" } == [isOwn])
    expectMessages(found.map(\.message), of: request)
  }

  @Test func descriptionStandsForAMessage() throws {
    let found = try findings(
      rule: "description: >\n      N is\n      small.\n    then: 'self.n < 5'",
      #"{"body":"","n":9}"#)
    #expect(found.map(\.message) == ["N is small"])
    #expect(found.first?.detail?.contains("expression") == true)
  }

  /// The value that an expression could not take is shown, unless it is sensitive.
  @Test(arguments: [
    ("int(self.note) > 3", #"{"body":"","note":"seven"}"#),
    ("int(self.note + 'x') > 3", #"{"body":"","note":"seven"}"#),
    ("timestamp(self.note) > timestamp(0)", #"{"body":"","note":"no"}"#),
    ("int(self.body) > 3", #"{"body":"geheim"}"#),
    ("int(self.body + 'x') > 3", #"{"body":"geheim"}"#),
  ])
  func valueIsShownUnlessItIsSensitive(then: String, request: String) throws {
    let rule = "then: \"\(then)\""
    try withFolder { folder in
      try write(Self.model, to: "\(folder)/m.yaml")
      try write(
        "requisite: 1\nname: p\nrequest: { operation: O, schema: m.yaml, sensitive: [$.body] }\nrules:\n  r:\n    \(rule)\n",
        to: "\(folder)/p.yaml")
      let loading = PackLoader(in: RealFileSystem()).load([PackReference("\(folder)/p.yaml")])
      #expect(loading.diagnostics.filter { $0.severity == .error } == [])
      var linter = LintSession([
        LintOptions(in: RealFileSystem(), packs: loading.packs, applicability: .always)
      ])
      let result = linter.lint(
        Array(request.utf8),
        of: InputSource(.file("r.json"), shownPath: "r.json", syntax: .json, isExplicit: true))
      #expect(result.findings.map(\.rule.description) == ["p/r"])
      #expect(!result.findings.contains { $0.message.contains("geheim") })
      expectMessages(result.findings.map(\.message), of: "\(then) of \(request)")
    }
  }
}
