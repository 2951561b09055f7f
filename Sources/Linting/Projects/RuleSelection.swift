import Findings
import SourceText

/// Which rules a run is narrowed to, by the names of rules, packs or tags.
///
/// Rules of reading are no part of it: what cannot be read is reported in any run.
package struct RuleSelection: Sendable {
  /// Nothing but these; all if empty.
  package var selected: [String]
  /// None of these.
  package var ignored: [String]

  /// Creates a selection; by default of all rules.
  package init(selected: [String] = [], ignored: [String] = []) {
    self.selected = selected
    self.ignored = ignored
  }

  /// Whether all rules are meant.
  package var isEverything: Bool { selected.isEmpty && ignored.isEmpty }

  /// Whether a rule is meant.
  func contains(_ rule: RuleDescription) -> Bool {
    (selected.isEmpty || selected.contains { Self.means($0, rule) })
      && !ignored.contains { Self.means($0, rule) }
  }

  /// Whether a name means a rule: `PACK/RULE`, `RULE`, `PACK`, a tag, or the beginning of an id up to a
  /// slash, such as `PACK/schema`.
  private static func means(_ name: String, _ rule: RuleDescription) -> Bool {
    let id = rule.id.description
    return id == name || rule.id.rule == name || rule.tags.contains(name)
      || id.utf8.starts(with: "\(name)/".utf8)
  }

  /// The pack with all other rules off.
  func applied(to pack: LoadedPack) -> LoadedPack {
    guard !isEverything else { return pack }
    var severities: [String: Severity?] = [:]
    for rule in pack.ruleDescriptions where !contains(rule) {
      severities[rule.id.description] = .some(nil)
    }
    return pack.overridingSeverities(severities)
  }

  /// What is wrong with the names, by all rules of a run, of which some may be off without them.
  ///
  /// A name that means nothing would select nothing, and leave out nothing, in silence.
  func mistakes(among rules: [RuleDescription]) -> [Diagnostic] {
    guard !isEverything else { return [] }
    var mistakes: [Diagnostic] = []
    for (option, names) in [("--select", selected), ("--ignore", ignored)] {
      for name in names where !rules.contains(where: { Self.means(name, $0) }) {
        mistakes.append(Self.unknown(name, option, among: rules))
      }
    }
    if mistakes.isEmpty, !rules.contains(where: { $0.severity != nil && contains($0) }) {
      let reason =
        rules.contains(where: contains)
        ? "the rules that are left are off by the packs or the configuration"
        : "--ignore leaves out all that --select selects"
      mistakes.append(
        Diagnostic(
          "argument/no-rule",
          "no rule is left to check: \(selected.isEmpty ? "--ignore leaves out all rules" : reason)"
        ))
    }
    return mistakes
  }

  private static func unknown(
    _ name: String, _ option: String, among rules: [RuleDescription]
  ) -> Diagnostic {
    if let id = RuleID(name), KnownRules.isOfReading(id) {
      return Diagnostic(
        "argument/unknown-rule",
        "\(option) cannot name '\(name)': what cannot be read is reported in any run; exclude or suppress it instead"
      )
    }
    var names: Set<String> = []
    for rule in rules {
      names.formUnion([rule.id.description, rule.id.rule, rule.id.pack])
      names.formUnion(rule.tags)
    }
    let hint =
      NearestName.nearest(to: name, among: names.sorted()).map { "did you mean '\($0)'?" }
      ?? "run 'requisite rules' for their ids and tags"
    return Diagnostic(
      "argument/unknown-rule", "\(option): no rule, pack or tag '\(name)'; \(hint)")
  }
}
