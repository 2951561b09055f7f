import Findings
import Linting
import RequisiteFiles
import Suppressions

/// The file that a suppression goes into, with the suppressions of its project.
struct SuppressionTarget {
  /// The file, and its path in messages.
  let file: (path: String, shownPath: String)
  /// The path of the input in the project.
  let inputPath: String
  /// The suppressions so far.
  let suppressions: KnownFindings.SuppressionSet
  private let loader: KnownFindingsLoader
  /// Keeps other runs from writing the file until this one has; nil where nothing is written.
  private let lock: FolderLock?

  /// Finds the file for a finding; with `locks`, waits for other runs that write it.
  init(
    of place: FindingPlace, _ settings: RunSettings, locks: Bool
  ) throws(Diagnostic) {
    var (loader, root, path) = try Self.project(of: place, settings)
    var lock: FolderLock?
    if locks {
      let file = loader.suppressionsFile(at: root)
      lock = settings.files.lockFolder(ofFileAt: file.path, shownAs: file.shownPath)
      // Another run may have changed the file before this one had the lock.
      (loader, root, path) = try Self.project(of: place, settings)
    }
    suppressions = loader.suppressions(at: root)
    if let mistake = loader.takeDiagnostics().first(where: { $0.severity == .error }) {
      throw mistake
    }
    file = loader.suppressionsFile(at: root)
    inputPath = path
    self.root = root
    self.loader = loader
    self.lock = lock
    files = settings.files
  }

  private let root: KnownFindingsLoader.Root
  private let files: any FileSystem

  /// The project of a file, and the file's path in it.
  private static func project(
    of place: FindingPlace, _ settings: RunSettings
  ) throws(Diagnostic) -> (KnownFindingsLoader, KnownFindingsLoader.Root, String) {
    var loader = settings.knownFindings()
    let file = place.location(settings)
    guard let root = loader.root(ofFolder: Paths.parent(of: file) ?? "/"),
      let path = Paths.relativePath(of: file, below: root.folder)
    else {
      throw Diagnostic(
        "config/unreadable",
        "cannot use the configuration of '\(place.path)'",
        hint: "run 'requisite config' for details")
    }
    return (loader, root, path)
  }

  /// The text of the file with one more entry.
  func adding(_ entry: SuppressionText) throws(Diagnostic) -> [UInt8] {
    var loader = loader
    guard loader.isInside(file.path, root, namedAt: nil) else {
      throw loader.takeDiagnostics().last
        ?? Diagnostic("config/bad-path", "'\(file.shownPath)' leads out of its project")
    }
    if files.kind(of: file.path) == .missing {
      return SuppressionWriter.newFile(entry, schema: SuppressionWriter.schemaAddress)
    }
    return try SuppressionWriter.adding(entry, to: try loader.source(at: file.path))
  }
}
