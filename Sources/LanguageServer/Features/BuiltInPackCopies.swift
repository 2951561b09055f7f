import Linting
import RequisiteFiles
import RulePacks
import SourceText

/// Copies of the files of built-in packs, since an editor can open files only.
///
/// Each has the path that it has below the folder of rules, so that a pack finds its model.
struct BuiltInPackCopies {
  /// The folder of the copies: an absolute path.
  let folder: String

  /// Makes a copy of a built-in file, and of all others that it may name; the result is its path.
  ///
  /// Files that are there already stay as they are if they have the same bytes.
  ///
  /// - Throws: why one cannot be written.
  func copy(ofFileAt path: String, in files: OverlayFileSystem) throws -> String? {
    guard BuiltInPacks.file(at: path) != nil else { return nil }
    for other in BuiltInPacks.paths {
      guard let bytes = BuiltInPacks.file(at: other)?.bytes else { continue }
      let copy = Paths.joined(folder, other)
      if (try? files.bytes(of: copy, limit: bytes.count)) == bytes { continue }
      try files.write(bytes, to: copy, makingFolders: true)
    }
    return Paths.joined(folder, path)
  }
}
