import Documents
import Foundation
import Reporting
import RuleCompilation
import RulePacks
import SourceText
import TestSupport
import Testing

/// The schemas that editors are given: complete, and the same in the program, the repository and both drafts.
struct PublishedSchemaTests {
  private static let folder = "Sources/CBuiltInPacks/schemas"
  private static let address =
    "https://raw.githubusercontent.com/requisite-dev/requisite/main/\(folder)/"

  private static func fileName(of name: String) -> String {
    "\(name == "config" ? "configuration" : name).schema.json"
  }

  private static func schema(
    _ name: String, _ draft: FormatSchemas.Draft = .draft2020
  ) throws -> JSON {
    JSON(of: try #require(FormatSchemas.file(named: name, draft: draft)).document)
  }

  @Test func eachFormatHasOne() {
    #expect(FormatSchemas.names == ["pack", "config", "ignore", "baseline", "report"])
    #expect(FormatSchemas.source(named: "packs") == nil)
  }

  @Test(arguments: FormatSchemas.names, [FormatSchemas.Draft.draft2020, .draft07])
  func isWhatTheRepositoryHas(name: String, draft: FormatSchemas.Draft) throws {
    let path = (draft == .draft07 ? "draft-07/" : "") + Self.fileName(of: name)
    let source = try #require(FormatSchemas.source(named: name, draft: draft))
    let file = repository.appending(path: "\(Self.folder)/\(path)")
    #expect(try source.bytes == Array(Data(contentsOf: file)))
    #expect(
      JSON(of: document(source.bytes, path: source.path).document)["$id"]
        == .string(Self.address + path))
    // Nothing stands twice in it.
    #expect(PackFile.read(source).reading.errors == [])
  }

