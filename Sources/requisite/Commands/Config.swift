import ArgumentParser
import Findings
import Linting
import Reporting
import RequisiteConfiguration
import RequisiteFiles

/// `requisite config`: the settings for a file, and the origin of each.
struct Config: Command {
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

  func run(in invocation: Invocation) throws {
    let console = Console(colorOptions, invocation.environment)
    let settings = try RunSettings(
      settingOptions.flags(packs: packOptions, baseline: baselineOptions, failure: failureOptions),
      inputs: [path], in: invocation, console)
    var profiles = settings.profiles()
    // Settings are shown whatever expressions cost when packs are loaded.
    profiles.options.costLimit = nil
    let isFolder = invocation.files.kind(of: path) == .folder
    let found = profiles.settings(forPath: path, isFolder: isFolder)
    let place = profiles.place(forPath: path, isFolder: isFolder)
    let configured = ConfiguredReports(
      ofRunIn: settings.workingFolder, in: settings.files, &profiles)
    var loader = settings.knownFindings()
    let suppressionCount = suppressionCount(isFolder: isFolder, settings, &loader)
    let diagnostics =
      profiles.takeDiagnostics() + (configured?.diagnostics ?? []) + loader.takeDiagnostics()
    try console.check(diagnostics)
    guard let found, place != .faulty else { throw ExitCode(2) }
    var packs: [LoadedPack]?
    if case .profile(let index) = place { packs = profiles.profiles[index].options.packs }
    let text = SettingsText(
      path: path, settings: found.settings, configuration: found.configuration, packs: packs,
      costLimit: settings.costLimit, suppressionCount: suppressionCount,
      baseline: baseline(found.settings), reports: ChosenReports(settings, &profiles).setting)
    switch format {
    case .text: Output.standard.write(text.text())
    case .json: Output.standard.write(text.json(), as: .json)
    }
  }

  /// The baseline of a file, or none by `--no-baseline`.
  private func baseline(_ settings: EffectiveSettings) -> Setting<String?> {
    if failureOptions.noBaseline { return Setting(nil, from: .flag("--no-baseline")) }
    return Setting(settings.baseline?.value, from: settings.baseline?.origin ?? .standard)
  }

  /// The number of suppressions in the project of the file.
  private func suppressionCount(
    isFolder: Bool, _ settings: RunSettings, _ loader: inout KnownFindingsLoader
  ) -> Int {
    let (root, workingFolder) = (settings.root, settings.workingFolder)
    let folder =
      isFolder
      ? root.folderLocation(of: path, workingFolder: workingFolder)
      : Paths.parent(of: root.location(of: path, workingFolder: workingFolder)) ?? "/"
    guard let root = loader.root(ofFolder: folder) else { return 0 }
    return loader.suppressions(at: root).entries.count
  }
}
