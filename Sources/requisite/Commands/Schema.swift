import ArgumentParser
import RulePacks
import SourceText

/// `requisite schema`: the JSON Schemas of the program's own formats.
struct Schema: Command {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract:
      "Write the JSON Schema of packs, configurations, suppression files or JSON reports.",
    discussion: """
      Editors with YAML support complete and validate a pack whose first line names its schema:

        requisite schema pack -o pack.schema.json
        # yaml-language-server: $schema=pack.schema.json
      """)

  /// The formats that have a schema.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case pack, config, ignore, report
  }

  @Argument(
    help: ArgumentHelp(
      "The file format: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "format"))
  var format: Format

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The output file (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup var colorOptions: ColorOptions

  func run(in invocation: Invocation) throws {
    let console = Console(colorOptions, invocation.environment)
    let bytes = FormatSchemas.file(named: format.rawValue)?.source.bytes ?? []
    try OutputFile(path: output, replaces: .schemas, files: invocation.files, console: console)
      .write(bytes)
  }
}
