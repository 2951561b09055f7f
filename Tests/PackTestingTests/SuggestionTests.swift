import Reporting
import Findings
import PackTesting
import RulePacks
import SourceText
import Testing

/// Which examples are suggested for changes that no example notices.
struct SuggestionTests {
  /// The survivors of a pack's rules as `change | side: request`.
  private func survivors(_ pack: String, model: String? = nil) throws -> [String] {
    let reading = RulePackReader.read(SourceFile(path: "pack.yaml", bytes: Array(pack.utf8))) {
      (path) throws(Diagnostic) in
      guard let model else { throw Diagnostic("pack/unreadable", "no file '\(path)'") }
      return SourceFile(path: path, bytes: Array(model.utf8))
    }
    #expect(reading.diagnostics.map(\.message) == [])
    let suite = try Packs.suite(of: try #require(reading.pack))
    return suite.rules.flatMap { $0.mutation?.survivors ?? [] }.map { survivor in
      let suggestion = survivor.suggestion.map { "\($0.side.rawValue): \($0.request)" }
      return "\(survivor.change) | \(suggestion ?? "nothing")"
    }
  }

  @Test func valuesInEmbeddedJSONAreTried() throws {
    let found = try survivors(
      Packs.withRule(
        """
        given: $.v
        then: { contentMediaType: application/json, contentSchema: { type: object, properties: { n: { minimum: 3 } } } }
        examples: { pass: [ { v: '{"n":5}' } ], fail: [ { v: '{"n":0}' } ] }
        """))
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { !$0.hasSuffix("| nothing") }, "\(found)")
    #expect(found.contains { $0.hasPrefix("without type") }, "\(found)")
    #expect(found.contains { $0.hasPrefix("minimum: 3 → 4") }, "\(found)")
  }

  @Test func valuesInBase64AreTried() throws {
    // The string holds {"n":5}, and the other one {"n":0}.
    let found = try survivors(
      Packs.withRule(
        """
        given: $.v
        then: { contentEncoding: base64, contentMediaType: application/json, contentSchema: { properties: { n: { minimum: 3 } } } }
        examples: { pass: [ { v: eyJuIjo1fQ== } ], fail: [ { v: eyJuIjowfQ== } ] }
        """))
    #expect(
      found.contains { $0.hasPrefix("minimum: 3 → 4") && !$0.hasSuffix("nothing") }, "\(found)")
  }

  private static let model = """
    type: object
    properties:
      blocks:
        type: object
        additionalProperties: { type: object, required: [t], properties: { t: { type: string } } }
      size: { type: integer, minimum: 0, maximum: 100 }
    """

  @Test func suggestionsAreRequestsThatTheModelAllows() throws {
    let pack = """
      requisite: 1
      name: p
      request: { operation: O, schema: m.yaml }
      rules:
        r:
          given: $.blocks.*
          then: { type: object, required: [t] }
          examples: { pass: [ { blocks: { a: { t: x } } } ], fail: [ { blocks: { a: {} } } ] }
        s:
          given: $.size
          then: { maximum: 50 }
          examples: { pass: [ { size: 1 } ], fail: [ { size: 99 } ] }
      """
    let found = try survivors(pack, model: Self.model)
    // Whatever tells the first rule from its mutants is against the model.
    #expect(found.filter { $0.hasPrefix("without type") }.allSatisfy { $0.hasSuffix("| nothing") })
    #expect(found.contains("maximum: 50 → 51 | fail: size: 51"), "\(found)")
    #expect(found.contains("maximum: 50 → 49 | pass: size: 50"), "\(found)")
  }
}
