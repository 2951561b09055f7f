import Findings
import RuleCompilation
import RulePacks
import SourceText
import Testing

/// A pack, or the body of its one rule, and everything that is wrong with it.
struct PackCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// The pack's text; the place of each diagnostic counts in it.
  var text: String
  /// The diagnostics as `line:column severity code message`.
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

/// The diagnostics of a pack in the words of the table.
private func diagnostics(of text: String, model: String = model) -> [String] {
  let reading = RulePackReader.read(SourceFile(path: "pack.yaml", bytes: Array(text.utf8))) {
    (path) throws(Diagnostic) in
    SourceFile(path: path, bytes: Array(model.utf8))
  }
  return RuleCompiler.compile(reading).diagnostics.map { diagnostic in
    let place =
      diagnostic.location.map { location in
        let file = location.path == "pack.yaml" ? "" : "\(location.path):"
        return "\(file)\(location.region.start.line):\(location.region.start.column)"
      } ?? "nowhere"
    return "\(place) \(diagnostic.severity.rawValue) \(diagnostic.code) \(diagnostic.message)"
  }
}

struct StaticCheckTests {
  @Test(arguments: pathCases)
  func paths(_ example: PackCase) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: memberCases)
  func members(_ example: PackCase) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: contradictionCases)
  func contradictions(_ example: PackCase) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: uselessCases)
  func useless(_ example: PackCase) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: impossibleConditions)
  func refusesConditionsThatNothingSatisfies(_ condition: String) {
    let example = PackCase("", "given: $.Note\nthen: \(condition)", [])
    let codes = diagnostics(of: example.text).map { $0.split(separator: " ").prefix(3) }
    #expect(codes.contains { $0[1] == "error" && $0[2].hasSuffix("/contradiction") }, "\(codes)")
  }

  @Test(arguments: forbiddingConditions)
  func takesSchemasThatForbidSomething(_ condition: String) {
    #expect(diagnostics(of: PackCase("", "given: $.Note\nthen: \(condition)", []).text) == [])
  }

  @Test(arguments: idleConditions)
  func warnsOfConditionsThatEverythingSatisfies(_ condition: String) {
    let example = PackCase("", "given: $.Note\nthen: \(condition)", [])
    let found = diagnostics(of: example.text)
    #expect(found.contains { $0.contains("/useless") }, "\(found)")
    #expect(!found.contains { $0.contains(" error ") }, "\(found)")
  }

  /// A model that nothing satisfies, however that is said.
  @Test(arguments: ["false", "{ not: {} }", "{ allOf: [{ type: string }, { type: object }] }"])
  func refusesAModelThatNothingSatisfies(_ schema: String) {
    let found = diagnostics(
      of: PackCase("", "then: { minProperties: 1 }", []).text, model: schema + "\n")
    #expect(
      found.contains { $0.hasPrefix("model.yaml:1:1 error schema/contradiction") }, "\(found)")
  }

  @Test(arguments: expressionCases)
  func expressions(_ example: PackCase) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: parameterCases)
  func parameters(_ example: PackCase) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: exampleCases)
  func examples(_ example: PackCase) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: soundCases)
  func soundPacksAreLeftAlone(_ example: PackCase) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

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
    #expect(
      diagnostics(of: pack, model: model) == [
        "model.yaml:3:36 error schema/contradiction minimum never applies: it is about a number, and type admits only a string",
        "model.yaml:4:32 error schema/contradiction minimum 9 is over maximum 8; no value is between",
        "model.yaml:5:51 error schema/contradiction this is a number, and type admits only a string",
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
    #expect(
      diagnostics(of: pack) == [
        "24:11 warning pack/too-many-examples the examples hold more than 16777216 bytes; from here on they are not tried"
      ])
  }
}
