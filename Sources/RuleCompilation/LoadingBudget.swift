import CEL

/// How much work may go into loading packs beyond reading them: compiling them and trying their examples.
///
/// All packs of a run share one, in the steps of `Evaluator`; twice what one evaluation of an expression
/// may cost, so that `--cost-limit` scales it. Compiling has as many steps of its own, and some in any case.
package struct LoadingBudget: Sendable {
  /// The maximum number of steps for all examples.
  package let limit: Int
  private var left: Int
  /// The maximum number of steps for all compilation.
  package let compilationLimit: Int
  /// How many of those are left.
  private(set) var leftForCompilation: Int

  /// What compiling may take at least, however little an expression may cost.
  package static let leastCompilation = 4_000_000

  /// The maximum size of a pack's examples that are tried, in bytes.
  package static let exampleByteLimit = 1 << 24

  /// Creates a budget; `costLimit` is what one evaluation of an expression may cost.
  ///
  /// `leastCompilation` are the steps that compiling has in any case.
  package init(costLimit: Int? = nil, leastCompilation: Int = Self.leastCompilation) {
    let (steps, overflows) = (costLimit ?? CELEvaluator.defaultCostLimit)
      .multipliedReportingOverflow(by: 2)
    limit = overflows ? Int.max : steps
    left = limit
    compilationLimit = max(limit, leastCompilation)
    leftForCompilation = compilationLimit
  }

  /// How many steps were taken out of it.
  package var spent: Int { limit.subtractingReportingOverflow(left).partialValue }

  /// Whether any of it is left.
  package var isLeft: Bool { left > 0 }

  /// Takes steps out of it.
  package mutating func spend(_ steps: Int) {
    left = left.subtractingReportingOverflow(max(steps, 0)).partialValue
  }

  // MARK: - Compiling

  /// How many steps compiling took.
  package var spentOnCompilation: Int {
    compilationLimit.subtractingReportingOverflow(leftForCompilation).partialValue
  }

  /// Whether any steps are left for compiling.
  package var isLeftForCompilation: Bool { leftForCompilation > 0 }

  /// Takes steps out of those for compiling; none where there are none left.
  package mutating func spendOnCompilation(_ steps: Int) {
    leftForCompilation = max(
      leftForCompilation.subtractingReportingOverflow(max(steps, 0)).partialValue, 0)
  }
}
