import ArgumentParser
import Baselines
import Configuration
import Findings
import Linting
import Reporting
import RulePacks
import SourceText

/// A run that compares findings with a baseline.
struct BaselineSession {
  /// The file, by its absolute path.
  let file: String
  /// The file as messages name it.
  let shownFile: String
  /// Whether 'requisite check' takes the file into account by itself.
  let isConfigured: Bool
  /// The findings that the baseline does not accept.
  private(set) var findings: [Finding] = []
  /// The rules that were run.
  private(set) var rules: [RuleDescription] = []
  /// What came of the comparison.
  private(set) var outcome = BaselineOutcome()
  /// What was counted.
  private(set) var summary = ReportSummary()
  /// The bytes of the baseline before; nil where there was none.
  private(set) var oldBytes: [UInt8]?
  private let printer: DiagnosticPrinter
  /// Keeps other runs from writing the baseline until this one has; nil where nothing is written.
  private let lock: FolderLock?

  /// Checks the inputs; trouble of any kind ends the command, as half a baseline hides the other half.
  init(_ arguments: BaselineArguments, mustExist: Bool, writes: Bool = true) throws {
    printer = DiagnosticPrinter(color: arguments.colorOptions)
    let workingFolder = FileAccess.workingFolder()
    var loader = try arguments.suppressionOptions.loader(
      arguments.settingOptions, baseline: arguments.baselineOptions, ofInputs: arguments.paths,
      color: arguments.colorOptions)
    guard
      let (file, root, isConfigured) = Self.place(arguments, &loader, workingFolder: workingFolder)
    else {
      printer.show(loader.configurationDiagnostics + loader.takeDiagnostics())
      throw ExitCode(2)
    }
    self.file = file
    self.isConfigured = isConfigured
    let shownFile = ProjectRoot.relativePath(of: file, below: workingFolder) ?? file
    self.shownFile = shownFile
    // From reading to writing, so that what another run accepts meanwhile is not lost.
    lock = writes ? FolderLock(forFileAt: file, shownAs: shownFile) : nil
    let paths = arguments.paths.isEmpty ? [root] : arguments.paths
    let exists = FileAccess.kind(of: file) != .missing
    let old =
      exists || mustExist ? loader.baseline(at: file, namedAt: nil) : Baseline()
    try arguments.suppressionOptions.show(
      loader.takeDiagnostics(), color: arguments.colorOptions)
    oldBytes = old?.source?.bytes

    var profiles = try Self.profiles(arguments, workingFolder: workingFolder)
    // Only a check shows findings.
    profiles.options.fixes = writes ? .none : .mark
    profiles.options.needs = writes ? [] : ReportFormat.text.needs
    profiles.options.sizeLimits = arguments.inputOptions.sizeLimits
    let projectRoot = try arguments.settingOptions.projectRoot(
      ofInputs: paths, workingFolder: workingFolder, color: arguments.colorOptions)
    if writes, FileAccess.leaves(projectRoot.path, writing: file) {
      printer.show([.outside(shownFile)])
      throw ExitCode(2)
    }
    let collected = InputCollector.collect(
      paths,
      InputCollector.Options(
        workingFolder: workingFolder, projectRoot: projectRoot.path,
        honorsGitIgnore: !arguments.inputOptions.ignoresGitIgnore), excluding: &profiles)
    let identity = FileIdentity(at: file)
    for input in collected.inputs where input.isExplicit && FileIdentity(at: input.path) == identity
    {
      printer.show([
        Diagnostic(
          "argument/output-over-input",
          "baseline '\(shownFile)' is one of the files to check; give it another name")
      ])
      throw ExitCode(2)
    }
    var run = CheckRun(collected, by: &profiles)
    let ownFiles = profiles.ownFiles(with: [file])
    run.leaveOut { ownFiles.contains($0) }
    var trouble = profiles.takeDiagnostics() + run.diagnostics
    var known = loader.suppressions(for: run.inputs.map(\.input))
    known.accepted = [
      .init(
        root: root, baseline: old ?? Baseline(),
        walkedFolders: paths.filter { FileAccess.kind(of: $0) == .folder }.map {
          ProjectRoot.absolutePath(of: $0, workingFolder: workingFolder)
        }, recordsNew: true)
    ]
    trouble += loader.takeDiagnostics()
    printer.show(trouble)
    guard let filter = FindingFilter(known) else { throw ExitCode(2) }
    var session = LintSession(
      profiles.profiles.map(\.options), filter: filter, jobs: arguments.inputOptions.jobCount)
    var count = 0
    session.run(run.inputs) { _, result in
      findings += result.findings
      trouble += result.diagnostics
      printer.show(result.diagnostics)
      summary.requestCount += result.requestCount
      summary.suppressedCount += result.suppressedCount
      summary.acceptedCount += result.acceptedCount
    } ended: { _ in
      summary.fileCount += 1
      if findings.count > count { summary.affectedFileCount += 1 }
      count = findings.count
    }
    for finding in findings { summary.counts[finding.severity, default: 0] += 1 }
    rules = profiles.profiles.ruleDescriptions + ReadingRule.descriptions
    let result = filter.outcome()
    outcome = result.baselines.first ?? BaselineOutcome()
    let notices =
      arguments.suppressionOptions.graded(result.suppressionDiagnostics)
      + result.outside.map {
        Diagnostic(
          "baseline/outside",
          "'\($0)' is outside the project root '\(root)', so the baseline cannot accept its findings"
        )
      }
    printer.show(notices)
    summary.diagnostics = trouble
    if let error = run.nothingChecked(summary, arguments.inputOptions) {
      printer.show([error])
      trouble.append(error)
    }
    summary.diagnostics = []
    if (trouble + notices).hasErrors { throw ExitCode(2) }
  }

