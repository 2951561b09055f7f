import ArgumentParser
import Findings
import Documents

/// The flags that select a configuration or override its settings.
struct SettingOptions: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "The configuration for all files, instead of the nearest .requisite.yaml of each.",
      valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var configurationPath: String?

  @Flag(name: .customLong("no-config"), help: "Ignore configuration files.")
  var hasNoConfiguration = false

  @Option(
    name: .customLong("root"),
    help: ArgumentHelp(
      "The project root, which paths in JSON and SARIF reports are relative to (default: the repository, or else the folder of the nearest configuration).",
      valueName: "folder"),
    completion: .directory)
  var rootPath: String?

  @Flag(name: .customLong("no-exclude"), help: "Also check files that a configuration excludes.")
  var ignoresExclusion = false

  @Option(
    name: .customLong("param"),
    help: ArgumentHelp(
      "The value of a pack parameter, in YAML. Repeatable.",
      valueName: "pack.name=value"), completion: NameCompletion.parameters)
  var parameters: [ParameterArgument] = []

  @Option(help: "The spelling of member names in requests; by default auto.")
  var casing: Casing?

  @Option(
    help: ArgumentHelp(
      "The maximum number of steps of one expression; all rules together may take five times as many for a request (default: 10000000).",
      valueName: "steps"))
  var costLimit: Int?

  func validate() throws {
    if configurationPath != nil, hasNoConfiguration {
      throw ValidationError("--config and --no-config cannot be used together")
    }
    if let costLimit, costLimit <= 0 {
      throw ValidationError("--cost-limit must be greater than 0")
    }
  }
}

extension SettingOptions {
  /// What these flags and those of the other groups say.
  func flags(
    packs: PackOptions, baseline: BaselineOptions? = nil, failure: FailureOptions? = nil
  ) -> SettingFlags {
    SettingFlags(
      packs: packs.packs, configurationPath: configurationPath,
      hasNoConfiguration: hasNoConfiguration, rootPath: rootPath,
      ignoresExclusion: ignoresExclusion, parameters: parameters.map(\.text), casing: casing,
      costLimit: costLimit, failOn: failure?.failOn, baseline: baseline?.baseline)
  }
}

/// The text of `--param`.
struct ParameterArgument: ExpressibleByArgument {
  var text: String

  init?(argument: String) { text = argument }
}

extension FailureThreshold: ExpressibleByArgument {}

extension Casing: ExpressibleByArgument {}
