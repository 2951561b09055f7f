/// Where a repository begins, and how files are named within it.
package enum ProjectRoot {
  /// The folder of the repository that a folder lies in; nil outside of any.
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
  static func isRepository(_ folder: String) -> Bool {
    switch FileAccess.kind(of: joined(folder, ".git")) {
    case .file, .folder: true
    case .stream, .missing: false
    }
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
    let steps = path.utf8.split(separator: UInt8(ascii: "/"))
    if steps.contains(where: { $0.elementsEqual("..".utf8) }) {
      if let real = FileAccess.realPath(path) { return real }
    }
    var kept: [String] = []
    if !path.hasPrefix("/") { kept = workingFolder.split(separator: "/").map(String.init) }
    for step in steps where !step.elementsEqual(".".utf8) {
      if step.elementsEqual("..".utf8) {
        _ = kept.popLast()
      } else {
        kept.append(String(decoding: Array(step), as: UTF8.self))
      }
    }
    return "/" + kept.joined(separator: "/")
  }

  /// The folder that an absolute path lies in; nil for the root of the file system.
  package static func parent(of path: String) -> String? {
    guard path.utf8.count > 1, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return nil
    }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  /// The path of what lies below a folder, relative to it; nil for what does not.
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
