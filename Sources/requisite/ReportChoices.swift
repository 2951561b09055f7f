import ArgumentParser
import Configuration
import Findings
import Linting
import Reporting
import RulePacks
import SourceText

/// The reports that a configuration asks for, where neither a flag nor the environment does.
struct ConfiguredReports {
  /// The reports.
  var choices: [OutputChoice] = []
  /// What is wrong with them.
  var diagnostics: [Diagnostic] = []

  /// Makes sense of the `formats` of a configuration.
  init(_ reports: [ConfiguredReport], of configuration: Configuration, workingFolder: String) {
    var hasStandardOutput = false
    for report in reports {
      let location = report.format.location
      guard let format = ReportFormat(rawValue: report.format.value) else {
        let names = ReportFormat.allCases.map(\.rawValue)
        let nearest = NearestName.nearest(to: report.format.value, among: names)
        diagnostics.append(
          Diagnostic(
            "config/unknown-format",
            "unknown report format '\(report.format.value)'; "
              + (nearest.map { "did you mean '\($0)'?" }
                ?? "use \(names.joined(separator: ", "))"),
            at: location))
        continue
      }
      guard let path = report.path else {
        if hasStandardOutput {
          diagnostics.append(
            Diagnostic(
              "config/bad-value",
              "only one report can be written to standard output; write this one to a file, as in \(format)=FILE",
              at: location))
        }
        hasStandardOutput = true
        choices.append(OutputChoice(format: format, path: nil))
        continue
      }
      let root = configuration.root
      let target = ProjectRoot.joined(root, path)
      guard FileAccess.staysInside(target, root) else {
        diagnostics.append(
          Diagnostic(
            "config/bad-path",
            "the path of a report must not lead out of the folder of this file through a link",
            at: location))
        continue
      }
      choices.append(
        OutputChoice(format: format, path: root == workingFolder ? path : target))
    }
  }
}

extension OutputChoice {
  /// The names of all formats.
  static var formatNames: String {
    ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
  }
}
