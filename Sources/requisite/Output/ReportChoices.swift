import ArgumentParser
import RequisiteConfiguration
import Findings
import Linting
import Reporting
import RequisiteFiles
import SourceText

/// The reports of a run, and what is wrong with those that its configuration asks for.
struct ChosenReports {
  /// The reports, and where they are asked for.
  let setting: Setting<[OutputChoice]>
  /// What is wrong with the configured ones, if they are in force.
  let diagnostics: [Diagnostic]

  /// The reports that flags or the environment choose, or else the configuration of the working folder.
  ///
  /// A run has one set of reports, wherever its inputs are.
  init(_ settings: RunSettings, _ profiles: inout LintProfiles) {
    if let formats = settings.formats {
      setting = formats
      diagnostics = []
      return
    }
    let reports = ConfiguredReports(
      ofRunIn: settings.workingFolder, in: settings.files, &profiles)
    diagnostics = reports?.diagnostics ?? []
    guard let reports, let origin = reports.origin, !reports.choices.isEmpty else {
      setting = Setting([OutputChoice(format: .text)], from: .standard)
      return
    }
    setting = Setting(reports.choices, from: .file(origin))
  }
}

/// The reports that a configuration asks for.
struct ConfiguredReports {
  /// The reports.
  private(set) var choices: [OutputChoice] = []
  /// The place of the first one in the configuration.
  let origin: Location?
  /// What is wrong with them.
  private(set) var diagnostics: [Diagnostic] = []
  private let configuration: Configuration
  private let workingFolder: String
  private let files: any FileSystem

  /// The `formats` of the configuration of the working folder; nil if it has none.
  init?(
    ofRunIn workingFolder: String, in files: any FileSystem, _ profiles: inout LintProfiles
  ) {
    guard let configuration = profiles.settings(forPath: ".", isFolder: true)?.configuration,
      let formats = configuration.formats
    else { return nil }
    self.configuration = configuration
    self.workingFolder = workingFolder
    self.files = files
    origin = formats.first?.format.location
    for report in formats { add(report) }
  }

  private mutating func add(_ report: ConfiguredReport) {
    guard let format = ReportFormat(rawValue: report.format.value) else {
      diagnostics.append(Self.unknownFormat(report))
      return
    }
    func refuse(_ code: String, _ message: String) {
      diagnostics.append(Diagnostic(code, message, at: report.format.location))
    }
    guard let path = report.path else {
      if choices.contains(where: { $0.path == nil }) {
        refuse(
          "config/bad-value",
          "only one report can be written to standard output; write this one to a file, as in \(format)=FILE"
        )
      }
      choices.append(OutputChoice(format: format))
      return
    }
    let target = Paths.joined(configuration.root, path)
    guard files.staysInside(target, configuration.root) else {
      refuse(
        "config/bad-path",
        "path of a report must not lead out of the folder of this file through a link")
      return
    }
    // A configuration of somebody else's repository must not cost a file of it.
    guard canReplace(target) else {
      refuse(
        "config/bad-path",
        "'\(path)' exists and is not a report of requisite; choose another path, or replace it with --format \(format)=FILE"
      )
      return
    }
    choices.append(
      OutputChoice(
        format: format, path: configuration.root.hasSameBytes(as: workingFolder) ? path : target))
  }

  private static func unknownFormat(_ report: ConfiguredReport) -> Diagnostic {
    let names = ReportFormat.allCases.map(\.rawValue)
    let nearest = NearestName.nearest(to: report.format.value, among: names)
    return Diagnostic(
      "config/unknown-format",
      "unknown report format '\(report.format.value)'; "
        + (nearest.map { "did you mean '\($0)'?" } ?? "use \(names.joined(separator: ", "))"),
      at: report.format.location)
  }

  /// Whether a path has no file, or an earlier report that the run may replace.
  private func canReplace(_ path: String) -> Bool {
    guard files.kind(of: path) == .file else { return true }
    let bytes = try? files.beginning(of: path, count: OwnReport.beginningCount)
    return bytes.map { OwnReport.isReport(beginning: $0) || Self.isTextReport(beginning: $0) }
      ?? false
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
