import ArgumentParser
import RequisiteConfiguration
import Findings
import Linting
import Documents
import RequisiteFiles
import RulePacks
import SourceText

/// What the flags of a command say of settings.
struct SettingFlags: Equatable {
  var packs: [String] = []
  var configurationPath: String?
  var hasNoConfiguration = false
  var rootPath: String?
  var ignoresExclusion = false
  var parameters: [String] = []
  var casing: Casing?
  var costLimit: Int?
  var failOn: FailureThreshold?
  var baseline: String?
  var formats: [OutputChoice] = []
  var isStrict = false
}

/// The settings of a run that flags and the environment give, each with its origin.
///
/// Configurations give the others, for each file: see `EffectiveSettings`.
struct RunSettings {
  /// Where configurations come from.
  let source: ConfigurationSource
  /// The settings that override those of configurations.
  let choices: SettingChoices
  /// The steps that one expression may take.
  let costLimit: Setting<Int>
  /// The reports to write; nil if the configuration decides.
  let formats: Setting<[OutputChoice]>?
  /// Whether warnings about packs are errors.
  let isStrict: Bool
  /// The working folder: an absolute path without links.
  let workingFolder: String
  /// The project root.
  let root: ProjectRoot
  /// Where files are read and written.
  var files: any FileSystem { root.files }
  /// The day of the run.
  let today: CalendarDate

  /// Combines flags with the environment; the root is that of a run over `inputs`.
  ///
  /// - Throws: an exit code, once it has shown what is wrong: a `--root` that is no folder, or a parameter
  ///   that cannot be read.
  init(
    _ flags: SettingFlags, inputs: [String] = [], in invocation: Invocation, _ console: Console
  ) throws {
    let environment = invocation.environment
    workingFolder = invocation.workingFolder
    today = environment.today
    root = try console.checked { () throws(Diagnostic) -> ProjectRoot in
      try ProjectRoot.find(
        in: invocation.files, explicit: flags.rootPath, workingFolder: invocation.workingFolder,
        inputs: inputs)
    }
    source = Self.source(flags, environment)
    costLimit =
      Self.setting(flags.costLimit, "--cost-limit", environment.costLimit)
      ?? Setting(LintOptions.defaultCost, from: .standard)
    formats = Self.setting(
      flags.formats.isEmpty ? nil : flags.formats, "--format", environment.formats)
    isStrict = flags.isStrict || environment.isStrict
    choices = SettingChoices(
      packs: Self.setting(flags.packs.isEmpty ? nil : flags.packs, "--pack", environment.packs),
      parameters: environment.parameters + (try Self.parameters(flags.parameters, console)),
      casing: Self.setting(flags.casing, "--casing", environment.casing),
      failOn: Self.setting(flags.failOn, "--fail-on", environment.failOn),
      baseline: Self.setting(flags.baseline, "--baseline", environment.baseline),
      ignoresExclusion: flags.ignoresExclusion)
  }

  private static func setting<Value>(
    _ flag: Value?, _ name: String, _ variable: Setting<Value>?
  ) -> Setting<Value>? {
    flag.map { Setting($0, from: .flag(name)) } ?? variable
  }

  private static func source(
    _ flags: SettingFlags, _ environment: Environment
  ) -> ConfigurationSource {
    if flags.hasNoConfiguration { return .none }
    if let path = flags.configurationPath { return .file(path) }
    if environment.hasNoConfiguration { return .none }
    return environment.config.map { .file($0) } ?? .discovery
  }

  private static func parameters(
    _ texts: [String], _ console: Console
  ) throws -> [ParameterSetting] {
    var settings: [ParameterSetting] = []
    var mistakes: [Diagnostic] = []
    for text in texts {
      switch ParameterSetting.read(text, source: "--param") {
      case .success(let setting): settings.append(setting)
      case .failure(let mistake): mistakes.append(mistake)
      }
    }
    try console.check(mistakes)
    return settings
  }
}

extension RunSettings {
  /// The search for what is in force for each input.
  func profiles(isStrict: Bool? = nil) -> LintProfiles {
    LintProfiles(
      choices, from: source,
      options: LintOptions(
        in: files, packs: [], applicability: .whenDetected, costLimit: costLimit.value),
      isStrict: isStrict ?? self.isStrict, workingFolder: workingFolder, root: root)
  }

  /// The search for suppressions and baselines.
  func knownFindings(
    ignoringSuppressions: Bool = false, ignoringBaseline: Bool = false
  ) -> KnownFindingsLoader {
    KnownFindingsLoader(
      KnownFindingsLoader.Choices(
        baselinePath: choices.baseline?.value, ignoresSuppressions: ignoringSuppressions,
        ignoresBaseline: ignoringBaseline, today: today),
      configurations: source, workingFolder: workingFolder, root: root)
  }

  /// The inputs that paths name, without those that configurations exclude.
  func collect(
    _ paths: [String], _ options: InputChoices, standardInputName: String? = nil,
    commandNames: @escaping @Sendable () -> [String] = { [] },
    excluding profiles: inout LintProfiles
  ) -> CollectedInputs {
    InputCollector.collect(
      paths,
      InputCollector.Options(
        in: files, workingFolder: workingFolder, projectRoot: root.path,
        standardInputName: standardInputName, commandNames: commandNames,
        honorsGitIgnore: !options.ignoresGitIgnore),
      excluding: &profiles)
  }
}
