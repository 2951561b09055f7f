import ArgumentParser
import Baselines
import RequisiteConfiguration
import Findings
import Linting
import Reporting
import RequisiteFiles
import SourceText

/// The baseline that a command reads, and perhaps writes.
struct BaselineFile {
  /// What a command does with the file.
  enum Use {
    /// Creates it or replaces its entries.
    case write
    /// Changes its entries.
    case update
    /// Compares findings with it.
    case check
  }

  /// What the command does with the file.
  let use: Use
  /// The folder that its paths are relative to.
  let root: String
  /// Whether 'requisite check' takes the file into account by itself.
  let isConfigured: Bool
  /// The settings of the run.
  let settings: RunSettings
  /// Where the command writes text for people.
  let console: Console
  /// The file, by its absolute path.
  let path: String
  /// The path in messages.
  let shownPath: String
  /// The baseline so far; nil if its errors leave nothing to compare with.
  let baseline: Baseline?
  /// Keeps other runs from writing the baseline until this one has; nil where nothing is written.
  private let lock: FolderLock?

  /// Reads the baseline.
  ///
  /// - Throws: an exit code, once the errors in it or in its configuration are shown.
  init(_ arguments: BaselineArguments, _ use: Use, in invocation: Invocation) throws {
    self.use = use
    console = Console(arguments.colorOptions, invocation.environment)
    settings = try RunSettings(
      arguments.flags, inputs: arguments.paths, in: invocation, console)
    var loader = settings.knownFindings()
    guard let place = Self.place(settings, invocation.environment, &loader) else {
      console.show(loader.configurationDiagnostics + loader.takeDiagnostics())
      throw ExitCode(2)
    }
    (path, root, isConfigured) = place
    shownPath = Paths.relativePath(of: path, below: settings.workingFolder) ?? path
    // From reading to writing, so that what another run accepts meanwhile is not lost.
    lock = use == .check ? nil : settings.files.lockFolder(ofFileAt: path, shownAs: shownPath)
    let mustExist = use != .write
    baseline =
      mustExist || settings.files.kind(of: path) != .missing
      ? loader.baseline(at: path, namedAt: nil) : Baseline()
    try console.check(loader.takeDiagnostics())
  }

  /// The path of the baseline, and the folder that its paths are relative to.
  private static func place(
    _ settings: RunSettings, _ environment: Environment, _ loader: inout KnownFindingsLoader
  ) -> (path: String, root: String, isConfigured: Bool)? {
    if let path = settings.choices.baseline?.value {
      let file = settings.files.absolutePath(of: path, workingFolder: settings.workingFolder)
      return (file, loader.root(ofBaselineAt: file), environment.baseline != nil)
    }
    guard let root = loader.root(ofFolder: settings.workingFolder) else { return nil }
    let configured = root.configuration?.baselinePath
    let file = Paths.joined(root.folder, loader.baselineName(at: root))
    guard loader.isInside(file, root, namedAt: configured?.location) else { return nil }
    return (file, root.folder, configured != nil)
  }

  /// The path as text shows it.
  var name: String { TerminalText.visible(path: shownPath) }

  /// Ends the command if the file is a link out of the project, which must not be written.
  func refuseLink() throws {
    guard use != .check, settings.files.leaves(settings.root.path, writing: path) else { return }
    try console.fail(.outside(shownPath))
  }

  /// Ends the command if the file is one of the files that were named to be checked.
  func refuse(among inputs: [InputSource]) throws {
    let files = settings.files
    let identity = files.identity(of: path)
    for input in inputs
    where input.isExplicit && input.file.flatMap({ files.identity(of: $0) }) == identity {
      try console.fail(
        Diagnostic(
          "argument/output-over-input",
          "baseline '\(shownPath)' is one of the files to check", hint: "give it another name"))
    }
  }

  /// Writes a baseline, unless the file says the same already; true where it was written.
  func write(_ baseline: Baseline) throws -> Bool {
    let bytes = baseline.bytes
    if bytes == self.baseline?.source?.bytes { return false }
    try console.checked { () throws(Diagnostic) in
      do {
        try settings.files.write(bytes, to: path)
      } catch {
        throw .unwritable(shownPath, error)
      }
    }
    return true
  }
}
