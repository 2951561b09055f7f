package import Findings

/// The one project root of a run: the folder that paths in machine-readable reports are relative to.
///
/// It is the folder given by `--root`, or else the repository of the working folder, or else the
/// folder of the configuration nearest to the working folder, or else the working folder itself. Where
/// neither the working folder nor a folder above it has a repository or a configuration, the project
/// that all inputs lie in counts.
package struct ProjectRoot: Sendable, Equatable {
  /// The folder: an absolute path without symbolic links.
  package let path: String
  /// Whether `--root` gave the folder, so that the search for configurations ends there as well.
  package let isExplicit: Bool

  /// Creates a root; the path is absolute and has no symbolic links.
  package init(path: String, isExplicit: Bool = false) {
    self.path = path
    self.isExplicit = isExplicit
  }

  /// Finds the root of a run.
  ///
  /// `explicit` is the value of `--root`, relative to the working folder; `inputs` are the files and
  /// folders that the run was given. The working folder is an absolute path without links.
  ///
  /// - Throws: `argument/bad-root` where `--root` names no folder.
  package static func find(
    explicit: String?, workingFolder: String, inputs: [String] = []
  ) throws(Diagnostic) -> ProjectRoot {
    if let explicit {
      let path = absolutePath(of: explicit, workingFolder: workingFolder)
      guard FileAccess.kind(of: path) == .folder, let real = FileAccess.realPath(path) else {
        throw Diagnostic("argument/bad-root", "--root must be a folder; '\(explicit)' is not")
      }
      return ProjectRoot(path: real, isExplicit: true)
    }
    var search = ConfigurationSearch(root: nil, workingFolder: workingFolder)
    if let project = project(of: workingFolder, &search) { return ProjectRoot(path: project) }
    return ProjectRoot(path: project(ofInputs: inputs, workingFolder, &search) ?? workingFolder)
  }

  /// The project that all inputs lie in; nil where there is none.
  private static func project(
    ofInputs inputs: [String], _ workingFolder: String, _ search: inout ConfigurationSearch
  ) -> String? {
    var projects: Set<String> = []
    var folders: Set<String> = []
    for input in inputs where !StandardStream.isMeant(by: input) {
      let path = absolutePath(of: input, workingFolder: workingFolder)
      switch FileAccess.kind(of: path) {
      case .folder: folders.insert(FileAccess.realPath(path) ?? path)
      case .file, .missing: folders.insert(realFolder(parent(of: path) ?? "/"))
      case .stream: break
      }
    }
    for folder in folders {
      guard let project = project(of: folder, &search) else { return nil }
      projects.insert(project)
    }
    // The outermost of several, if it holds the others.
    guard let outermost = projects.min(by: { $0.utf8.count < $1.utf8.count }),
      projects.allSatisfy({ FileAccess.isPath($0, inside: outermost) })
    else { return nil }
    return outermost
  }

  /// The repository of a folder, or else the folder of the configuration nearest to it.
  private static func project(
    of folder: String, _ search: inout ConfigurationSearch
  ) -> String? {
    repository(of: folder) ?? search.nearest(from: folder).folder
  }

  // MARK: - Paths

  /// The one absolute path of an input within the root, by which its settings are found.
  ///
  /// What is read from a pipe has none: it is in the working folder, as standard input does.
  package func location(of path: String, workingFolder: String) -> String {
    for prefix in ["/dev/", "/proc/"] where path.utf8.starts(with: prefix.utf8) {
      return Self.joined(workingFolder, InputSource.standardInputName)
    }
    return canonicalPath(of: Self.absolutePath(of: path, workingFolder: workingFolder))
  }

  /// The one absolute path of a folder within the root.
  package func folderLocation(of path: String, workingFolder: String) -> String {
    let folder = Self.absolutePath(of: path, workingFolder: workingFolder)
    let real = Self.realFolder(folder)
    return contains(realPath: real) ? real : folder
  }

  /// The path of an input relative to a folder, links among its own folders followed if need be;
  /// nil where it does not lie below the folder.
  ///
  /// Both are absolute, and the folder has no links.
  static func path(of location: String, below folder: String) -> String? {
    if let path = relativePath(of: location, below: folder) { return path }
    guard let parent = parent(of: location) else { return nil }
    let real = realFolder(parent)
    if real.utf8.elementsEqual(parent.utf8) { return nil }
    return relativePath(of: joined(real, name(of: location, in: parent)), below: folder)
  }

  /// Whether an absolute path without links is in the root, or is the root.
  package func contains(realPath: String) -> Bool { FileAccess.isPath(realPath, inside: path) }

  /// A file's path as machine-readable reports give it.
  ///
  /// It is relative to the root and normalized; for a file outside of the root, it is a percent-encoded
  /// `file:` URI. A relative path is not percent-encoded. The argument is an absolute path.
  package func reportPath(of absolutePath: String) -> String {
    let path = canonicalPath(of: absolutePath)
    if path.utf8.elementsEqual(self.path.utf8) { return "." }
    return Self.relativePath(of: path, below: self.path) ?? Self.uri(of: path)
  }

  /// A path as people are shown it: relative to the working folder where it is in the root or below
  /// the working folder, else absolute.
  ///
  /// The path is absolute.
  package func shownPath(of path: String, workingFolder: String) -> String {
    if path.utf8.elementsEqual(workingFolder.utf8) { return "." }
    if let below = Self.relativePath(of: path, below: workingFolder) { return below }
    guard contains(realPath: path), contains(realPath: workingFolder) else { return path }
    var climb = ""
    for folder in Self.folders(from: workingFolder) {
      if path.utf8.elementsEqual(folder.utf8) { return String(climb.dropLast()) }
      if let below = Self.relativePath(of: path, below: folder) { return climb + below }
      climb += "../"
    }
    return path
  }

  /// The one path of a file within the root, however its folder is spelled.
  ///
  /// Links among the folders are followed where they lead into the root; a link that is the last step
  /// keeps its name, since a file that is named through a link is known by the name given. A path
  /// whose folder is outside of the root, links followed, stays as it is.
  package func canonicalPath(of absolutePath: String) -> String {
    guard let folder = Self.parent(of: absolutePath) else { return absolutePath }
    let real = Self.realFolder(folder)
    guard contains(realPath: real) else {
      // The root's own path, spelled through a link.
      let whole = FileAccess.realPath(absolutePath)
      return whole == path ? path : absolutePath
    }
    if real.utf8.elementsEqual(folder.utf8) { return absolutePath }
    return Self.joined(real, Self.name(of: absolutePath, in: folder))
  }

  /// The last step of an absolute path.
  static func name(of path: String) -> String {
    parent(of: path).map { name(of: path, in: $0) } ?? ""
  }

  /// The last step of a path whose parent is known.
  private static func name(of path: String, in parent: String) -> String {
    String(decoding: path.utf8.dropFirst(parent == "/" ? 1 : parent.utf8.count + 1), as: UTF8.self)
  }

  /// A folder without symbolic links; of one that does not exist, as far as it exists.
  static func realFolder(_ folder: String) -> String {
    if let real = FileAccess.realPath(folder) { return real }
    var missing: [String] = []
    var folder = folder
    while let parent = parent(of: folder) {
      missing.append(name(of: folder, in: parent))
      if let real = FileAccess.realPath(parent) {
        return missing.reversed().reduce(real) { joined($0, $1) }
      }
      folder = parent
    }
    return folder
  }

  /// The `file:` URI of an absolute path (RFC 8089), percent-encoded by bytes.
  package static func uri(of absolutePath: String) -> String {
    var uri = Array("file://".utf8)
    for byte in absolutePath.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        uri.append(byte)
      default:
        uri.append(UInt8(ascii: "%"))
        for digit in [byte >> 4, byte & 15] {
          uri.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") - 10 + digit)
        }
      }
    }
    return String(decoding: uri, as: UTF8.self)
  }
}

