import CEL

/// How much work may go into loading packs beyond reading and compiling them: trying their examples.
///
/// All packs of a run share one, in the steps of `Evaluator`; twice what one evaluation of an expression
/// may cost, so that `--cost-limit` scales it.
package struct LoadingBudget: Sendable {
  /// How many steps there are in all.
  package let limit: Int
  private var left: Int

  /// Creates a budget; `costLimit` is what one evaluation of an expression may cost.
  package init(costLimit: Int? = nil) {
    let (steps, overflows) = (costLimit ?? CELEvaluator.defaultCostLimit)
      .multipliedReportingOverflow(by: 2)
    limit = overflows ? Int.max : steps
    left = limit
  }

  /// How many steps were taken out of it.
  package var spent: Int { limit.subtractingReportingOverflow(left).partialValue }

  /// Whether any of it is left.
  package var isLeft: Bool { left > 0 }

  /// Takes steps out of it.
  package mutating func spend(_ steps: Int) {
    left = left.subtractingReportingOverflow(max(steps, 0)).partialValue
  }
}
