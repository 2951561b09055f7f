import Documents
import Evaluation
import Findings
import Foundation
import RulePacks
import SourceText
import TestSupport
import Testing

@testable import RuleCompilation

/// Each keyword's declaration is complete, what it says holds, and what is published says the same.
struct KeywordTableTests {
  /// The keywords that assert something, alone or with others.
  private static let asserting = KeywordList.all.filter { !$0.cases().isEmpty }

  // MARK: - The declarations

  /// A keyword without cases asserts nothing: it is a note or a name, or another one takes it up.
  @Test(arguments: KeywordList.all.map(\.name))
  func declarationIsComplete(name: String) throws {
    let keyword = try #require(Keyword.named(name))
    let isSilent =
      keyword.isAnnotation || keyword.vocabulary == .core || keyword.name == "contentSchema"
      || ["then", "else"].contains(keyword.name)
    #expect(!keyword.cases().isEmpty || isSilent)
    #expect(keyword.rule == nil || !keyword.cases().isEmpty)
    #expect(keyword.rule == nil || keyword.rule?.summary.hasSuffix(".") == true)
    #expect(keyword.rule == nil || keyword.rule?.help.hasSuffix(".") == true)
    #expect(keyword.summary.hasSuffix("."))
    for other in keyword.needs { #expect(Keyword.named(other) != nil, "\(other)") }
    // What fails by itself is changed by mutations, or the schemas in it are.
    if keyword.rule != nil {
      switch (keyword.mutation, keyword.subschemas) {
      case (.none, .none): Issue.record("\(name) has no mutations")
      default: break
      }
    }
    switch keyword.mutation {
    case .presence(let others): for other in others { #expect(Keyword.named(other) != nil) }
    case .alternatives(let other?): #expect(Keyword.named(other) != nil)
    default: break
    }
  }

  @Test func namesAreUnique() {
    #expect(Set(KeywordList.all.map(\.name)).count == KeywordList.all.count)
  }

  // MARK: - The cases

  /// Compiles a case's schema; what is strange in it is an error.
  private static func compile(_ schema: String) -> StandaloneSchema {
    var options = StandaloneSchema.Options()
    options.isStrict = true
    options.assertsFormats = true
    options.assertsContents = true
    let file = PackFile.read(SourceFile(path: "case.json", bytes: Array(schema.utf8))).file
    return StandaloneSchema.compile(file, uri: "test:/case.json", options: options)
  }

  /// The keywords that a value fails by; nil where it satisfies the schema.
  private static func failures(_ json: String, _ schema: StandaloneSchema) -> Set<String>? {
    let document = JSONReader.read(Array(json.utf8)).document
    let request = Request(document, bindingNamesTo: schema.plan.program.symbols)
    var checker = SchemaChecker(plan: schema.plan)
    if checker.holds(schema.schema, .root, in: request) { return nil }
    var explanation = Explanation(values: ValueText(sensitive: [], in: request))
    checker.explain(schema.schema, .root, in: request, into: &explanation)
    for failure in explanation.failures { #expect(!failure.message.isEmpty) }
    return Set(explanation.failures.map(\.keyword))
  }

  @Test(arguments: asserting.map(\.name))
  func casesHold(name: String) throws {
    let keyword = try #require(Keyword.named(name))
    for example in keyword.cases() {
      #expect(example.schema.contains("\"\(name)\":"))
      #expect(!example.valid.isEmpty && !example.invalid.isEmpty)
      let schema = Self.compile(example.schema)
      #expect(schema.diagnostics.filter { $0.severity == .error } == [])
      for value in example.valid { #expect(Self.failures(value, schema) == nil, "\(value)") }
      let expected = example.fails.isEmpty ? [name] : Set(example.fails)
      var found: Set<String> = []
      for value in example.invalid {
        let keywords = Self.failures(value, schema)
        #expect(keywords?.isSubset(of: expected) ?? false, "\(value): \(keywords ?? [])")
        found.formUnion(keywords ?? [])
      }
      #expect(found == expected)
      // Findings of a request come under rules that 'explain' and SARIF know.
      #expect(found.isSubset(of: schema.plan.keywords(ofFailuresOf: schema.schema)))
      for keyword in found { #expect(ModelRule.byKeyword[keyword] != nil, "\(keyword)") }
    }
  }

  /// A keyword with a rule fails by itself in one of its cases.
  @Test(arguments: asserting.filter { $0.rule != nil }.map(\.name))
  func ruleIsOfTheKeyword(name: String) throws {
    let keyword = try #require(Keyword.named(name))
    #expect(keyword.cases().contains { $0.fails.isEmpty || $0.fails.contains(name) })
  }

  /// Values of other types are not what a keyword is about.
  @Test(arguments: asserting.filter { !$0.types.isEmpty }.map(\.name))
  func typesAreThoseOfTheCases(name: String) throws {
    let keyword = try #require(Keyword.named(name))
    for example in keyword.cases() where example.fails.isEmpty {
      let schema = JSONReader.read(Array(example.schema.utf8)).document
      guard schema.value(named: name, in: .root) != nil else { continue }
      for value in example.invalid {
        let document = JSONReader.read(Array(value.utf8)).document
        let type: TypeSet =
          switch document.kind(of: .root) {
          case .number: [.number, .integer]
          case .string: .string
          case .array: .array
          case .object: .object
          default: []
          }
        #expect(!keyword.types.isDisjoint(with: type), "\(value)")
      }
    }
  }

  // MARK: - What is published

  /// The published schema of packs has each keyword with the form of its value and its summary.
  ///
  /// With `RECORD_GOLDENS` in the environment the keywords of the file are written anew; the test then
  /// fails, so that recording cannot hide.
  @Test func publishedSchemaIsThatOfTheTable() throws {
    let file = repository.appending(path: "Sources/CBuiltInPacks/schemas/pack.schema.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    let head = "\n    \"schema\": {\n"
    let start = try #require(text.range(of: head)).upperBound
    let from = try #require(
      text.range(of: "\n      \"properties\": {\n", range: start..<text.endIndex))
    let to = try #require(
      text.range(of: "        \"$param\": {\n", range: from.upperBound..<text.endIndex))
    let actual = KeywordList.all.map { Self.entry(of: $0) }.joined()
    let found = String(text[from.upperBound..<to.lowerBound])
    guard found != actual else { return }
    if isRecordingGoldens {
      let recorded = text.replacingCharacters(in: from.upperBound..<to.lowerBound, with: actual)
      try Data(recorded.utf8).write(to: file)
    }
    Issue.record(
      "pack.schema.json differs from the table of keywords; RECORD_GOLDENS=1 writes it")
  }

  /// A keyword's member of the published schema.
  private static func entry(of keyword: Keyword) -> String {
    var summary = keyword.summary
    if !keyword.drafts.contains(.draft2020) {
      let drafts = Draft.allCases.filter(keyword.drafts.contains).map(\.name)
      summary = "\(summary.dropLast()) (\(drafts.joined(separator: ", ")))."
    }
    let form = keyword.value.schema.map { ", \($0)" } ?? ""
    let member = "{\"\(keyword.name)\": {\"description\": \"\(summary)\"\(form)}}"
    let document = JSONReader.read(Array(member.utf8)).document
    var writer = JSONWriter(.indented)
    var output: [UInt8] = []
    write(.root, in: document, with: &writer, into: &output)
    // The members of an object, two levels deeper.
    return String(decoding: output, as: UTF8.self).split(separator: "\n").dropFirst().dropLast()
      .map { "      \($0)" }.joined(separator: "\n") + ",\n"
  }

  private static func write(
    _ node: NodeID, in document: Document, with writer: inout JSONWriter, into output: inout [UInt8]
  ) {
    switch document.kind(of: node) {
    case .object:
      writer.beginObject(into: &output)
      for member in document.members(of: node) {
        writer.name(document.text(of: member.name), into: &output)
        write(member.value, in: document, with: &writer, into: &output)
      }
      writer.endObject(into: &output)
    case .array:
      writer.beginArray(into: &output)
      for element in document.elements(of: node) {
        write(element, in: document, with: &writer, into: &output)
      }
      writer.endArray(into: &output)
    default:
      let range = document.range(of: node)
      writer.value(
        verbatim: Array(document.source[range.lowerBound..<range.upperBound]), into: &output)
    }
  }

  /// The documentation's table of our own keywords is the table here.
  @Test func documentationHasTheKeywordsOfOurOwn() throws {
    let page = repository.appending(
      path: "Sources/requisite/Documentation.docc/Rule-Pack-Format.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let head = "| keyword | type | requirement |\n| --- | --- | --- |\n"
    let from = try #require(text.range(of: head)).upperBound
    let to = try #require(text.range(of: "\n\n", range: from..<text.endIndex)).lowerBound
    let rows = KeywordList.all.filter { $0.vocabulary == .requisite }.map { keyword in
      let types = TypeSet.named.filter { keyword.types.contains($0.type) }.map(\.name)
      return "| `\(keyword.name)` | \(types.joined(separator: ", ")) | \(keyword.summary) |"
    }
    let actual = rows.joined(separator: "\n")
    guard text[from..<to] != actual else { return }
    if isRecordingGoldens {
      try Data(text.replacingCharacters(in: from..<to, with: actual).utf8).write(to: page)
    }
    Issue.record(
      "Rule-Pack-Format.md differs from the table of keywords; RECORD_GOLDENS=1 writes it")
  }
}

extension Keyword.ValueForm {
  /// The rest of a member of the published schema, in JSON.
  fileprivate var schema: String? {
    let types =
      #"{"enum": ["null", "boolean", "object", "array", "number", "string", "integer"]}"#
    let list = #""type": "array", "items": {"type": "string"}"#
    let names = "{\(list)}"
    let schema = ##"{"$ref": "#/$defs/schema"}"##
    let schemas = "{\"type\": \"array\", \"items\": \(schema)}"
    let byName = "\"type\": \"object\", \"additionalProperties\""
    func described(_ text: String) -> String { "\"description\": \"\(text)\"" }
    func orParameter(_ forms: String...) -> String {
      let all = forms + [##"{"$ref": "#/$defs/parameterUse"}"##]
      return "\"anyOf\": [\(all.joined(separator: ", "))]"
    }
    switch self {
    case .anything: return nil
    case .plainString: return #""type": "string""#
    case .plainBoolean: return #""type": "boolean""#
    case .plainList: return #""type": "array""#
    case .plainMapping: return #""type": "object""#
    case .types: return orParameter(types, "{\"type\": \"array\", \"items\": \(types)}")
    case .number: return orParameter(#"{"type": "number"}"#)
    case .count: return orParameter(#"{"type": "integer", "minimum": 0}"#)
    case .string: return orParameter(#"{"type": "string"}"#)
    case .boolean: return orParameter(#"{"type": "boolean"}"#)
    case .format:
      let formats = Keyword.formats.map { "\"\($0)\"" }.joined(separator: ", ")
      return orParameter("{\"enum\": [\(formats)]}")
    case .values: return orParameter(#"{"type": "array"}"#)
    case .names: return orParameter(names)
    case .namesByName:
      return orParameter(
        "{\(byName): {\(described("The names of the members that this one requires.")), \(list)}}")
    case .schema: return ##""$ref": "#/$defs/schema""##
    case .schemas: return orParameter(schemas)
    case .schemaOrSchemas: return "\"anyOf\": [\(schema), \(schemas)]"
    case .schemasByName, .schemasByPattern: return orParameter("{\(byName): \(schema)}")
    case .definitions: return "\(byName): \(schema)"
    case .dependencies:
      let text = described("The names of the members that this one requires, or a schema.")
      return orParameter("{\(byName): {\(text), \"anyOf\": [\(schema), \(names)]}}")
    }
  }
}
