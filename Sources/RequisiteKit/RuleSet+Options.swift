import Findings
import Linting
import SourceText

extension RuleSet {
  /// How packs are adapted when they are loaded.
  public struct Options: Sendable {
    /// Values for parameters of the packs, in YAML, by `PACK.PARAMETER`: for example
    /// `["aws-connect-chat.maxAttributeBytes": "16384"]`.
    public var parameters: [String: String]
    /// Severities that override those of the packs, by `PACK/RULE`.
    public var severities: [String: Severity]
    /// The rules that are off, by their ids `PACK/RULE`.
    ///
    /// A rule that has a severity as well is off.
    public var disabledRules: Set<String>
    /// The style in which requests spell the members of a pack's model.
    public var casing: Casing
    /// Whether messages may show values of requests that no pack marks as sensitive.
    ///
    /// Otherwise they show kinds and lengths alone, and findings carry no fix.
    public var showsValues: Bool

    /// Creates options; by default, packs are used as they are.
    public init(
      parameters: [String: String] = [:], severities: [String: Severity] = [:],
      disabledRules: Set<String> = [], casing: Casing = .auto, showsValues: Bool = true
    ) {
      self.parameters = parameters
      self.severities = severities
      self.disabledRules = disabledRules
      self.casing = casing
      self.showsValues = showsValues
    }
  }
}

extension RuleSet.Options {
  /// The packs with the severities of the options; ids that cannot be overridden are reported.
  func override(
    _ packs: [LoadedPack], reporting diagnostics: inout [Findings.Diagnostic]
  ) -> [LoadedPack] {
    var overrides: [String: Findings.Severity?] = [:]
    for (id, severity) in severities { overrides[id] = .some(severity.inFindings) }
    for id in disabledRules { overrides[id] = .some(nil) }
    // Without packs, loading has failed already, and nobody can say which rules there are.
    guard !overrides.isEmpty, !packs.isEmpty else { return packs }
    let known = Set(packs.flatMap { $0.ownSeverities.keys.map(\.description) })
    let fixed = Set(ReadingRule.descriptions.map(\.id.description))
    for id in overrides.keys.sorted() {
      if fixed.contains(id) || id.utf8.suffix(13).elementsEqual("/schema/limit".utf8) {
        diagnostics.append(
          Findings.Diagnostic(
            "config/fixed-rule",
            "severity of '\(id)' cannot be overridden: it reports that a request was not fully checked"
          ))
      } else if !known.contains(id) {
        let nearest = NearestName.nearest(to: id, among: known.sorted())
        diagnostics.append(
          Findings.Diagnostic(
            "config/unknown-rule",
            "unknown rule '\(id)'"
              + (nearest.map { "; did you mean '\($0)'?" } ?? "; use an id of 'rules'")))
      }
    }
    return packs.map { $0.overridingSeverities(overrides) }
  }
}
