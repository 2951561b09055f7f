import ArgumentParser
import Linting
import Reporting

/// `requisite check`: lints requests.
struct Check: Command {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check requests and report findings (default command).",
    discussion: """
      Files with the extension .json, .yaml or .yml contain one request, and .jsonl and .ndjson files \
      one request per line. Other named files are read as JSON. Files compressed with gzip are \
      decompressed, and .gz may follow the extension. Folders are searched recursively for files with \
      these extensions. "-" is standard input.

      A JSON file that is an array is a batch of requests, if a pack detects one of its elements and \
      none applies to the array. Each element is checked as a request, and pointers begin with its \
      position, as in /0/Attributes.

      Searches skip hidden files, node_modules, files ignored by Git, the run's own packs and reports, \
      and links that lead out of the project. A run that checks nothing is an error.

      The nearest .requisite.yaml in a file's folder or its parents selects packs and settings; \
      'requisite config FILE' shows them. Files that it excludes are skipped, even if they are named.

      Without --pack, a pack applies to the requests that it detects. A named file that no pack detects \
      is an error; in a folder, or with --skip-unmatched, it is skipped.
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
    completion: NameCompletion.formats(ReportFormat.self), transform: OutputChoice.parse)
  var formats: [OutputChoice] = []

  @OptionGroup var ciOptions: CIOptions
  @OptionGroup var selectionOptions: SelectionOptions
  @OptionGroup var settingOptions: SettingOptions
  @OptionGroup var baselineOptions: BaselineOptions
  @OptionGroup var sinceOptions: SinceOptions
  @OptionGroup var failureOptions: FailureOptions
  @OptionGroup var inputOptions: InputOptions
  @OptionGroup var suppressionOptions: SuppressionOptions

  @Flag(
    help:
      "Keep suppressed findings in SARIF reports, marked as suppressed. GitHub code scanning would show them as open."
  )
  var sarifSuppressed = false

  @OptionGroup var fixOptions: FixOptions

  @Option(
    help: ArgumentHelp(
      "The file name to report for standard input; its extension selects the format.",
      valueName: "name"))
  var stdinFilename: String?

  @Flag(
    help:
      "Each line of standard input, of a log and of a named file is KEY, a tab and a request, or an object with the members key and request. Findings have the key in place of the path, and positions within the request."
  )
  var keyed = false

  @Flag(
    help:
      "Check again whenever a file changes that the run reads: a request, pack, configuration, suppression or baseline file. Ends by Ctrl-C."
  )
  var watch = false

  @OptionGroup var statisticsOptions: StatisticsOptions
  @OptionGroup var valueOptions: ValueOptions
  @OptionGroup var colorOptions: ColorOptions
  @OptionGroup var progressOptions: ProgressOptions
  @OptionGroup(visibility: .hidden) var engineOptions: EngineOptions

  @Flag(name: .shortAndLong, help: "Do not print the summary line.")
  var quiet = false

  /// What the command line says.
  var arguments: CheckArguments {
    var settings = settingOptions.flags(
      packs: packOptions, baseline: baselineOptions, failure: failureOptions)
    settings.formats = formats
    settings.isStrict = strictPacks
    return CheckArguments(
      paths: paths, settings: settings, ignoresBaseline: failureOptions.noBaseline,
      ci: ciOptions.choices, selection: selectionOptions.choices, since: sinceOptions.choice,
      inputs: inputOptions.choices, suppressions: suppressionOptions.choices,
      sarifSuppressed: sarifSuppressed, fixes: fixOptions.choices, stdinFilename: stdinFilename,
      isKeyed: keyed,
      statistics: statisticsOptions.choices, showValues: valueOptions.showValues,
      style: colorOptions.choices, progress: progressOptions.progress, engine: engineOptions.engine,
      quiet: quiet, watches: watch)
  }

  func validate() throws {
    try arguments.validate()
  }

  func run(in invocation: Invocation) throws {
    try arguments.run(in: invocation)
  }
}
