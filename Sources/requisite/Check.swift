import ArgumentParser
import Findings
import Linting
import Reporting
import RequestDecoding

/// `requisite check`: lints requests.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks requests, and reports what is wrong with them (the default command).",
    discussion: """
      Files are read as their names say: .json, .yaml and .yml hold one request, .jsonl and .ndjson \
      one on each line; any other named file is read as JSON. Folders are walked for all of these. \
      "-" is standard input.

      Without --pack, a pack applies to what looks like its request. A file that is named, and that \
      no pack fits, is an error; one that is found in a folder is passed over.
      """)

  @Argument(
    help: ArgumentHelp("Files and folders to check; - for standard input.", valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @OptionGroup var packOptions: PackOptions

  @Flag(help: "Take warnings about packs for errors, and check built-in packs as well.")
  var strictPacks = false

  @Option(
    name: [.customShort("f"), .customLong("format")],
    help: ArgumentHelp(
      "A report to write: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")); to a file with =FILE, to standard output with =-; repeatable.",
      valueName: "format[=file]"),
    completion: .list(ReportFormat.allCases.map(\.rawValue)))
  var formats: [OutputChoice] = []

  @Option(help: "The least severity that makes the exit code 1.")
  var failOn: Threshold = .error

  @Option(
    help:
      "How requests spell their members: \(Casing.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var casing: Casing = .auto

  @Option(
    help: ArgumentHelp(
      "The name to show for standard input; its ending says how it is read.", valueName: "name"))
  var stdinFilename: String?

  @Option(
    help: ArgumentHelp(
      "What one evaluation of an expression may cost; more is a finding of its rule.",
      valueName: "steps"))
  var costLimit = 10_000_000

  @OptionGroup var fixOptions: FixOptions

  @OptionGroup var colorOptions: ColorOptions

  @Flag(name: .shortAndLong, help: "Leave out the summary line.")
  var quiet = false

  /// From which severity on findings make a run fail.
  enum Threshold: String, ExpressibleByArgument, CaseIterable {
    case error, warning, info, never

    /// Whether a run with these findings fails.
    func fails(_ summary: ReportSummary) -> Bool {
      switch self {
      case .error: summary.count(of: .error) > 0
      case .warning: summary.count(of: .error) + summary.count(of: .warning) > 0
      case .info: Severity.allCases.contains { summary.count(of: $0) > 0 }
      case .never: false
      }
    }
  }

  func validate() throws {
    guard costLimit > 0 else { throw ValidationError("--cost-limit takes a number above 0") }
    if paths.isEmpty {
      throw ValidationError("name a file or folder to check, or - for standard input")
    }
    if formats.count(where: { $0.path == nil }) > 1 {
      throw ValidationError(
        "only one report can go to standard output; give the others a file: sarif=out.sarif")
    }
    try fixOptions.check(paths: paths, formats: formats)
  }

  func run() throws {
    let (inputs, missing) = InputCollector.inputs(
      at: paths, standardInputName: stdinFilename, workingFolder: FileAccess.workingFolder(),
      commandNames: Requisite.configuration.subcommands.map { $0._commandName } + ["help"])
    try refuseToOverwrite(inputs)
    let packs = try packOptions.load(
      color: colorOptions, isStrict: strictPacks, compilesFixes: needsFixes)
    let printer = DiagnosticPrinter(color: colorOptions)
    printer.show(missing)

    var reports = try ReportOutputs(
      FixRun.formats(formats, fixOptions),
      header: ReportHeader(
        toolVersion: ToolInformation.version,
        rules: packs.ruleDescriptions + ReadingRule.descriptions),
      color: colorOptions)
    var summary = ReportSummary(diagnostics: missing)
    var linter = Linter(
      options: LintOptions(
        packs: packs, appliesToAll: !packOptions.packs.isEmpty, casing: casing,
        costLimit: costLimit,
        computesLineHashes: formats.contains { $0.format == .sarif },
        computesFixes: showsFixes))
    var fixing = fixOptions.isActive ? FixRun(fixOptions, color: colorOptions) : nil
    for input in inputs {
      var hasFindings = false
      func take(_ result: LintResult) {
        reports.append(result.findings)
        printer.show(result.diagnostics)
        hasFindings = hasFindings || !result.findings.isEmpty
        summary.diagnostics += result.diagnostics
        summary.requestCount += result.requestCount
        for finding in result.findings { summary.counts[finding.severity, default: 0] += 1 }
      }
      if fixing == nil {
        linter.lint(input, emit: take)
      } else {
        fixing?.mend(input, with: &linter, emit: take)
      }
      summary.fileCount += 1
      if hasFindings { summary.affectedFileCount += 1 }
    }
    let failures = reports.finish(summary)
    printer.show(failures)
    if !quiet {
      if let fixing { Output.error.write(fixing.line() + "\n") }
      if !fixOptions.diff { Output.error.write(summary.line() + "\n") }
    }
    if (summary.diagnostics + failures).contains(where: { $0.severity == .error }) {
      throw ExitCode(2)
    }
    // A diff says nothing of what has no fix: that there is one is what counts.
    if fixOptions.diff ? (fixing?.fileCount ?? 0) > 0 : failOn.fails(summary) {
      throw ExitCode(1)
    }
  }
}

extension Check {
  /// Whether a report shows what would mend its findings.
  private var showsFixes: Bool { formats.contains { $0.format == .sarif || $0.format == .json } }

  /// Whether the packs' fixes are needed at all.
  private var needsFixes: Bool { showsFixes || fixOptions.isActive }

  /// Ends the command where a report would take the place of something that is to be checked.
  private func refuseToOverwrite(_ inputs: [LintInput]) throws {
    let reports = formats.compactMap(\.path).compactMap { path in
      FileAccess.realPath(path).map { (path, real: $0) }
    }
    guard !reports.isEmpty else { return }
    for input in inputs where input.path != "-" {
      let real = FileAccess.realPath(input.path)
      if let (path, _) = reports.first(where: { $0.real == real }) {
        DiagnosticPrinter(color: colorOptions).show([
          Diagnostic(
            "argument/report-over-input",
            "the report '\(path)' would overwrite what is to be checked; give it another name or folder"
          )
        ])
        throw ExitCode(2)
      }
    }
  }
}

/// A report format, and where the report goes.
struct OutputChoice: ExpressibleByArgument {
  var format: ReportFormat
  /// The file; nil for standard output.
  var path: String?

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
