import ArgumentParser
import RulePacks
import SourceText

/// `requisite schema`: the JSON Schemas of the program's own formats.
struct Schema: Command {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract:
      "Write the JSON Schema of packs, configurations, suppressions, baselines or JSON reports.",
    discussion: """
      Editors with YAML support complete and validate a pack whose first line names its schema:

        requisite schema pack -o pack.schema.json
        # yaml-language-server: $schema=pack.schema.json

      Files of suppressions are 'ignore'. The schema of baselines describes one line, and so does '#/$defs/line' in that of \
      reports for '--format jsonl'.
      """)

  /// The formats that have a schema.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case pack, config, ignore, baseline, report
  }

  @Argument(
    help: ArgumentHelp(
      "The file format: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "format"))
  var format: Format

  @Flag(
    name: .customLong("draft-07"),
    help: "Write the schema for draft-07, which older tools need, instead of 2020-12.")
  var isDraft07 = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The output file (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup var colorOptions: ColorOptions

  func run(in invocation: Invocation) throws {
    let console = Console(colorOptions, invocation.environment)
    let schema = FormatSchemas.source(
      named: format.rawValue, draft: isDraft07 ? .draft07 : .draft2020)
    try OutputFile(path: output, replaces: .schemas, files: invocation.files, console: console)
      .write(schema?.bytes ?? [])
  }
}