  private static func profiles(
    _ arguments: BaselineArguments, workingFolder: String
  ) throws -> LintProfiles {
    let settings = arguments.settingOptions
    let root = try settings.projectRoot(
      ofInputs: arguments.paths, workingFolder: workingFolder, color: arguments.colorOptions)
    return LintProfiles(
      try settings.choices(
        packs: arguments.packOptions, baseline: arguments.baselineOptions,
        failure: arguments.failureOptions, color: arguments.colorOptions),
      from: settings.source,
      options: LintOptions(
        packs: [], applicability: .whenDetected, costLimit: settings.effectiveCostLimit.value),
      isStrict: EnvironmentSettings.current.strictPacks, workingFolder: workingFolder,
      root: root)
  }

  /// The path of the baseline, and the folder that its paths are relative to.
  private static func place(
    _ arguments: BaselineArguments, _ loader: inout KnownFindingsLoader, workingFolder: String
  ) -> (file: String, root: String, isConfigured: Bool)? {
    if let path = arguments.baselineOptions.path {
      let file = ProjectRoot.absolutePath(of: path, workingFolder: workingFolder)
      let isConfigured = EnvironmentSettings.current.baseline != nil
      return (file, loader.root(ofBaselineAt: file), isConfigured)
    }
    guard let root = loader.root(ofFolder: workingFolder) else { return nil }
    let name = loader.baselineName(at: root)
    let file = ProjectRoot.joined(root.folder, name)
    guard loader.isInside(file, root, namedAt: root.configuration?.baselinePath?.location) else {
      return nil
    }
    return (
      file, root.folder,
      root.configuration?.baselinePath != nil
    )
  }

  /// Writes a baseline, unless the file says the same already; true where it was written.
  func write(_ baseline: Baseline) throws -> Bool {
    let bytes = baseline.bytes
    if bytes == oldBytes { return false }
    do {
      try AtomicFile.write(bytes, to: file)
    } catch {
      printer.show([.unwritable(shownFile, error)])
      throw ExitCode(2)
    }
    return true
  }

  /// Reports renamed files.
  func showRenames() {
    printer.show(
      outcome.renamed.map {
        Diagnostic(
          "baseline/renamed", severity: .info,
          "'\($0.from)' was renamed to '\($0.to)' (same content)")
      })
  }

  /// Reports stale entries.
  func showStale() { printer.show(outcome.diagnostics) }

  /// A number with its noun.
  static func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(plural ?? noun + "s")"
  }
}
