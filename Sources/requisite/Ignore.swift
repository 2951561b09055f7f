import ArgumentParser
import Configuration
import Documents
import Findings
import Linting
import Reporting
import RulePacks
import SourceText
import Suppressions

/// `requisite ignore`: suppresses a finding, with a reason.
struct Ignore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ignore",
    abstract: "Suppress a finding, with a reason.",
    discussion: """
      Adds an entry to 'suppressions' in the configuration if it has this member, or else to \
      .requisite-ignore.yaml beside the configuration or in the root of the repository. The rest of the \
      file is kept as it is.

      EXAMPLE
        requisite ignore --rule aws-connect-chat/client-token-recommended \\
          --at 'requests/chat.json#/ClientToken' --reason 'the gateway adds it'
      """)

  @Option(help: ArgumentHelp("The rule's id (PACK/RULE).", valueName: "rule"))
  var rule: String

  @Option(
    help: ArgumentHelp(
      "The file and the JSON Pointer of the finding, as in reports; without '#', the whole file.",
      valueName: "file#/pointer"))
  var at: String

  @Option(help: ArgumentHelp("Why the finding is accepted.", valueName: "text"))
  var reason: String

  @Option(help: ArgumentHelp("The person or team responsible for it.", valueName: "text"))
  var owner: String?

  @Option(
    help: ArgumentHelp(
      "The last day (UTC) of the suppression; afterwards the finding is reported again.",
      valueName: "YYYY-MM-DD"))
  var until: String?

  @Flag(help: "Print the entry to standard output without changing any file.")
  var dryRun = false

  @OptionGroup var packOptions: PackOptions
  @OptionGroup var settingOptions: SettingOptions
  // A suppression hides a finding whatever baseline and severity.
  @OptionGroup(visibility: .hidden) var baselineOptions: BaselineOptions
  @OptionGroup(visibility: .hidden) var failureOptions: FailureOptions
  @OptionGroup var colorOptions: ColorOptions

  func run() throws {
    do throws(Diagnostic) {
      try write()
    } catch {
      DiagnosticPrinter(color: colorOptions).show([error])
      throw ExitCode(2)
    }
  }

  private func write() throws(Diagnostic) {
    let workingFolder = FileAccess.workingFolder()
    let place = try place()
    let until = try date()
    for (name, text) in [("--reason", reason), ("--owner", owner ?? "x")]
    where text.allSatisfy(\.isWhitespace) {
      throw Diagnostic("ignore/empty", "\(name) is empty; write a short text")
    }
    let projectRoot = try ProjectRoot.find(
      explicit: settingOptions.rootPath, workingFolder: workingFolder, inputs: [place.path])
    let file = projectRoot.location(of: place.path, workingFolder: workingFolder)
    var (loader, root, path) = try project(of: file, place.path)
    let lock =
      dryRun
      ? nil
      : FolderLock(
        forFileAt: loader.suppressionsFile(at: root).path,
        shownAs: loader.suppressionsFile(at: root).shownPath)
    defer { withExtendedLifetime(lock) {} }
    // Another run may have changed the file before this one had the lock.
    if lock != nil { (loader, root, path) = try project(of: file, place.path) }
    let set = loader.suppressions(at: root)
    if let mistake = loader.takeDiagnostics().first(where: { $0.severity == .error }) {
      throw mistake
    }
    let pointer = try pointer(of: place, set, root: projectRoot, workingFolder: workingFolder)
    let entry = SuppressionText(
      rule: rule, path: SuppressionText.pattern(ofPath: path),
      pointer: pointer.map { PointerPattern.text(of: $0) }, reason: reason, owner: owner,
      until: until)
    let target = loader.suppressionsFile(at: root)
    guard loader.isInside(target.path, root, namedAt: nil) else {
      throw loader.takeDiagnostics().last
        ?? Diagnostic("config/bad-path", "'\(target.shownPath)' leads out of its project")
    }
    let bytes: [UInt8]
    if FileAccess.kind(of: target.path) == .missing {
      bytes = SuppressionWriter.newFile(entry, schema: Self.schemaAddress)
    } else {
      bytes = try SuppressionWriter.adding(entry, to: try loader.source(at: target.path))
    }
    if dryRun {
      Output.standard.write(SuppressionWriter.shown(entry))
      Output.error.write("this would be added to \(TerminalText.visible(path: target.shownPath))\n")
      return
    }
    do {
      try AtomicFile.write(bytes, to: target.path)
    } catch {
      throw .unwritable(target.shownPath, error)
    }
    Output.error.write("added to \(TerminalText.visible(path: target.shownPath))\n")
  }

  /// Where editors find the schema of the file.
  private static let schemaAddress =
    "https://raw.githubusercontent.com/requisite-dev/requisite/main/Sources/CBuiltInPacks/schemas/ignore.schema.json"

  /// The project of a file, and the file's path in it.
  private func project(
    of file: String, _ shownPath: String
  ) throws(Diagnostic) -> (KnownFindingsLoader, KnownFindingsLoader.Root, String) {
    var loader: KnownFindingsLoader
    do {
      loader = try SuppressionOptions.parse([]).loader(
        settingOptions, ofInputs: [shownPath], color: colorOptions)
    } catch {
      throw Diagnostic("argument/invalid", "\(error)")
    }
    guard let root = loader.root(ofFolder: ProjectRoot.parent(of: file) ?? "/"),
      let path = ProjectRoot.relativePath(of: file, below: root.folder)
    else {
      throw Diagnostic(
        "config/unreadable",
        "cannot use the configuration of '\(shownPath)'; run 'requisite config' for details")
    }
    return (loader, root, path)
  }

  // MARK: - Arguments

  /// The file and the pointer of `--at`; a `#` may be part of either.
  private func place() throws(Diagnostic) -> (path: String, pointer: JSONPointer?) {
    if FileAccess.kind(of: at) == .file { return (at, nil) }
    var missing: String?
    for index in at.utf8.indices where at.utf8[index] == UInt8(ascii: "#") {
      let path = String(at[..<index])
      let rest = String(at[at.utf8.index(after: index)...])
      missing = missing ?? path
      guard FileAccess.kind(of: path) == .file else { continue }
      guard let pointer = JSONPointer(rest) else {
        throw Diagnostic(
          "ignore/bad-pointer",
          "invalid JSON Pointer '\(rest)'; write a '/' before each name or index, or nothing for the whole request"
        )
      }
      return (path, pointer)
    }
    throw Diagnostic("input/missing", "no file '\(missing ?? at)'")
  }

  private func date() throws(Diagnostic) -> String? {
    guard let until else { return nil }
    guard let date = CalendarDate(until.utf8) else {
      throw Diagnostic(
        "ignore/bad-date", "--until expects a date such as 2027-03-31, found '\(until)'")
    }
    guard date >= .today else {
      throw Diagnostic(
        "ignore/bad-date", "--until \(date) is in the past; today is \(CalendarDate.today)")
    }
    return until
  }

  // MARK: - The finding

  /// The pointer of the entry, nil for all places; throws where there is no finding that is meant, or
  /// none that is not suppressed already.
  private func pointer(
    of place: (path: String, pointer: JSONPointer?), _ set: KnownFindings.SuppressionSet,
    root: ProjectRoot, workingFolder: String
  ) throws(Diagnostic) -> JSONPointer? {
    let settings: LintProfiles
    do {
      settings = LintProfiles(
        try settingOptions.choices(packs: packOptions, color: colorOptions),
        from: settingOptions.source,
        options: LintOptions(
          packs: [], applicability: .whenDetected,
          costLimit: settingOptions.effectiveCostLimit.value),
        workingFolder: workingFolder, root: root)
    } catch {
      throw Diagnostic("argument/invalid", "invalid settings")
    }
    var profiles = settings
    profiles.options.needs = .stablePointers
    let collected = InputCollector.collect(
      [place.path], InputCollector.Options(workingFolder: workingFolder))
    guard let input = collected.inputs.first, case .profile(let profile) = profiles.place(of: input)
    else {
      throw profiles.takeDiagnostics().first { $0.severity == .error }
        ?? Diagnostic(
          "input/excluded",
          "'\(place.path)' is excluded by its configuration, so it has no findings")
    }
    let known = profiles.profiles.ruleDescriptions + ReadingRule.descriptions
    guard known.contains(where: { $0.id.description.utf8.elementsEqual(rule.utf8) }) else {
      let nearest = NearestName.nearest(to: rule, among: known.map(\.id.description))
      throw Diagnostic(
        "argument/unknown-rule",
        "unknown rule '\(rule)'"
          + (nearest.map { "; did you mean '\($0)'?" } ?? "; 'requisite rules' lists them"))
    }
    var findings: [Finding] = []
    var trouble: [Diagnostic] = []
    var session = LintSession(profiles.profiles.map(\.options))
    session.lint(input, profile: profile) { result in
      findings += result.findings.filter { $0.rule.description.utf8.elementsEqual(rule.utf8) }
      trouble += result.diagnostics
    }
    if let mistake = trouble.first(where: { $0.severity == .error }) { throw mistake }
    let meant = findings.filter { finding in
      guard let pointer = place.pointer else { return true }
      return finding.places.contains(pointer)
    }
    guard let first = meant.first else { throw noFinding(place, findings) }
    let path = ProjectRoot.relativePath(
      of: root.location(of: place.path, workingFolder: workingFolder), below: set.folder)
    let entries = set.entries.filter { entry in
      entry.rule == first.rule && !entry.isExpired(on: .today)
        && (path.map { entry.coversFile(at: $0) } ?? false)
    }
    var covering: [Suppression] = []
    for finding in meant {
      guard let entry = entries.first(where: { $0.covers(finding) }) else {
        return place.pointer.map { finding.lastingPlace($0, among: findings) }
      }
      if !covering.contains(where: { $0.location == entry.location }) { covering.append(entry) }
    }
    throw Diagnostic(
      "ignore/duplicate",
      meant.count == 1
        ? "this finding is already suppressed"
        : "these \(meant.count) findings are already suppressed", at: nil,
      related: covering.sorted {
        $0.location.region.start.offset < $1.location.region.start.offset
      }.prefix(10).map {
        RelatedLocation(location: $0.location, message: "by this entry")
      })
  }

  /// What to say where there is nothing to suppress.
  private func noFinding(
    _ place: (path: String, pointer: JSONPointer?), _ findings: [Finding]
  ) -> Diagnostic {
    guard let pointer = place.pointer, !findings.isEmpty else {
      return Diagnostic("ignore/no-finding", "'\(place.path)' has no finding of \(rule)")
    }
    let pointers = findings.compactMap(\.location.pointer?.description)
    let nearest = NearestName.nearest(to: pointer.description, among: pointers)
    let others = pointers.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    return Diagnostic(
      "ignore/no-finding",
      "\(rule) has no finding at '\(pointer)' in '\(place.path)'"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "; it has findings at \(others)"))
  }
}

extension Finding {
  /// The place of the finding, as reports show it and by the identity of elements.
  fileprivate var places: [JSONPointer] {
    [location.pointer, stablePointer].compactMap { $0 }
  }

  /// The pointer that an entry for the finding has, which was named by another one.
  ///
  /// Elements go by their identity where the pack says what that is, so that the entry follows them,
  /// unless another finding would be suppressed as well.
  fileprivate func lastingPlace(_ named: JSONPointer, among findings: [Finding]) -> JSONPointer {
    guard let stablePointer, stablePointer != named else {
      return named
    }
    let isShared = findings.contains { other in
      other.stablePointer == stablePointer && other.location.pointer != location.pointer
    }
    return isShared ? named : stablePointer
  }
}

extension Suppression {
  /// Whether the entry is about the place of a finding.
  fileprivate func covers(_ finding: Finding) -> Bool {
    finding.places.isEmpty ? covers(nil) : finding.places.contains { covers($0) }
  }
}
