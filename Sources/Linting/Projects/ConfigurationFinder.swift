package import RequisiteConfiguration
package import Findings
package import RequisiteFiles
import RulePacks
import SourceText

/// Where the configuration of a run comes from.
package enum ConfigurationSource: Sendable {
  /// The nearest file upward from each input.
  case discovery
  /// One file for everything.
  case file(String)
  /// None at all.
  case none
}

/// Finds the configuration that governs a file, and reads each one once.
///
/// That is the nearest `.requisite.yaml` upward from the file's folder, with what it extends.
package struct ConfigurationFinder {
  private let source: ConfigurationSource
  private let files: any FileSystem
  private let workingFolder: String
  private let root: ProjectRoot
  private var search: ConfigurationSearch
  /// What governs the files in a folder, by its absolute path.
  private var governing: [ExactText: Lookup] = [:]
  /// The places of configurations in the list, by the paths of their files.
  private var read: [ExactText: Lookup] = [:]
  /// The configurations of single files, without what they extend, by their paths without links; nil
  /// for one that cannot be used.
  private var parts: [ExactText: Configuration?] = [:]
  /// The folders whose configuration was skipped, which is reported once.
  private var skipped: Set<ExactText> = []
  /// All configurations read so far.
  package private(set) var configurations: [Configuration] = []
  /// What is wrong with any configuration, each told once.
  package private(set) var diagnostics: [Diagnostic] = []

  /// What governs a file.
  package enum Lookup: Sendable, Equatable {
    /// Nothing: the defaults are in force.
    case none
    /// The configuration at a place of the list.
    case configuration(Int)
    /// A configuration that cannot be used, which was reported.
    case faulty
  }

  /// How many files may extend each other.
  static let depthLimit = 50

  /// Creates a finder; the working folder is an absolute path without links.
  ///
  /// Without a root, it is that of the working folder.
  package init(
    _ source: ConfigurationSource, in files: any FileSystem, workingFolder: String,
    root: ProjectRoot? = nil
  ) {
    self.files = files
    self.source = source
    self.workingFolder = workingFolder
    self.root =
      root ?? (try? ProjectRoot.find(in: files, explicit: nil, workingFolder: workingFolder))
      ?? ProjectRoot(in: files, path: workingFolder)
    search = ConfigurationSearch(in: files, root: root, workingFolder: workingFolder)
  }

  /// What governs the files right in a folder, given by its absolute path.
  package mutating func lookUp(inFolder folder: String) -> Lookup {
    switch source {
    case .none: return .none
    case .file(let path):
      return configuration(
        at: files.absolutePath(of: path, workingFolder: workingFolder), isNamed: true)
    case .discovery: break
    }
    let key = ExactText(folder)
    if let known = governing[key] { return known }
    let lookup = find(from: start(from: folder))
    governing[key] = lookup
    return lookup
  }

  /// The project of a folder, which nothing that its configuration names may lie outside of.
  package mutating func project(of folder: String) -> String { search.project(of: folder) }

  /// Where the search from a folder begins, without symbolic links.
  ///
  /// Of a folder that a link leads out of the project through, that is the folder of the link.
  private func start(from folder: String) -> String {
    let real = files.realFolder(folder)
    guard root.contains(realPath: folder), !root.contains(realPath: real) else { return real }
    var start = folder
    while let real = files.realPath(start), !real.utf8.elementsEqual(start.utf8),
      let parent = Paths.parent(of: start)
    {
      start = parent
    }
    return start
  }

  private mutating func find(from folder: String) -> Lookup {
    let (found, skipped) = search.nearest(from: folder)
    for folder in skipped where self.skipped.insert(ExactText(folder)).inserted {
      diagnostics.append(
        Diagnostic(
          "config/untrusted-folder", severity: .warning,
          "'\(shown(Paths.joined(folder, ".requisite.yaml")))' was ignored, because its folder is owned by or writable for other users",
          hint: "to use it, name it with --config"
        ))
    }
    guard let found else { return .none }
    let names = search.names(in: found)
    if names.count > 1 { return refuse(names, in: found) }
    return names.first.map {
      configuration(at: Paths.joined(found, $0), isNamed: false)
    } ?? .none
  }

  private func shown(_ path: String) -> String {
    root.shownPath(of: path, workingFolder: workingFolder)
  }

  /// Reports two configurations in one folder.
  private mutating func refuse(_ names: [String], in folder: String) -> Lookup {
    let key = ExactText(Paths.joined(folder, names.joined(separator: "|")))
    guard read[key] == nil else { return .faulty }
    read[key] = .faulty
    let paths = names.map { "'\(shown(Paths.joined(folder, $0)))'" }
    diagnostics.append(
      Diagnostic(
        "config/two-files",
        "\(paths.joined(separator: " and ")) are in the same folder", hint: "remove one"))
    return .faulty
  }

  // MARK: - Reading

  private mutating func configuration(at path: String, isNamed: Bool) -> Lookup {
    let key = ExactText(path)
    if let known = read[key] { return known }
    var lookup = Lookup.faulty
    if let found = part(at: path, isNamed: isNamed, namedAt: nil) {
      let project = search.project(of: found.root)
      var chain: [Configuration] = []
      var seen: Set<ExactText> = []
      if extend(found, at: path, in: project, stack: [], &chain, &seen) {
        chain.removeLast()
        configurations.append(found.extending(chain))
        lookup = .configuration(configurations.count - 1)
      }
    }
    read[key] = lookup
    return lookup
  }

  /// Reads one file, without what it extends; nil where it cannot be used, which is reported.
  ///
  /// A file that was not named by a person must lie in its project, links followed: nothing of a file
  /// elsewhere is shown.
  private mutating func part(
    at path: String, isNamed: Bool, namedAt location: Location?
  ) -> Configuration? {
    // The folder has no links; the file may be one, and its paths are relative to where the link is.
    let folder = files.realFolder(Paths.parent(of: path) ?? "/")
    let path = Paths.joined(folder, Paths.name(of: path))
    let key = ExactText(path)
    if let known = parts[key] { return known }
    parts[key] = .some(nil)
    do throws(Diagnostic) {
      let configuration = try readPart(
        at: path, folder: folder, isNamed: isNamed, namedAt: location)
      parts[key] = .some(configuration)
      return configuration
    } catch {
      var diagnostic = error
      if diagnostic.location == nil { diagnostic.location = location }
      diagnostics.append(diagnostic)
      return nil
    }
  }

  private mutating func readPart(
    at path: String, folder: String, isNamed: Bool, namedAt location: Location?
  ) throws(Diagnostic) -> Configuration? {
    let shown = shown(path)
    if !isNamed, !files.staysInside(path, search.project(of: folder)) {
      throw Diagnostic(
        "config/bad-path",
        "'\(shown)' is a link out of its project, so it was not read",
        hint: "move the file into the project, or name it with --config"
      )
    }
    switch files.kind(of: path) {
    case .file: break
    // A pipe that is named is meant; one that lies about could keep the run waiting for ever.
    case .stream where isNamed: break
    case .stream, .folder:
      throw Diagnostic(
        "config/unreadable", "'\(shown)' is not a file; expected a configuration")
    case .missing where files.isLink(path):
      throw Diagnostic(
        "config/unreadable", "configuration '\(shown)' is a link to a file that does not exist")
    case .missing:
      throw Diagnostic("config/unreadable", "no configuration '\(shown)'")
    }
    let bytes: [UInt8]
    do throws(Diagnostic) {
      bytes = try files.bytes(of: path)
    } catch {
      throw Diagnostic(
        "config/unreadable", error.message.replacing("'\(path)'", with: "'\(shown)'"))
    }
    let reading = ConfigurationReader.read(SourceFile(path: shown, bytes: bytes), root: folder)
    diagnostics += reading.diagnostics
    return reading.configuration
  }

  /// Puts a configuration behind all that it extends; false where any of that cannot be used.
  ///
  /// A file that several extend takes part once, where it is met first.
  private mutating func extend(
    _ configuration: Configuration, at path: String, in project: String,
    stack: [(key: ExactText, shown: String)], _ chain: inout [Configuration],
    _ seen: inout Set<ExactText>
  ) -> Bool {
    let key = ExactText(files.realPath(path) ?? path)
    seen.insert(key)
    let stack = stack + [(key, configuration.file.source.path)]
    var isSound = true
    for entry in configuration.extensions {
      let target = files.absolutePath(of: entry.value, workingFolder: configuration.root)
      let targetKey = ExactText(files.realPath(target) ?? target)
      func report(_ code: String, _ message: String) {
        diagnostics.append(Diagnostic(code, message, at: entry.location))
        isSound = false
      }
      if let start = stack.firstIndex(where: { $0.key == targetKey }) {
        let names = stack[start...].map(\.shown) + [stack[start].shown]
        report(
          "config/cycle",
          "configurations extend each other in a circle: \(names.joined(separator: " → "))")
        continue
      }
      guard !seen.contains(targetKey) else { continue }
      guard files.staysInside(target, project) else {
        report(
          "config/outside",
          "'\(entry.value)' is outside the project '\(shown(project))'; a configuration can only extend files inside its project"
        )
        continue
      }
      if files.kind(of: target) == .missing, !files.isLink(target) {
        report("config/unknown-file", "no configuration '\(entry.value)' to extend")
        continue
      }
      guard stack.count < Self.depthLimit else {
        report(
          "config/too-deep", "configurations extend each other more than \(Self.depthLimit) deep")
        continue
      }
      guard let extended = part(at: target, isNamed: false, namedAt: entry.location),
        extend(extended, at: target, in: project, stack: stack, &chain, &seen)
      else {
        isSound = false
        continue
      }
    }
    chain.append(configuration)
    return isSound
  }
}
