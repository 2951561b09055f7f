import ArgumentParser
import Configuration
import Findings
import Linting
import Reporting
import Documents

/// `requisite check`: lints requests.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check requests and report findings (default command).",
    discussion: """
      Files with the extension .json, .yaml or .yml contain one request, and .jsonl and .ndjson files \
      one request per line. Other named files are read as JSON. Files compressed with gzip are \
      decompressed, and .gz may follow the extension. Folders are searched recursively for files with \
      these extensions. "-" is standard input.

      Searches skip hidden files, node_modules, files ignored by Git, the run's own packs and reports, \
      and links that lead out of the project. A run that checks nothing is an error.

      The nearest .requisite.yaml in a file's folder or its parents selects packs and settings; \
      'requisite config FILE' shows them. Files that it excludes are skipped, even if they are named.

      Without --pack, a pack applies to the requests that it detects. A named file that no pack detects \
      is an error; in a folder it is skipped.
      """)

  @Argument(
    help: ArgumentHelp("Files and folders to check; - for standard input.", valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @OptionGroup var packOptions: PackOptions

  @Flag(help: "Treat pack warnings as errors, and check built-in packs as well.")
  var strictPacks = false

  @Option(
    name: [.customShort("f"), .customLong("format")],
    help: ArgumentHelp(
      "The format of a report: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")). Add =FILE to write it to a file (default: standard output). Repeatable.",
      valueName: "format[=file]"),
    completion: .list(ReportFormat.allCases.map(\.rawValue)), transform: OutputChoice.parse)
  var formats: [OutputChoice] = []

  @OptionGroup var settingOptions: SettingOptions
  @OptionGroup var baselineOptions: BaselineOptions
  @OptionGroup var failureOptions: FailureOptions
  @OptionGroup var inputOptions: InputOptions
  @OptionGroup var suppressionOptions: SuppressionOptions
  @OptionGroup var fixOptions: FixOptions

  @Option(
    help: ArgumentHelp(
      "The file name to report for standard input; its extension selects the format.",
      valueName: "name"))
  var stdinFilename: String?

  @OptionGroup var statisticsOptions: StatisticsOptions
  @OptionGroup var valueOptions: ValueOptions
  @OptionGroup var colorOptions: ColorOptions

  @Flag(name: .shortAndLong, help: "Do not print the summary line.")
  var quiet = false

  func validate() throws {
    if failureOptions.noBaseline, baselineOptions.baseline != nil {
      throw ValidationError("--baseline and --no-baseline cannot be used together")
    }
    if let report = formats.filter({ $0.path == nil }).dropFirst().first {
      throw ValidationError(
        "only one report can be written to standard output; write the others to files, as in \(report.inFile)"
      )
    }
    if stdinFilename != nil, !paths.isEmpty, !paths.contains("-") {
      throw ValidationError("--stdin-filename requires the path - (standard input)")
    }
    try fixOptions.check(
      paths: paths, formats: formats, disclosure: valueOptions.disclosure)
  }

  func run() throws {
    // Not while arguments are validated: an unknown option would be hidden by it.
    if paths.isEmpty {
      throw ValidationError("specify a file or folder to check, or - for standard input")
    }
    let workingFolder = FileAccess.workingFolder()
    let printer = DiagnosticPrinter(color: colorOptions)
    let root = try settingOptions.projectRoot(
      ofInputs: paths, workingFolder: workingFolder, color: colorOptions)
    var profiles = LintProfiles(
      try settingOptions.choices(
        packs: packOptions, baseline: baselineOptions, failure: failureOptions, color: colorOptions),
      from: settingOptions.source,
      options: LintOptions(
        packs: [], applicability: .whenDetected, costLimit: settingOptions.effectiveCostLimit.value),
      isStrict: strictPacks || EnvironmentSettings.current.strictPacks,
      workingFolder: workingFolder, root: root)
    let collected = InputCollector.collect(
      paths,
      InputCollector.Options(
        workingFolder: workingFolder, projectRoot: root.path, standardInputName: stdinFilename,
        commandNames: Requisite.configuration.subcommands.map { $0._commandName } + ["help"],
        honorsGitIgnore: !inputOptions.ignoresGitIgnore),
      excluding: &profiles)
    var (formats, mistakes) = reports(&profiles, workingFolder: workingFolder)
    if fixOptions.diff { formats.removeAll { $0.path == nil } }
    profiles.options.needs = formats.reduce(into: []) { $0.formUnion($1.format.needs) }
    profiles.options.collectsStatistics = statisticsOptions.areCollected
    profiles.options.disclosure = valueOptions.disclosure
    profiles.options.fixes =
      fixOptions.isActive
      ? .apply : formats.contains { $0.format.showsFixes } ? .attach : .mark
    profiles.options.sizeLimits = inputOptions.sizeLimits
    profiles.options.allowsEmptyStreams = inputOptions.allowEmpty

    var run = CheckRun(collected, by: &profiles)
    let targets = try ReportTargets(formats.map(\.path), color: colorOptions)
    try targets.refuseLinks(leaving: root)
    let reportPaths = ReportPaths(root: root, workingFolder: workingFolder)
    run.setReportPaths(reportPaths, standardInputName: stdinFilename)
    try run.leaveOut { try targets.replace($0) }
    var trouble = mistakes + profiles.takeDiagnostics()
    printer.show(trouble)
    let hasNoProfile = profiles.profiles.isEmpty && trouble.hasErrors
    // What the faulty inputs have suppressions and baselines in must not be overwritten either.
    let (filter, notes) = try suppressionOptions.filter(
      for: hasNoProfile ? run.faulty : run.inputs.map(\.input), at: paths,
      settings: settingOptions, baseline: baselineOptions,
      ignoringBaseline: failureOptions.noBaseline, color: colorOptions)
    printer.show(run.diagnostics + notes)
    trouble += run.diagnostics + notes
    try targets.refuseFilesOfTheRun()
    if hasNoProfile || notes.hasErrors {
      // A baseline that is missing must not become a report, which the next run would read.
      let baselines = baselinePaths(&profiles, workingFolder: workingFolder)
      formats.removeAll { choice in
        choice.path.map {
          baselines.contains(ProjectRoot.absolutePath(of: $0, workingFolder: workingFolder))
        } ?? false
      }
      printer.show(
        try failureReports(
          formats, reportPaths.diagnostics(trouble), rules: profiles.profiles.ruleDescriptions))
      throw ExitCode(2)
    }

    let ownFiles = profiles.ownFiles(with: [baselineOptions.path])
    run.leaveOut { ownFiles.contains($0) }

    var reports = try ReportOutputs(
      formats,
      header: ReportHeader(
        toolVersion: ToolInformation.version,
        rules: profiles.profiles.ruleDescriptions + ReadingRule.descriptions),
      color: colorOptions)
    var summary = ReportSummary(diagnostics: trouble)
    var isFailing = false
    var session = LintSession(
      profiles.profiles.map(\.options), filter: filter,
      jobs: fixOptions.isActive ? 1 : inputOptions.jobCount)
    var fixing = fixOptions.isActive ? FixRun(fixOptions, root: root, color: colorOptions) : nil
    let makesFixes = fixOptions.isActive
    summary.canOnlyShowFixes = run.inputs.allSatisfy {
      $0.input.path == "-" || $0.input.namedContainer != .plain
    }
    var hasFindings = false
    func take(_ place: Int, _ result: LintResult) {
      reports.append(result.findings)
      printer.show(result.diagnostics)
      hasFindings = hasFindings || !result.findings.isEmpty
      summary.diagnostics += result.diagnostics
      summary.requestCount += result.requestCount
      summary.suppressedCount += result.suppressedCount
      summary.acceptedCount += result.acceptedCount
      for finding in result.findings {
        summary.counts[finding.severity, default: 0] += 1
        if let kind = finding.fixability, !makesFixes {
          summary.fixableCounts[kind, default: 0] += 1
        }
        isFailing = isFailing || profiles.profiles[run.inputs[place].profile].isFailing(finding)
      }
      // Nothing is left to be written, and the exit code cannot become 0 any more.
      if reports.areUnread, isFailing, !fixOptions.isActive { endProcess(1) }
    }
    func end(_ place: Int) {
      summary.fileCount += 1
      if hasFindings { summary.affectedFileCount += 1 }
      hasFindings = false
    }
    if var fixes = fixing {
      for (place, (input, profile)) in run.inputs.enumerated() {
        fixes.fix(input, profile, in: &session) { take(place, $0) }
        end(place)
      }
      fixing = fixes
    } else {
      session.run(run.inputs, emit: take, ended: end)
    }
    let notices =
      profiles.unusedPatterns(inRunOver: paths) + suppressionOptions.notices(of: filter)
    printer.show(notices)
    summary.diagnostics += notices
    if let error = run.nothingChecked(summary, inputOptions) {
      printer.show([error])
      summary.diagnostics.append(error)
    }
    let statistics = session.statistics
    summary.statistics = statisticsOptions.reported(statistics)
    summary.diagnostics = reportPaths.diagnostics(summary.diagnostics)
    let failures = reports.finish(summary)
    printer.show(failures)
    if !quiet {
      printer.show(run.exclusionNotices)
      if let fixing { Output.error.write(fixing.line() + "\n") }
      if !fixOptions.diff { Output.error.write(summary.line() + "\n") }
    }
    let isInert = statisticsOptions.tell(statistics, color: colorOptions)
    if (summary.diagnostics + failures).hasErrors { throw ExitCode(2) }
    if isInert { throw ExitCode(1) }
    // A diff says nothing of what has no fix: that there is one is what counts.
    if fixOptions.diff ? (fixing?.fileCount ?? 0) > 0 : isFailing { throw ExitCode(1) }
  }
}

