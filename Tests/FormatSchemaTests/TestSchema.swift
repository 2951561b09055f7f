import Documents
import Findings
import RuleCompilation
import RulePacks
import SourceText
import Testing

/// A published schema, compiled.
struct TestSchema {
  private let schema: StandaloneSchema

  /// Compiles a schema, or a definition in it.
  init(
    _ name: String, draft: FormatSchemas.Draft = .draft2020, definition: String? = nil
  ) throws {
    let file = try #require(FormatSchemas.file(named: name, draft: draft))
    let address = try #require(JSON(of: file.document)["$id"]?.text)
    var options = StandaloneSchema.Options()
    options.isStrict = true
    // As editors do.
    options.assertsFormats = true
    guard let definition else {
      schema = StandaloneSchema.compile(file, uri: address, options: options)
      #expect(schema.diagnostics.map(\.message) == [])
      return
    }
    let list = draft == .draft07 ? "definitions" : "$defs"
    let reference = JSON.object([
      .init(name: "$ref", value: .string("\(address)#/\(list)/\(definition)"))
    ])
    let source = SourceFile(path: "reference.json", bytes: reference.bytes())
    schema = StandaloneSchema.compile(
      PackFile.read(source).file, uri: "test:/reference", registry: [address: file],
      options: options)
    #expect(schema.diagnostics.map(\.message) == [])
  }

  /// What a document fails by; none where it satisfies the schema.
  func failures(of document: Document) -> [String] {
    schema.failures(of: .root, in: document)
  }
}

/// Reads a text as the program does: as JSON where the name ends in `.json`, else as YAML.
func document(_ text: some Sequence<UInt8>, path: String = "file.yaml") -> (
  document: Document, isWellFormed: Bool
) {
  let (file, reading) = PackFile.read(SourceFile(path: path, bytes: Array(text)))
  return (file.document, reading.errors.isEmpty && !file.document.isEmpty)
}
