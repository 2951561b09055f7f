import ArgumentParser
import Configuration
import Findings
import Linting
import Reporting
import RulePacks

/// `requisite config`: the settings for a file, and the origin of each.
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show the settings for a file and where each comes from.",
    discussion: """
      The nearest .requisite.yaml in a file's folder or its parents applies, up to the root of the \
      repository, along with the configurations that it extends. Flags override environment variables, \
      which override the configuration.

      ENVIRONMENT
      \(VariableDescription.ownList)
      """)

  /// The format of the settings.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(
    help: ArgumentHelp(
      "A file or folder, which need not exist.", valueName: "path"),
    completion: .file())
  var path = "."

  @Option(name: .shortAndLong, help: "The output format.")
  var format: Format = .text

  @OptionGroup var packOptions: PackOptions
  @OptionGroup var settingOptions: SettingOptions
  @OptionGroup var baselineOptions: BaselineOptions
  @OptionGroup var failureOptions: FailureOptions
  @OptionGroup var colorOptions: ColorOptions

  func validate() throws {
    if path.isEmpty { throw ValidationError("path is empty; name a file or folder") }
    if failureOptions.noBaseline, baselineOptions.baseline != nil {
      throw ValidationError("--baseline and --no-baseline cannot be used together")
    }
  }

  func run() throws {
    let workingFolder = FileAccess.workingFolder()
    let root = try settingOptions.projectRoot(
      ofInputs: [path], workingFolder: workingFolder, color: colorOptions)
    var profiles = LintProfiles(
      try settingOptions.choices(
        packs: packOptions, baseline: baselineOptions, failure: failureOptions, color: colorOptions),
      from: settingOptions.source, options: LintOptions(packs: [], applicability: .whenDetected),
      isStrict: EnvironmentSettings.current.strictPacks, workingFolder: workingFolder,
      root: root)
    let isFolder = FileAccess.kind(of: path) == .folder
    let found = profiles.settings(forPath: path, isFolder: isFolder)
    let place = profiles.place(forPath: path, isFolder: isFolder)
    let base = profiles.settings(forPath: ".", isFolder: true)
    var diagnostics = profiles.takeDiagnostics()
    var reports: ConfiguredReports?
    if let configuration = base?.configuration, let formats = configuration.formats {
      reports = ConfiguredReports(formats, of: configuration, workingFolder: workingFolder)
      diagnostics += reports?.diagnostics ?? []
    }
    let suppressions = try suppressions(
      isFolder: isFolder, root: root, workingFolder: workingFolder)
    diagnostics += suppressions.diagnostics
    DiagnosticPrinter(color: colorOptions).show(diagnostics)
    guard let found, place != .faulty,
      !diagnostics.hasErrors
    else { throw ExitCode(2) }
    var packs: [LoadedPack]?
    if case .profile(let index) = place { packs = profiles.profiles[index].options.packs }
    let text = SettingsText(
      path: path, settings: found.settings, configuration: found.configuration, packs: packs,
      costLimit: settingOptions.effectiveCostLimit, suppressionCount: suppressions.count,
      reports: self.reports(base?.configuration, reports))
    Output.standard.write(
      format == .json ? text.json() : Array(text.text().utf8), as: format == .json ? .json : .text)
  }

  /// How many suppressions the project of the file has, and what is wrong with them.
  private func suppressions(
    isFolder: Bool, root: ProjectRoot, workingFolder: String
  ) throws -> (count: Int, diagnostics: [Diagnostic]) {
    var loader = try SuppressionOptions.parse([]).loader(
      settingOptions, ofInputs: [path], color: colorOptions)
    let folder =
      isFolder
      ? root.folderLocation(of: path, workingFolder: workingFolder)
      : ProjectRoot.parent(of: root.location(of: path, workingFolder: workingFolder)) ?? "/"
    guard let root = loader.root(ofFolder: folder) else { return (0, []) }
    let count = loader.suppressions(at: root).entries.count
    return (count, loader.takeDiagnostics())
  }

  /// The reports that a run begun in the working folder writes.
  private func reports(
    _ configuration: Configuration?, _ configured: ConfiguredReports?
  ) -> Setting<[OutputChoice]> {
    if let formats = EnvironmentSettings.current.formats, !formats.isEmpty {
      return Setting(formats, from: .environment(EnvironmentVariable.format.rawValue))
    }
    if let configured, let first = configuration?.formats?.first {
      return Setting(
        configured.choices, from: .file(first.format.location))
    }
    return Setting([OutputChoice(format: .text, path: nil)], from: .standard)
  }
}
