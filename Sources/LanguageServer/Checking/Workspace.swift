import Documents
import Findings
import Linting
import RequisiteConfiguration
import RequisiteFiles
import RulePacks
import SourceText
import Suppressions

/// A folder that documents are checked in, as `requisite check` checks them there: what configurations,
/// packs, suppressions and baselines say.
///
/// It is made anew whenever one of those files changes; texts of requests may change meanwhile.
struct Workspace {
  /// The folder: an absolute path without links.
  let folder: String
  private let settings: LanguageServerSettings
  let root: ProjectRoot
  /// The files that everything but the text of documents is read from.
  private let files: OverlayFileSystem
  /// The same, without noting what is asked.
  private let unnotedFiles: OverlayFileSystem
  /// What was asked of the files.
  private let asked = AskedPaths()
  private var profiles: LintProfiles
  /// What is known of the inputs in a folder, and what is wrong with that.
  private var known: [ExactText: (findings: KnownFindings, errors: [Diagnostic])] = [:]
  /// The errors of the configurations that govern folders, and of their packs.
  private var faults: [ExactText: [Diagnostic]] = [:]
  private var loadings: [ExactText: PackLoading] = [:]
  /// How far suppressions were judged, by the file that they are in.
  private var judgings: [ExactText: Judging] = [:]
  /// Ends the check at hand once its result is no longer wanted.
  var interruption: Interruption?
  private var describedRules: [Int: [RuleID: RuleDescription]] = [:]

  /// Makes a folder ready; its path is absolute.
  init(_ folder: String, _ settings: LanguageServerSettings, in files: OverlayFileSystem) {
    self.folder = folder
    self.settings = settings
    unnotedFiles = files.inFolder(folder)
    self.files = unnotedFiles.noting(in: asked)
    root = Self.root(folder, settings, self.files)
    profiles = Self.profiles(settings, from: settings.source, folder, root, self.files)
  }

  private static func root(
    _ folder: String, _ settings: LanguageServerSettings, _ files: OverlayFileSystem
  ) -> ProjectRoot {
    (try? ProjectRoot.find(in: files, explicit: settings.rootPath, workingFolder: folder))
      ?? ProjectRoot(in: files, path: folder)
  }

  private static func profiles(
    _ settings: LanguageServerSettings, from source: ConfigurationSource, _ folder: String,
    _ root: ProjectRoot, _ files: OverlayFileSystem
  ) -> LintProfiles {
    var options = LintOptions(
      in: files, packs: [], applicability: .whenDetected, costLimit: settings.costLimit,
      needs: [.details, .related, .stablePointers], fixes: .attach)
    options.readsExamples = false
    options.skipsUnmatched = true
    options.suppressionComments = SuppressionCommentOptions(today: settings.today())
    return LintProfiles(
      settings.choices, from: source, options: options, isStrict: settings.isStrict,
      workingFolder: folder, root: root)
  }

  /// Whether anything that was read here may be different once a file or folder has changed.
  func dependsOn(_ path: String) -> Bool { files.wasAsked(for: path) }

  /// Whether a file was read as a part of what requests are checked by, such as the model of a pack.
  func isMadeOf(_ path: String) -> Bool { files.wasOpened(path) }

  /// A path as messages show it.
  func shown(_ path: String) -> String { root.shownPath(of: path, workingFolder: folder) }

  /// The absolute path of a file that a message shows; nil for what is no file.
  func path(ofShown shown: String) -> String? {
    guard unnotedFiles.kind(of: shown) == .file else { return nil }
    return unnotedFiles.absolutePath(of: shown, workingFolder: folder)
  }

  /// The path without links, as far as it exists.
  func realPath(_ path: String) -> String { unnotedFiles.realPath(path) ?? path }

  // MARK: - Requests

  /// What came of a request.
  struct CheckedRequest {
    var findings: [Finding] = []
    var diagnostics: [Diagnostic] = []
    /// The place of the profile.
    var profile: Int?
    /// Whether a pack detected a request in it.
    var isRequest = false
  }

  /// The input that a document is.
  func input(of document: OpenDocument, _ syntax: Syntax) -> InputSource {
    let path = shown(document.path)
    return InputSource(
      .file(path), shownPath: path, syntax: syntax,
      realPath: unnotedFiles.realPath(document.path))
  }

