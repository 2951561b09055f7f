import ArgumentParser
import RequisiteConfiguration
import Findings
import Linting
import Reporting
import RequisiteFiles

/// What a check is to do: its inputs with their profiles, its reports, and what it does not report.
struct CheckPlan {
  /// The settings of the run.
  let settings: RunSettings
  /// What is in force for each input.
  private(set) var profiles: LintProfiles
  /// The inputs.
  private(set) var inputs: RunInputs
  /// The reports that were chosen, and those for the CI system.
  let reports: [PlannedReport]
  /// Takes out what is suppressed or accepted; nil if nothing is.
  let filter: FindingFilter?
  /// Whether the findings that are reported are new, compared with a baseline or an earlier commit.
  let isComparison: Bool
  /// Whether SARIF has suppressed findings as well.
  private let keepsSuppressed: Bool
  /// The paths in machine-readable reports.
  let paths: ReportPaths
  /// What is wrong so far, which was shown.
  let diagnostics: [Diagnostic]

  /// Makes the plan of a command.
  ///
  /// - Throws: an exit code for a run that cannot check anything, once it has shown why, also in reports
  ///   that have a place for it.
  init(_ check: CheckArguments, in invocation: Invocation, _ console: Console) throws {
    settings = try RunSettings(check.settings, inputs: check.paths, in: invocation, console)
    let files = settings.files
    profiles = settings.profiles()
    profiles.selection = check.selection.rules
    let collected = settings.collect(
      check.paths, check.inputs, standardInputName: check.stdinFilename,
      commandNames: { Requisite.commandNames }, excluding: &profiles)
    let chosen = ChosenReports(settings, &profiles)
    let formats = chosen.setting.value.filter { !check.fixes.diff || $0.path != nil }
    reports = check.ci.reports(with: formats, invocation.environment)
    keepsSuppressed = check.sarifSuppressed && reports.contains { $0.format.showsSuppressed }
    check.set(&profiles.options, for: formats, reports)
    check.suppressions.set(&profiles.options, settings, keepsSuppressed: keepsSuppressed)
    inputs = RunInputs(collected, by: &profiles, readingKeys: check.isKeyed)
    let targets = try ReportTargets(reports.map(\.target), in: files, console)
    try targets.refuseLinks(leaving: settings.root)
    paths = ReportPaths(root: settings.root, workingFolder: settings.workingFolder)
    inputs.setReportPaths(paths, standardInputName: check.stdinFilename)
    try inputs.leaveOut { try targets.replace($0) }
    let misselections = profiles.selectionMistakes
    let mistakes =
      check.ci.notices(invocation.environment) + chosen.diagnostics
      + profiles.takeDiagnostics() + misselections
    console.show(mistakes)
    let isBlocked = profiles.profiles.isEmpty && mistakes.hasErrors || misselections.hasErrors
    // What the faulty inputs have suppressions and baselines in must not be overwritten either.
    let known = Self.known(
      check, settings, isBlocked ? inputs.faulty : inputs.checked.map(\.input),
      isBlocked ? nil : profiles.profiles, invocation.environment,
      keepingSuppressed: keepsSuppressed)
    (filter, isComparison) = (known.filter, known.isComparison)
    let notes = known.mistakes
    console.show(inputs.diagnostics + notes)
    diagnostics = mistakes + inputs.diagnostics + notes
    try targets.refuseFilesOfTheRun()
    if isBlocked || notes.hasErrors { try reportFailure(console) }
    let ownFiles = profiles.ownFiles(with: [settings.choices.baseline?.value])
    inputs.leaveOut { ownFiles.contains($0) }
  }

  /// What takes out suppressed, accepted and earlier findings, whether that compares runs, and what is wrong
  /// with it; without profiles, nothing will be checked.
  private static func known(
    _ check: CheckArguments, _ settings: RunSettings, _ inputs: [InputSource],
    _ profiles: [LintProfile]?,
    _ environment: Environment, keepingSuppressed keepsSuppressed: Bool
  ) -> (filter: FindingFilter?, isComparison: Bool, mistakes: [Diagnostic]) {
    var loader = settings.knownFindings(
      ignoringSuppressions: check.suppressions.noIgnores,
      ignoringBaseline: check.ignoresBaseline || check.isKeyed)
    let known = loader.load(
      for: inputs, walking: check.paths.filter { settings.files.kind(of: $0) == .folder })
    let earlier = check.since.earlierFindings(
      of: profiles == nil ? [] : inputs, checkedBy: profiles ?? [], settings, environment,
      jobs: check.inputs.jobCount)
    let filter = FindingFilter(
      known, earlier: earlier.findings, keepsSuppressed: keepsSuppressed)
    var mistakes = loader.takeDiagnostics() + earlier.mistakes
    if check.sarifSuppressed, !keepsSuppressed {
      mistakes.append(
        Diagnostic(
          "argument/no-sarif", severity: .warning,
          "--sarif-suppressed has no effect without a SARIF report; add --format sarif=FILE"))
    }
    return (filter, earlier.findings != nil || !known.accepted.isEmpty, mistakes)
  }

  /// The header of the reports.
  var header: ReportHeader {
    let profiles = profiles.profiles
    let hasKeys = inputs.checked.contains { $0.input.isKeyed }
    let ofKeys = hasKeys ? [ReadingRule.noPackDescription] : []
    var header = ReportHeader(toolVersion: ToolInformation.version) {
      profiles.ruleDescriptions + ReadingRule.descriptions
        + ofKeys
    }
    header.isComparison = isComparison
    header.hasSuppressed = keepsSuppressed
    return header
  }

  /// Ends a run before anything is checked: writes the reports that have a place for diagnostics.
  ///
  /// The others are left alone: they would look as if all were well.
  private mutating func reportFailure(_ console: Console) throws -> Never {
    // A baseline that is missing must not become a report, which the next run would read.
    let baselines = baselinePaths()
    let formats = reports.filter { report in
      let path = report.target.path.map {
        settings.files.absolutePath(of: $0, workingFolder: settings.workingFolder)
      }
      return report.format.showsDiagnostics && !(path.map(baselines.contains) ?? false)
    }
    var reports = try ReportOutputs(formats, header: header, in: settings.files, console)
    console.show(reports.finish(ReportSummary(diagnostics: paths.diagnostics(diagnostics))))
    throw ExitCode(2)
  }

  /// The absolute paths of the baselines that flags and the working folder's configuration name.
  private mutating func baselinePaths() -> [String] {
    var paths: [String] = []
    if let path = settings.choices.baseline?.value {
      paths.append(settings.files.absolutePath(of: path, workingFolder: settings.workingFolder))
    }
    if let configuration = profiles.settings(forPath: ".", isFolder: true)?.configuration,
      let path = configuration.baselinePath?.value
    {
      paths.append(settings.files.absolutePath(of: path, workingFolder: configuration.root))
    }
    return paths
  }
}
