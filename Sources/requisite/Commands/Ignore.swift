import ArgumentParser
import Findings
import Linting
import Reporting
import RequisiteFiles
import SourceText
import Suppressions

/// `requisite ignore`: suppresses a finding, with a reason.
struct Ignore: Command {
  static let configuration = CommandConfiguration(
    commandName: "ignore",
    abstract: "Suppress a finding, with a reason.",
    discussion: """
      Adds an entry to 'suppressions' in the configuration if it has this member, or else to \
      .requisite-ignore.yaml beside the configuration or in the root of the repository. The rest of the \
      file is kept as it is.

      EXAMPLE
        requisite ignore --rule aws-connect-chat/client-token-recommended \\
          --at 'requests/chat.json#/ClientToken' --reason 'the gateway adds it'
      """)

  @Option(
    help: ArgumentHelp("The rule's id (PACK/RULE).", valueName: "rule"),
    completion: NameCompletion.rules)
  var rule: String

  @Option(
    help: ArgumentHelp(
      "The file and the JSON Pointer of the finding, as in reports; without '#', the whole file.",
      valueName: "file#/pointer"), completion: .file())
  var at: String

  @Option(help: ArgumentHelp("Why the finding is accepted.", valueName: "text"))
  var reason: String

  @Option(help: ArgumentHelp("The person or team responsible for it.", valueName: "text"))
  var owner: String?

  @Option(
    help: ArgumentHelp(
      "The last day (UTC) of the suppression; afterwards the finding is reported again.",
      valueName: "YYYY-MM-DD"))
  var until: String?

  @Flag(help: "Print the entry to standard output without changing any file.")
  var dryRun = false

  @OptionGroup var packOptions: PackOptions
  @OptionGroup var settingOptions: SettingOptions
  // A suppression hides a finding whatever baseline and severity.
  @OptionGroup(visibility: .hidden) var baselineOptions: BaselineOptions
  @OptionGroup(visibility: .hidden) var failureOptions: FailureOptions
  @OptionGroup var colorOptions: ColorOptions

  func run(in invocation: Invocation) throws {
    let console = Console(colorOptions, invocation.environment)
    let place = try console.checked { () throws(Diagnostic) -> FindingPlace in
      try FindingPlace(at, in: invocation.files)
    }
    try console.checked { () throws(Diagnostic) in
      try checkTexts(today: invocation.environment.today)
    }
    let settings = try RunSettings(
      settingOptions.flags(packs: packOptions, baseline: baselineOptions, failure: failureOptions),
      inputs: [place.path], in: invocation, console)
    try console.checked { () throws(Diagnostic) in
      try write(try SuppressionTarget(of: place, settings, locks: !dryRun), place, settings)
    }
  }

  /// Checks the texts of the entry.
  private func checkTexts(today: CalendarDate) throws(Diagnostic) {
    if let until {
      guard let date = CalendarDate(until.utf8) else {
        throw Diagnostic(
          "ignore/bad-date", "--until expects a date such as 2027-03-31, found '\(until)'")
      }
      guard date >= today else {
        throw Diagnostic(
          "ignore/bad-date", "--until \(date) is in the past; today is \(today)")
      }
    }
    for (name, text) in [("--reason", reason), ("--owner", owner ?? "x")]
    where text.allSatisfy(\.isWhitespace) {
      throw Diagnostic("ignore/empty", "\(name) is empty", hint: "write a short text")
    }
  }

  /// Adds the entry to the file that it belongs in, or shows it.
  private func write(
    _ target: SuppressionTarget, _ place: FindingPlace, _ settings: RunSettings
  ) throws(Diagnostic) {
    let findings = try IgnoredFindings(of: rule, in: place.path, settings)
    let pointer = try findings.pointer(
      for: place, among: target.suppressions, settings)
    let entry = SuppressionText(
      rule: rule, path: SuppressionText.pattern(ofPath: target.inputPath),
      pointer: pointer.map { PointerPattern.text(of: $0) }, reason: reason, owner: owner,
      until: until)
    let bytes = try target.adding(entry)
    let name = TerminalText.visible(path: target.file.shownPath)
    if dryRun {
      Output.standard.write(SuppressionWriter.shown(entry))
      Output.error.write("this would be added to \(name)\n")
      return
    }
    do {
      try settings.files.write(bytes, to: target.file.path)
    } catch {
      throw .unwritable(target.file.shownPath, error)
    }
    Output.error.write("added to \(name)\n")
  }
}
