package import RequisiteConfiguration
import Evaluation
package import Findings
import RuleCompilation
import RulePacks

/// How some of the inputs are checked: what is in force for them, made ready to run.
package struct LintProfile: Sendable {
  /// The packs, overridden, and the rest of what a linter needs.
  package var options: LintOptions
  /// What is in force, and by whose word.
  package let settings: EffectiveSettings
  /// The configuration that governs the inputs; nil where none does.
  package let configuration: Configuration?

  /// Whether findings fail the run, given the highest severity among them.
  package func isFailing(_ worst: Severity) -> Bool { settings.failOn.value.isReached(by: worst) }
}

extension [LintProfile] {
  /// What people are told of all rules: each once, with the most that its findings matter anywhere.
  package var ruleDescriptions: [RuleDescription] {
    var descriptions: [RuleDescription] = []
    var places: [RuleID: Int] = [:]
    for description in flatMap(\.options.packs.ruleDescriptions) {
      guard let place = places[description.id] else {
        places[description.id] = descriptions.count
        descriptions.append(description)
        continue
      }
      guard let severity = description.severity else { continue }
      descriptions[place].severity =
        descriptions[place].severity.map { Swift.max($0, severity) }
        ?? severity
    }
    return descriptions
  }
}

extension LoadedPack {
  /// The severity of each rule by the packs' own word; nil for one that is off.
  package var ownSeverities: [RuleID: Severity?] {
    var severities: [RuleID: Severity?] = [:]
    for rule in composition.rules { severities[rule.id] = .some(rule.severity.findingSeverity) }
    for rule in modelRules {
      let id = RuleID(pack: plan.ruleTable.packName, rule: "schema/\(rule.keyword)")
      let stated = composition.modelSeverities[id]?.value.value
      severities[id] = .some(stated.map(\.findingSeverity) ?? .error)
    }
    return severities
  }

  /// The pack with the severities that a configuration gives its rules.
  func graded(by grades: [RuleGrade]) -> LoadedPack {
    var severities: [String: Severity?] = [:]
    for grade in grades { severities[grade.id.value] = .some(grade.severity) }
    return overridingSeverities(severities)
  }

  /// The pack with other severities, by the full ids of rules; nil for a rule that is off.
  package func overridingSeverities(_ severities: [String: Severity?]) -> LoadedPack {
    guard !severities.isEmpty else { return self }
    var pack = self
    for index in pack.plan.ruleTable.rules.indices {
      if let severity = severities[pack.plan.ruleTable.rules[index].id.description] {
        pack.plan.ruleTable.rules[index].severity = severity
      }
    }
    let prefix = "\(plan.ruleTable.packName)/schema/"
    for (id, severity) in severities where id.utf8.starts(with: prefix.utf8) {
      pack.plan.ruleTable.modelSeverities[String(id.dropFirst(prefix.count))] = .some(severity)
    }
    return pack
  }
}
