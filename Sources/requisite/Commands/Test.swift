import ArgumentParser
import RequisiteConfiguration
import Findings
import Linting
import PackTesting
import Reporting
import RequisiteFiles
import RulePacks
import SourceText

/// `requisite test`: tests packs by their examples, and the examples by mutations of the rules.
struct Test: Command {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Test packs by their examples, and show which mutations of a rule survive them.",
    discussion: """
      Each example must match its heading, pass or fail, and have the findings that it lists. Then each \
      rule is mutated in one small way at a time: a limit is moved by one, a keyword is removed, a \
      condition is negated. A mutation that no example kills is reported, with an example that would.

      The exit code is 1 if an example contradicts its heading, if a rule lacks examples (--strict) or if \
      too few mutants are killed (--min-score). It is 2 if a pack is invalid or its examples exceed their \
      limit of steps. Rules with many mutants are sampled.
      """)

  @Argument(
    help: ArgumentHelp(
      "Names of built-in packs or paths of pack files (default: all built-in packs).",
      valueName: "pack"),
    completion: NameCompletion.packs)
  var packs: [String] = []

  @Option(
    name: .customLong("rule"),
    help: ArgumentHelp("A rule to test, by id (PACK/RULE) or name. Repeatable.", valueName: "rule"),
    completion: NameCompletion.testedRules)
  var rules: [String] = []

  @Flag(help: "Test only the examples, without mutations.")
  var noMutation = false

  @Option(
    help: ArgumentHelp(
      "The minimum share of mutants that the examples of each pack must kill, in percent.",
      valueName: "percent"))
  var minScore: Int?

  @Flag(help: "Fail if a rule has no passing or no failing example.")
  var strict = false

  @Option(
    name: [.customShort("f"), .customLong("format")],
    help: ArgumentHelp(
      "The format of a report: \(PackTestFormat.allCases.map(\.rawValue).joined(separator: ", ")). Add =FILE to write it to a file (default: standard output). Repeatable.",
      valueName: "format[=file]"),
    completion: NameCompletion.formats(PackTestFormat.self), transform: TestOutputChoice.parse)
  var formats: [TestOutputChoice] = []

  @Option(
    help: ArgumentHelp(
      "The maximum number of steps of one expression; loading and testing a pack may each take twice as many (default: 10000000).",
      valueName: "steps"))
  var costLimit: Int?

  @OptionGroup var colorOptions: ColorOptions

  @Flag(name: .shortAndLong, help: "Do not print the summary line.")
  var quiet = false

  func validate() throws {
    if let minScore, !(0...100).contains(minScore) {
      throw ValidationError("--min-score must be a percentage from 0 to 100")
    }
    if let costLimit, costLimit <= 0 {
      throw ValidationError("--cost-limit must be greater than 0")
    }
    if minScore != nil, noMutation {
      throw ValidationError("--min-score and --no-mutation cannot be used together")
    }
    if let report = formats.filter({ $0.path == nil }).dropFirst().first {
      throw ValidationError(
        "only one report can be written to standard output; write the others to files, as in \(report.inFile)"
      )
    }
  }

  func run(in invocation: Invocation) throws {
    let console = Console(colorOptions, invocation.environment)
    let costLimit = costLimit ?? invocation.environment.costLimit?.value
    let loading = PackLoader(in: invocation.files).loadForTesting(
      packs.map { PackReference($0) }, costLimit: costLimit)
    try console.check(loading.diagnostics)
    let workingFolder = invocation.workingFolder
    let root = try ProjectRoot.find(
      in: invocation.files, explicit: nil, workingFolder: workingFolder, inputs: packs)
    let targets = try ReportTargets(formats.map(\.target), in: invocation.files, console)
    try targets.refuseFilesOfTheRun()
    try targets.refuseLinks(leaving: root)
    let options = PackTestOptions(
      rules: try selectedRules(of: loading.compositions, console), mutates: !noMutation,
      costLimit: costLimit)
    var report = PackTestReport()
    for composition in loading.compositions {
      guard let suite = PackTester.test(composition, options: options) else { continue }
      if !rules.isEmpty, suite.rules.isEmpty { continue }
      report.suites.append(suite)
    }
    ReportPaths(root: root, workingFolder: workingFolder).apply(to: &report)
    let demands = PackTestDemands(isStrict: strict, minimumScore: minScore)
    try write(report, demands, in: invocation.files, console)
    if !quiet { Output.error.write(report.line() + "\n") }
    if !report.isComplete { throw ExitCode(2) }
    if demands.areMissed(by: report) { throw ExitCode(1) }
  }

  /// The rules that were named; nil for all.
  private func selectedRules(
    of packs: [PackComposition], _ console: Console
  ) throws -> Set<RuleID>? {
    guard !rules.isEmpty else { return nil }
    let all = packs.flatMap { $0.rules.map(\.id) }
    var selected: Set<RuleID> = []
    for rule in rules {
      let found = all.filter { $0.description == rule || $0.rule == rule }
      if found.isEmpty {
        let nearest = NearestName.nearest(
          to: rule, among: all.map(\.description) + all.map(\.rule))
        try console.fail(
          Diagnostic(
            "argument/unknown-rule",
            nearest.map { "unknown rule '\(rule)'; did you mean '\($0)'?" }
              ?? "unknown rule '\(rule)'; 'requisite rules' lists them"))
      }
      selected.formUnion(found)
    }
    return selected
  }

  private func write(
    _ report: PackTestReport, _ demands: PackTestDemands, in files: any FileSystem,
    _ console: Console
  ) throws {
    for choice in formats.isEmpty ? [TestOutputChoice(format: .text)] : formats {
      var text: [UInt8] = []
      choice.format.write(
        report, demands: demands,
        options: choice.path == nil ? console.output : ReportOptions(),
        into: &text)
      guard let path = choice.path else {
        Output.standard.write(text)
        continue
      }
      try OutputFile(path: path, files: files, console: console).write(text)
    }
  }
}

extension ReportPaths {
  /// Sets the paths of the report of a test.
  fileprivate func apply(to report: inout PackTestReport) {
    for suite in report.suites.indices {
      func set(_ location: inout Location) { location.reportPath = path(of: location.path) }
      report.suites[suite].path = path(of: report.suites[suite].path)
      report.suites[suite].notices = diagnostics(report.suites[suite].notices)
      for rule in report.suites[suite].rules.indices {
        set(&report.suites[suite].rules[rule].location)
        for example in report.suites[suite].rules[rule].examples.indices {
          set(&report.suites[suite].rules[rule].examples[example].location)
          let fault = report.suites[suite].rules[rule].examples[example].fault
          report.suites[suite].rules[rule].examples[example].fault = fault.map {
            diagnostics([$0])[0]
          }
        }
        guard var mutation = report.suites[suite].rules[rule].mutation else { continue }
        for survivor in mutation.survivors.indices { set(&mutation.survivors[survivor].location) }
        report.suites[suite].rules[rule].mutation = mutation
      }
    }
  }
}
