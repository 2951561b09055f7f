import Findings
import RequisiteFiles
import SourceText

/// Where the configuration of a folder is looked for: in the folder itself and in those above it.
///
/// The search ends where the repository begins; outside of a repository, at the home folder. An explicit
/// project root ends it as well. Outside of a repository, a folder that another user owns or may write
/// to is skipped: a stranger could put a configuration there.
struct ConfigurationSearch {
  private let files: any FileSystem
  private let root: ProjectRoot?
  private let homeFolder: String?
  /// The users whose folders count: the system's, the program's, and that of the working folder, since
  /// a container often runs as another user than the one that owns the checkout.
  private let trustedOwners: Set<UInt32>
  private var folders: [ExactText: Facts] = [:]

  private struct Facts {
    var names: [String]
    var isRepository: Bool
  }

  /// What configurations are called.
  static let fileNames = [".requisite.yaml", ".requisite.yml"]

  /// Creates a search; an explicit root ends it.
  init(in files: any FileSystem, root: ProjectRoot?, workingFolder: String) {
    self.root = root.flatMap { $0.isExplicit ? $0 : nil }
    self.files = files
    let home = files.user.homeFolder
    homeFolder = home.flatMap { $0.hasPrefix("/") ? files.realPath($0) : nil }
    let owner = (try? files.status(of: workingFolder, followingLinks: true))?.owner
    trustedOwners = Set([0, files.user.id, owner].compactMap(\.self))
  }

  private mutating func facts(of folder: String) -> Facts {
    let key = ExactText(folder)
    if let known = folders[key] { return known }
    let facts = Facts(
      names: Self.fileNames.filter { name in
        let path = Paths.joined(folder, name)
        // A link that leads nowhere is still meant to be a configuration.
        return files.kind(of: path) != .missing || files.isLink(path)
      },
      isRepository: files.isRepository(folder))
    folders[key] = facts
    return facts
  }

  /// The names of the configurations in a folder; more than one is an error.
  mutating func names(in folder: String) -> [String] { facts(of: folder).names }

  /// The folders that are looked in, the innermost first, and whether the last is the root of a
  /// project, whose owners are trusted.
  ///
  /// The folder is an absolute path without symbolic links.
  mutating func scope(of folder: String) -> (folders: [String], isProject: Bool) {
    var scope: [String] = []
    var home: Int?
    for folder in Paths.folders(from: folder) {
      scope.append(folder)
      if root.map({ $0.path.hasSameBytes(as: folder) }) ?? facts(of: folder).isRepository {
        return (scope, true)
      }
      if homeFolder?.hasSameBytes(as: folder) == true { home = scope.count }
    }
    guard root != nil else { return (Array(scope.prefix(home ?? scope.count)), false) }
    // Outside of the explicit root, a repository is one all the same.
    for (index, folder) in scope.enumerated() where facts(of: folder).isRepository {
      return (Array(scope[...index]), true)
    }
    return (Array(scope.prefix(home ?? scope.count)), false)
  }

  /// Whether no other user owns a folder or may write to it.
  func trusts(_ folder: String) -> Bool {
    guard let found = try? files.status(of: folder, followingLinks: true) else { return false }
    let othersWrite = found.mode & 0o002 != 0
    let groupWrites = found.mode & 0o020 != 0 && !files.user.groups.contains(found.group)
    return trustedOwners.contains(found.owner) && !othersWrite && !groupWrites
  }

  /// The nearest folder with a configuration that counts; and those with one that is skipped.
  mutating func nearest(from folder: String) -> (folder: String?, skipped: [String]) {
    var skipped: [String] = []
    let (scope, isProject) = scope(of: folder)
    for folder in scope where !names(in: folder).isEmpty {
      if isProject || trusts(folder) { return (folder, skipped) }
      skipped.append(folder)
    }
    return (nil, skipped)
  }

  /// The project of a folder, which nothing that its configuration names may lie outside of.
  ///
  /// That is the explicit root or the repository, and outside of both the outermost folder with a
  /// configuration that counts, or else the folder itself.
  mutating func project(of folder: String) -> String {
    let (scope, isProject) = scope(of: folder)
    if isProject { return scope.last ?? folder }
    return scope.last { !names(in: $0).isEmpty && trusts($0) } ?? folder
  }
}
