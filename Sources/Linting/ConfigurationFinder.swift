package import Configuration
package import Findings
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
/// That is the nearest `.requisite.yaml` upward from the file's folder, up to the folder where the
/// repository begins; outside of any, up to the working folder where the file lies below it, and else
/// in the file's own folder. The nearest one counts alone: it takes nothing over from one above.
package struct ConfigurationFinder {
  private let source: ConfigurationSource
  private let workingFolder: String
  /// What lies in a folder, by its absolute path.
  private var folders: [String: FolderFacts] = [:]
  /// What governs the files in a folder, by its absolute path.
  private var governing: [String: Lookup] = [:]
  /// The places of configurations in the list, by the paths of their files.
  private var read: [String: Lookup] = [:]
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
    /// A configuration that cannot be used, which was told.
    case faulty
  }

  private struct FolderFacts {
    var names: [String]
    var isRepository: Bool
  }

  /// What configurations are called.
  package static let fileNames = [".requisite.yaml", ".requisite.yml"]

  /// Creates a finder; the working folder is an absolute path without links.
  package init(_ source: ConfigurationSource, workingFolder: String) {
    self.source = source
    self.workingFolder = workingFolder
  }

  /// What governs the files right in a folder, given by its absolute path.
  package mutating func lookUp(inFolder folder: String) -> Lookup {
    switch source {
    case .none: return .none
    case .file(let path):
      return configuration(
        at: ProjectRoot.absolutePath(of: path, workingFolder: workingFolder), isNamed: true)
    case .discovery: break
    }
    if let known = governing[folder] { return known }
    let lookup = search(from: folder)
    governing[folder] = lookup
    return lookup
  }

  private mutating func search(from folder: String) -> Lookup {
    var candidates: [String] = []
    var isInRepository = false
    for folder in ProjectRoot.folders(from: folder) {
      candidates.append(folder)
      isInRepository = facts(of: folder).isRepository
      if isInRepository { break }
    }
    if !isInRepository {
      let end = candidates.firstIndex(of: workingFolder) ?? 0
      candidates.removeLast(candidates.count - 1 - end)
    }
    for folder in candidates {
      let names = facts(of: folder).names
      if names.count > 1 { return refuse(names, in: folder) }
      if let name = names.first {
        return configuration(at: ProjectRoot.joined(folder, name), isNamed: false)
      }
    }
    return .none
  }

  private mutating func facts(of folder: String) -> FolderFacts {
    if let known = folders[folder] { return known }
    let facts = FolderFacts(
      names: Self.fileNames.filter { name in
        let path = ProjectRoot.joined(folder, name)
        // A link that leads nowhere is still meant to be a configuration.
        return FileAccess.kind(of: path) != .missing || FileAccess.isLink(path)
      },
      isRepository: ProjectRoot.isRepository(folder))
    folders[folder] = facts
    return facts
  }

  /// Tells of two configurations in one folder.
  private mutating func refuse(_ names: [String], in folder: String) -> Lookup {
    let key = ProjectRoot.joined(folder, names.joined(separator: "|"))
    guard read[key] == nil else { return .faulty }
    read[key] = .faulty
    let paths = names.map {
      "'\(InputCollector.shown(ProjectRoot.joined(folder, $0), workingFolder))'"
    }
    diagnostics.append(
      Diagnostic(
        "config/two-files", "\(paths.joined(separator: " and ")) stand side by side; remove one"))
    return .faulty
  }

  // MARK: - Reading

  private mutating func configuration(at path: String, isNamed: Bool) -> Lookup {
    if let known = read[path] { return known }
    let lookup = readConfiguration(at: path, isNamed: isNamed)
    read[path] = lookup
    return lookup
  }

  private mutating func readConfiguration(at path: String, isNamed: Bool) -> Lookup {
    let shown = InputCollector.shown(path, workingFolder)
    do throws(Diagnostic) {
      switch FileAccess.kind(of: path) {
      case .file: break
      // Whoever names a pipe means it; one that lies about could keep us waiting for ever.
      case .stream where isNamed: break
      case .stream, .folder:
        throw Diagnostic(
          "config/unreadable", "'\(shown)' is no file, so it cannot be the configuration")
      case .missing:
        throw Diagnostic("config/unreadable", "there is no configuration '\(shown)'")
      }
      let bytes: [UInt8]
      do throws(Diagnostic) {
        bytes = try FileAccess.bytes(of: path)
      } catch {
        throw Diagnostic("config/unreadable", error.message)
      }
      let reading = ConfigurationReader.read(
        SourceFile(path: shown, bytes: bytes), root: ProjectRoot.parent(of: path) ?? "/")
      diagnostics += reading.diagnostics
      guard let configuration = reading.configuration else { return .faulty }
      configurations.append(configuration)
      return .configuration(configurations.count - 1)
    } catch {
      diagnostics.append(error)
      return .faulty
    }
  }
}
