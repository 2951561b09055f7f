import ArgumentParser
import Linting
import Reporting
import RequisiteFiles

/// What a command line of `check` says.
struct CheckArguments: Equatable {
  /// The files and folders, without those of a list.
  var paths: [String] = []
  /// What it says of packs, configurations and reports.
  var settings = SettingFlags()
  /// Whether accepted findings are reported.
  var ignoresBaseline = false
  var ci = CIChoices()
  var selection = SelectionChoices()
  var since = SinceChoice()
  var inputs = InputChoices()
  var suppressions = SuppressionChoices()
  /// Whether SARIF reports have suppressed findings.
  var sarifSuppressed = false
  var fixes = FixChoices()
  /// The name that reports give standard input.
  var stdinFilename: String?
  /// Whether lines have keys.
  var isKeyed = false
  var statistics = StatisticsChoices()
  var showValues = ValueOptions.Choice.plain
  var style = StyleChoices()
  var progress = ProgressOptions.Choice.auto
  var engine = EngineOptions.Choice.fused
  /// Whether the summary is left out.
  var quiet = false
  /// Whether requests are checked again whenever something changes.
  var watches = false

  /// - Throws: A usage error if some of them do not go together.
  func validate() throws {
    if ignoresBaseline, settings.baseline != nil {
      throw ValidationError("--baseline and --no-baseline cannot be used together")
    }
    if let report = settings.formats.filter({ $0.path == nil }).dropFirst().first {
      throw ValidationError(
        "only one report can be written to standard output; write the others to files, as in \(report.inFile)"
      )
    }
    if stdinFilename != nil, !paths.isEmpty, !paths.contains(where: StandardStream.isMeant) {
      throw ValidationError("--stdin-filename requires the path - (standard input)")
    }
    if isKeyed { try checkKeyed() }
    if watches { try checkWatched() }
    try inputs.check(paths: paths)
    try since.check(paths: paths)
    try fixes.check(paths: paths, formats: settings.formats, disclosure: showValues.disclosure)
  }

  /// Checks that nothing is asked for that needs the places of requests in a file.
  ///
  /// - Throws: A usage error.
  private func checkKeyed() throws {
    let others = [
      ("--fix", fixes.fix), ("--diff", fixes.diff), ("--since", since.revision != nil),
      ("--baseline", settings.baseline != nil),
    ]
    guard let other = others.first(where: \.1)?.0 else { return }
    throw ValidationError("--keyed and \(other) cannot be used together")
  }

  /// Checks that all inputs can be read again, and that the run changes none of them.
  ///
  /// - Throws: A usage error.
  private func checkWatched() throws {
    if fixes.fix { throw ValidationError("--watch and --fix cannot be used together") }
    guard !paths.contains(where: StandardStream.isMeant), inputs.listPath != "-" else {
      throw ValidationError("--watch reads its files again; it cannot be used with standard input")
    }
  }

  /// Checks requests.
  ///
  /// - Throws: an exit code, or a usage error.
  func run(in invocation: Invocation) throws {
    // Not while arguments are validated: an unknown option would be hidden by it.
    if paths.isEmpty, !inputs.hasList {
      throw ValidationError(
        "specify a file or folder to check, or - for standard input; 'requisite check .' checks this folder"
      )
    }
    if watches { try WatchRun(self, invocation).run() }
    let run = try start(in: invocation)
    // The process is about to end: to free all parts of a run takes longer than to check a small file.
    unsafe _ = Unmanaged.passRetained(KeptRun(run.run))
    if run.code != 0 { throw ExitCode(run.code) }
  }

  /// Checks requests once; the result is the run and its exit code.
  ///
  /// - Throws: an exit code, or a usage error.
  func start(in invocation: Invocation) throws -> (run: CheckRun, code: Int32) {
    let console = Console(style, invocation.environment)
    var arguments = self
    arguments.paths += try inputs.listedPaths(in: invocation, console)
    let plan = try CheckPlan(arguments, in: invocation, console)
    let style = ProgressStyle(
      progress, isQuiet: quiet, isPiped: Output.standard.isPipe,
      isTerminal: Output.error.isTerminal,
      terminal: invocation.environment[.terminal])
    var run = try CheckRun(arguments, plan, console, showing: style)
    let code = run.run()
    return (run, code)
  }

  /// Sets what reports in some formats and the other arguments ask of the linter.
  func set(
    _ options: inout LintOptions, for formats: [OutputChoice], _ reports: [PlannedReport]
  ) {
    options.needs = reports.reduce(into: []) { $0.formUnion($1.format.needs) }
    options.collectsStatistics = statistics.areCollected
    options.disclosure = showValues.disclosure
    options.fixes = fixes.mode(for: formats)
    options.readsExamples = false
    options.usesPlaces = engine == .fused
    inputs.set(&options)
  }
}

/// Keeps a run that is over in memory.
private final class KeptRun {
  private let run: CheckRun

  init(_ run: CheckRun) { self.run = run }
}
