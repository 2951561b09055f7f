package import Baselines
package import SourceText
package import Suppressions

/// What a run does not report: what is suppressed, and what the baseline accepts.
package struct KnownFindings: Sendable {
  /// Suppressions, and the folder that their paths are relative to.
  ///
  /// Of several sets, those of the innermost folder around a file count alone.
  package struct SuppressionSet: Sendable {
    /// The folder: an absolute path.
    package var folder: String
    /// The entries, in the order of the file.
    package var entries: [Suppression]

    /// Creates a set.
    package init(folder: String, entries: [Suppression]) {
      self.folder = folder
      self.entries = entries
    }
  }

  /// A baseline, and the folder that its paths are relative to.
  package struct AcceptedFindings: Sendable {
    /// The folder: an absolute path, the root of the project.
    package var root: String
    /// The baseline; an empty one where none was written yet.
    package var baseline: Baseline
    /// The folders that the run walks through, as absolute paths: what is missing there is gone.
    package var walkedFolders: [String]
    /// Whether the run is to make a new baseline, and so has to keep account of what is new.
    package var recordsNew: Bool

    /// Creates a baseline in force.
    package init(
      root: String, baseline: Baseline, walkedFolders: [String] = [], recordsNew: Bool = false
    ) {
      self.root = root
      self.baseline = baseline
      self.walkedFolders = walkedFolders
      self.recordsNew = recordsNew
    }
  }

  /// The folder that relative paths of inputs start from.
  package var workingFolder: String
  /// The project root of the run.
  package var root: ProjectRoot
  /// The folders that the run walks through, as absolute paths without links: it sees all files there.
  package var walkedFolders: [String]
  /// The suppressions.
  package var suppressions: [SuppressionSet]
  /// The baselines; that of the innermost root around a file counts.
  package var accepted: [AcceptedFindings]
  /// The day of the run, by which suppressions run out.
  package var today: CalendarDate

  /// Creates what a run knows of.
  package init(
    workingFolder: String, root: ProjectRoot, walkedFolders: [String] = [],
    suppressions: [SuppressionSet] = [],
    accepted: [AcceptedFindings] = [], today: CalendarDate
  ) {
    self.workingFolder = workingFolder
    self.root = root
    self.walkedFolders = walkedFolders
    self.suppressions = suppressions
    self.accepted = accepted
    self.today = today
  }

  /// Whether there is nothing to know, so that a run need not look.
  var isEmpty: Bool { accepted.isEmpty && suppressions.allSatisfy { $0.entries.isEmpty } }
}
