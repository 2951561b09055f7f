package import Findings

/// The form in which findings leave the program.
package enum ReportFormat: String, Sendable, CaseIterable {
  /// For people: each finding with the line it stands on.
  case text
  /// For people and editors: one line a finding.
  case compact
  /// For programs: all that is known of each finding, version 2.
  case json
  /// For code scanning: SARIF 2.1.0.
  case sarif
  /// For programs and databases: a JSON object a line.
  case jsonl
  /// Annotations of GitHub Actions.
  case github
  /// A Code Quality report of GitLab.
  case gitlab
  /// Tests as JUnit writes them.
  case junit
  /// The XML of Checkstyle, for Jenkins and others.
  case checkstyle
  /// The Reviewdog Diagnostic Format.
  case rdjson
  /// The Reviewdog Diagnostic Format, a diagnostic a line.
  case rdjsonl
  /// Generic issues of SonarQube.
  case sonarqube
  /// Issues of a run of Azure Pipelines.
  case azure
  /// A table for a step's summary.
  case markdown
  /// A page for people: one file with filters, charts and fixes.
  case html
}

extension ReportFormat {
  /// What writes this format, and what it needs.
  private var reporter: any Reporter.Type {
    switch self {
    case .text: TextReporter.self
    case .compact: CompactReporter.self
    case .json: JSONReporter.self
    case .sarif: SARIFReporter.self
    case .jsonl: JSONLinesReporter.self
    case .github: GitHubReporter.self
    case .gitlab: GitLabReporter.self
    case .junit: JUnitReporter.self
    case .checkstyle: CheckstyleReporter.self
    case .rdjson: RDJSONReporter.self
    case .rdjsonl: RDJSONLReporter.self
    case .sonarqube: SonarQubeReporter.self
    case .azure: AzureReporter.self
    case .markdown: MarkdownReporter.self
    case .html: HTMLReporter.self
    }
  }

  /// How text that a CI system would read as a command is escaped; nil where commands are the report.
  var syntax: LogCommands.Syntax? { reporter.traits.syntax }

  /// Whether reports have a place for what is wrong with packs, configurations and inputs.
  package var showsDiagnostics: Bool { reporter.traits.showsDiagnostics }

  /// What of findings reports have beside rule, message and location.
  package var needs: FindingNeeds { reporter.traits.needs }

  /// Whether reports have a place for suppressed findings.
  package var showsSuppressed: Bool { reporter.traits.showsSuppressed }

  /// Whether reports have the fixes of findings, not only whether there are any.
  package var showsFixes: Bool { reporter.traits.showsFixes }

  /// Whether what is written of a finding does not depend on other findings.
  var writesApart: Bool { reporter.traits.writesApart }

  /// The extension of a file in the format, for hints.
  package var fileExtension: String { reporter.traits.fileExtension }

  /// A reporter that writes this format.
  func reporter(header: ReportHeader, options: ReportOptions) -> any Reporter {
    reporter.init(header: header, options: options)
  }
}

/// What a format needs, and has a place for.
struct ReportTraits: Sendable {
  /// The extension of a file in the format, for hints.
  var fileExtension: String
  /// How text that a CI system would read as a command is escaped; nil where the report is of commands,
  /// and its writer escapes the rest.
  var syntax: LogCommands.Syntax?
  /// What of findings reports have beside rule, message and location.
  var needs: FindingNeeds
  /// Whether reports have a place for what is wrong with packs, configurations and inputs.
  var showsDiagnostics = false
  /// Whether reports have the fixes of findings, not only whether there are any.
  var showsFixes = false
  /// Whether reports have a place for suppressed findings.
  var showsSuppressed = false
  /// Whether what is written of a finding does not depend on other findings.
  var writesApart = false
}

/// How a report is written.
package struct ReportOptions: Sendable {
  /// Whether text is colored by ANSI escape sequences.
  package var usesColor: Bool
  /// Whether the report goes to a terminal.
  package var isTerminal: Bool
  /// The links that places are; nil for none.
  package var links: TerminalLinks?
  /// The columns that notes, help and excerpts may take.
  package var columns: Int
  /// Whether text has the rules' help.
  package var showsHelp: Bool
  /// How many results a SARIF log holds at most; never more than 25,000.
  ///
  /// GitHub refuses a log with more than 25,000 and shows 5,000. Errors are kept before warnings,
  /// warnings before notes, and among equals what came first.
  package private(set) var resultLimit: Int

  /// Creates options.
  package init(
    usesColor: Bool = false, isTerminal: Bool = false, links: TerminalLinks? = nil,
    columns: Int = TextWidth.standard,
    showsHelp: Bool = true, resultLimit: Int = 5_000
  ) {
    self.usesColor = usesColor
    self.isTerminal = isTerminal
    self.links = links
    self.columns = columns
    self.showsHelp = showsHelp
    self.resultLimit = min(max(resultLimit, 0), 25_000)
  }
}
