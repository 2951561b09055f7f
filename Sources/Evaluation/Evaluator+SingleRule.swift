package import Documents
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
    let values = ValueText(sensitive: expressions.sensitiveNodes(in: document), in: document)
    var failures: [RuleFailure] = []
    explain(number, in: document, values: values, into: &failures)
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

  /// How much work this evaluator has done on rules one by one: schemas applied, costs of expressions
  /// and steps of queries.
  package var steps: Int { spentSteps &+ checker.steps &+ expressions.totalCost }

  private mutating func beginAgain() {
    spentSteps &+= checker.steps
    checker.reset()
  }
}
