import Evaluation
import Findings
import RuleCompilation
import RulePacks
import SourceText
import Testing

/// What loading a pack says of its examples and fixes, and how much work goes into it.
struct LoadingTests {
  private static let model = """
    type: object
    additionalProperties: false
    properties:
      s: { type: string }
      l: { type: array, items: { type: string } }
      o: { type: object, additionalProperties: false, properties: { k: { type: string } } }
      m: { type: object, additionalProperties: { type: integer } }
      n: { type: [integer, string] }
      free: {}

    """

  private func reading(_ text: String) -> RulePackReading {
    RulePackReader.read(SourceFile(path: "pack.yaml", bytes: Array(text.utf8))) {
      (path) throws(Diagnostic) in
      SourceFile(path: path, bytes: Array(Self.model.utf8))
    }
  }

  /// Diagnostics as `line:column severity code`.
  private func codes(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { diagnostic in
      let start = diagnostic.location?.region.start
      return "\(start?.line ?? 0):\(start?.column ?? 0) \(diagnostic.severity) \(diagnostic.code)"
    }
  }

  /// A pack with one rule and a fix of it.
  private func fixing(_ given: String, _ operation: String) -> String {
    """
    requisite: 1
    name: p
    request: { operation: O, schema: m.yaml }
    rules:
      r:
        given: \(given)
        then: { not: { const: x } }
        fix: [ \(operation) ]
    """
  }

  @Test(arguments: [
    ("$.s", "{ op: replace, path: /s, value: y }"),
    ("$.s", "{ op: add, path: /0, value: y }"),
    ("$.o.k", "{ op: remove, path: /k }"),
    ("$.n", "{ op: replace, path: /a, value: y }"),
    ("$.o", "{ op: add, path: /z, value: y }"),
    ("$.o", "{ op: add, path: /k/z, value: y }"),
    ("$.m", "{ op: add, path: /a/b, value: y }"),
    ("$.l", "{ op: add, path: /k, value: y }"),
    ("$.l", "{ op: move, from: /0/k, path: /1 }"),
    ("[$.s, $.o.k]", "{ op: replace, path: /s, value: y }"),
    ("$", "{ op: replace, path: /s/s, value: y }"),
  ])
  func fixAtAPlaceThatTheModelRulesOutIsRejected(given: String, operation: String) {
    let diagnostics = RuleCompiler.compile(reading(fixing(given, operation))).diagnostics
    #expect(diagnostics.filter { $0.severity == .error }.map(\.code) == ["pack/bad-fix"])
  }

  @Test(arguments: [
    ("$.s", "{ op: replace, path: '', value: y }"),
    ("$.o", "{ op: add, path: /k, value: y }"),
    ("$.m", "{ op: add, path: /any, value: 1 }"),
    ("$.l", "{ op: add, path: /-, value: y }"),
    ("$.free", "{ op: add, path: /a/b, value: y }"),
    ("[$.s, $.o]", "{ op: add, path: /k, value: y }"),
    ("$", "{ op: replace, path: /s, value: y }"),
  ])
  func fixAtAPlaceThatTheModelHasIsAccepted(given: String, operation: String) {
    let compilation = RuleCompiler.compile(reading(fixing(given, operation)))
    #expect(compilation.diagnostics.filter { $0.severity == .error } == [])
    #expect(compilation.plan?.ruleTable.rules.first?.fix != nil)
  }

  /// A rule, and whether it is said to look at none of its passing examples.
  @Test(arguments: [
    (
      "given: $.s\nthen: { maxLength: 3 }\nexamples: { pass: [ { str: abc } ], fail: [ { s: abcd } ] }",
      true
    ),
    (
      "given: $.s\nthen: { maxLength: 3 }\nexamples: { pass: [ abc ], fail: [ { s: abcd } ] }", true
    ),
    (
      "given: '$.a[*].b'\nthen: { maxLength: 3 }\nexamples: { pass: [ { a: [] } ], fail: [ { a: [ { b: abcd } ] } ] }",
      true
    ),
    (
      "given: $.s\nthen: self.size() < 4\nexamples: { pass: [ { str: abc }, {} ], fail: [ { s: abcd } ] }",
      true
    ),
    // One of them is enough, and so is one path.
    (
      "given: $.s\nthen: { maxLength: 3 }\nexamples: { pass: [ {}, { s: abc } ], fail: [ { s: abcd } ] }",
      false
    ),
    (
      "given: [ $.t, $.s ]\nthen: { maxLength: 3 }\nexamples: { pass: [ { s: abc } ], fail: [ { s: abcd } ] }",
      false
    ),
    // A filter may be meant to leave them out, and a forbidden member is absent.
    (
      "given: '$.a[?@.b]'\nthen: { required: [c] }\nexamples: { pass: [ { a: [ 1 ] } ], fail: [ { a: [ { b: 1 } ] } ] }",
      false
    ),
    (
      "given: $.s\nwhen: { type: string }\nthen: { not: { type: string } }\nexamples: { pass: [ { s: 1 } ], fail: [ { s: abcd } ] }",
      false
    ),
    ("given: $.s\nthen: { maxLength: 3 }\nexamples: { fail: [ { s: abcd } ] }", false),
    ("then: { required: [a] }\nexamples: { pass: [ { a: 1 } ], fail: [ {} ] }", false),
  ])
  func examplesThatARuleDoesNotLookAtAreReported(rule: String, isReported: Bool) {
    let lines = rule.split(separator: "\n").map { "    \($0)\n" }.joined()
    let text = "requisite: 1\nname: p\nrules:\n  r:\n\(lines)"
    let found = codes(RuleCompiler.compile(reading(text)).diagnostics)
    let column = (rule.split(separator: "\n").last.map(String.init) ?? "").utf8.count
    #expect(found.count == (isReported ? 1 : 0), "\(found) \(column)")
    #expect(found.allSatisfy { $0.hasSuffix("warning pack/idle-example") }, "\(found)")
  }

