import Foundation
import RequisiteConfiguration
import RulePacks
import TestSupport
import Testing

/// The schema of configurations that is compiled with the program is what compiling it now would give.
struct CompiledSchemaTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/CBuiltInPacks/compiled/configuration-schema.bin").standardized

  /// With `RECORD_GOLDENS=1` the file is written anew; the program has to be built again after that.
  @Test func fileIsCurrent() throws {
    let bytes = try #require(ConfigurationReader.compiledSchemaBytes())
    try expectGolden(bytes, at: Self.file)
    #expect(
      FormatSchemas.compiledConfigurationSchema == bytes,
      "the file has changed since the program was built")
  }
}
