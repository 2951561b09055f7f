package import SourceText

/// The limits of reports.
package enum ReportLimits {
  /// Every limit that a report can meet.
  package static let all: [Limit] = [
    Limit(
      "results of a SARIF log", ReportOptions().resultLimit, "results",
      beyond: "report/results-cut; the least severe are left out"),
    Limit(
      "related locations of a result in SARIF", SARIFReporter.relatedLimit, "locations",
      beyond: "the others are left out"),
    Limit(
      "tags of a rule in SARIF", SARIFTool.tagLimit, "tags", beyond: "the others are left out"),
    Limit(
      "description of a rule in SARIF", SARIFText.descriptionLimit, "characters",
      beyond: "it is shortened"),
    Limit(
      "annotations of each severity for GitHub", GitHubReporter.annotationLimit, "annotations",
      beyond: "the others are counted"),
    Limit(
      "rows of a table in Markdown", MarkdownReporter.rowLimit, "bytes",
      beyond: "the other findings are counted"),
    Limit(
      "findings of an HTML report", HTMLReporter.findingLimit, "findings",
      beyond: "the others are counted"),
    Limit(
      "related locations of a finding in text", TextReporter.relatedLimit, "locations",
      beyond: "the others are counted"),
    Limit(
      "line of a value or a name in text", TerminalText.textLimit, "code points",
      beyond: "it is shortened"),
    Limit(
      "surviving mutants of a rule in text", PackTestTextWriter.survivorLimit, "mutants",
      beyond: "the others are counted"),
  ]
}
