import Findings

/// Where the configuration of a folder is looked for: in the folder itself and in those above it.
///
/// The search ends where the repository begins; outside of a repository, at the home folder. An explicit
/// project root ends it as well. Outside of a repository, a folder that another user owns or may write
/// to is skipped: a stranger could put a configuration there.
struct ConfigurationSearch {
  /// The folders, the innermost first.
  let folders: [String]
  /// Whether they all lie in a repository or an explicit root, whose owners are trusted.
  let isInProject: Bool

  /// What configurations are called.
  static let fileNames = [".requisite.yaml", ".requisite.yml"]

  /// Plans the search from a folder, an absolute path without symbolic links.
  init(from folder: String, root: ProjectRoot?) {
    let all = ProjectRoot.folders(from: folder)
    let end: String?
    if let root, root.isExplicit, root.contains(realPath: folder) {
      end = root.path
      isInProject = true
    } else if let repository = all.first(where: ProjectRoot.isRepository) {
      end = repository
      isInProject = true
    } else {
      end = FileAccess.homeFolder
      isInProject = false
    }
    let last = end.flatMap { all.firstIndex(of: $0) } ?? all.count - 1
    folders = Array(all[...last])
  }

  /// The names of the configurations in a folder; more than one is an error.
  static func names(in folder: String) -> [String] {
    fileNames.filter { name in
      let path = ProjectRoot.joined(folder, name)
      // A link that leads nowhere is still meant to be a configuration.
      return FileAccess.kind(of: path) != .missing || FileAccess.isLink(path)
    }
  }

  /// Whether a configuration in a folder of the search counts.
  func trusts(_ folder: String) -> Bool {
    if isInProject { return true }
    guard let found = FileAccess.ownership(of: folder, followsLinks: true) else { return false }
    // Whoever owns the folder where the search begins could put a configuration right there.
    let isOwnerTrusted =
      found.owner == 0 || found.owner == FileAccess.user
      || found.owner
        == folders.first.flatMap {
          FileAccess.ownership(of: $0, followsLinks: true)?.owner
        }
    let othersWrite = found.mode & 0o002 != 0
    let groupWrites = found.mode & 0o020 != 0 && !FileAccess.isInGroup(found.group)
    return isOwnerTrusted && !othersWrite && !groupWrites
  }

  /// The nearest folder with a configuration that counts.
  var nearestFolder: String? {
    folders.first { !Self.names(in: $0).isEmpty && trusts($0) }
  }

  /// The outermost folder with a configuration that counts.
  var outermostFolder: String? {
    folders.last { !Self.names(in: $0).isEmpty && trusts($0) }
  }
}
