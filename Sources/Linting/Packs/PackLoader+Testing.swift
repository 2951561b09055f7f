package import Findings
import RuleCompilation
package import RulePacks
import SourceText

/// What loading packs for their tests gave.
package struct TestLoading: Sendable {
  /// For each pack, a composition of it with what it extends; it is the one that was asked for.
  package var compositions: [PackComposition] = []
  /// Everything that is wrong with the packs, but for what their examples do.
  package var diagnostics: [Diagnostic] = []

  /// Whether the tests must not begin.
  package var hasErrors: Bool { diagnostics.hasErrors }
}

extension PackLoader {
  /// Loads packs to be tested, each by itself; all built-in ones where none is named.
  ///
  /// A pack that is tested is checked even if it is a built-in one, and its examples are left to the
  /// test.
  package func loadForTesting(
    _ references: [PackReference], costLimit: Int? = nil
  ) -> TestLoading {
    var loading = TestLoading()
    var budget = LoadingBudget(costLimit: costLimit)
    let all = references.isEmpty ? BuiltInPacks.names.map { PackReference($0) } : references
    var seen: Set<ExactText> = []
    for reference in all where seen.insert(ExactText(reference.text)).inserted {
      var family = newFamily()
      let read = family.add(reference)
      loading.diagnostics += family.diagnostics
      guard let read else { continue }
      let root = family.settle([read])[0]
      let (composition, mistakes) = PackComposer.compose(family.members, roots: [root])
      loading.diagnostics += mistakes
      let checking = family.members.indices.map { index -> PackChecking in
        family.members[index].isBuiltIn && index != root ? .none : .contents
      }
      let owners = composition.requestOwners.map { Optional($0) }
      for owner in owners.isEmpty ? [nil] : owners {
        loading.diagnostics +=
          RuleCompiler.compile(
            composition, requestOf: owner, checking: checking, costLimit: costLimit,
            budget: &budget
          ).diagnostics
      }
      loading.compositions.append(composition)
    }
    var known: Set<Diagnostic> = []
    loading.diagnostics = loading.diagnostics.filter { known.insert($0).inserted }
    loading.diagnostics.sort(by: Diagnostic.precedes)
    return loading
  }
}
