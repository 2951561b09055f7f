package import Documents

/// How often the rules of a plan were evaluated, and what came of it.
///
/// Counted only when somebody asks: it looks at every node once more, and never stops early.
package struct PlanTally: Sendable {
  /// What was counted of one rule.
  package struct Counts: Sendable, Hashable {
    /// In how many requests the rule looked at a node.
    package var requests = 0
    /// How many nodes it held of.
    package var held = 0
    /// How many nodes it did not hold of, or could not be evaluated for.
    package var failed = 0
    /// How many nodes its condition skipped.
    package var skipped = 0

    /// How many nodes were looked at.
    package var evaluated: Int { held + failed }

    /// Adds what was counted elsewhere.
    package static func += (left: inout Counts, right: Counts) {
      left.requests += right.requests
      left.held += right.held
      left.failed += right.failed
      left.skipped += right.skipped
    }
  }

  /// The number of requests that the plan ran on.
  package var requestCount = 0
  /// The number of those that violate the model.
  package var modelFailureCount = 0
  /// What was counted of each rule, in the order of the plan.
  package var rules: [Counts]

  /// Begins to count for a plan.
  package init(_ plan: Plan) {
    rules = plan.ruleTable.rules.map { _ in Counts() }
  }

  /// Adds what was counted elsewhere for the same plan.
  package mutating func add(_ other: PlanTally) {
    requestCount += other.requestCount
    modelFailureCount += other.modelFailureCount
    for (index, counts) in other.rules.enumerated() where index < rules.count {
      rules[index] += counts
    }
  }
}

extension Evaluator {
  /// Counts what the rules make of a request that was found fit.
  ///
  /// What can no longer be evaluated, since a limit is reached, counts as failed.
  package mutating func tally(_ request: Request, into tally: inout PlanTally) {
    guard !request.isEmpty else { return }
    let binding = request.binding
    checker.reset()
    tally.requestCount += 1
    if let schema = plan.ruleTable.modelSchema {
      let holds = checker.holds(schema, request.root, in: request)
      if !holds || checker.isOverLimit || !binding.respelled.isEmpty || !binding.nulls.isEmpty {
        tally.modelFailureCount += 1
      }
    }
    for index in plan.ruleTable.rules.indices where plan.ruleTable.rules[index].severity != nil {
      let counts = counts(of: plan.ruleTable.rules[index], in: request)
      tally.rules[index] += counts
      if counts.evaluated > 0 { tally.rules[index].requests += 1 }
    }
  }

  private mutating func counts(of rule: PlanRule, in request: Request) -> PlanTally.Counts {
    var counts = PlanTally.Counts()
    var visited: Set<NodeID> = []
    let condition = RuleSchedule.Check(rule.condition)
    let assertion = RuleSchedule.Check(rule.assertion)
    for selector in rule.selectors {
      guard let nodes = nodes(of: selector, in: request) else {
        counts.failed += 1
        continue
      }
      for node in nodes where visited.insert(node).inserted {
        if isSkipped(node, by: condition, in: request) {
          counts.skipped += 1
        } else if holds(.none, assertion, node, in: request), !checker.isOverLimit {
          counts.held += 1
        } else {
          counts.failed += 1
        }
      }
    }
    return counts
  }

  /// Whether a condition passes a node over; one that cannot be evaluated does not.
  private mutating func isSkipped(
    _ node: NodeID, by condition: RuleSchedule.Check, in request: Request
  ) -> Bool {
    switch condition {
    case .none: false
    case .schema(let schema): !checker.holds(schema, node, in: request)
    case .expression(let index):
      if case .isFalse = self.condition(index, node, in: request) { true } else { false }
    }
  }

  /// The nodes that a selector leads to; nil where finding them takes too many steps.
  mutating func nodes(of selector: Selector, in request: Request) -> [NodeID]? {
    switch selector {
    case .path(let symbols, let thenEach):
      guard let node = request.node(along: symbols) else { return [] }
      return thenEach ? request.children(of: node) : [node]
    case .query(let index): return select(index, in: request)
    }
  }
}
