package import Documents
package import Findings
package import RequisitePatterns
package import RulePacks
import SourceText

/// The settings of a folder: what its configuration file says, with what that file extends.
///
/// It governs the files of the folder and of all folders below that have no configuration of their own.
package struct Configuration: Sendable {
  /// The configuration file itself.
  package let file: PackFile
  /// The folder of the file: an absolute path.
  ///
  /// Baseline and reports are relative to it.
  package let root: String
  /// The configurations that the file extends, as it names them.
  package let extensions: [Placed<String>]
  /// The paths of the files that it extends, directly or not, as people are shown them; those that
  /// count more come later.
  package internal(set) var extendedPaths: [String] = []
  /// The packs to apply; nil for all built-in ones.
  package internal(set) var packs: [PackEntry]?
  /// How requests spell their members.
  package internal(set) var casing: Placed<Casing>?
  /// Which files are not checked.
  package internal(set) var exclude: [PathPattern]
  /// Values for the parameters of packs; a later one of a name wins.
  package internal(set) var parameters: [ParameterSetting]
  /// The severities of rules; a later one of a rule wins.
  package internal(set) var rules: [RuleGrade]
  /// Settings for some of the files; a later one wins.
  package internal(set) var files: [FileEntry]
  /// The entries of `suppressions`, in the file and in those that it extends.
  package internal(set) var suppressions: [SuppressionNodes]
  /// Whether suppression comments in YAML requests are applied.
  package internal(set) var suppressionComments: Placed<Bool>?
  /// Whether the file itself has the key `suppressions`.
  package let hasSuppressions: Bool
  /// The path of the baseline's file, relative to the root and within it; not inherited.
  package let baselinePath: Placed<String>?
  /// From which severity on findings make a run fail.
  package internal(set) var failOn: Placed<FailureThreshold>?
  /// The reports to write, as `--format` takes them, but for paths that are relative to the root; not
  /// inherited.
  package let formats: [ConfiguredReport]?
}

/// A value of a configuration and its location.
package struct Placed<Value: Sendable>: Sendable {
  /// The value.
  package let value: Value
  /// The location.
  package let location: Location

  /// Creates a value with its location.
  package init(_ value: Value, at location: Location) {
    self.value = value
    self.location = location
  }
}

/// A pack that a configuration names.
package struct PackEntry: Sendable {
  /// The name of a built-in pack, or a path relative to the folder.
  package let value: String
  /// The folder of the file that names it: an absolute path.
  package let folder: String
  /// The location of the entry.
  package let location: Location
}

/// A pattern of paths in a configuration.
package struct PathPattern: Sendable {
  /// The pattern.
  package let glob: PathGlob
  /// Its location.
  package let location: Location
  /// The folder that it is relative to.
  package internal(set) var base: PatternBase
}

/// The severity that a configuration gives a rule.
package struct RuleGrade: Sendable {
  /// The rule's full id as it is written: a pack, a slash and a rule.
  package let id: Located<String>
  /// The severity; nil for a rule that is off.
  package let severity: Severity?
  /// The location of the rule's id.
  package let location: Location
}

/// What a configuration says of the files that a pattern fits.
package struct FileEntry: Sendable {
  /// Which files.
  package internal(set) var pattern: PathPattern
  /// The packs that apply to them, whatever they look like.
  package let packs: [PackEntry]?
  /// The operation whose request they hold.
  package let operation: Placed<String>?
  /// How they spell their members.
  package let casing: Placed<Casing>?
  /// Whether they are left out.
  package let exclude: Placed<Bool>?
  /// The severities of rules.
  package let rules: [RuleGrade]
  /// From which severity on their findings make a run fail.
  package let failOn: Placed<FailureThreshold>?
  /// Whether suppression comments in them are applied.
  package let suppressionComments: Placed<Bool>?
}

/// Entries of `suppressions` in one file; their own reader says what is wrong with them.
package struct SuppressionNodes: Sendable {
  /// The file.
  package let file: PackFile
  /// The entries, in order.
  package let nodes: [NodeID]
  /// The folder that their paths are relative to.
  package internal(set) var base: PatternBase
}

/// A report that a configuration asks for.
package struct ConfiguredReport: Sendable {
  /// The name of the format.
  package let format: Placed<String>
  /// The file's path relative to the root; nil for standard output.
  package let path: String?
}

extension Configuration {
  /// The configuration with what it extends, in the order in which that counts: the nearest comes last.
  ///
  /// Of `casing`, `fail-on` and `suppression-comments` the nearest counts; `rules` and `parameters` are merged by key; `packs`,
  /// `exclude`, `files` and `suppressions` are appended, each entry relative to its own file.
  package func extending(_ chain: [Configuration]) -> Configuration {
    guard !chain.isEmpty else { return self }
    var merged = self
    func rebased(_ base: PatternBase) -> PatternBase { PatternBase(base.folder, seenFrom: root) }
    merged.extendedPaths = chain.map(\.file.source.path)
    for parent in chain.reversed() {
      merged.casing = merged.casing ?? parent.casing
      merged.failOn = merged.failOn ?? parent.failOn
      merged.suppressionComments = merged.suppressionComments ?? parent.suppressionComments
      if let packs = parent.packs { merged.packs = packs + (merged.packs ?? []) }
      merged.rules = parent.rules + merged.rules
      merged.parameters = parent.parameters + merged.parameters
      merged.exclude =
        parent.exclude.map { pattern in
          var pattern = pattern
          pattern.base = rebased(pattern.base)
          return pattern
        } + merged.exclude
      merged.files =
        parent.files.map { entry in
          var entry = entry
          entry.pattern.base = rebased(entry.pattern.base)
          return entry
        } + merged.files
      merged.suppressions =
        parent.suppressions.map { nodes in
          var nodes = nodes
          nodes.base = rebased(nodes.base)
          return nodes
        } + merged.suppressions
    }
    return merged
  }
}
