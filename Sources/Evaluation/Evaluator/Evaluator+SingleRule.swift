package import Documents
import Findings

/// Evaluating rules one by one, for the examples of a pack.
extension Evaluator {
  /// The failures of one rule of the plan; neither other rules nor the model are evaluated.
  package mutating func failures(ofRule number: Int, in request: Request) -> [RuleFailure] {
    guard !request.isEmpty else { return [] }
    beginAgain()
    let places = places(where: number, failsOn: request, limit: Self.failureLimit)
    guard !places.isEmpty else { return [] }
    expressions.remaining = plan.limits.querySteps
    let values = ValueText(sensitive: expressions.sensitiveNodes(in: request), in: request)
    beginAgain()
    var explaining = Explaining(explanation(of: request, values: values))
    for place in places where !checker.isOverLimit {
      if let node = place.node {
        explain(number, node, in: request, &explaining)
      } else {
        explainUnselected(number, of: request, &explaining)
      }
    }
    if explaining.failures.isEmpty, checker.isOverLimit {
      let message = "evaluating this rule took more than \(plan.limits.steps) steps"
      explaining.failures.append(
        RuleFailure(
          rule: plan.ruleTable.rules[number].id, severity: .error,
          failure: Failure(
            keyword: Failure.limitKeyword, anchor: request.root, message: message)))
    }
    return explaining.failures
  }

  /// Whether one rule of the plan does not hold of a request, or cannot be evaluated.
  package mutating func fails(_ number: Int, on request: Request) -> Bool {
    guard !request.isEmpty else { return false }
    beginAgain()
    return !places(where: number, failsOn: request, limit: 1).isEmpty
  }

  /// The nodes that a rule does not hold of, at most so many.
  private mutating func places(
    where number: Int, failsOn request: Request, limit: Int
  ) -> [Unmet.RulePlace] {
    let condition = RuleSchedule.Check(plan.ruleTable.rules[number].condition)
    let assertion = RuleSchedule.Check(plan.ruleTable.rules[number].assertion)
    var places: [Unmet.RulePlace] = []
    var visited: Set<NodeID> = []
    for selector in plan.ruleTable.rules[number].selectors {
      guard let nodes = nodes(of: selector, in: request) else {
        places.append(.init(rule: number, node: nil))
        continue
      }
      for node in nodes where places.count < limit && visited.insert(node).inserted {
        if !holds(condition, assertion, node, in: request) {
          places.append(.init(rule: number, node: node))
        }
        if checker.isOverLimit { return places }
      }
    }
    return places
  }

  /// Whether a rule of the plan looks at any node of a request; nil where selecting takes too long.
  package mutating func selects(_ number: Int, in request: Request) -> Bool? {
    guard !request.isEmpty else { return false }
    beginAgain()
    for selector in plan.ruleTable.rules[number].selectors {
      guard let nodes = nodes(of: selector, in: request) else { return nil }
      if !nodes.isEmpty { return true }
    }
    return false
  }

  /// How many steps this evaluator took for rules one by one.
  package var steps: Int { spentSteps &+ checker.steps }

  private mutating func beginAgain() {
    spentSteps &+= checker.steps
    checker.reset()
    checker.stepLimit = plan.limits.steps
  }
}
