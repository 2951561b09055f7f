import Evaluation
import Findings
package import RulePacks

/// Packs compiled but for their rules, so that variants of single rules can be compiled one by one.
///
/// What all rules have in common is done once: a variant takes as long as its own text is.
package struct RuleBench {
  private let base: PlanBuild
  /// What of the budget was left when the packs were compiled.
  private let budget: LoadingBudget
  /// How many steps a variant takes beside those of its own text, in those of `LoadingBudget`.
  package let variantCost: Int

  /// Compiles what packs and one of their requests have in common.
  package init(_ composition: PackComposition, requestOf owner: Int?) {
    var build = PlanBuild(
      composition, owner: owner, checking: composition.members.map { _ in .none })
    build.prepareForVariants()
    base = build
    budget = LoadingBudget()
    // To compile and to get ready to run, beside a copy of what all have in common.
    variantCost = 300 + 4 * build.model.shapes.count + composition.members.count
  }

  /// Compiles a variant of a rule, or the packs with that rule alone; without their examples.
  ///
  /// `isChecked` says of each pack whether its contents are checked. `steps` grows by how many steps it took.
  package func compile(
    _ variant: PackComposition, steps: inout Int, isChecked: (Int) -> Bool = { _ in false }
  ) -> RuleCompilation {
    var build = base
    build.compilesFixes = false
    build.goOn(
      with: variant,
      checking: variant.members.indices.map { isChecked($0) ? .contents : .none }, budget: budget)
    build.addRules()
    var left = budget
    let compilation = build.finish(&left, isVariant: true)
    steps += variantCost + left.spentOnCompilation
    return compilation
  }
}
