package import Documents
package import Findings
package import RulePacks

/// What the command line and the environment say, which counts more than any configuration.
package struct SettingChoices: Sendable {
  /// The packs that apply to everything, by name or by path relative to the working folder.
  package var packs: Setting<[String]>?
  /// Values for the parameters of packs; a later one wins.
  package var parameters: [ParameterSetting]
  /// How requests spell their members.
  package var casing: Setting<Casing>?
  /// From which severity on findings make a run fail.
  package var failOn: Setting<FailureThreshold>?
  /// The path of the baseline's file, relative to the working folder.
  package var baseline: Setting<String>?
  /// Whether files are checked that a configuration excludes.
  package var ignoresExclusion: Bool

  /// Creates choices; by default nothing is chosen.
  package init(
    packs: Setting<[String]>? = nil, parameters: [ParameterSetting] = [],
    casing: Setting<Casing>? = nil, failOn: Setting<FailureThreshold>? = nil,
    baseline: Setting<String>? = nil, ignoresExclusion: Bool = false
  ) {
    self.packs = packs
    self.parameters = parameters
    self.casing = casing
    self.failOn = failOn
    self.baseline = baseline
    self.ignoresExclusion = ignoresExclusion
  }
}
