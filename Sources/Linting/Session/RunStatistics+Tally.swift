import Evaluation
import Findings

extension RunStatistics {
  /// Adds what was counted for a plan.
  mutating func add(_ tally: PlanTally, of plan: Plan) {
    for (rule, counts) in zip(plan.ruleTable.rules, tally.rules) {
      add(
        Rule(
          id: rule.id, severity: rule.severity,
          seenRequestCount: tally.requestCount, requestCount: counts.requests,
          heldCount: counts.held, failedCount: counts.failed, skippedCount: counts.skipped))
    }
    if plan.ruleTable.modelSchema != nil {
      add(
        Model(
          pack: plan.ruleTable.packName, heldCount: tally.requestCount - tally.modelFailureCount,
          failedCount: tally.modelFailureCount))
    }
  }
}
