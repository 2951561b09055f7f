import ArgumentParser
import Findings
import Reporting

/// What a run writes for the CI system that it is a part of, besides its reports.
struct CIOptions: ParsableArguments {
  /// The system whose annotations are written.
  enum Annotations: String, ExpressibleByArgument, CaseIterable {
    case auto, github, azure, never
  }

  @Option(
    help: ArgumentHelp(
      "Also write annotations of the findings to standard error, for GitHub Actions or Azure Pipelines; auto: for the one that the run is a part of, if any."
    ))
  var annotations: Annotations = .never

  @Flag(help: "Also append a report in Markdown to the file that GITHUB_STEP_SUMMARY names.")
  var stepSummary = false

  /// What the options say.
  var choices: CIChoices { CIChoices(annotations: annotations, stepSummary: stepSummary) }
}

/// What a run writes for its CI system.
struct CIChoices: Equatable {
  var annotations = CIOptions.Annotations.never
  /// Whether a report is appended to the summary of a step.
  var stepSummary = false

  /// The reports that were chosen, and those that the options add.
  func reports(with choices: [OutputChoice], _ environment: Environment) -> [PlannedReport] {
    var reports = choices.map { PlannedReport($0) }
    // In the log of the system, each annotation is read once.
    if let format = annotationFormat(environment),
      !choices.contains(where: { $0.format == format && $0.path == nil })
    {
      reports.append(PlannedReport(format, to: .standardError))
    }
    if stepSummary, let path = summaryPath(environment) {
      reports.append(PlannedReport(.markdown, to: .end(of: path)))
    }
    return reports
  }

  /// What to say of an option that has no effect here.
  func notices(_ environment: Environment) -> [Diagnostic] {
    guard stepSummary, summaryPath(environment) == nil else { return [] }
    return [
      Diagnostic(
        "environment/no-step-summary", severity: .warning,
        "--step-summary writes nothing, as GITHUB_STEP_SUMMARY is not set; GitHub Actions sets it")
    ]
  }

  private func summaryPath(_ environment: Environment) -> String? {
    environment[.githubStepSummary].flatMap { $0.isEmpty ? nil : $0 }
  }

  private func annotationFormat(_ environment: Environment) -> ReportFormat? {
    switch annotations {
    case .github: .github
    case .azure: .azure
    case .never: nil
    case .auto:
      if environment[.githubActions] == "true" {
        .github
      } else if environment[.azurePipelines]?.lowercased() == "true" {
        .azure
      } else {
        nil
      }
    }
  }
}
