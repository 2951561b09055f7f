import Findings
import RuleCompilation
import RulePacks
import SourceText
import Testing

/// Schemas that nothing uses are checked like others in a pack's own file, as editors do.
struct UnusedSchemaTests {
  private func allDiagnostics(pack: String, model: String = "type: object\n") -> [Diagnostic] {
    let reading = RulePackReader.read(SourceFile(path: "p.yaml", bytes: Array(pack.utf8))) {
      (path) throws(Diagnostic) in
      SourceFile(path: path, bytes: Array(model.utf8))
    }
    return reading.diagnostics + RuleCompiler.compile(reading).diagnostics
  }

  private func diagnostics(pack: String, model: String = "type: object\n") -> [String] {
    allDiagnostics(pack: pack, model: model).filter { $0.severity == .error }.map { diagnostic in
      let start = diagnostic.location?.region.start
      return "\(start?.line ?? 0):\(start?.column ?? 0) \(diagnostic.code)"
    }
  }

  private static func pack(_ schema: String) -> String {
    "requisite: 1\nname: p\nrules:\n  r:\n    given: $.a\n    then:\n      \(schema)\n"
  }

  private static let draft07 = "$schema: 'http://json-schema.org/draft-07/schema'"
  private static let draft2019 = "$schema: 'https://json-schema.org/draft/2019-09/schema'"

  @Test(arguments: [
    ("{ type: string, then: 3 }", "7:29 schema/wrong-type"),
    ("{ type: string, else: text }", "7:29 schema/wrong-type"),
    ("{ type: string, else: { minimun: 1 } }", "7:31 schema/unknown-keyword"),
    ("{ type: string, contentSchema: [] }", "7:23 schema/wrong-type"),
    ("{ type: string, contentSchema: { type: text } }", "7:46 schema/bad-value"),
    ("{ type: string, $defs: text }", "7:30 schema/wrong-type"),
    ("{ type: string, $defs: { d: 3 } }", "7:35 schema/wrong-type"),
    (
      "{ type: string, $defs: { d: { properties: { e: { maxLength: -1 } } } } }",
      "7:67 schema/wrong-type"
    ),
    ("{ type: string, definitions: { d: null } }", "7:41 schema/wrong-type"),
    ("{ \(draft2019), type: array, additionalItems: 3 }", "7:96 schema/wrong-type"),
    (
      "{ \(draft07), definitions: { d: true }, $ref: '#/definitions/d', maxLength: a }",
      "7:122 schema/wrong-type"
    ),
    (
      "{ \(draft07), definitions: { d: true }, $ref: '#/definitions/d', allOf: [ 3 ] }",
      "7:120 schema/wrong-type"
    ),
    (
      "{ \(draft07), $ref: 'http://json-schema.org/draft-07/schema', definitions: [] }",
      "7:108 schema/wrong-type"
    ),
  ])
  func areChecked(schema: String, expected: String) {
    #expect(diagnostics(pack: Self.pack(schema)) == [expected])
  }

  /// Beside `$ref` in draft-07, one warning says all.
  @Test func isWarnedOfOnce() {
    let schema =
      "{ \(Self.draft07), definitions: { d: true }, $ref: '#/definitions/d', if: { minimum: 1 } }"
    let all = allDiagnostics(pack: Self.pack(schema))
    #expect(all.filter { $0.code == "schema/useless" }.count == 1)
  }

  /// Annotations and names of schemas are written out: no parameter would be looked up for them.
  @Test(arguments: [
    ("{ type: string, title: { $param: p } }", "7:23 schema/wrong-type"),
    ("{ type: string, $defs: { $param: p } }", "7:23 schema/wrong-type"),
    ("{ type: string, $id: { $param: p } }", "7:23 schema/wrong-type"),
    ("{ type: string, $comment: { $param: p } }", "7:23 schema/wrong-type"),
    ("{ type: string, pattern: { $param: p } }", nil),
  ]) func takeNoParameters(schema: String, expected: String?) {
    let text = Self.pack(schema) + "parameters: { p: { type: string, default: a } }\n"
    #expect(diagnostics(pack: text) == (expected.map { [$0] } ?? []))
  }

  /// What is well formed stays without an error, also where it would refer to itself if it counted.
  @Test(arguments: [
    "{ type: string, then: { minLength: 1 } }", "{ type: string, contentSchema: true }",
    "{ type: string, $defs: { d: { $ref: '#' }, e: { x-own: 1 } } }",
    "{ \(draft2019), type: array, additionalItems: { type: string } }",
    "{ \(draft07), definitions: { d: true }, $ref: '#/definitions/d', anyOf: [ { $ref: '#' } ], minimum: 1 }",
  ])
  func areAllowed(schema: String) {
    #expect(diagnostics(pack: Self.pack(schema)) == [])
  }

  /// Models and the files that they refer to may have definitions for others.
  @Test(arguments: [
    "$defs: { d: { minimun: 1 } }", "else: { nullable: true }",
    "definitions: { d: { type: text } }",
  ])
  func areLeftToOthersInModels(model: String) {
    let text = "requisite: 1\nname: p\nrequest: { operation: O, schema: m.yaml }\n"
    #expect(diagnostics(pack: text, model: "type: object\n\(model)\n") == [])
  }
}
