package import Baselines
package import RequisiteConfiguration
package import Findings
import RequisiteFiles
import RequisitePatterns
import RulePacks
package import SourceText
import Suppressions

/// Finds what a run does not report: suppressions and baselines, where its inputs' projects keep them.
package struct KnownFindingsLoader {
  /// What was asked for.
  package struct Choices: Sendable {
    /// The baseline's file, relative to the working folder, whatever a configuration says.
    package var baselinePath: String?
    /// Whether suppressions are left out of account.
    package var ignoresSuppressions: Bool
    /// Whether baselines are left out of account.
    package var ignoresBaseline: Bool
    /// The day of the run.
    package var today: CalendarDate

    /// Creates choices.
    package init(
      baselinePath: String? = nil, ignoresSuppressions: Bool = false,
      ignoresBaseline: Bool = false, today: CalendarDate
    ) {
      self.baselinePath = baselinePath
      self.ignoresSuppressions = ignoresSuppressions
      self.ignoresBaseline = ignoresBaseline
      self.today = today
    }
  }

  /// A folder that paths of suppressions and baselines are relative to.
  package struct Root: Sendable {
    /// The folder: an absolute path.
    package var folder: String
    /// The configuration there, if any.
    package var configuration: Configuration?
  }

  private let choices: Choices
  private let workingFolder: String
  private let root: ProjectRoot
  private var files: any FileSystem { root.files }
  private var finder: ConfigurationFinder
  /// What is wrong with suppressions and baselines and was not taken yet.
  private var diagnostics: [Diagnostic] = []

  /// The name of a baseline that nobody gave another one.
  package static let standardBaselineName = ".requisite-baseline.jsonl"

  /// Creates a loader; the working folder is an absolute path without links.
  package init(
    _ choices: Choices, configurations source: ConfigurationSource, workingFolder: String,
    root: ProjectRoot
  ) {
    self.choices = choices
    self.workingFolder = workingFolder
    self.root = root
    finder = ConfigurationFinder(source, in: root.files, workingFolder: workingFolder, root: root)
  }

  /// What is wrong with the configurations that were looked up; runs that load packs report it with
  /// what is wrong with these.
  package var configurationDiagnostics: [Diagnostic] { finder.diagnostics }

  /// What was found wrong with suppressions and baselines since this was last asked for.
  package mutating func takeDiagnostics() -> [Diagnostic] {
    defer { diagnostics = [] }
    // A file that several configurations extend is read for each of them.
    var seen: Set<Diagnostic> = []
    return diagnostics.filter { seen.insert($0).inserted }
  }

  private func shown(_ path: String) -> String {
    root.shownPath(of: path, workingFolder: workingFolder)
  }

  // MARK: - Roots

  /// The root of a folder's project: the folder of its configuration, or else of its repository.
  ///
  /// Outside of both, the project root or, for what does not lie below it, the folder itself. Nil
  /// where the configuration cannot be used.
  package mutating func root(ofFolder folder: String) -> Root? {
    switch finder.lookUp(inFolder: folder) {
    case .faulty: return nil
    case .configuration(let index):
      let configuration = finder.configurations[index]
      return Root(folder: configuration.root, configuration: configuration)
    case .none:
      if root.isExplicit, root.contains(realPath: folder) { return Root(folder: root.path) }
      if let repository = files.repository(of: folder) { return Root(folder: repository) }
      return Root(folder: root.contains(realPath: folder) ? root.path : folder)
    }
  }

  /// The roots of the projects that inputs belong to, each once, the outermost first.
  private mutating func roots(of inputs: [InputSource]) -> [Root] {
    var seen: Set<[UInt8]> = []
    var roots: [[UInt8]: Root] = [:]
    var locations = InputLocations(root: root, workingFolder: workingFolder)
    var lastFolder: String?
    for input in inputs {
      let folder = locations.place(of: input.settingsPath).folder
      // Most inputs are in the folder of the one before.
      if let lastFolder, folder.utf8.elementsEqual(lastFolder.utf8) { continue }
      lastFolder = folder
      guard seen.insert(Array(folder.utf8)).inserted, let root = root(ofFolder: folder) else {
        continue
      }
      roots[Array(root.folder.utf8)] = root
    }
    return roots.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  // MARK: - Loading

  /// What is suppressed of the findings of inputs; `folders` are those that the run walks through.
  package mutating func suppressions(
    for inputs: [InputSource], walking folders: [String] = []
  ) -> KnownFindings {
    suppressions(in: choices.ignoresSuppressions ? [] : roots(of: inputs), walking: folders)
  }

  private mutating func suppressions(
    in roots: [Root], walking folders: [String]
  ) -> KnownFindings {
    var known = KnownFindings(
      workingFolder: workingFolder, root: root,
      walkedFolders: folders.map {
        root.folderLocation(of: $0, workingFolder: workingFolder)
      }, today: choices.today)
    guard !choices.ignoresSuppressions else { return known }
    for root in roots { known.suppressions.append(suppressions(at: root)) }
    return known
  }

  /// What is known of the findings of inputs; `folders` are those that the run walks through.
  package mutating func load(
    for inputs: [InputSource], walking folders: [String] = []
  ) -> KnownFindings {
    let roots = roots(of: inputs)
    var known = suppressions(in: roots, walking: folders)
    let walked = known.walkedFolders
    for root in roots {
      guard !choices.ignoresBaseline, choices.baselinePath == nil,
        let path = root.configuration?.baselinePath
      else { continue }
      let file = Paths.joined(root.folder, path.value)
      if isInside(file, root, namedAt: path.location),
        let baseline = baseline(at: file, namedAt: path.location)
      {
        known.accepted.append(
          .init(
            root: root.folder, baseline: baseline, walkedFolders: walked))
      }
    }
    if !choices.ignoresBaseline, let path = choices.baselinePath {
      let file = files.absolutePath(of: path, workingFolder: workingFolder)
      if let baseline = baseline(at: file, namedAt: nil) {
        known.accepted.append(
          .init(
            root: root(ofBaselineAt: file), baseline: baseline, walkedFolders: walked))
      }
    }
    return known
  }

  /// Whether a file of a project is in it, links followed; if not, reports that.
  ///
  /// Checking a cloned repository must not read or write files outside of it.
  package mutating func isInside(
    _ path: String, _ root: Root, namedAt location: Location?
  ) -> Bool {
    if files.staysInside(path, root.folder) { return true }
    diagnostics.append(
      Diagnostic(
        "config/bad-path",
        "'\(shown(path))' is a link out of its project, so it was not used",
        hint: "move the file into the project",
        at: location))
    return false
  }

  /// The folder that the paths in a baseline are relative to, if a flag names it.
  ///
  /// That of the configuration that names the same file, or else the repository.
  package mutating func root(ofBaselineAt file: String) -> String {
    if let root = root(ofFolder: workingFolder), let path = root.configuration?.baselinePath,
      Paths.joined(root.folder, path.value).utf8.elementsEqual(file.utf8)
    {
      return root.folder
    }
    return root.isExplicit ? root.path : files.standardRoot(workingFolder: workingFolder)
  }

  /// The suppressions of a project: those of its configuration and those of a file of their own.
  package mutating func suppressions(at root: Root) -> KnownFindings.SuppressionSet {
    var entries: [Suppression] = []
    for nodes in root.configuration?.suppressions ?? [] {
      let reading = SuppressionReader.read(entries: nodes.nodes, in: nodes.file)
      entries += reading.entries.map { entry in
        var entry = entry
        if !nodes.base.isOwn { entry.base = nodes.base }
        return entry
      }
      diagnostics += reading.diagnostics
    }
    let path = Paths.joined(root.folder, SuppressionReader.fileName)
    // A link that leads nowhere is meant to be a file: its suppressions would be missed.
    let isThere = files.kind(of: path) != .missing || files.isLink(path)
    if isThere, isInside(path, root, namedAt: nil) {
      do throws(Diagnostic) {
        let reading = SuppressionReader.read(try source(at: path))
        entries += reading.entries
        diagnostics += reading.diagnostics
      } catch {
        diagnostics.append(error)
      }
    }
    return KnownFindings.SuppressionSet(folder: root.folder, entries: entries)
  }

  /// The file that the next suppression goes into: the configuration if it has any, else their own.
  package func suppressionsFile(at root: Root) -> (path: String, shownPath: String) {
    let path: String
    if let configuration = root.configuration, configuration.hasSuppressions {
      path = files.absolutePath(
        of: configuration.file.source.path, workingFolder: workingFolder)
    } else {
      path = Paths.joined(root.folder, SuppressionReader.fileName)
    }
    return (path, shown(path))
  }

  /// The path of a project's baseline, relative to its root.
  package func baselineName(at root: Root) -> String {
    root.configuration?.baselinePath?.value ?? Self.standardBaselineName
  }

  /// Reads a baseline; nil where there is none or something is wrong with it, which is reported.
  package mutating func baseline(at path: String, namedAt location: Location?) -> Baseline? {
    guard files.kind(of: path) != .missing else {
      diagnostics.append(
        Diagnostic(
          "baseline/missing",
          "no baseline '\(shown(path))'", hint: "run 'requisite baseline write' to create it",
          at: location))
      return nil
    }
    do throws(Diagnostic) {
      let reading = BaselineReader.read(try source(at: path))
      diagnostics += reading.diagnostics
      return reading.hasErrors ? nil : reading.baseline
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  /// Reads a file, under the name that reports show.
  ///
  /// - Throws: a diagnostic for a file that is missing, unreadable or too large.
  package func source(at path: String) throws(Diagnostic) -> SourceFile {
    let shown = self.shown(path)
    do throws(Diagnostic) {
      guard files.kind(of: path) == .file else {
        let isDangling = files.isLink(path) && files.kind(of: path) == .missing
        throw Diagnostic(
          "input/unreadable",
          "'\(shown)' cannot be read: it is \(isDangling ? "a link to a file that does not exist" : "not a file")"
        )
      }
      return SourceFile(path: shown, bytes: try files.bytes(of: path))
    } catch {
      // The system's words name the whole path, which differs from place to place.
      throw Diagnostic(
        error.code, error.message.replacing("'\(path)'", with: "'\(shown)'"))
    }
  }
}
