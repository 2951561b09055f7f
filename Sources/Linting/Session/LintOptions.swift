package import Documents
import Evaluation
package import Findings
package import RequisiteFiles
package import SourceText

/// What a run looks at, and how.
package struct LintOptions: Sendable {
  /// Where inputs are read.
  package var files: any FileSystem
  /// The packs.
  package var packs: [LoadedPack]
  /// The documents that the packs apply to.
  package var applicability: Applicability
  /// In which style requests spell their members.
  package var casing: Casing
  /// The maximum depth of nesting in requests.
  package var depthLimit: Int
  /// The maximum cost of one evaluation of an expression, in steps; beyond it, the rule has a finding.
  package var costLimit: Int?
  /// What findings have beside rule, message and location.
  package var needs: FindingNeeds
  /// Whether it is counted what every rule does.
  package var collectsStatistics: Bool
  /// What findings show of values that are not sensitive.
  package var disclosure = Disclosure.full
  /// What is done with the fixes of findings.
  package var fixes: FixMode
  /// Whether built-in packs are loaded with their examples, which checking does not need.
  package var readsExamples = true
  /// Whether requests of logs are read and evaluated in one pass, where a pack allows for it.
  package var usesPlaces = true
  /// The maximum sizes of inputs, in bytes.
  package var sizeLimits = SizeLimits.standard
  /// Whether a named input that no pack fits is skipped and counted, instead of being an error.
  package var skipsUnmatched = false
  /// Whether standard input and other streams may be empty.
  package var allowsEmptyStreams = false
  /// How suppression comments in YAML requests are applied; nil where they are not.
  package var suppressionComments: SuppressionCommentOptions?

  /// Writes findings where they are found; nil where they are handed on as they are.
  ///
  /// Only for findings that no later step changes or removes.
  var writer: (any FindingWriter)?

  /// Creates options.
  package init(
    in files: any FileSystem, packs: [LoadedPack], applicability: Applicability,
    casing: Casing = .auto,
    depthLimit: Int = 512, costLimit: Int? = nil,
    needs: FindingNeeds = [.details, .related, .excerpts, .normalizedPaths, .fingerprints],
    fixes: FixMode = .none,
    collectsStatistics: Bool = false
  ) {
    self.files = files
    self.packs = packs
    self.applicability = applicability
    self.casing = casing
    self.depthLimit = depthLimit
    self.costLimit = costLimit
    self.needs = needs
    self.collectsStatistics = collectsStatistics
    self.fixes = fixes
  }
}

extension LintOptions {
  /// Whether requests of one pack are told by its places, where it has any.
  ///
  /// What is told by places costs no steps, so that a limit below the default one would have fewer findings.
  package var isGuided: Bool {
    let isLowered = costLimit.map { $0 < Self.defaultCost } ?? false
    return usesPlaces && !isLowered && !collectsStatistics && packs.count == 1
  }

  /// The maximum cost of one evaluation of an expression where none is given, in steps.
  package static var defaultCost: Int { Limits().cost }
}

/// How suppression comments are applied.
package struct SuppressionCommentOptions: Sendable {
  /// The day of the run, by which they expire.
  package var today: CalendarDate
  /// Whether suppressed findings are kept, marked as such.
  package var keepsSuppressed: Bool

  /// Creates options.
  package init(today: CalendarDate, keepsSuppressed: Bool = false) {
    self.today = today
    self.keepsSuppressed = keepsSuppressed
  }
}
