import RequisiteConfiguration
import Documents
import Findings
import Foundation
import RequestDecoding
import RuleCompilation
import RulePacks
import SourceText
import TestSupport
import Testing

/// The schema that editors are given and the reader goes by.
struct ConfigurationSchemaTests {
  private func schema() throws -> PackFile {
    try #require(FormatSchemas.file(named: ConfigurationReader.schemaName))
  }

  /// The texts of a list in the schema.
  private func texts(_ pointer: String) throws -> [String] {
    let document = try schema().document
    let node = try #require(JSONPointer(pointer).flatMap { document.node(at: $0) })
    return document.elements(of: node).map { document.text(of: $0) }
  }

  @Test func isASoundSchema() throws {
    var options = StandaloneSchema.Options()
    options.isStrict = true
    let compiled = StandaloneSchema.compile(
      try schema(), uri: "requisite:config", options: options)
    #expect(compiled.diagnostics.isEmpty)
  }

  @Test func holdsTheBytesOfItsFile() throws {
    let file = repository.appending(
      path: "Sources/CBuiltInPacks/schemas/configuration.schema.json")
    #expect(try schema().source.bytes == Array(Data(contentsOf: file)))
    #expect(FormatSchemas.names.contains(ConfigurationReader.schemaName))
    #expect(FormatSchemas.file(named: "confi") == nil)
  }

  /// A suppression is the same, whichever file it stands in.
  @Test func suppressionsAreThoseOfTheirOwnFile() throws {
    func definition(_ file: PackFile, _ name: String) throws -> [UInt8] {
      let document = file.document
      let node = try #require(
        JSONPointer("/$defs/\(name)").flatMap { document.node(at: $0) })
      let range = document.range(of: node)
      return file.source.bytes[range.lowerBound..<range.upperBound].filter { $0 > 0x20 }
    }
    let other = try #require(FormatSchemas.file(named: "ignore"))
    for name in ["suppression", "text"] {
      #expect(try definition(schema(), name) == definition(other, name))
    }
  }

  /// What the schema lets pass is what the program knows.
  @Test func listsTheProgramsOwnWords() throws {
    #expect(try texts("/$defs/casing/enum") == Casing.allCases.map(\.rawValue))
    #expect(try texts("/$defs/failOn/enum") == FailureThreshold.allCases.map(\.rawValue))
    #expect(
      try texts("/$defs/rules/additionalProperties/enum")
        == RulePack.RuleSeverity.allCases.map(\.rawValue))
  }
}