extension Check {
  /// Writes the reports of a run that ends before anything is checked; the result is what went wrong
  /// with writing files.
  ///
  /// Reports that have no place for diagnostics are left alone: they would look as if all were well.
  private func failureReports(
    _ formats: [OutputChoice], _ diagnostics: [Diagnostic], rules: [RuleDescription]
  ) throws -> [Diagnostic] {
    var reports = try ReportOutputs(
      formats.filter(\.format.showsDiagnostics),
      header: ReportHeader(
        toolVersion: ToolInformation.version, rules: rules + ReadingRule.descriptions),
      color: colorOptions)
    return reports.finish(ReportSummary(diagnostics: diagnostics))
  }

  /// The absolute paths of the baselines that flags and the working folder's configuration name.
  private func baselinePaths(_ profiles: inout LintProfiles, workingFolder: String) -> [String] {
    var paths: [String] = []
    if let path = baselineOptions.path {
      paths.append(ProjectRoot.absolutePath(of: path, workingFolder: workingFolder))
    }
    if let configuration = profiles.settings(forPath: ".", isFolder: true)?.configuration,
      let path = configuration.baselinePath?.value
    {
      paths.append(
        ProjectRoot.absolutePath(of: path, workingFolder: configuration.root))
    }
    return paths
  }