extension ProjectRoot {
  /// The root folder of the repository of a folder; nil outside of any.
  ///
  /// That is the nearest one upward with an entry `.git`, itself included. The folder is an absolute
  /// path, and the result is one of its beginnings.
  package static func repository(of folder: String) -> String? {
    folders(from: folder).first { isRepository($0) }
  }

  /// What paths are relative to where no configuration says: the repository, or else the folder.
  package static func standard(workingFolder: String) -> String {
    repository(of: workingFolder) ?? workingFolder
  }

  /// Whether a repository begins at a folder.
  ///
  /// An entry `.git` that another user put into a shared folder, such as `/tmp`, does not count.
  static func isRepository(_ folder: String) -> Bool {
    let entry = joined(folder, ".git")
    switch FileAccess.kind(of: entry) {
    case .file, .folder: break
    case .stream, .missing: return false
    }
    guard let owner = FileAccess.ownership(of: entry, followsLinks: false)?.owner else {
      return false
    }
    return owner == 0 || owner == FileAccess.user
      || owner == FileAccess.ownership(of: folder, followsLinks: true)?.owner
  }

  /// A folder and all those above it, the innermost first; the folder is an absolute path.
  static func folders(from folder: String) -> [String] {
    var folders = [folder]
    while let parent = parent(of: folders[folders.count - 1]) { folders.append(parent) }
    return folders
  }

  /// The absolute path that a path means, as it was named: links in it are kept.
  ///
  /// A step upward is taken where it really leads, though.
  package static func absolutePath(of path: String, workingFolder: String) -> String {
    if !path.utf8.isEmpty, path.utf8.first != UInt8(ascii: "/"), hasPlainSteps(path.utf8),
      hasPlainSteps(workingFolder.utf8.dropFirst())
    {
      return joined(workingFolder, path)
    }
    let steps = path.utf8.split(separator: UInt8(ascii: "/"))
    var kept: [String] = []
    if !path.hasPrefix("/") { kept = workingFolder.split(separator: "/").map(String.init) }
    for step in steps where !step.elementsEqual(".".utf8) {
      guard step.elementsEqual("..".utf8) else {
        kept.append(String(decoding: Array(step), as: UTF8.self))
        continue
      }
      let folder = "/" + kept.joined(separator: "/")
      if let real = FileAccess.realPath(joined(folder, "..")) {
        kept = real.split(separator: "/").map(String.init)
      } else {
        _ = kept.popLast()
      }
    }
    return "/" + kept.joined(separator: "/")
  }

  /// Whether a path without its first slash has no empty step, and none that is `.` or `..`.
  private static func hasPlainSteps(_ path: some Sequence<UInt8>) -> Bool {
    var (length, dots) = (0, 0)
    for byte in path {
      if byte == UInt8(ascii: "/") {
        if length == 0 || length == dots && dots <= 2 { return false }
        (length, dots) = (0, 0)
      } else {
        length += 1
        if byte == UInt8(ascii: ".") { dots += 1 }
      }
    }
    return length > 0 && (length != dots || dots > 2)
  }

  /// The parent folder of an absolute path; nil for the root of the file system.
  package static func parent(of path: String) -> String? {
    guard path.utf8.count > 1, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return nil
    }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  /// The path relative to a folder; nil if it is not below it.
  ///
  /// Both are absolute.
  package static func relativePath(of path: String, below folder: String) -> String? {
    let prefix = folder == "/" ? "/" : folder + "/"
    guard path.utf8.starts(with: prefix.utf8) else { return nil }
    return String(decoding: path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }

  /// The path of a name in a folder.
  package static func joined(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}
