import ArgumentParser
import Findings
import Linting
import PackTesting
import Reporting
import RulePacks
import SourceText

/// `requisite test`: tries the examples of packs, and whether they would notice a mistake in a rule.
struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Tests packs by their own examples, and tells what these would not notice.",
    discussion: """
      Every example has to do what it stands under, and to have the findings that it names. Then each \
      rule is changed in one small way after another: a bound is moved by one, a keyword left out, a \
      condition negated. A change that no example notices is told, with an example that would.

      The exit code is 1 where an example fails; with --strict also where a rule lacks examples, with \
      --min-score where a pack's examples notice too few changes; and 2 where a pack is broken, or \
      where its examples take more steps than they may. Of rules with too many changes, a sample is tried.
      """)

  @Argument(
    help: ArgumentHelp(
      "Built-in packs' names or pack files' paths; without any, all built-in packs.",
      valueName: "pack"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var packs: [String] = []

  @Option(
    name: .customLong("rule"),
    help: ArgumentHelp("A rule to test, by name or full id; repeatable.", valueName: "rule"))
  var rules: [String] = []

  @Flag(help: "Try the examples only, and no changes of rules.")
  var noMutation = false

  @Option(
    help: ArgumentHelp(
      "How much of the changes to a pack's rules its examples must notice, in percent.",
      valueName: "percent"))
  var minScore: Int?

  @Flag(help: "Fail where a rule has no passing or no failing example.")
  var strict = false

  @Option(
    name: [.customShort("f"), .customLong("format")],
    help: ArgumentHelp(
      "A report to write: \(PackTestFormat.allCases.map(\.rawValue).joined(separator: ", ")); to a file with =FILE, to standard output with =-; repeatable.",
      valueName: "format[=file]"),
    completion: .list(PackTestFormat.allCases.map(\.rawValue)))
  var formats: [TestOutputChoice] = []

  @Option(
    help: ArgumentHelp(
      "Steps that one evaluation of an expression may take; loading and testing a pack may each take twice as many (default: 10000000).",
      valueName: "steps"))
  var costLimit: Int?

  @OptionGroup var colorOptions: ColorOptions

  @Flag(name: .shortAndLong, help: "Leave out the summary line.")
  var quiet = false

  func validate() throws {
    if let minScore, !(0...100).contains(minScore) {
      throw ValidationError("--min-score takes a percentage from 0 to 100")
    }
    if let costLimit, costLimit <= 0 {
      throw ValidationError("--cost-limit takes a number above 0")
    }
    if minScore != nil, noMutation {
      throw ValidationError("--min-score needs what --no-mutation leaves out")
    }
    if formats.count(where: { $0.path == nil }) > 1 {
      throw ValidationError(
        "only one report can go to standard output; give the others a file: junit=out.xml")
    }
  }

  func run() throws {
    let printer = DiagnosticPrinter(color: colorOptions)
    let costLimit = costLimit ?? EnvironmentSettings.current.costLimit
    let loading = PackLoader.loadForTesting(
      packs.map { PackReference($0) }, costLimit: costLimit)
    printer.show(loading.diagnostics)
    guard !loading.hasErrors else { throw ExitCode(2) }
    let workingFolder = FileAccess.workingFolder()
    let root = try ProjectRoot.find(explicit: nil, workingFolder: workingFolder, inputs: packs)
    let targets = try ReportTargets(formats.map(\.path), color: colorOptions)
    try targets.refuseFilesOfTheRun()
    try targets.refuseLinks(leaving: root)
    let options = PackTestOptions(
      rules: try selectedRules(of: loading.compositions, printer), mutates: !noMutation,
      costLimit: costLimit)
    var report = PackTestReport()
    for composition in loading.compositions {
      guard let suite = PackTester.test(composition, options: options) else { continue }
      if !rules.isEmpty, suite.rules.isEmpty { continue }
      report.suites.append(suite)
    }
    ReportPaths(root: root, workingFolder: workingFolder).apply(to: &report)
    let demands = PackTestDemands(isStrict: strict, minimumScore: minScore)
    try write(report, demands)
    if !quiet { Output.error.write(report.line() + "\n") }
    if !report.isComplete { throw ExitCode(2) }
    if demands.areMissed(by: report) { throw ExitCode(1) }
  }

  /// The rules that were named; nil for all.
  private func selectedRules(
    of packs: [PackComposition], _ printer: DiagnosticPrinter
  ) throws -> Set<RuleID>? {
    guard !rules.isEmpty else { return nil }
    let all = packs.flatMap { $0.rules.map(\.id) }
    var selected: Set<RuleID> = []
    for rule in rules {
      let found = all.filter { $0.description == rule || $0.rule == rule }
      if found.isEmpty {
        let nearest = NearestName.nearest(
          to: rule, among: all.map(\.description) + all.map(\.rule))
        printer.show([
          Diagnostic(
            "argument/unknown-rule",
            nearest.map { "there is no rule '\(rule)' to test; did you mean '\($0)'?" }
              ?? "there is no rule '\(rule)' to test; 'requisite rules' lists them")
        ])
        throw ExitCode(2)
      }
      selected.formUnion(found)
    }
    return selected
  }

  private func write(
    _ report: PackTestReport, _ demands: PackTestDemands
  ) throws {
    for choice in formats.isEmpty ? [TestOutputChoice(format: .text, path: nil)] : formats {
      var text: [UInt8] = []
      choice.format.write(
        report, demands: demands,
        options: choice.path == nil ? Output.standard.options(colorOptions) : ReportOptions(),
        into: &text)
      guard let path = choice.path else {
        Output.standard.write(text)
        continue
      }
      try OutputFile(path: path, color: colorOptions).write(text)
    }
  }
}

/// A format of a test's report, and where the report goes.
struct TestOutputChoice: ExpressibleByArgument {
  var format: PackTestFormat
  /// The file; nil for standard output.
  var path: String?

  init(format: PackTestFormat, path: String?) {
    self.format = format
    self.path = path
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, let format = PackTestFormat(rawValue: String(name)) else {
      return nil
    }
    if parts.count == 2, parts[1].isEmpty { return nil }
    let path = parts.count == 2 ? String(parts[1]) : "-"
    self.init(format: format, path: path == "-" ? nil : path)
  }
}