  /// The reports to write, and what is wrong with those that a configuration asks for.
  private func reports(
    _ profiles: inout LintProfiles, workingFolder: String
  ) -> ([OutputChoice], [Diagnostic]) {
    let chosen = formats.isEmpty ? EnvironmentSettings.current.formats ?? [] : formats
    if !chosen.isEmpty { return (chosen, []) }
    // A run has one set of reports, wherever its inputs lie: that of the folder it is begun in.
    if let configuration = profiles.settings(forPath: ".", isFolder: true)?.configuration,
      let formats = configuration.formats
    {
      let reports = ConfiguredReports(
        formats, of: configuration, workingFolder: workingFolder)
      if !reports.choices.isEmpty { return (reports.choices, reports.diagnostics) }
      return ([OutputChoice(format: .text, path: nil)], reports.diagnostics)
    }
    return ([OutputChoice(format: .text, path: nil)], [])
  }
}

/// A report format, and where the report goes.
struct OutputChoice: ExpressibleByArgument {
  var format: ReportFormat
  /// The file; nil for standard output.
  var path: String?

  /// The choice of this format with an example of a file, for hints: `sarif=out.sarif`.
  var inFile: String {
    let ending = format == .text || format == .compact ? "txt" : format.rawValue
    return "\(format)=out.\(ending)"
  }

  init(format: ReportFormat, path: String?) {
    self.format = format
    self.path = path
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, let format = ReportFormat(rawValue: String(name)) else {
      return nil
    }
    if parts.count == 2, parts[1].isEmpty { return nil }
    let path = parts.count == 2 ? String(parts[1]) : "-"
    self.init(format: format, path: path == "-" ? nil : path)
  }
}
