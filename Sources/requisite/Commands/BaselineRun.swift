import ArgumentParser
import Baselines
import Findings
import Linting
import Reporting
import RequisiteFiles

/// A run that compares findings with a baseline.
struct BaselineRun {
  /// The findings that the baseline does not accept.
  private(set) var findings: [Finding] = []
  /// What was counted.
  private(set) var summary = ReportSummary()
  /// The rules that were run.
  let rules: [RuleDescription]
  /// What came of the comparison.
  private(set) var outcome = BaselineOutcome()
  private let console: Console
  private var diagnostics: [Diagnostic] = []

  /// Checks the inputs.
  ///
  /// - Throws: an exit code for any error, as half a baseline hides the other half.
  init(_ arguments: BaselineArguments, _ file: BaselineFile, in invocation: Invocation) throws {
    console = file.console
    let settings = file.settings
    var paths = arguments.paths
    paths += try arguments.inputOptions.choices.listedPaths(in: invocation, console)
    if paths.isEmpty, !arguments.inputOptions.choices.hasList { paths = [file.root] }
    var profiles = settings.profiles()
    // Only a check shows findings.
    profiles.options.needs = file.use == .check ? ReportFormat.text.needs : []
    profiles.options.fixes = file.use == .check ? .mark : .none
    profiles.options.readsExamples = false
    arguments.inputOptions.choices.set(&profiles.options)
    arguments.suppressionOptions.choices.set(&profiles.options, settings)
    try file.refuseLink()
    let collected = settings.collect(paths, arguments.inputOptions.choices, excluding: &profiles)
    try file.refuse(among: collected.inputs)
    var inputs = RunInputs(collected, by: &profiles)
    let ownFiles = profiles.ownFiles(with: [file.path])
    inputs.leaveOut { ownFiles.contains($0) }
    rules = profiles.profiles.ruleDescriptions + ReadingRule.descriptions
    var loader = settings.knownFindings(
      ignoringSuppressions: arguments.suppressionOptions.noIgnores)
    let known = Self.known(inputs, paths, file, &loader)
    add(profiles.takeDiagnostics() + inputs.diagnostics + loader.takeDiagnostics())
    guard let filter = FindingFilter(known) else { throw ExitCode(2) }
    var session = LintSession(
      profiles.profiles.map(\.options), filter: filter,
      jobs: arguments.inputOptions.choices.jobCount, onLongRun: LongRun.prepare)
    check(inputs, with: &session)
    let result = filter.outcome()
    outcome = result.baselines.first ?? outcome
    summary.diagnostics = diagnostics
    add(
      arguments.suppressionOptions.choices.graded(
        result.suppressionDiagnostics + session.commentDiagnostics))
    add(result.outside.map { Self.outside($0, file.root) })
    add([inputs.nothingChecked(summary, arguments.inputOptions.choices)].compactMap(\.self))
    summary.diagnostics = []
    if diagnostics.hasErrors { throw ExitCode(2) }
  }

  /// What is suppressed of the findings of a run, and the baseline, which learns about new ones.
  private static func known(
    _ inputs: RunInputs, _ paths: [String], _ file: BaselineFile,
    _ loader: inout KnownFindingsLoader
  ) -> KnownFindings {
    var known = loader.suppressions(for: inputs.checked.map(\.input))
    let walked = paths.filter { file.settings.files.kind(of: $0) == .folder }.map {
      file.settings.files.absolutePath(of: $0, workingFolder: file.settings.workingFolder)
    }
    known.accepted = [
      .init(
        root: file.root, baseline: file.baseline ?? Baseline(), walkedFolders: walked,
        recordsNew: true)
    ]
    return known
  }

  private mutating func check(_ inputs: RunInputs, with session: inout LintSession) {
    var count = 0
    var isUnmatched = false
    session.run(inputs.checked) { _, result in
      isUnmatched = isUnmatched || result.isUnmatched
      findings += result.findings
      summary.add(result)
      add(result.diagnostics)
    } ended: { _ in
      summary.addInput(isAffected: findings.count > count, isUnmatched: isUnmatched)
      (count, isUnmatched) = (findings.count, false)
    }
  }

  private mutating func add(_ found: [Diagnostic]) {
    console.show(found)
    diagnostics += found
  }

  private static func outside(_ path: String, _ root: String) -> Diagnostic {
    Diagnostic(
      "baseline/outside",
      "'\(path)' is outside the project root '\(root)', so the baseline cannot accept its findings")
  }

  /// Shows renamed files.
  func showRenames() {
    console.show(
      outcome.renamed.map {
        Diagnostic(
          "baseline/renamed", severity: .info,
          "'\($0.from)' was renamed to '\($0.to)' (same content)")
      })
  }

  /// Shows stale entries.
  func showStale() { console.show(outcome.diagnostics) }
}
