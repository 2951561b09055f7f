import ArgumentParser
import Baselines
import Findings
import Linting
import Reporting

/// `requisite baseline`: accepts what is old, so that a run reports what is new.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Accepts the findings of today, so that only new ones are reported.",
    discussion: """
      A baseline is a file of JSON Lines, sorted, with one accepted finding on each line, known by its \
      rule, its file, its place in the request and its number there: no message, line or value is \
      written down. It lies at --baseline, else where the configuration's 'baseline' says, else at \
      .requisite-baseline.jsonl in the root of the project. 'requisite check' takes it into account \
      where the flag or the configuration names it.

      Only files that the command sees are touched, and only what its packs have rules for.
      """,
    subcommands: [BaselineWrite.self, BaselineUpdate.self, BaselineCheck.self])
}

/// The arguments that all commands about a baseline take.
struct BaselineArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files and folders to look at (default: the project's root).", valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @OptionGroup var packOptions: PackOptions
  @OptionGroup var settingOptions: SettingOptions
  @OptionGroup var inputOptions: InputOptions
  @OptionGroup var suppressionOptions: SuppressionOptions
  @OptionGroup var colorOptions: ColorOptions

  @Flag(name: .shortAndLong, help: "Leave out the summary line.")
  var quiet = false

  func validate() throws {
    if settingOptions.baselineOptions.noBaseline {
      throw ValidationError("a command about a baseline cannot do without one")
    }
    if paths.contains("-") {
      throw ValidationError("a baseline is about files; standard input is none")
    }
  }
}

/// `requisite baseline write`: accepts everything there is.
struct BaselineWrite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: "Accepts all findings of today; makes the baseline where there is none.",
    discussion: """
      The findings of the files that the command sees take the place of what the baseline had of \
      them; what it has of other files stays.
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
        "'requisite check' takes it into account by --baseline, or by 'baseline' in .requisite.yaml\n"
      )
    }
  }
}

/// `requisite baseline update`: takes out what is stale, and follows files to their new names.
struct BaselineUpdate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Takes stale entries out of the baseline, and follows renamed files.")

  @OptionGroup var arguments: BaselineArguments

  @Flag(help: "Accept new findings as well.")
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
        "\(BaselineSession.counted(outcome.stale.count, "stale entry", "stale entries")) taken out")
    }
    if acceptNew, !outcome.new.isEmpty {
      parts.append("\(BaselineSession.counted(outcome.new.count, "new finding")) accepted")
    }
    if !acceptNew, !outcome.new.isEmpty {
      parts.append(
        "\(BaselineSession.counted(outcome.new.count, "new finding")) left out (--accept-new accepts)"
      )
    }
    let count = BaselineSession.counted(baseline.entryCount, "finding")
    let name = TerminalText.visible(path: session.shownFile)
    Output.error.write(
      (["\(name) accepts \(count)"] + parts).joined(separator: "; ") + "\n")
  }
}

/// `requisite baseline check`: tells whether the baseline is true.
struct BaselineCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Fails where findings are new or entries are stale, and tells which.")

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
