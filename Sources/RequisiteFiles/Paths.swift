/// Paths as texts: nothing here looks at a file.
package enum Paths {
  /// The path of a name in a folder.
  package static func joined(_ folder: String, _ name: String) -> String {
    let (folder, name) = (folder.utf8, name.utf8)
    let hasSlash = folder.last == UInt8(ascii: "/")
    let count = folder.count + (hasSlash ? 0 : 1) + name.count
    return unsafe String(unsafeUninitializedCapacity: count) { path in
      var end = unsafe path.initialize(fromContentsOf: folder)
      if !hasSlash {
        unsafe path.initializeElement(at: end, to: UInt8(ascii: "/"))
        end += 1
      }
      return unsafe path[end...].initialize(fromContentsOf: name)
    }
  }

  /// The parent folder of an absolute path; nil for the root of the file system.
  package static func parent(of path: String) -> String? {
    guard path.utf8.count > 1, let slash = lastSlash(of: path) else { return nil }
    return slash == 0 ? "/" : String(decoding: path.utf8.prefix(slash), as: UTF8.self)
  }

  /// The offset of a path's last slash.
  package static func lastSlash(of path: String) -> Int? {
    let offset = unsafe path.utf8.withContiguousStorageIfAvailable { bytes in
      unsafe bytes.lastIndex(of: UInt8(ascii: "/"))
    }
    if let offset { return offset }
    return Array(path.utf8).lastIndex(of: UInt8(ascii: "/"))
  }

  /// The last step of an absolute path.
  package static func name(of path: String) -> String {
    parent(of: path).map { name(of: path, in: $0) } ?? ""
  }

  /// The last step of a path whose parent is known.
  package static func name(of path: String, in parent: String) -> String {
    String(decoding: path.utf8.dropFirst(parent == "/" ? 1 : parent.utf8.count + 1), as: UTF8.self)
  }

  /// A folder and all those above it, the innermost first; the folder is an absolute path.
  package static func folders(from folder: String) -> [String] {
    var folders = [folder]
    while let parent = parent(of: folders[folders.count - 1]) { folders.append(parent) }
    return folders
  }

  /// The path relative to a folder; nil if it is not below it.
  ///
  /// Both are absolute.
  package static func relativePath(of path: String, below folder: String) -> String? {
    let prefix = folder == "/" ? "/" : folder + "/"
    guard path.utf8.starts(with: prefix.utf8) else { return nil }
    return String(decoding: path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }

  /// Whether a path without its first slash has no empty step, and none that is `.` or `..`.
  static func hasPlainSteps(_ path: some Sequence<UInt8>) -> Bool {
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

  /// Whether a path is in a folder's tree, or is the folder; both without symbolic links.
  package static func isPath(_ path: String, inside folder: String) -> Bool {
    folder == "/" || path.utf8.elementsEqual(folder.utf8)
      || path.utf8.starts(with: (folder + "/").utf8)
  }

  /// Whether a path leads into a folder `.git` below a folder; both without symbolic links.
  package static func isInGitFolder(_ real: String, below folder: String) -> Bool {
    real.utf8.dropFirst(folder == "/" ? 0 : folder.utf8.count)
      .split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual(".git".utf8) }
  }
}
