import ArgumentParser
import Baselines
import Findings
import Linting
import Reporting

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

  func validate() throws {
    if failureOptions.noBaseline {
      throw ValidationError("baseline commands do not support --no-baseline")
    }
    if paths.contains("-") {
      throw ValidationError("baselines do not support standard input; name a file or folder")
    }
  }
}

/// `requisite baseline write`: accepts all current findings.
struct BaselineWrite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: "Accept all current findings, and create the baseline if necessary.",
    discussion: """
      Replaces the entries for the given files. Entries for other files are kept.
      """)

  @OptionGroup var arguments: BaselineArguments

  func run() throws {
    let session = try BaselineSession(arguments, mustExist: false)
    let baseline = session.outcome.accepting
    let isWritten = try session.write(baseline)
    session.showRenames()
    guard !arguments.quiet else { return }
    let count = BaselineSession.counted(baseline.entryCount, "finding")
    Output.error.write(
      isWritten
        ? "\(TerminalText.visible(path: session.shownFile)) accepts \(count)\n"
        : "\(TerminalText.visible(path: session.shownFile)) accepts \(count), as before\n")
    if !session.isConfigured {
      Output.error.write(
        "to use it, run 'requisite check --baseline FILE' or set 'baseline' in .requisite.yaml\n"
      )
    }
  }
}

/// `requisite baseline update`: removes stale entries and follows renamed files.
struct BaselineUpdate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Remove stale entries from the baseline, and follow renamed files.")

  @OptionGroup var arguments: BaselineArguments

  @Flag(help: "Also accept new findings.")
  var acceptNew = false

  func run() throws {
    let session = try BaselineSession(arguments, mustExist: true)
    let outcome = session.outcome
    let baseline = acceptNew ? outcome.accepting : outcome.kept
    _ = try session.write(baseline)
    session.showRenames()
    guard !arguments.quiet else { return }
    var parts: [String] = []
    if !outcome.stale.isEmpty {
      parts.append(
        "\(BaselineSession.counted(outcome.stale.count, "stale entry", "stale entries")) removed")
    }
    if acceptNew, !outcome.new.isEmpty {
      parts.append("\(BaselineSession.counted(outcome.new.count, "new finding")) accepted")
    }
    if !acceptNew, !outcome.new.isEmpty {
      parts.append(
        "\(BaselineSession.counted(outcome.new.count, "new finding")) not accepted; --accept-new accepts them"
      )
    }
    let count = BaselineSession.counted(baseline.entryCount, "finding")
    let name = TerminalText.visible(path: session.shownFile)
    Output.error.write(
      (["\(name) accepts \(count)"] + parts).joined(separator: "; ") + "\n")
  }
}

/// `requisite baseline check`: fails if the baseline is out of date.
struct BaselineCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Report new findings and stale entries, and fail if there are any.")

  @OptionGroup var arguments: BaselineArguments

  func run() throws {
    let session = try BaselineSession(arguments, mustExist: true, writes: false)
    var reports = try ReportOutputs(
      [OutputChoice(format: .text, path: nil)],
      header: ReportHeader(toolVersion: ToolInformation.version, rules: session.rules),
      color: arguments.colorOptions)
    reports.append(session.findings)
    _ = reports.finish(session.summary)
    session.showRenames()
    session.showStale()
    let (new, stale) = (session.findings.count, session.outcome.stale.count)
    if !arguments.quiet {
      let newText = BaselineSession.counted(new, "new finding")
      let staleText = BaselineSession.counted(stale, "stale entry", "stale entries")
      let accepted = session.summary.acceptedCount
      Output.error.write("\(newText), \(staleText); \(accepted) in the baseline\n")
    }
    if new > 0 || stale > 0 { throw ExitCode(1) }
  }
}