  /// Checks a request with the texts that documents have now; nil where it is excluded.
  ///
  /// A document is checked as a file in a folder is, of which nothing is said if no pack detects a request in
  /// it, or, once it `isKnown` to be a request, as a file that is named.
  mutating func check(
    _ document: OpenDocument, _ syntax: Syntax, isKnown: Bool, in current: OverlayFileSystem,
    fixes: FixMode
  ) -> CheckedRequest? {
    var input = input(of: document, syntax)
    input.isExplicit = isKnown
    guard let profile = profile(of: input) else { return nil }
    var checked = CheckedRequest()
    guard case .profile(let index) = profile else {
      checked.diagnostics = errors(for: input)
      return checked
    }
    checked.profile = index
    let known = known(for: input)
    let filter = FindingFilter(known.findings)
    checked.diagnostics = known.errors
    // The same file may be open by another URI, with another text.
    let own = options(of: index, in: current.preferring(document.handle), fixes)
    var session = LintSession([own], filter: filter, interruption: interruption)
    session.lint(input) { result in
      checked.findings += result.findings.filter { $0.suppression == nil }
      checked.diagnostics += result.diagnostics
      checked.isRequest = checked.isRequest || result.requestCount > 0
    }
    checked.diagnostics += session.commentDiagnostics
    if !checked.isRequest {
      // What a run over a folder says of the files that it skips.
      checked.diagnostics.removeAll { Self.skippedCodes.contains($0.code) }
    }
    return checked
  }

  private static let skippedCodes: Set<String> = ["input/own-report", "input/unrecognisable"]

  /// The text of a request with all safe fixes made; nil where none is.
  mutating func fixed(
    _ document: OpenDocument, _ syntax: Syntax, in current: OverlayFileSystem
  ) -> [UInt8]? {
    let input = input(of: document, syntax)
    guard case .profile(let index)? = profile(of: input) else { return nil }
    let filter = FindingFilter(known(for: input).findings)
    let own = options(of: index, in: current.preferring(document.handle), .apply)
    var session = LintSession([own], filter: filter, interruption: interruption)
    if syntax == .jsonLines {
      var bytes: [UInt8] = []
      let pieces = Pieces()
      let tally = session.fixLog(input, includingUnsafe: false, sink: pieces.add) { _ in }
      bytes = pieces.bytes
      return tally.fixCount > 0 && !tally.isBrokenOff ? bytes : nil
    }
    let fixed = session.fix(document.buffer.bytes, of: input, includingUnsafe: false)
    return fixed.fixCount > 0 ? fixed.bytes : nil
  }

  /// What becomes of a log whose lines are fixed.
  private final class Pieces {
    var bytes: [UInt8] = []

    func add(_ piece: FixedPiece) {
      switch piece {
      case .same(let lines, isHidden: _): bytes += lines
      case .changed(from: _, to: let lines, hidden: _): bytes += lines
      }
    }
  }

  private func options(
    of profile: Int, in current: OverlayFileSystem, _ fixes: FixMode
  ) -> LintOptions {
    var options = profiles.profiles[profile].options
    options.files = current.inFolder(folder)
    options.fixes = fixes
    return options
  }

  /// How an input is checked; nil where it is not.
  private mutating func profile(of input: InputSource) -> LintProfiles.Place? {
    let place = profiles.place(of: input)
    if place == .excluded { return nil }
    var found = input
    found.isExplicit = false
    return profiles.ownFiles(with: [settings.choices.baseline?.value]).contains(found)
      ? nil : place
  }

  /// Why an input cannot be checked, as a run over it alone reports it.
  private mutating func errors(for input: InputSource) -> [Diagnostic] {
    let key = ExactText(input.file.flatMap(Paths.parent) ?? "")
    if let known = faults[key] { return known }
    var profiles = Self.profiles(settings, from: settings.source, folder, root, files)
    _ = profiles.place(of: input)
    let errors = profiles.takeDiagnostics().filter { $0.severity == .error }
    faults[key] = errors
    return errors
  }

