import Findings
import RuleCompilation
import RulePacks
import SourceText
import TestSupport
import Testing

/// A pack, or the body of its one rule, and everything that is wrong with it.
struct PackCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// The pack's text; the place of each diagnostic counts in it.
  var text: String
  /// The diagnostics: `line:column severity code`.
  var expected: [String]

  init(_ name: String, pack: String, _ expected: [String]) {
    testDescription = name
    text = pack
    self.expected = expected
  }

  /// A pack with one rule, whose lines begin at line 8 and column 5.
  init(_ name: String, _ rule: String, _ expected: [String]) {
    let lines = rule.split(separator: "\n", omittingEmptySubsequences: false)
    self.init(
      name,
      pack: """
        requisite: 1
        name: p
        request:
          schema: model.yaml

        rules:
          r:
        \(lines.map { "    \($0)\n" }.joined())
        """, expected)
  }
}

private let model = """
  type: object
  additionalProperties: false
  required: [InstanceId]
  properties:
    InstanceId: { type: string, minLength: 1, maxLength: 100 }
    Attributes:
      type: object
      additionalProperties: { type: string, maxLength: 32767 }
    Mode: { type: string, enum: [INCREMENTAL, COMPLETE] }
    Minutes: { type: integer, minimum: 60, maximum: 10080 }
    Types:
      type: array
      maxItems: 5
      items: { type: string }
    Details:
      type: object
      additionalProperties: false
      properties:
        DisplayName: { type: string }
    Note: {}

  """

/// The diagnostics of a pack.
private func diagnostics(of text: String, model: String = model) -> [Diagnostic] {
  let reading = RulePackReader.read(SourceFile(path: "pack.yaml", bytes: Array(text.utf8))) {
    (path) throws(Diagnostic) in
    SourceFile(path: path, bytes: Array(model.utf8))
  }
  return RuleCompiler.compile(reading).diagnostics
}

extension [Diagnostic] {
  /// Each diagnostic as `line:column severity code`, with the file's name in front of the model's.
  fileprivate var briefs: [String] {
    map { diagnostic in
      let words = diagnostic.place(in: "pack.yaml").split(separator: " ")
      return "\(words[0]) \(diagnostic.severity.rawValue) \(words[1])"
    }
  }
}

struct StaticCheckTests {
  private func check(_ example: PackCase, in table: String) {
    let found = diagnostics(of: example.text)
    #expect(found.briefs == example.expected)
    if !found.isEmpty {
      expectMessages(found.map(\.goldenLine), of: "\(table): \(example.testDescription)")
    }
  }

  @Test(arguments: pathCases)
  func paths(_ example: PackCase) { check(example, in: "paths") }

  @Test(arguments: memberCases)
  func members(_ example: PackCase) { check(example, in: "members") }

  @Test(arguments: contradictionCases)
  func contradictions(_ example: PackCase) { check(example, in: "contradictions") }

  @Test(arguments: uselessCases)
  func useless(_ example: PackCase) { check(example, in: "useless") }

  @Test(arguments: impossibleConditions)
  func refusesConditionsThatNothingSatisfies(_ condition: String) {
    let example = PackCase("", "given: $.Note\nthen: \(condition)", [])
    let found = diagnostics(of: example.text)
    #expect(
      found.contains { $0.severity == .error && $0.code.hasSuffix("/contradiction") }, "\(found)")
  }

  @Test(arguments: forbiddingConditions)
  func takesSchemasThatForbidSomething(_ condition: String) {
    #expect(diagnostics(of: PackCase("", "given: $.Note\nthen: \(condition)", []).text) == [])
  }

  @Test(arguments: idleConditions)
  func warnsOfConditionsThatEverythingSatisfies(_ condition: String) {
    let example = PackCase("", "given: $.Note\nthen: \(condition)", [])
    let found = diagnostics(of: example.text)
    #expect(found.contains { $0.code.hasSuffix("/useless") }, "\(found)")
    #expect(!found.hasErrors, "\(found)")
  }

  /// A model that nothing satisfies, however that is said.
  @Test(arguments: ["false", "{ not: {} }", "{ allOf: [{ type: string }, { type: object }] }"])
  func refusesAModelThatNothingSatisfies(_ schema: String) {
    let found = diagnostics(
      of: PackCase("", "then: { minProperties: 1 }", []).text, model: schema + "\n")
    #expect(
      found.briefs.contains("model.yaml:1:1 error schema/contradiction"), "\(found)")
  }

  @Test(arguments: expressionCases)
  func expressions(_ example: PackCase) { check(example, in: "expressions") }

  @Test(arguments: parameterCases)
  func parameters(_ example: PackCase) { check(example, in: "parameters") }

  @Test(arguments: exampleCases)
  func examples(_ example: PackCase) { check(example, in: "examples") }

  @Test(arguments: soundCases)
  func soundPacksAreLeftAlone(_ example: PackCase) { check(example, in: "soundPacksAreLeftAlone") }

  /// Built-in packs are loaded without these checks; here they are made.
  @Test(arguments: BuiltInPacks.names)
  func builtInPacksAreSound(packName: String) throws {
    let reading = try #require(BuiltInPacks.read(packName))
    let compilation = RuleCompiler.compile(reading, checking: .all)
    #expect(compilation.diagnostics.map(\.message) == [])
    #expect(compilation.plan != nil)
  }

  /// The model is checked for what contradicts itself, and may say what is needless.
  @Test func modelsAreChecked() {
    let pack = """
      requisite: 1
      name: p
      request:
        schema: model.yaml

      """
    let model = """
      type: object
      properties:
        A: { type: string, minLength: 0, minimum: 3 }
        B: { type: integer, minimum: 9, maximum: 8 }
        C: { type: array, items: { type: string, enum: [1] } }
      required: [A, A]

      """
    let found = diagnostics(of: pack, model: model)
    expectMessages(found.map(\.goldenLine), of: "a model")
    #expect(
      found.briefs == [
        "model.yaml:3:36 error schema/contradiction",
        "model.yaml:4:32 error schema/contradiction",
        "model.yaml:5:51 error schema/contradiction",
      ])
  }

  /// A model in which each schema leads to the next is not followed without end.
  @Test func modelsMayReferFarAhead() {
    var model = "$ref: '#/$defs/s0'\n$defs:\n"
    for number in 0..<1_000 {
      model +=
        "  s\(number): { type: object, properties: { a: { $ref: '#/$defs/s\(number + 1)' } } }\n"
    }
    model += "  s1000: { type: string }\n"
    let pack = """
      requisite: 1
      name: p
      request:
        schema: model.yaml
      rules:
        r:
          given: $..a
          then: { type: object }

      """
    #expect(diagnostics(of: pack, model: model) == [])
  }

  /// Trying examples takes a bounded time, and says so where it stops.
  @Test func examplesAreTriedUpToALimit() {
    let example = "        - A: { $repeat: [x, 1048576] }\n"
    let pack =
      """
      requisite: 1
      name: p
      rules:
        r:
          given: $.A
          then: { minLength: 1 }
          examples:
            pass:

      """ + String(repeating: example, count: 20)
    let found = diagnostics(of: pack)
    expectMessages(found.map(\.goldenLine), of: "many examples")
    #expect(
      found.briefs == ["24:11 warning pack/too-many-examples"])
  }
}