  @Test func examplesOfAllRulesShareABudget() {
    let rules = (0..<40).map { rule in
      """
        r\(rule):
          given: $
          then: lists.range(100).all(x, lists.range(100).all(y, x + y >= self.k))
          examples: { pass: [ { k: -1 } ], fail: [ { k: 500 } ] }

      """
    }.joined()
    let text = "requisite: 1\nname: p\nrules:\n\(rules)"
    func found(_ costLimit: Int) throws -> [Diagnostic] {
      var budget = LoadingBudget(costLimit: costLimit)
      let pack = try #require(reading(text).pack)
      let (composition, mistakes) = PackComposer.compose(
        [.init(pack: pack, parents: [], ancestors: [], isBuiltIn: false, isWhole: true)],
        roots: [0])
      #expect(mistakes == [])
      return RuleCompiler.compile(
        composition, requestOf: nil, checking: [.all], costLimit: costLimit, budget: &budget
      ).diagnostics
    }
    // Each rule takes some tens of thousands of steps; the first one fits, the last one does not.
    let over = try? found(200_000)
    #expect(over?.map(\.code) == ["pack/limit"])
    #expect(over?.first?.severity == .warning)
    #expect(over?.first?.message.contains("'p/r") ?? false)
    #expect((try? found(200_000_000))?.isEmpty ?? false)
  }

  @Test(arguments: [
    ("type: string, nullable: true", "schema/unknown-keyword", "'null'"),
    ("items: [ { type: string } ]", "schema/wrong-type", "prefixItems"),
    ("minimum: 3, exclusiveMinimum: true", "schema/wrong-type", "exclusiveMinimum: 3"),
    ("maximum: 3, exclusiveMaximum: false", "schema/wrong-type", "exclusiveMaximum: 3"),
    ("exclusiveMinimum: true", "schema/wrong-type", "NUMBER"),
    ("required: true", "schema/wrong-type", "required: [NAME]"),
    ("id: x, maxLength: 3", "schema/unknown-keyword", "'$id'"),
    ("type: int", "schema/bad-value", "\"integer\""),
    ("type: str", "schema/bad-value", "\"string\""),
    ("type: [bool, list]", "schema/bad-value", "\"boolean\""),
    ("type: [string, null]", "schema/bad-value", "'null'"),
    ("divisibleBy: 2", "schema/unknown-keyword", "multipleOf"),
  ])
  func habitsOfOtherSchemasAreRejectedWithWhatToWrite(
    schema: String, code: String, advice: String
  ) {
    let text = "requisite: 1\nname: p\nrules: { r: { given: $.a, then: { \(schema) } } }\n"
    let first = RuleCompiler.compile(reading(text)).diagnostics.first
    #expect(first?.code == code)
    #expect(first?.severity == .error)
    #expect(first?.message.contains(advice) ?? false, "\(first?.message ?? "")")
  }

  /// What YAML cannot read has one error, and is no mistake of the schema as well.
  @Test(arguments: [
    #"pattern: "\ud83d\ude00""#, #"pattern: "\ud83d""#, #"format: "\ud83d\ude00""#,
    #"type: "\ud83d\ude00""#, #"type: ["\ud83d\ude00"]"#, #"required: ["\ud83d\ude00"]"#,
    #"enum: ["\ud83d\ude00"]"#, #"const: "\ud83d\ude00""#, #"properties: { a: "\ud83d\ude00" }"#,
    #"properties: "\ud83d\ude00""#, #"allOf: ["\ud83d\ude00"]"#, #"not: "\ud83d\ude00""#,
    #"$ref: "\ud83d\ude00""#, #"maxLength: "\ud83d\ude00""#, #"minimum: "\ud83d\ude00""#,
    #"dependentRequired: { a: ["\ud83d\ude00"] }"#, #"properties: { "\ud83d\ude00": true }"#,
    #"patternProperties: { "\ud83d\ude00": true }"#, #""\ud83d\ude00": 1"#, "maximum: .inf",
    "minimum: .nan", "const: .inf", #"pattern: "\q""#, "pattern: !!binary x",
  ])
  func whatCannotBeReadIsReportedOnce(schema: String) {
    let text = "requisite: 1\nname: p\nrules: { r: { given: $.a, then: { \(schema) } } }\n"
    let read = reading(text)
    let compilation = RuleCompiler.compile(read)
    let diagnostics = Set(read.diagnostics + compilation.diagnostics)
    #expect(diagnostics.map(\.code) == ["pack/syntax"], "\(diagnostics.map(\.message))")
    #expect(compilation.plan == nil)
  }

  @Test(arguments: ["definitions: { a: true }, maxLength: 3", "dependencies: { a: [b] }"])
  func replacedKeywordsAreWarnings(schema: String) {
    let text = "requisite: 1\nname: p\nrules: { r: { given: $.a, then: { \(schema) } } }\n"
    let compilation = RuleCompiler.compile(reading(text))
    #expect(
      compilation.diagnostics.map { "\($0.severity) \($0.code)" } == [
        "warning schema/deprecated-keyword"
      ])
    #expect(compilation.plan != nil)
  }
}
