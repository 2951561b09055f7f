import Findings
import Linting
import Reporting
import RequisiteFiles

/// The run of a check: takes the results of a session into reports, and ends them.
struct CheckRun {
  private let arguments: CheckArguments
  private let plan: CheckPlan
  private let console: Console
  /// How progress is shown; nil where it is not.
  private let style: ProgressStyle?
  private var reports: ReportOutputs
  private var summary: ReportSummary
  private var fixing: FixRun?
  /// Whether a finding makes the run fail.
  private var isFailing = false
  /// How many findings the reports have, and how many they do not, where their number is limited.
  private var (reportedCount, unreportedCount) = (0, 0)
  /// Whether the current input has a finding.
  private var isAffected = false
  /// Whether the current input was skipped because no pack fits it.
  private var isUnmatched = false

  /// Begins the reports of a run.
  ///
  /// - Throws: an exit code for a report that cannot be written.
  init(
    _ arguments: CheckArguments, _ plan: CheckPlan, _ console: Console,
    showing style: ProgressStyle?
  ) throws {
    self.style = style
    self.arguments = arguments
    self.plan = plan
    self.console = console
    reports = try ReportOutputs(plan.reports, header: plan.header, in: plan.settings.files, console)
    summary = ReportSummary(diagnostics: plan.diagnostics)
    summary.earlierRevision = arguments.since.revision
    summary.canOnlyShowFixes = plan.inputs.checked.allSatisfy { !$0.input.canBeWritten }
    if arguments.fixes.isActive {
      fixing = FixRun(arguments.fixes, root: plan.settings.root, console)
    }
  }

  /// Checks the inputs and ends the reports; the result is the exit code.
  mutating func run() -> Int32 {
    let display = style.map {
      ProgressDisplay(
        $0, plan.inputs.checked.map(\.input), in: plan.settings.files,
        readsEarlier: arguments.since.revision != nil)
    }
    var session = LintSession(
      plan.profiles.profiles.map(\.options), filter: plan.filter,
      jobs: fixing == nil ? arguments.inputs.jobCount : 1,
      writer: arguments.selection.maximumCount == nil ? reports.writer : nil,
      onLongRun: LongRun.prepare,
      progress: display?.progress)
    check(with: &session, display?.progress)
    display?.end()
    add(
      plan.profiles.unusedPatterns(inRunOver: arguments.paths)
        + arguments.suppressions.notices(
          of: plan.filter, comments: session.commentDiagnostics))
    add([plan.inputs.nothingChecked(summary, arguments.inputs)].compactMap(\.self))
    if unreportedCount > 0 { add([Self.unreported(unreportedCount)]) }
    let statistics = session.statistics
    let failures = end(statistics)
    let isInert = arguments.statistics.show(statistics, console)
    if (summary.diagnostics + failures).hasErrors { return 2 }
    if isInert { return 1 }
    // A diff says nothing of what has no fix: that there is one is what counts.
    let fails = arguments.fixes.diff ? (fixing?.fileCount ?? 0) > 0 : isFailing
    return fails ? 1 : 0
  }

  // MARK: - Results

  private mutating func check(with session: inout LintSession, _ progress: RunProgress?) {
    let inputs = plan.inputs.checked
    guard var fixes = fixing else {
      session.run(inputs) {
        take($1, of: $0)
      } ended: {
        progress?.end(inputs[$0].input)
        endInput()
      }
      return
    }
    for (place, (input, profile)) in inputs.enumerated() {
      fixes.fix(input, profile, in: &session) { take($0, of: place) }
      progress?.end(input)
      endInput()
    }
    fixing = fixes
  }

  /// Takes what came of an input, or of a part of it.
  private mutating func take(_ result: LintResult, of place: Int) {
    if let written = result.written { reports.append(written) }
    if !result.findings.isEmpty { report(result.findings) }
    let input = plan.inputs.checked[place].input
    if input.isStream { reports.showFound() }
    if let path = input.file, result.isOwnReport { plan.settings.files.disregard(path) }
    let result = result.withoutSuppressed
    console.show(result.diagnostics)
    var tally = FindingTally()
    for index in result.findings.indices { tally.add(result.findings[index]) }
    isUnmatched = isUnmatched || result.isUnmatched
    summary.add(result)
    count(result.written.map { tally + $0.tally } ?? tally, at: place)
    // Nothing is left to be written, and the exit code cannot become 0 any more.
    if reports.areUnread, isFailing, fixing == nil { endProcess(1) }
  }

  /// Counts findings of an input by its place.
  private mutating func count(_ tally: FindingTally, at place: Int) {
    guard let worst = tally.worst else { return }
    isAffected = true
    let profile = plan.profiles.profiles[plan.inputs.checked[place].profile]
    isFailing = isFailing || profile.isFailing(worst)
    for severity in Severity.allCases where tally.count(of: severity) > 0 {
      summary.counts[severity, default: 0] += tally.count(of: severity)
    }
    guard fixing == nil else { return }
    for kind in [Finding.Fixability.safe, .unsafe] where tally.count(of: kind) > 0 {
      summary.fixableCounts[kind, default: 0] += tally.count(of: kind)
    }
  }

  /// Adds findings to the reports, as many as these may have.
  private mutating func report(_ findings: [Finding]) {
    guard let limit = arguments.selection.maximumCount else {
      return reports.append(findings)
    }
    let reported = findings.filter { finding in
      if finding.suppression != nil { return true }
      reportedCount += 1
      return reportedCount <= limit
    }
    unreportedCount += findings.count - reported.count
    reports.append(reported)
  }

  private mutating func endInput() {
    summary.addInput(isAffected: isAffected, isUnmatched: isUnmatched)
    (isAffected, isUnmatched) = (false, false)
  }

  /// What is said where `--max-findings` kept findings from the reports.
  private static func unreported(_ count: Int) -> Diagnostic {
    let findings = count == 1 ? "1 more finding is" : "\(count) more findings are"
    return Diagnostic(
      "report/findings-cut", severity: .warning,
      "\(findings) not in the reports because of --max-findings; the summary counts all")
  }

  private mutating func add(_ diagnostics: [Diagnostic]) {
    console.show(diagnostics)
    summary.diagnostics += diagnostics
  }

  // MARK: - The end

  /// Ends the reports and shows the summary; the result is what went wrong with writing files.
  private mutating func end(_ statistics: RunStatistics?) -> [Diagnostic] {
    summary.statistics = arguments.statistics.reported(statistics)
    summary.diagnostics = plan.paths.diagnostics(summary.diagnostics)
    let failures = reports.finish(summary)
    console.show(failures)
    guard !arguments.quiet else { return failures }
    console.show(plan.inputs.exclusionNotices)
    if let fixing { console.say(fixing.line()) }
    if !arguments.fixes.diff { console.say(summary.line()) }
    return failures
  }
}

extension ReportSummary {
  /// Counts a result, its findings aside.
  mutating func add(_ result: LintResult) {
    diagnostics += result.diagnostics
    requestCount += result.requestCount
    suppressedCount += result.suppressedCount
    acceptedCount += result.acceptedCount
    knownCount += result.knownCount
  }

  /// Counts an input once all results of it were counted.
  mutating func addInput(isAffected: Bool, isUnmatched: Bool) {
    // A broken line of a log is reported before it shows that no pack fits any.
    if isUnmatched, !isAffected {
      unmatchedFileCount += 1
    } else {
      fileCount += 1
    }
    if isAffected { affectedFileCount += 1 }
  }
}
