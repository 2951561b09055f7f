/// What a report says before the first finding: the tool and every rule that was loaded.
package struct ReportHeader: Sendable {
  /// The version of the tool.
  package var toolVersion: String
  /// Whether the findings are those that a baseline or an earlier commit does not have.
  package var isComparison = false
  /// Whether suppressed findings are reported as well, for formats that have a place for them.
  package var hasSuppressed = false
  /// Gathers the rules.
  private let describe: @Sendable () -> [RuleDescription]

  /// Creates a header; `rules` is called by formats that have a header, or once a finding needs it.
  package init(toolVersion: String, rules: @escaping @Sendable () -> [RuleDescription]) {
    self.toolVersion = toolVersion
    describe = rules
  }

  /// Creates a header of known rules.
  package init(toolVersion: String, rules: [RuleDescription]) {
    self.init(toolVersion: toolVersion) { rules }
  }

  /// All loaded rules, violated or not, sorted by id; so that two runs differ in findings only.
  ///
  /// They are gathered anew each time.
  package var rules: [RuleDescription] { describe().sorted { $0.id < $1.id } }
}

/// What people are told of a rule.
package struct RuleDescription: Sendable, Hashable {
  /// The rule's full id.
  package var id: RuleID
  /// The severity of its findings in this run; nil for a rule that is off.
  package var severity: Severity?
  /// What the rule demands, in one line.
  package var summary: String
  /// Why the rule matters, and how to fix its findings, in Markdown.
  package var help: String
  /// The page to read on.
  package var url: String?
  /// Words to find the rule by.
  package var tags: [String]

  /// Creates a description.
  package init(
    id: RuleID, severity: Severity?, summary: String, help: String, url: String? = nil,
    tags: [String] = []
  ) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.help = help
    self.url = url
    self.tags = tags
  }
}

/// What a report says after the last finding.
package struct ReportSummary: Sendable {
  /// The number of inputs that were read.
  package var fileCount: Int
  /// The number of named inputs that were skipped because no pack fits them.
  package var unmatchedFileCount = 0
  /// The number of requests in the inputs.
  package var requestCount: Int
  /// The number of inputs with at least one finding.
  package var affectedFileCount: Int
  /// The number of findings of each severity.
  package var counts: [Severity: Int]
  /// The number of suppressed findings, which are in no other count.
  package var suppressedCount: Int
  /// The number of findings that the baseline accepts, which are in no other count.
  package var acceptedCount: Int
  /// The number of findings that files had at an earlier commit, which are in no other count.
  package var knownCount = 0
  /// The branch, tag or commit that files are compared with, as it was named; nil for none.
  package var earlierRevision: String?
  /// The number of fixable findings, by kind; empty if fixes were applied.
  package var fixableCounts: [Finding.Fixability: Int] = [:]
  /// Whether fixes can only be shown, as those of standard input.
  package var canOnlyShowFixes = false
  /// Inputs that could not be read, and the like.
  package var diagnostics: [Diagnostic]
  /// What every rule did; nil where nobody asked for it.
  package var statistics: RunStatistics?

  /// Creates a summary.
  package init(
    fileCount: Int = 0, requestCount: Int = 0, affectedFileCount: Int = 0,
    counts: [Severity: Int] = [:], suppressedCount: Int = 0, acceptedCount: Int = 0,
    diagnostics: [Diagnostic] = []
  ) {
    self.fileCount = fileCount
    self.requestCount = requestCount
    self.affectedFileCount = affectedFileCount
    self.counts = counts
    self.suppressedCount = suppressedCount
    self.acceptedCount = acceptedCount
    self.diagnostics = diagnostics
  }

  /// How many findings there are of one severity.
  package func count(of severity: Severity) -> Int { counts[severity] ?? 0 }
}