  /// The packs that a document is checked by; nil where it is excluded or they cannot be used.
  mutating func packs(for document: OpenDocument, _ syntax: Syntax) -> [LoadedPack]? {
    guard case .profile(let index)? = profile(of: input(of: document, syntax)) else { return nil }
    return profiles.profiles[index].options.packs
  }

  /// What people are told of the rules of a profile, by their ids.
  mutating func rules(of profile: Int) -> [RuleID: RuleDescription] {
    if let known = describedRules[profile] { return known }
    let all = profiles.profiles[profile].options.packs.ruleDescriptions + ReadingRule.descriptions
    let rules = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    describedRules[profile] = rules
    return rules
  }

  // MARK: - Suppressions and baselines

  /// The packs in use in the folder of a file; none where they cannot be used.
  mutating func packsInUse(near path: String) -> [LoadedPack] {
    profiles.packsInUse(inFolder: Paths.parent(of: path) ?? "/") ?? []
  }

  /// Finds suppressions and baselines.
  func loader(_ source: ConfigurationSource? = nil) -> KnownFindingsLoader {
    KnownFindingsLoader(
      KnownFindingsLoader.Choices(
        baselinePath: settings.choices.baseline?.value, today: settings.today()),
      configurations: source ?? settings.source, workingFolder: folder, root: root)
  }

  private mutating func known(
    for input: InputSource
  ) -> (findings: KnownFindings, errors: [Diagnostic]) {
    let key = ExactText(input.file.flatMap(Paths.parent) ?? "")
    if let known = known[key] { return known }
    var loader = loader()
    let findings = loader.load(for: [input])
    // A run ends with such an error; here, the request shows it.
    let found = (findings, loader.takeDiagnostics().filter { $0.severity == .error })
    known[key] = found
    return found
  }

  /// What is wrong with a file of suppressions, and with what they do to the files as they are now.
  mutating func suppressionDiagnostics(
    at path: String, in current: OverlayFileSystem
  ) -> [Diagnostic] {
    var loader = loader()
    guard let place = loader.root(ofFolder: Paths.parent(of: path) ?? "/") else { return [] }
    let set = loader.suppressions(at: place)
    return loader.takeDiagnostics() + judged(set, near: path, in: current)
  }

  /// How many files are checked to see what suppressions are for, at most.
  static var mostJudgedFiles: Int { 100 }
  /// How many bytes such a file may have.
  static var largestJudgedFile: Int { 1 << 20 }

  /// How far it was looked at what suppressions are for.
  private struct Judging {
    /// What has seen the findings of the files so far.
    let filter: FindingFilter
    /// The entries for one file each, and how many of them were looked at.
    let entries: [(location: Location, path: ExactText)]
    var count = 0
    /// Whether something can be said of entries for a file, by its path.
    var seen: [ExactText: Bool] = [:]

    var isDone: Bool { count == entries.count }
  }

  /// What there is to say of suppressions: of unknown rules and open reasons and, of entries for one file,
  /// whether they have expired or are unused there.
  ///
  /// An entry for several files may be of use in one that nobody looked at. Where that is interrupted, it goes
  /// on at the next time, and nothing is said of uses until then.
  private mutating func judged(
    _ set: KnownFindings.SuppressionSet, near path: String, in current: OverlayFileSystem
  ) -> [Diagnostic] {
    let key = ExactText(path)
    guard var judging = judgings[key] ?? judging(of: set, near: path) else { return [] }
    while !judging.isDone {
      let file = judging.entries[judging.count].path
      judging.count += 1
      guard judging.seen[file] == nil, judging.seen.count < Self.mostJudgedFiles else { continue }
      judging.seen[file] = look(at: file.text, judging.filter, in: current)
      // One file at least is looked at each time, so that it comes to an end.
      if !judging.isDone, interruption?.isDue() ?? false { break }
    }
    judgings[key] = judging
    let judged = Set(
      judging.isDone
        ? judging.entries.filter { judging.seen[$0.path] ?? false }.map(\.location) : [])
    return judging.filter.outcome().suppressionDiagnostics.filter { diagnostic in
      ["suppression/unknown-rule", "suppression/open-reason"].contains(diagnostic.code)
        || diagnostic.location.map { judged.contains($0) } ?? false
    }
  }

