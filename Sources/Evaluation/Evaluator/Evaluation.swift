import Documents

/// What a plan makes of a request.
package enum Evaluation: Sendable {
  /// The request does not look like one that the plan is about.
  case notApplicable
  /// Everything holds of it.
  case clean
  /// Something does not hold; `Evaluator.explain` says what.
  case failed(Unmet)

  /// Whether the plan was evaluated.
  package var isApplicable: Bool {
    if case .notApplicable = self { false } else { true }
  }
}

/// What does not hold of a request, by places: all that explaining visits.
package struct Unmet: Sendable {
  /// The rules that do not hold, each with the nodes that they do not hold of.
  var rules: [RulePlace] = []
  /// The places at which the model does not hold.
  var model: [FailedPlace] = []
  /// What was being evaluated when the request took more steps than it may.
  var limit: LimitPlace?

  /// A rule and a node that it does not hold of.
  struct RulePlace: Sendable {
    /// The rule's place in the plan.
    var rule: Int
    /// The node; nil where finding the nodes of the rule took too many steps.
    var node: NodeID?
  }

  /// A part of a plan that took too many steps.
  enum LimitPlace: Sendable {
    case detect
    case model
    case rule(Int)
  }

  /// Whether the request exceeded its budget of steps, so that not everything was evaluated.
  package var isOverBudget: Bool { limit != nil }

  /// Leaves out some of the plan's rules, each by its place.
  package mutating func leaveOut(_ areLeftOut: [Bool]) {
    rules.removeAll { areLeftOut.indices.contains($0.rule) && areLeftOut[$0.rule] }
  }
}

/// What there is to say of a request that a plan does not hold of.
package struct Explained {
  /// The failures in no particular order.
  package var failures: [RuleFailure]
  /// Whether the request exceeded its budget of steps in being evaluated or explained.
  package var isOverBudget: Bool
}
