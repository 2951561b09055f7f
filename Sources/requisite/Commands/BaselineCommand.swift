import ArgumentParser
import Baselines
import Findings
import Linting
import Reporting
import RequisiteFiles

/// `requisite baseline`: accepts current findings, so that runs report only new ones.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Accept current findings, so that only new ones are reported.",
    discussion: """
      A baseline is a sorted JSON Lines file with one accepted finding per line: its rule, file, JSON \
      Pointer and ordinal, but no message, line number or value. Its path is set by --baseline or by \
      'baseline' in the configuration (default: .requisite-baseline.jsonl in the project root). \
      'requisite check' uses it only if the flag or the configuration names it.

      Only entries for the given files and loaded packs are changed.
      """,
    subcommands: [BaselineWrite.self, BaselineUpdate.self, BaselineCheck.self])
}

/// The arguments of all baseline commands.
struct BaselineArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files and folders to check (default: the project root).", valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @OptionGroup var packOptions: PackOptions
  @OptionGroup var settingOptions: SettingOptions
  @OptionGroup var baselineOptions: BaselineOptions
  // Every new finding fails 'baseline check', whatever its severity.
  @OptionGroup(visibility: .hidden) var failureOptions: FailureOptions
  @OptionGroup var inputOptions: InputOptions
  @OptionGroup var suppressionOptions: SuppressionOptions
  @OptionGroup var colorOptions: ColorOptions

  @Flag(name: .shortAndLong, help: "Do not print the summary line.")
  var quiet = false

  /// What the flags say of settings.
  var flags: SettingFlags {
    settingOptions.flags(packs: packOptions, baseline: baselineOptions, failure: failureOptions)
  }

  func validate() throws {
    if failureOptions.noBaseline {
      throw ValidationError("baseline commands do not support --no-baseline")
    }
    try inputOptions.choices.check(paths: paths)
    if paths.contains(where: StandardStream.isMeant) {
      throw ValidationError("baselines do not support standard input; name a file or folder")
    }
  }
}

/// `requisite baseline write`: accepts all current findings.
struct BaselineWrite: Command {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: "Accept all current findings, and create the baseline if necessary.",
    discussion: """
      Replaces the entries for the given files. Entries for other files are kept.
      """)

  @OptionGroup var arguments: BaselineArguments

  func run(in invocation: Invocation) throws {
    let file = try BaselineFile(arguments, .write, in: invocation)
    let run = try BaselineRun(arguments, file, in: invocation)
    let baseline = run.outcome.accepting
    let isWritten = try file.write(baseline)
    run.showRenames()
    guard !arguments.quiet else { return }
    let count = counted(baseline.entryCount, "finding")
    Output.error.write("\(file.name) accepts \(count)\(isWritten ? "" : ", as before")\n")
    if !file.isConfigured {
      Output.error.write(
        "to use it, run 'requisite check --baseline FILE' or set 'baseline' in .requisite.yaml\n"
      )
    }
  }
}

/// `requisite baseline update`: removes stale entries and follows renamed files.
struct BaselineUpdate: Command {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Remove stale entries from the baseline, and follow renamed files.")

  @OptionGroup var arguments: BaselineArguments

  @Flag(help: "Also accept new findings.")
  var acceptNew = false

  func run(in invocation: Invocation) throws {
    let file = try BaselineFile(arguments, .update, in: invocation)
    let run = try BaselineRun(arguments, file, in: invocation)
    let outcome = run.outcome
    let baseline = acceptNew ? outcome.accepting : outcome.kept
    _ = try file.write(baseline)
    run.showRenames()
    guard !arguments.quiet else { return }
    var parts: [String] = []
    if !outcome.stale.isEmpty {
      parts.append(
        "\(counted(outcome.stale.count, "stale entry", "stale entries")) removed")
    }
    if acceptNew, !outcome.new.isEmpty {
      parts.append("\(counted(outcome.new.count, "new finding")) accepted")
    }
    if !acceptNew, !outcome.new.isEmpty {
      parts.append(
        "\(counted(outcome.new.count, "new finding")) not accepted; --accept-new accepts them"
      )
    }
    let count = counted(baseline.entryCount, "finding")
    Output.error.write(
      (["\(file.name) accepts \(count)"] + parts).joined(separator: "; ") + "\n")
  }
}

/// `requisite baseline check`: fails if the baseline is out of date.
struct BaselineCheck: Command {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Report new findings and stale entries, and fail if there are any.")

  @OptionGroup var arguments: BaselineArguments

  func run(in invocation: Invocation) throws {
    let file = try BaselineFile(arguments, .check, in: invocation)
    let run = try BaselineRun(arguments, file, in: invocation)
    var reports = try ReportOutputs(
      [PlannedReport(.text, to: .standardOutput)],
      header: ReportHeader(toolVersion: ToolInformation.version, rules: run.rules),
      in: invocation.files, file.console)
    reports.append(run.findings)
    _ = reports.finish(run.summary)
    run.showRenames()
    run.showStale()
    let (new, stale) = (run.findings.count, run.outcome.stale.count)
    if !arguments.quiet {
      let newText = counted(new, "new finding")
      let staleText = counted(stale, "stale entry", "stale entries")
      Output.error.write(
        "\(newText), \(staleText); \(run.summary.acceptedCount) in the baseline\n")
    }
    if new > 0 || stale > 0 { throw ExitCode(1) }
  }
}

/// A number with its noun.
private func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(plural ?? noun + "s")"
}
