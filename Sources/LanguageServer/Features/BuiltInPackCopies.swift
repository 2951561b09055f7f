import RequisiteFiles
import RulePacks
import SourceText

/// Copies of the files of built-in packs, since an editor can open files only.
///
/// Each has the path that it has below the folder of rules, so that a pack finds its model.
struct BuiltInPackCopies {
  /// The folder of the copies: an absolute path.
  let folder: String

  /// What is in the place of a copy.
  struct Obstacle: Error {
    let path: String
  }

  /// Finds the place of copies below a folder: other packs have another one.
  init(in cacheFolder: String, version: String) {
    let digest = String(BuiltInPacks.hash, radix: 16)
    folder = Paths.joined(cacheFolder, "requisite/\(version)-\(digest)")
  }

  /// Makes a copy of a built-in file, and of all others that it may name; the result is its path.
  ///
  /// A copy is read-only. One that is there is left if it is as large as it should be.
  ///
  /// - Throws: why one cannot be written: `Obstacle` for anything but a file of the user in its place.
  func copy(ofFileAt path: String, in files: OverlayFileSystem) throws -> String? {
    guard BuiltInPacks.file(at: path) != nil else { return nil }
    for other in BuiltInPacks.paths {
      guard let bytes = BuiltInPacks.file(at: other)?.bytes else { continue }
      let copy = Paths.joined(folder, other)
      if let status = try? files.status(of: copy, followingLinks: false) {
        guard status.kind == .file, status.owner == files.user.id, status.size == bytes.count
        else { throw Obstacle(path: copy) }
        continue
      }
      try files.write(bytes, to: copy, makingFolders: true, asReadOnly: true)
    }
    return Paths.joined(folder, path)
  }
}
