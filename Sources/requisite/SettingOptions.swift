import ArgumentParser
import Configuration
import Documents
import Findings
import Linting
import RulePacks
import SourceText

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
      valueName: "pack.name=value"))
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
  /// What one evaluation of an expression may cost unless somebody says otherwise.
  private static let defaultCostLimit = 10_000_000

  /// Where the configuration comes from.
  var source: ConfigurationSource {
    let environment = EnvironmentSettings.current
    if hasNoConfiguration { return .none }
    if let configurationPath { return .file(configurationPath) }
    if environment.noConfig { return .none }
    return environment.config.map { .file($0) } ?? .discovery
  }

  /// The project root of a run over some inputs; a `--root` that is no folder ends the command.
  func projectRoot(
    ofInputs inputs: [String], workingFolder: String, color: ColorOptions
  ) throws -> ProjectRoot {
    do throws(Diagnostic) {
      return try ProjectRoot.find(
        explicit: rootPath, workingFolder: workingFolder, inputs: inputs)
    } catch {
      DiagnosticPrinter(color: color).show([error])
      throw ExitCode(2)
    }
  }

  /// What one evaluation of an expression may cost.
  var effectiveCostLimit: Setting<Int> {
    costLimit.map { Setting($0, from: .flag("--cost-limit")) }
      ?? EnvironmentSettings.current.costLimit.map {
        Setting($0, from: .environment(EnvironmentVariable.costLimit.rawValue))
      } ?? Setting(Self.defaultCostLimit, from: .standard)
  }

  /// What flags and the environment choose; a parameter that is written wrong ends the command.
  func choices(
    packs: PackOptions, baseline: BaselineOptions? = nil, failure: FailureOptions? = nil,
    color: ColorOptions
  ) throws -> SettingChoices {
    var settings = EnvironmentSettings.current.parameters
    var mistakes: [Diagnostic] = []
    for parameter in parameters {
      switch ParameterSetting.read(parameter.text, source: "--param") {
      case .success(let setting): settings.append(setting)
      case .failure(let mistake): mistakes.append(mistake)
      }
    }
    guard mistakes.isEmpty else {
      DiagnosticPrinter(color: color).show(mistakes)
      throw ExitCode(2)
    }
    let environment = EnvironmentSettings.current
    func setting<Value>(
      _ flag: Value?, _ name: String, _ variable: Value?, _ variableName: EnvironmentVariable
    ) -> Setting<Value>? {
      flag.map { Setting($0, from: .flag(name)) }
        ?? variable.map { Setting($0, from: .environment(variableName.rawValue)) }
    }
    return SettingChoices(
      packs: setting(packs.packs.isEmpty ? nil : packs.packs, "--pack", environment.packs, .pack),
      parameters: settings,
      casing: setting(casing, "--casing", environment.casing, .casing),
      failOn: setting(failure?.failOn, "--fail-on", environment.failOn, .failOn),
      baseline: setting(baseline?.baseline, "--baseline", environment.baseline, .baseline),
      ignoresExclusion: ignoresExclusion)
  }
}

/// The text of `--param`.
struct ParameterArgument: ExpressibleByArgument {
  var text: String

  init?(argument: String) { text = argument }
}

extension FailureThreshold: ExpressibleByArgument {}
