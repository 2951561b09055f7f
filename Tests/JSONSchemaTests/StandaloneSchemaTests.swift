import Documents
import RuleCompilation
import RulePacks
import SourceText
import TestSupport
import Testing

/// Meta-schemas, references among files, and mistakes in schemas.
struct StandaloneSchemaTests {
  @Test(arguments: BuiltInSchemas.uris)
  func metaSchemaGoesByItsIdentifier(uri: String) throws {
    let file = try #require(BuiltInSchemas.file(at: uri))
    let id = try #require(file.document.value(named: "$id", in: .root))
    #expect(file.document.text(of: id) == uri + (uri.contains("draft-07") ? "#" : ""))
    // Each is a schema by the meta-schema of its draft.
    let dialect = try #require(file.document.value(named: "$schema", in: .root))
    let schema = TestSchema(#"{"$ref": "\#(file.document.text(of: dialect))"}"#.utf8)
    #expect(schema.mistakes == [])
    #expect(schema.holds(file.source.bytes) == true)
    #expect(schema.holds(#"{"properties": 3}"#.utf8) == false)
  }

  @Test func allMetaSchemasAreThere() {
    #expect(BuiltInSchemas.uris.count == 17)
    #expect(BuiltInSchemas.file(at: "https://json-schema.org/draft/2020-12/schem") == nil)
  }

  @Test func aReferenceLeadsToAFileOfTheRegistryOnly() {
    let file = PackFile.read(
      SourceFile(path: "other.json", bytes: Array(#"{"$anchor": "n", "minimum": 3}"#.utf8)))
    let text = #"{"$ref": "other.json#n"}"#
    let known = TestSchema(
      text.utf8, uri: "pack:/a/schema.json", registry: ["pack:/a/other.json": file.file])
    #expect(known.mistakes == [])
    #expect(known.holds("2".utf8) == false)
    #expect(known.holds("3".utf8) == true)
    let unknown = TestSchema(text.utf8, uri: "pack:/a/schema.json").standalone.diagnostics
    #expect(unknown.count == 1)
    expectMessages(unknown.map(\.goldenLine), of: "a reference to a file that is not there")
  }

  /// Anchors that are canonically equivalent are different anchors.
  @Test func anchorsCompareByCodePoints() {
    let schema = TestSchema(
      ##"{"anyOf": [{"$ref": "#\##u{E9}"}], "$defs": {"a": {"$anchor": "e\##u{301}"}}}"##.utf8)
    #expect(schema.mistakes.count == 1)
  }

  /// A combining mark makes one character with the delimiter before it, but not one byte.
  @Test func pointersAreTakenApartByCodePoints() {
    let schema = TestSchema(
      ##"{"$ref": "#/\##u{301}x/\##u{301}", "\##u{301}x": {"\##u{301}": {"type": "string"}}}"##.utf8
    )
    #expect(schema.mistakes == [])
    #expect(schema.holds("1".utf8) == false)
  }

  @Test(arguments: [
    #"{"$schema": "https://json-schema.org/draft/2020-21/schema"}"#,
    #"{"$schema": "http://json-schema.org/draft-04/schema#"}"#,
    #"{"$schema": "urn:mine"}"#,
    #"{"contentEncoding": "rot13"}"#,
    #"{"minimun": 3}"#,
    ##"{"$ref": "#/$defs/pont", "$defs": {"point": {}}}"##,
    ##"{"$ref": "#"}"##,
    #"{"type": "strin"}"#,
    #"{"multipleOf": 0}"#,
    #"{"minLength": 1.5}"#,
  ])
  func reportsErrors(schema text: String) {
    var options = StandaloneSchema.Options()
    options.isStrict = true
    options.assertsContents = true
    let metaSchema = PackFile.read(
      SourceFile(
        path: "mine.json", bytes: Array(#"{"$vocabulary": {"urn:vocabulary": true}}"#.utf8)))
    let schema = TestSchema(
      text.utf8, registry: ["urn:mine": metaSchema.file], options: options)
    #expect(schema.mistakes.count == 1)
    expectMessages(schema.standalone.diagnostics.map(\.goldenLine), of: text)
  }

  @Test(arguments: [
    "http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft-07/schema",
  ])
  func aSchemaIsReadByTheDraftThatItDeclares(dialect: String) {
    // Before 2019-09 nothing beside a reference counted.
    let schema = TestSchema(
      ##"{"$schema": "\##(dialect)", "properties": {"a": {"$ref": "#/definitions/s", "minLength": 9}}, "definitions": {"s": {"type": "string"}}}"##
        .utf8)
    #expect(schema.mistakes == [])
    #expect(schema.holds(#"{"a": "b"}"#.utf8) == true)
    #expect(schema.holds(#"{"a": 1}"#.utf8) == false)
  }
}
