package import Documents
import Findings
import RequestDecoding

/// Evaluating rules one by one, for the examples of a pack.
extension Evaluator {
  /// The failures of one rule of the plan; neither other rules nor the model are evaluated.
  ///
  /// Binds the document's names.
  package mutating func failures(
    ofRule number: Int, in document: inout Document
  ) -> [RuleFailure] {
    guard fails(number, on: &document) else { return [] }
    expressions.remaining = plan.queryStepLimit
    let values = ValueText(sensitive: expressions.sensitiveNodes(in: document), in: document)
    beginAgain()
    var failures: [RuleFailure] = []
    explain(number, in: document, values: values, into: &failures)
    if failures.isEmpty, checker.isOverLimit {
      let message = "evaluating this rule took more than \(plan.stepLimit) steps"
      failures.append(
        RuleFailure(
          rule: plan.rules[number].id, severity: .error,
          failure: Failure(keyword: Failure.limitKeyword, anchor: .root, message: message)))
    }
    return failures
  }

  /// Whether one rule of the plan does not hold of a document, or cannot be evaluated.
  ///
  /// Binds the document's names.
  package mutating func fails(_ number: Int, on document: inout Document) -> Bool {
    guard !document.isEmpty else { return false }
    beginAgain()
    requestCasing = decoder.decode(&document).casing
    let condition = RuleSchedule.Check(plan.rules[number].condition)
    let assertion = RuleSchedule.Check(plan.rules[number].assertion)
    for selector in plan.rules[number].selectors {
      guard let nodes = nodes(of: selector, in: document) else { return true }
      for node in nodes where !holds(condition, assertion, node, in: document) { return true }
    }
    return false
  }

  /// Whether a rule of the plan looks at any node of a document; nil where selecting takes too long.
  ///
  /// Binds the document's names.
  package mutating func selects(_ number: Int, in document: inout Document) -> Bool? {
    guard !document.isEmpty else { return false }
    beginAgain()
    _ = decoder.decode(&document)
    for selector in plan.rules[number].selectors {
      guard let nodes = nodes(of: selector, in: document) else { return nil }
      if !nodes.isEmpty { return true }
    }
    return false
  }

  /// How many steps this evaluator took for rules one by one.
  package var steps: Int { spentSteps &+ checker.steps }

  private mutating func beginAgain() {
    spentSteps &+= checker.steps
    checker.reset()
    checker.stepLimit = plan.stepLimit
  }
}
