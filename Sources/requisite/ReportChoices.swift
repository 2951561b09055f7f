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
            "path of a report must not lead out of the folder of this file through a link",
            at: location))
        continue
      }
      // A configuration of somebody else's repository must not cost a file of it.
      guard Self.canReplace(target) else {
        diagnostics.append(
          Diagnostic(
            "config/bad-path",
            "'\(path)' exists and is not a report of requisite; choose another path, or replace it with --format \(format)=FILE",
            at: location))
        continue
      }
      choices.append(
        OutputChoice(format: format, path: root == workingFolder ? path : target))
    }
  }
}

extension ArgumentFault {
  /// The fault of a format that is none of some names, perhaps with `=FILE`.
  static func format(_ argument: String, among names: [String]) -> ArgumentFault {
    let name = argument.prefix { $0 != "=" }
    let nearest =
      names.contains(String(name)) ? nil : NearestName.nearest(to: String(name), among: names)
    return ArgumentFault(
      description: "\(ChoiceText.list(names)), or one of them with =FILE"
        + (nearest.map { " (did you mean '\($0)'?)" } ?? ""))
  }
}

extension ConfiguredReports {
  /// Whether a path has no file, or an earlier report that the run may replace.
  private static func canReplace(_ path: String) -> Bool {
    guard FileAccess.kind(of: path) == .file else { return true }
    let bytes = try? FileAccess.beginning(of: path, count: OwnReport.beginningCount)
    return bytes.map { OwnReport.isReport(beginning: $0) || isTextReport(beginning: $0) } ?? false
  }

  /// Whether a file begins with a finding, as reports in text have it:
  /// `path:line:column: severity: message [pack/rule]`, or the path alone before indented findings.
  private static func isTextReport(beginning bytes: [UInt8]) -> Bool {
    let line = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\n" }
    return Severity.allCases.contains { severity in
      line.firstRange(of: ": \(severity.rawValue): ") != nil
    }
  }
}

extension OutputChoice {
  /// The choice that an argument is.
  ///
  /// - Throws: `ArgumentFault` for an argument that is none.
  static func parse(_ argument: String) throws -> OutputChoice {
    guard let choice = OutputChoice(argument: argument) else {
      throw ArgumentFault.format(argument, among: ReportFormat.allCases.map(\.rawValue))
    }
    return choice
  }

  /// The names of all formats.
  static var formatNames: String {
    ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
  }
}
