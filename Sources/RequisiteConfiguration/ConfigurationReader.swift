import Documents
import Evaluation
package import Findings
import RuleCompilation
import RulePacks
package import SourceText

/// What reading a configuration gave.
package struct ConfigurationReading: Sendable {
  /// The configuration; nil where there are errors.
  package let configuration: Configuration?
  /// Everything that is wrong with the file, sorted by place.
  package let diagnostics: [Diagnostic]
}

/// Turns the text of a configuration file into a `Configuration`.
///
/// The form is held to the JSON Schema that editors are given as well, by the program's own engine,
/// so that the two cannot disagree. Paths, patterns and names are looked at beyond that.
package enum ConfigurationReader {
  /// Reads a configuration, as JSON where its name ends in `.json`, else as YAML.
  ///
  /// `root` is the absolute path of the folder that its paths are relative to.
  package static func read(_ source: SourceFile, root: String) -> ConfigurationReading {
    let (file, reading) = PackFile.read(source)
    var parts = ConfigurationParts(file: file)
    for error in reading.errors { parts.report(error) }
    // What a fault of the syntax cuts off is no error of its own.
    guard reading.isFaithful, !file.document.isEmpty else {
      if reading.errors.isEmpty {
        parts.report(
          "config/missing-key",
          "empty file; begin the configuration with its format version, 'requisite: 1'",
          TextRange(at: 0))
      }
      return ConfigurationReading(configuration: nil, diagnostics: parts.finish())
    }
    // A configuration for another program may have new keys, of which nothing else is worth saying.
    guard parts.isForThisProgram() else {
      return ConfigurationReading(configuration: nil, diagnostics: parts.finish())
    }
    checkForm(of: file, &parts)
    let configuration = parts.configuration(root: root)
    let diagnostics = parts.finish()
    return ConfigurationReading(
      configuration: diagnostics.isEmpty ? configuration : nil, diagnostics: diagnostics)
  }

  /// The name of the schema among the `FormatSchemas`.
  package static let schemaName = "config"

  /// The schema, read from what was compiled with the program when the first configuration is read.
  private static let schema: StandaloneSchema = {
    guard
      var reader = SealedBytes.open(
        FormatSchemas.compiledConfigurationSchema, madeOf: schemaHash)
    else { return compiledSchema() }
    let read = StandaloneSchema(from: &reader)
    return reader.isSound && reader.isAtEnd ? read : compiledSchema()
  }()

  /// A hash of the schema's text.
  private static var schemaHash: UInt64 {
    SealedBytes.hash(of: (FormatSchemas.source(named: schemaName)?.bytes ?? [])[...])
  }

  /// The schema, compiled now.
  private static func compiledSchema() -> StandaloneSchema {
    guard let schemaFile = FormatSchemas.file(named: schemaName) else {
      preconditionFailure("the configuration's schema is compiled into the program")
    }
    var options = StandaloneSchema.Options()
    options.isStrict = true
    let standalone = StandaloneSchema.compile(
      schemaFile, uri: "requisite:config", options: options)
    precondition(standalone.diagnostics.isEmpty, "the configuration's schema is sound")
    return standalone
  }

  /// The compiled schema as bytes; nil if it has no form as bytes.
  package static func compiledSchemaBytes() -> [UInt8]? {
    var writer = BinaryWriter()
    compiledSchema().write(to: &writer)
    return writer.isSound ? SealedBytes.seal(writer.bytes, madeOf: schemaHash) : nil
  }

  /// Holds the file to its schema.
  private static func checkForm(of file: PackFile, _ parts: inout ConfigurationParts) {
    let standalone = schema
    let request = Request(file.document, bindingNamesTo: standalone.plan.program.symbols)
    var checker = SchemaChecker(plan: standalone.plan)
    if checker.holds(standalone.schema, .root, in: request) { return }
    checker = SchemaChecker(plan: standalone.plan)
    var explanation = Explanation(values: ValueText(sensitive: [], in: request))
    checker.explain(standalone.schema, .root, in: request, into: &explanation)
    for failure in explanation.failures { parts.report(failure, explanation.values) }
    if explanation.failures.isEmpty {
      parts.report(
        "config/bad-value", "configuration is nested too deeply or is too large",
        TextRange(at: 0))
    }
  }
}