  @Test(arguments: FormatSchemas.names, [FormatSchemas.Draft.draft2020, .draft07])
  func satisfiesItsMetaSchema(name: String, draft: FormatSchemas.Draft) throws {
    let uri = (draft == .draft07 ? Draft.draft7 : .draft2020).rawValue
    let meta = StandaloneSchema.compile(try #require(BuiltInSchemas.file(at: uri)), uri: uri)
    let schema = try #require(FormatSchemas.file(named: name, draft: draft))
    #expect(meta.failures(of: .root, in: schema.document) == [])
    _ = try TestSchema(name, draft: draft)
  }

  /// The files for draft-07 are made from the others; `RECORD_GOLDENS=1` writes them.
  @Test(arguments: FormatSchemas.names) func draft07IsCurrent(name: String) throws {
    let file = repository.appending(path: "\(Self.folder)/\(Self.fileName(of: name))")
    let source = document(try Data(contentsOf: file), path: file.path).document
    let converted = try Draft07.schema(JSON(of: source))
    try expectGolden(
      converted.bytes(.indented) + [UInt8(ascii: "\n")],
      at: repository.appending(path: "\(Self.folder)/draft-07/\(Self.fileName(of: name))"))
  }

  // MARK: - Descriptions

  /// Each member of each format is described, where it is declared or where that refers to.
  @Test(arguments: FormatSchemas.names, [FormatSchemas.Draft.draft2020, .draft07])
  func everyMemberIsDescribed(name: String, draft: FormatSchemas.Draft) throws {
    let schema = try Self.schema(name, draft)
    var walk = Descriptions(root: schema)
    walk.visit(schema, "#", described: [])
    #expect(walk.missing == [])
    #expect(walk.count >= (name == "pack" ? 140 : 8))
    for text in [schema["title"]?.text, schema["description"]?.text] {
      #expect(text?.isEmpty == false)
    }
  }

  @Test(
    arguments: [
      (#"{"properties": {"a": {"type": "string"}}}"#, ["#/properties/a"]),
      (#"{"properties": {"a": {"description": "A."}}}"#, []),
      (
        ##"{"properties": {"a": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"description": "A."}}}"##,
        []
      ),
      (
        ##"{"properties": {"a": {"$ref": "#/$defs/a"}}, "$defs": {"a": {}}}"##,
        ["#/$defs/a", "#/properties/a"]
      ),
      (#"{"properties": {"a": {"description": "a."}}}"#, ["#/properties/a: a."]),
      (#"{"properties": {"a": {"description": "A"}}}"#, ["#/properties/a: A"]),
      (#"{"additionalProperties": {"type": "string"}}"#, ["#/additionalProperties"]),
      (#"{"anyOf": [{"properties": {"a": true}}]}"#, ["#/anyOf/0/properties/a"]),
      (
        #"{"properties": {"a": {"description": "A."}}, "if": {"properties": {"a": {"const": 1}}}}"#,
        []
      ),
      (#"{"items": {"properties": {"b": {}}}}"#, ["#/items/properties/b"]),
    ] as [(String, [String])]) func descriptionsAreMissed(schema: String, missing: [String])
  {
    let schema = JSON(of: document(schema.utf8, path: "a.json").document)
    var walk = Descriptions(root: schema)
    walk.visit(schema, "#", described: [])
    #expect(walk.missing.sorted() == missing)
  }

  /// The walk through a schema.
  private struct Descriptions {
    let root: JSON
    var missing: [String] = []
    var count = 0

    /// Visits a schema; `described` are the members that schemas around it, for the same value, describe.
    mutating func visit(_ schema: JSON, _ place: String, described: Set<String>) {
      var described = described
      // What refines members that are described elsewhere adds no hover text.
      for member in schema["properties"]?.members ?? [] where !described.contains(member.name) {
        require(member.value, "\(place)/properties/\(member.name)")
      }
      described.formUnion(schema["properties"]?.members.map(\.name) ?? [])
      for keyword in ["patternProperties", "$defs", "definitions"] {
        for member in schema[keyword]?.members ?? [] {
          require(member.value, "\(place)/\(keyword)/\(member.name)")
        }
      }
      if case .object? = schema["additionalProperties"] {
        require(schema["additionalProperties"] ?? .null, "\(place)/additionalProperties")
      }
      for member in schema.members {
        let inside = "\(place)/\(member.name)"
        switch member.name {
        case "properties", "patternProperties", "$defs", "definitions":
          for entry in member.value.members {
            visit(entry.value, "\(inside)/\(entry.name)", described: [])
          }
        case "allOf", "anyOf", "oneOf":
          for (index, entry) in member.value.elements.enumerated() {
            visit(entry, "\(inside)/\(index)", described: described)
          }
        case "then", "else": visit(member.value, inside, described: described)
        case "items", "contains", "additionalProperties", "propertyNames":
          visit(member.value, inside, described: [])
        default: break
        }
      }
    }

    /// Notes a member without a description, or with one that is no sentence.
    private mutating func require(_ schema: JSON, _ place: String) {
      count += 1
      guard let text = description(of: schema) else {
        missing.append(place)
        return
      }
      if text.first?.isLowercase ?? true && !startsWithName(text) || text.last != "." {
        missing.append("\(place): \(text)")
      }
    }

    /// Whether a sentence begins with a name or value, which keeps its spelling.
    private func startsWithName(_ text: String) -> Bool {
      text.hasPrefix("true ")
    }

    private func description(of schema: JSON) -> String? {
      if let text = schema["description"]?.text { return text }
      let references = [schema["$ref"]] + (schema["allOf"]?.elements ?? []).map { $0["$ref"] }
      return references.lazy.compactMap { $0?.text }.compactMap {
        root.value(at: String($0.dropFirst(2)))?["description"]?.text
      }.first
    }
  }

  // MARK: - Words

  /// Every address of a schema in the documentation is one that a schema has.
  @Test func pagesNameTheSchemasByTheirAddresses() throws {
    var known: Set<String> = []
    for name in FormatSchemas.names {
      for draft in [FormatSchemas.Draft.draft2020, .draft07] {
        known.insert(try #require(Self.schema(name, draft)["$id"]?.text))
      }
    }
    var found: Set<String> = []
    let root = repository.appending(path: "Sources/requisite/Documentation.docc")
    for page in try FileManager.default.contentsOfDirectory(atPath: root.path)
    where page.hasSuffix(".md") {
      let text = try String(contentsOf: root.appending(path: page), encoding: .utf8)
      for part in text.components(separatedBy: "https://").dropFirst() {
        let address = "https://" + part.prefix { !"\")\n ]".contains($0) }
        if address.hasPrefix(Self.address) { found.insert(address) }
      }
    }
    #expect(found.subtracting(known) == [])
    #expect(found.count >= 7)
    #expect(known.contains(PackTemplate.schemaAddress))
  }

  /// Editors complete the program's own words.
  @Test func listsTheFormatsOfReports() throws {
    let formats = try Self.schema("config").value(at: "/$defs/report/examples")?.elements
    #expect(formats?.map(\.text) == ReportFormat.allCases.map(\.rawValue))
  }
}
