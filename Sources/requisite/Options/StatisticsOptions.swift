import ArgumentParser
import Findings
import Reporting

/// The statistics of a run's rules.
struct StatisticsOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Print how often each rule was evaluated, passed, failed and was skipped, to standard error and in the JSON report."
    ))
  var statistics = false

  @Flag(
    help: ArgumentHelp(
      "Exit with 1 if an enabled rule never applied. Use it for runs over all requests, not for changed files only."
    ))
  var failOnInert = false

  /// What the options say.
  var choices: StatisticsChoices {
    StatisticsChoices(statistics: statistics, failOnInert: failOnInert)
  }
}

/// What a run does with statistics of its rules.
struct StatisticsChoices: Equatable {
  /// Whether they are shown.
  var statistics = false
  /// Whether a rule that never applied fails the run.
  var failOnInert = false

  /// Whether anything is to be counted.
  var areCollected: Bool { statistics || failOnInert }

  /// What the JSON report is to hold.
  func reported(_ statistics: RunStatistics?) -> RunStatistics? {
    self.statistics ? statistics : nil
  }

  /// Shows what was counted; the result is whether the run fails for it.
  func show(_ statistics: RunStatistics?, _ console: Console) -> Bool {
    guard let statistics else { return false }
    if self.statistics { Output.error.write(StatisticsText.table(statistics)) }
    guard failOnInert else { return false }
    let inert = statistics.inertRules
    // Where a whole pack had nothing to do, its rules one by one say no more.
    var diagnostics: [Diagnostic] = []
    var unseen: Set<String> = []
    for rule in inert {
      if rule.seenRequestCount > 0 {
        diagnostics.append(
          Diagnostic(
            "run/inert-rule",
            "rule '\(rule.id)' never applied: \(StatisticsText.reason(for: rule))"))
      } else if unseen.insert(rule.id.pack).inserted {
        diagnostics.append(
          Diagnostic(
            "run/inert-pack",
            "no request of the pack '\(rule.id.pack)' was checked, so none of its rules applied"))
      }
    }
    console.show(diagnostics)
    return !inert.isEmpty
  }
}
