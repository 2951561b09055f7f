import Documents
import Evaluation
import Findings
import Foundation
import RulePacks
import SourceText
import Testing

@testable import RuleCompilation

/// The rules that a model can fail with: derived from the compiled model, and known everywhere else.
struct ModelRuleTests {
  /// The keywords of a model's rules.
  private func keywords(_ model: String, _ others: [String: String] = [:]) throws -> [String] {
    let pack = "requisite: 1\nname: p\nrequest: { operation: O, schema: m.json }\n"
    let reading = RulePackReader.read(SourceFile(path: "p.yaml", bytes: Array(pack.utf8))) {
      (path) throws(Diagnostic) in
      SourceFile(path: path, bytes: Array((others[path] ?? model).utf8))
    }
    let compilation = RuleCompiler.compile(reading, checking: .none)
    #expect(compilation.diagnostics == [])
    return try #require(compilation.plan).modelKeywords
  }

  /// A model, and the keywords beside those that every model has.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var keywords: [String]

    init(_ model: String, _ keywords: [String]) {
      testDescription = model
      self.keywords = keywords
    }
  }

  @Test(arguments: [
    Case("{}", []),
    Case(#"{"not":{"const":1}}"#, ["not"]),
    Case(#"{"if":{"required":["a"]},"then":{"minProperties":2}}"#, ["minProperties"]),
    Case(#"{"anyOf":[{"maxLength":3},{"const":1}]}"#, ["anyOf"]),
    Case(#"{"oneOf":[{"maxLength":3},{"const":1}]}"#, ["oneOf"]),
    Case(#"{"allOf":[{"maxLength":3},{"const":1}]}"#, ["const", "maxLength"]),
    Case(#"{"contains":{"const":1}}"#, ["contains"]),
    Case(#"{"contains":{"const":1},"minContains":2}"#, ["minContains"]),
    Case(#"{"contains":{"const":1},"minContains":0,"maxContains":2}"#, ["maxContains"]),
    Case(#"{"properties":{"a":false}}"#, ["false"]),
    Case(#"{"properties":{"a":{"format":"date"}}}"#, ["format"]),
    Case(#"{"properties":{"a":{"format":"int32"}}}"#, []),
    Case(#"{"additionalProperties":false}"#, ["additionalProperties"]),
    Case(#"{"additionalProperties":{"maximum":3}}"#, ["maximum"]),
    Case(#"{"patternProperties":{"a":{"exclusiveMaximum":3}}}"#, ["exclusiveMaximum"]),
    Case(#"{"propertyNames":{"maxLength":3}}"#, ["maxLength"]),
    Case(#"{"prefixItems":[{"minimum":1}],"items":false}"#, ["items", "minimum"]),
    Case(#"{"prefixItems":[true],"unevaluatedItems":false}"#, ["unevaluatedItems"]),
    Case(#"{"unevaluatedProperties":{"maxItems":1}}"#, ["maxItems"]),
    Case(#"{"dependentRequired":{"a":["b"]}}"#, ["dependentRequired"]),
    Case(#"{"dependentSchemas":{"a":{"required":["b"]}}}"#, ["required"]),
    Case(
      #"{"contentMediaType":"application/json","contentSchema":{"required":["a"]}}"#,
      ["contentMediaType", "required"]),
    Case(#"{"contentEncoding":"base64"}"#, ["contentEncoding"]),
    Case(#"{"exactlyOneOf":["a","b"],"maxTotalBytes":3}"#, ["exactlyOneOf", "maxTotalBytes"]),
    Case(
      ##"{"$ref":"#/$defs/a","$defs":{"a":{"uniqueItems":true,"items":{"$ref":"#/$defs/a"}},"b":{"minBytes":1}}}"##,
      ["uniqueItems"]),
  ])
  func modelHasTheRulesThatItCanFailWith(_ example: Case) throws {
    let expected = Set(example.keywords + ["casing", "limit", "type"])
    #expect(try keywords(example.testDescription) == expected.sorted())
  }

  @Test func referencedFilesCount() throws {
    let keywords = try keywords(
      #"{"properties":{"a":{"$ref":"other.json"}}}"#, ["other.json": #"{"multipleOf":2}"#])
    #expect(keywords == ["casing", "limit", "multipleOf", "type"])
  }

  @Test func detectAndRulesOfThePackAreNoModel() throws {
    let pack = """
      requisite: 1
      name: p
      request: { operation: O, detect: { required: [a] } }
      rules: { r: { given: $.a, then: { maxLength: 3 } } }
      """
    let reading = RulePackReader.read(SourceFile(path: "p.yaml", bytes: Array(pack.utf8))) {
      (path) throws(Diagnostic) in throw Diagnostic("test/none", "no file \(path)")
    }
    let plan = try #require(RuleCompiler.compile(reading).plan)
    #expect(plan.modelKeywords == ["limit"])
  }

  // MARK: - The lists

  /// Keywords that have no findings of their own: annotations, and those whose schemas have findings.
  private static let silent: Set<String> = [
    "$schema", "$id", "$anchor", "$dynamicAnchor", "$comment", "$vocabulary", "$defs",
    "definitions", "$recursiveAnchor", "$ref", "$dynamicRef", "$recursiveRef", "allOf", "if",
    "then", "else", "dependentSchemas", "prefixItems", "properties", "patternProperties",
    "propertyNames", "dependencies", "contentSchema", "title", "description", "default",
    "deprecated", "readOnly", "writeOnly", "examples",
  ]

  @Test func everyKeywordIsARuleOrSilent() {
    let rules = Set(ModelRule.all.map(\.keyword))
    #expect(rules.count == ModelRule.all.count)
    let keywords = Set(KeywordList.all.map(\.name))
    #expect(keywords.subtracting(Self.silent) == rules.subtracting(["casing", "limit", "false"]))
    #expect(Self.silent.isSubset(of: keywords))
  }

  @Test func publishedSchemaHasEveryKeyword() throws {
    let schema = try #require(FormatSchemas.file(named: "pack"))
    let place = try #require(
      JSONPointer("/$defs/schema/properties").flatMap { schema.document.node(at: $0) })
    let published = schema.document.members(of: place).map { schema.document.text(of: $0.name) }
    #expect(Set(published) == Set(KeywordList.all.map(\.name)).union(["$param"]))
  }

  @Test func docsHaveEveryKeywordOfOurOwn() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/requisite/Documentation.docc/Rule-Pack-Format.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
      .map { $0.split(separator: "|")[0] }
    let named = Set(rows.flatMap { $0.split(separator: "`") }.map(String.init))
    for keyword in KeywordList.all where keyword.vocabulary == .requisite {
      #expect(named.contains(keyword.name), "\(keyword.name)")
    }
  }
}
