import Findings
import Linting
import Reporting
import RequisiteFiles
import SystemPackage

/// The files that the reports of a run go to.
struct ReportTargets {
  private let targets: [(path: String, identity: FileIdentity)]
  private let files: any FileSystem
  private let console: Console

  /// Finds the files of reports.
  ///
  /// - Throws: an exit code, where two reports go to the same file.
  init(_ reports: [ReportTarget], in files: any FileSystem, _ console: Console) throws {
    self.files = files
    self.console = console
    var targets: [(path: String, identity: FileIdentity)] = []
    var places: [FileIdentity: String] = [:]
    for report in reports where report != .standardError {
      let path = report.path
      let identity =
        path.map { files.identity(of: $0) } ?? FileStatus(of: .standardOutput)?.identity
      guard let identity else { continue }
      let name = path.map { "'\($0)'" } ?? "standard output"
      // Two reports to standard output are an error of their own.
      if let other = places.updateValue(name, forKey: identity), path != nil || other != name {
        try console.fail(
          Diagnostic(
            "argument/reports-into-one-file",
            "two reports go to the same file, \(other) and \(name)",
            hint: "write each to its own file"))
      }
      if let path { targets.append((path, identity)) }
    }
    self.targets = targets
  }

  /// Whether an input is an earlier report that this run replaces.
  ///
  /// An input that was named or that is no earlier report ends the command.
  func replace(_ input: InputSource) throws -> Bool {
    guard hasExistingFile else { return false }
    guard let path = target(at: input) else { return false }
    if !input.isExplicit, let path = input.file, isReport(path) { return true }
    try console.fail(
      Diagnostic(
        "argument/report-over-input",
        "report '\(path)' would overwrite a file to check", hint: "give it another name or folder"))
  }

  /// Whether a report replaces a file at all.
  private var hasExistingFile: Bool {
    targets.contains { if case .node = $0.identity { true } else { false } }
  }

  /// The path of the report that would overwrite an input.
  private func target(at input: InputSource) -> String? {
    let identity =
      input.file.map { files.identity(of: $0) } ?? FileStatus(of: .standardInput)?.identity
    return targets.first { $0.identity == identity }?.path
  }

  /// Whether a file is empty or begins as a JSON or SARIF report does.
  private func isReport(_ path: String) -> Bool {
    let bytes = try? files.beginning(of: path, count: OwnReport.beginningCount)
    return bytes.map { OwnReport.isReport(beginning: $0) } ?? false
  }

  /// Ends the command if a report goes to a link in a project that leads out of it.
  func refuseLinks(leaving root: ProjectRoot) throws {
    for (path, _) in targets where files.leaves(root.path, writing: path) {
      try console.fail(.outside(path))
    }
  }

  /// Ends the command if a report would overwrite a file that was read: a pack, model, configuration,
  /// suppression or baseline file.
  func refuseFilesOfTheRun() throws {
    for (path, identity) in targets where files.hasRead(identity) {
      try console.fail(
        Diagnostic(
          "argument/report-over-input",
          "report '\(path)' would overwrite a file that this run reads",
          hint: "give it another name or folder"
        ))
    }
  }
}
