package import Evaluation
package import Findings
import RuleCompilation
package import RulePacks

/// One request of a composition of packs, with all rules that it is held to, ready to run.
package struct LoadedPack: Sendable {
  private let source: CompositionSource
  /// The place of the pack that defines the request; nil where the rules are about any document.
  package var owner: Int?
  /// Whether a document must look like the request even where the pack was chosen by name, since
  /// several requests belong to it.
  package var needsDetection: Bool
  /// What envelopes and configurations call the request, where its pack says so.
  package let operation: String?
  /// The names of all packs that the rules come from.
  let packNames: [String]
  /// What the rules were compiled to.
  package var plan: Plan

  /// Creates a pack.
  init(
    _ source: CompositionSource, owner: Int?, needsDetection: Bool, operation: String?,
    packNames: [String], plan: Plan
  ) {
    self.source = source
    self.owner = owner
    self.needsDetection = needsDetection
    self.operation = operation
    self.packNames = packNames
    self.plan = plan
  }

  /// The packs that the rules come from; read now where the plan was compiled with the program.
  package var composition: PackComposition { source.composition }

  /// The name of the pack that defines the request, or else of the last one that was asked for.
  package var name: String { plan.ruleTable.packName }

  /// The pack that defines the request, or else the last one that was asked for.
  package var pack: RulePack {
    composition.members[owner ?? composition.roots.last ?? 0].pack
  }

  /// The ids of the rules of `ruleDescriptions`, for which no pack is read.
  var ruleIDs: [RuleID] {
    guard source.isOfCompiledPacks else { return ruleDescriptions.map(\.id) }
    let keywords = plan.modelKeywords.filter { ModelRule.byKeyword[$0] != nil }
    return plan.ruleTable.rules.map(\.id)
      + keywords.map { RuleID(pack: name, rule: "schema/\($0)") }
  }

  /// What people are told of every rule: those of packs, and those of the request's model.
  package var ruleDescriptions: [RuleDescription] {
    var descriptions = composition.rules(forRequestOf: owner).map {
      composition.description(of: $0)
    }
    // A configuration may have graded them otherwise.
    let severities = Dictionary(
      plan.ruleTable.rules.map { ($0.id, $0.severity) }, uniquingKeysWith: { $1 })
    for index in descriptions.indices {
      if let severity = severities[descriptions[index].id] {
        descriptions[index].severity = severity
      }
    }
    let homepage = pack.homepage.map { pack.text(of: $0) }
    for keyword in plan.modelKeywords {
      guard let rule = ModelRule.byKeyword[keyword] else { continue }
      descriptions.append(
        rule.description(
          inPack: pack.name.value, severity: plan.severity(ofModelRule: rule.keyword),
          url: homepage))
    }
    return descriptions
  }
}

extension LoadedPack {
  /// The rules of a model that a setting may name: every keyword's where there is a model, also those
  /// that this model cannot fail with; else only the one about limits.
  var modelRules: [ModelRule] {
    plan.ruleTable.modelSchema != nil
      ? ModelRule.all : ModelRule.byKeyword[ModelRule.limitKeyword].map { [$0] } ?? []
  }
}

extension [LoadedPack] {
  /// Inherited examples that overrides or parameters made false, of the rules that are wanted.
  package func contradictedExamples(
    where isWanted: (RuleID) -> Bool = { _ in true }
  ) -> Set<PackComposition.ExampleKey> {
    var budget = LoadingBudget(costLimit: first?.plan.limits.cost)
    return reduce(into: []) { found, pack in
      found.formUnion(
        ContradictedExamples.find(
          in: pack.composition, requestOf: pack.owner, plan: pack.plan, budget: &budget,
          where: isWanted))
    }
  }

  /// What people are told of all rules, each once.
  package var ruleDescriptions: [RuleDescription] {
    var seen: Set<RuleID> = []
    return flatMap(\.ruleDescriptions).filter { seen.insert($0.id).inserted }
  }
}
