import Documents
package import Evaluation
package import Findings
package import RulePacks

/// Inherited examples that no longer do what they are listed under.
///
/// A pack that extends others may replace parts of their rules, and settings may change parameters; the
/// examples of the extended pack are then no longer true of the rule, or nobody knows whether they are.
package enum ContradictedExamples {
  /// The examples of a composition's rules that are false, and those that no steps are left to try.
  ///
  /// `isWanted` chooses the rules. What each pack says of its own rules was tried when it was loaded.
  package static func find(
    in composition: PackComposition, requestOf owner: Int?, plan: Plan,
    budget: inout LoadingBudget, where isWanted: (RuleID) -> Bool
  ) -> Set<PackComposition.ExampleKey> {
    var found: Set<PackComposition.ExampleKey> = []
    var trial: ExampleTrial?
    for rule in composition.rules(forRequestOf: owner) where isWanted(rule.id) {
      let examples = rule.examples.filter { !composition.isAsLeft(by: $0.pack, rule) }
      guard !examples.isEmpty else { continue }
      if trial == nil { trial = ExampleTrial(plan) }
      guard trial?.turn(to: rule.id) ?? false else { continue }
      for example in examples {
        guard budget.isLeft else {
          found.insert(PackComposition.ExampleKey(example))
          continue
        }
        let text = example.value.json(in: composition.members[example.pack].pack)
        let document = JSONReader.read(text).document
        let before = trial?.steps ?? 0
        let isRefused = trial?.refuses(document) ?? true
        budget.spend((trial?.steps ?? 0) - before + text.count)
        if isRefused != (example.value.expectation == .fail) {
          found.insert(PackComposition.ExampleKey(example))
        }
      }
    }
    return found
  }
}
