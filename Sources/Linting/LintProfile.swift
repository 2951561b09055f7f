package import Configuration
import Evaluation
package import Findings
import RulePacks

/// How some of the inputs are checked: what is in force for them, made ready to run.
package struct LintProfile: Sendable {
  /// The packs, overridden, and the rest of what a linter needs.
  package var options: LintOptions
  /// What is in force, and by whose word.
  package let settings: EffectiveSettings
  /// The configuration that governs the inputs; nil where none does.
  package let configuration: Configuration?

  /// Whether a finding makes the run fail.
  package func isFailing(_ finding: Finding) -> Bool {
    settings.failOn.value.isReached(by: finding.severity)
  }
}

/// The linters of a run, one for each profile that is in use.
package struct ProfileLinters: ~Copyable {
  private let profiles: [LintProfile]
  private let filter: FindingFilter?
  private var linters: [Box?]

  /// A linter; in a class, since what cannot be copied cannot be listed.
  private final class Box {
    var linter: Linter

    init(_ options: LintOptions, _ filter: FindingFilter?) {
      linter = Linter(options: options, filter: filter)
    }
  }

  /// Creates linters for the profiles of a run; a filter takes out what is not to be reported.
  package init(_ profiles: [LintProfile], filter: FindingFilter? = nil) {
    self.profiles = profiles
    self.filter = filter
    linters = Array(repeating: nil, count: profiles.count)
  }

  /// Checks an input in the way of the profile at a place.
  package mutating func lint(
    _ input: LintInput, profile: Int, emit: (LintResult) -> Void
  ) {
    withLinter(of: profile) { $0.lint(input, emit: emit) }
  }

  /// Does something with the linter of the profile at a place.
  package mutating func withLinter(of profile: Int, _ body: (inout Linter) -> Void) {
    let box = linters[profile] ?? Box(profiles[profile].options, filter)
    linters[profile] = box
    body(&box.linter)
  }

  /// What every rule did so far; nil where the options do not ask for it.
  ///
  /// The rules of a profile that no input is checked by looked at nothing.
  package var statistics: RunStatistics? {
    var statistics: RunStatistics?
    for (profile, box) in zip(profiles, linters) {
      guard let counted = (box ?? Box(profile.options, nil)).linter.statistics else { continue }
      if statistics == nil { statistics = counted } else { statistics?.add(counted) }
    }
    return statistics
  }
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
      let id = RuleID(pack: plan.packName, rule: "schema/\(rule.keyword)")
      let stated = composition.modelSeverities[id]?.value.value
      severities[id] = .some(stated.map(\.findingSeverity) ?? .error)
    }
    return severities
  }

  /// The pack with the severities that a configuration gives its rules.
  func graded(by grades: [RuleGrade]) -> LoadedPack {
    guard !grades.isEmpty else { return self }
    var severities: [String: Severity?] = [:]
    for grade in grades { severities[grade.id.value] = .some(grade.severity) }
    var pack = self
    for index in pack.plan.rules.indices {
      if let severity = severities[pack.plan.rules[index].id.description] {
        pack.plan.rules[index].severity = severity
      }
    }
    let prefix = "\(plan.packName)/schema/"
    for (id, severity) in severities where id.utf8.starts(with: prefix.utf8) {
      pack.plan.modelSeverities[String(id.dropFirst(prefix.count))] = .some(severity)
    }
    return pack
  }
}
