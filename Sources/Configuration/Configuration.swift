package import Documents
package import Findings
package import RequestDecoding
package import RulePacks

/// What the configuration file of a folder says: each part with its place in the file.
///
/// It governs the files of the folder it lies in and of all folders below, unless one of those has
/// a configuration of its own: the nearest counts alone.
package struct Configuration: Sendable {
  /// The file and its tree; all nodes below are places in it.
  package let file: PackFile
  /// The absolute path of the folder that all paths and patterns in the file are relative to.
  package let root: String
  /// The packs that apply to what looks like their request; nil for all built-in ones.
  package let packs: [Located<String>]?
  /// How requests spell their members.
  package let casing: Located<Casing>?
  /// Which files are not checked.
  package let exclude: [PathPattern]
  /// Values for the parameters of packs.
  package let parameters: [ParameterSetting]
  /// The severities of rules.
  package let rules: [RuleGrade]
  /// Settings for some of the files, in the order of the file; a later one wins.
  package let files: [FileEntry]
  /// The entries of `suppressions`, as they stand there; what is wrong with them is not told here.
  package let suppressionNodes: [NodeID]
  /// The path of the baseline's file, relative to the root and within it.
  package let baselinePath: Located<String>?
  /// From which severity on findings make a run fail.
  package let failOn: Located<FailureThreshold>?
  /// The reports to write, as `--format` takes them, but for paths that are relative to the root.
  package let formats: [ConfiguredReport]?

  /// Where a node of the file stands.
  package func location(of node: NodeID) -> Location { file.location(of: node) }
}

/// A pattern of paths and where it stands.
package struct PathPattern: Sendable {
  /// The pattern.
  package let glob: PathGlob
  /// Its node in the file.
  package let node: NodeID
}

/// The severity that a configuration gives a rule.
package struct RuleGrade: Sendable {
  /// The rule's full id as it is written: a pack, a slash and a rule.
  package let id: Located<String>
  /// The severity; nil for a rule that is off.
  package let severity: Severity?
  /// The node of the severity.
  package let node: NodeID
  /// Where the grade stands.
  package let location: Location
}

/// What a configuration says of the files that a pattern fits.
package struct FileEntry: Sendable {
  /// Which files.
  package let pattern: PathPattern
  /// The packs that apply to them, whatever they look like.
  package let packs: [Located<String>]?
  /// The operation whose request they hold.
  package let operation: Located<String>?
  /// How they spell their members.
  package let casing: Located<Casing>?
  /// Whether they are left out.
  package let exclude: Located<Bool>?
  /// The severities of rules.
  package let rules: [RuleGrade]
  /// From which severity on their findings make a run fail.
  package let failOn: Located<FailureThreshold>?
}

/// A report that a configuration asks for.
package struct ConfiguredReport: Sendable {
  /// The name of the format.
  package let format: Located<String>
  /// The file's path relative to the root; nil for standard output.
  package let path: String?
}