  private mutating func judging(
    of set: KnownFindings.SuppressionSet, near path: String
  ) -> Judging? {
    let known = KnownFindings(
      workingFolder: folder, root: root, walkedFolders: [set.folder], suppressions: [set],
      today: settings.today())
    guard let filter = FindingFilter(known),
      let packs = profiles.packsInUse(inFolder: Paths.parent(of: path) ?? "/")
    else { return nil }
    filter.learnRules(of: packs)
    let entries = set.entries.compactMap { entry -> (location: Location, path: ExactText)? in
      guard entry.base == nil,
        let inner = entry.path.singlePath.map({ String(decoding: $0, as: UTF8.self) })
      else { return nil }
      return (entry.location, ExactText(Paths.joined(set.folder, inner)))
    }
    return Judging(filter: filter, entries: entries)
  }

  /// Notes that a file is another one than suppressions were judged by.
  mutating func judgeAgain(afterChangeOf path: String) {
    let keys = [ExactText(path), ExactText(realPath(path))]
    judgings = judgings.filter { _, judging in keys.allSatisfy { judging.seen[$0] == nil } }
  }

  /// Lets a filter see the findings of a file; false where nothing can be said of entries for it.
  private mutating func look(
    at path: String, _ filter: FindingFilter, in current: OverlayFileSystem
  ) -> Bool {
    asked.note(path, in: current)
    switch current.kind(of: path) {
    case .missing: return true
    case .file: break
    default: return false
    }
    guard let status = try? current.status(of: path, followingLinks: true),
      status.size <= Self.largestJudgedFile
    else { return false }
    let shown = shown(path)
    let input = InputSource(
      .file(shown), shownPath: shown, syntax: Syntax(path: path) ?? .json,
      realPath: files.realPath(path))
    guard case .profile(let index)? = profile(of: input) else { return false }
    var session = LintSession([options(of: index, in: current, .none)], filter: filter)
    session.lint(input) { _ in }
    return true
  }

  // MARK: - Configurations and packs

  /// What is wrong with a configuration, and with the packs that it names.
  mutating func configurationDiagnostics(
    at path: String, in current: OverlayFileSystem
  ) -> [Diagnostic] {
    let folder = Paths.parent(of: path) ?? "/"
    let isFound = [".requisite.yaml", ".requisite.yml"].contains(Paths.name(of: path))
    let source: ConfigurationSource = isFound ? .discovery : .file(path)
    var profiles = Self.profiles(settings, from: source, self.folder, root, files)
    _ = profiles.place(forPath: folder, isFolder: true)
    var diagnostics = profiles.takeDiagnostics()
    var loader = loader(source)
    _ = loader.load(for: [InputSource(.file(Paths.joined(folder, "request.json")), shownPath: "")])
    diagnostics += loader.takeDiagnostics()
    if let place = loader.root(ofFolder: folder) {
      diagnostics += judged(loader.suppressions(at: place), near: path, in: current)
    }
    return diagnostics
  }

  /// What loading a pack's file says.
  mutating func packDiagnostics(at path: String) -> [Diagnostic] {
    loading(packAt: path).diagnostics
  }

  /// A pack's file, loaded with its examples as `requisite test` has it.
  mutating func loading(packAt path: String) -> PackLoading {
    let key = ExactText(path)
    if let known = loadings[key] { return known }
    let shown = shown(path)
    let name = shown.utf8.contains(UInt8(ascii: "/")) ? shown : "./" + shown
    // In its project, a pack may extend any other.
    let root = files.repository(of: Paths.parent(of: path) ?? "/")
    let loading = PackLoader(in: files).load(
      [PackReference(name, root: root)], isStrict: settings.isStrict, compilesFixes: true,
      costLimit: settings.costLimit)
    loadings[key] = loading
    return loading
  }
}

extension Workspace {
  /// Whether a path that a message shows leads to the file at an absolute path.
  func isSameFile(_ shown: String, _ path: String) -> Bool {
    guard let other = self.path(ofShown: shown) else { return false }
    return other.hasSameBytes(as: path) || realPath(other).hasSameBytes(as: realPath(path))
  }
}
