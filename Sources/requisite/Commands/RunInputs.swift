import Findings
import Linting
import Reporting
import SourceText

/// The inputs of a run, each with the profile that it is checked by, and those that are left out.
struct RunInputs {
  /// The inputs that are checked, each with the place of its profile.
  private(set) var checked: [(input: InputSource, profile: Int)] = []
  /// What was collected.
  private let collected: CollectedInputs
  /// The inputs that the configuration excludes.
  private var excluded: [InputSource]
  /// The inputs whose configuration or packs cannot be used.
  private(set) var faulty: [InputSource] = []
  /// Whether one of the run's own files was left out of a walk.
  private var hasOwnFiles = false

  /// Finds how inputs are checked; without any, how those of the working folder would be.
  init(
    _ collected: CollectedInputs, by profiles: inout LintProfiles, readingKeys: Bool = false
  ) {
    self.collected = collected
    excluded = collected.excluded
    if collected.inputs.isEmpty { _ = profiles.place(forPath: ".", isFolder: true) }
    for input in collected.inputs {
      switch profiles.place(of: input) {
      case .profile(let profile): checked.append((input, profile))
      case .excluded: excluded.append(input)
      case .faulty: faulty.append(input)
      }
    }
    if readingKeys { readKeys() }
  }

  /// What is wrong with the paths that the run was given.
  var diagnostics: [Diagnostic] { collected.diagnostics }

  /// Sets the paths that machine-readable reports give inputs, and sorts them by these.
  mutating func setReportPaths(_ paths: ReportPaths, standardInputName: String?) {
    paths.apply(to: &checked, standardInputName: standardInputName)
  }

  /// Reads the lines of logs and of named inputs with their keys.
  private mutating func readKeys() {
    for index in checked.indices {
      let input = checked[index].input
      if input.isExplicit || input.syntax == .jsonLines { checked[index].input = input.keyed() }
    }
  }

  /// Leaves out what the run itself reads or writes.
  mutating func leaveOut(_ isOwn: (InputSource) throws -> Bool) rethrows {
    let count = checked.count
    try checked.removeAll { try isOwn($0.input) }
    hasOwnFiles = hasOwnFiles || checked.count < count
    try faulty.removeAll(where: isOwn)
  }

  // MARK: - What is left out

  /// What to report of named files and folders that are excluded.
  var exclusionNotices: [Diagnostic] {
    // Files that a walk leaves out are mentioned only where nothing else is left.
    var names = excluded.filter { $0.isExplicit || checked.isEmpty }.map(\.shownPath)
    if names.isEmpty || !checked.isEmpty { names += collected.excludedFolders }
    guard let first = names.first else { return [] }
    let message =
      names.count == 1
      ? "'\(first)' is excluded by its configuration; use --no-exclude to check it"
      : "'\(first)' and \(names.count - 1) more are excluded by their configuration; use --no-exclude to check them"
    return [Diagnostic("input/excluded", severity: .info, message)]
  }

  /// Whether the configuration excludes everything that was named.
  private var isAllExcluded: Bool {
    let hasNamed = !collected.excluded.isEmpty || !collected.excludedFolders.isEmpty
    return hasNamed && checked.isEmpty
      && collected.folders.count == collected.excludedFolders.count
  }

  /// The error of a run that checked nothing; nil where something was checked, or need not be.
  ///
  /// Another error has the exit code 2 already, and says why nothing was checked.
  func nothingChecked(_ summary: ReportSummary, _ options: InputChoices) -> Diagnostic? {
    guard summary.requestCount == 0, !options.allowEmpty, !isAllExcluded,
      summary.unmatchedFileCount == 0,
      !summary.diagnostics.hasErrors
    else { return nil }
    var reason: String
    if checked.isEmpty {
      reason = "found no JSON, JSON Lines or YAML file"
      if let folder = collected.folders.first, collected.folders.count == 1 {
        reason += " in '\(folder)'"
      }
    } else {
      let files = checked.count == 1 ? checked[0].input.quotedName : "\(checked.count) files"
      reason = "found no request in \(files)"
    }
    return Diagnostic(
      "input/nothing-checked", "nothing to check: \(reason); \(hints.joined(separator: ", "))")
  }

  /// What may make a run check something after all.
  private var hints: [String] {
    var hints: [String] = []
    if !excluded.isEmpty || !collected.excludedFolders.isEmpty {
      hints.append("--no-exclude checks excluded files")
    }
    if let path = collected.firstIgnoredPath {
      hints.append("--no-gitignore checks files that Git ignores, such as '\(path)'")
    }
    if hasOwnFiles { hints.append("the run's own packs and reports are skipped") }
    if !checked.isEmpty { hints.append("--pack applies a pack to every file") }
    hints.append("--allow-empty allows this")
    return hints
  }
}
