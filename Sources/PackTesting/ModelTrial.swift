import Documents
import Evaluation
import RulePacks
import SourceText

/// Tells whether the parts of requests that examples write out are ones that a model allows.
///
/// Examples leave out what a rule does not look at, so members that a model requires may be missing.
final class ModelTrial {
  private var evaluator: Evaluator
  /// What the model has against the examples that a rule has already.
  private var tolerated: Set<Objection> = []

  private struct Objection: Hashable {
    var keyword: String
    var pointer: JSONPointer
  }

  /// Prepares to try requests on the model of a plan; nil for a plan without one.
  init?(_ plan: Plan) {
    guard plan.ruleTable.modelSchema != nil else { return nil }
    var plan = plan
    plan.ruleTable.rules = []
    evaluator = Evaluator(plan: plan)
  }

  /// Makes the examples of a rule the measure: what the model has against them counts for nothing.
  func tolerateWhat(isWrongWith examples: [Document]) {
    tolerated = []
    for document in examples { tolerated.formUnion(objections(to: document)) }
  }

  /// Whether the model has nothing new to say against a request.
  func allows(_ document: Document) -> Bool {
    objections(to: document).isSubset(of: tolerated)
  }

  private func objections(to document: Document) -> Set<Objection> {
    var objections: Set<Objection> = []
    for failure in evaluator.failures(of: document) ?? [] where failure.failure.missing == nil {
      objections.insert(
        Objection(
          keyword: failure.failure.keyword, pointer: document.pointer(to: failure.failure.anchor)))
    }
    return objections
  }
}
