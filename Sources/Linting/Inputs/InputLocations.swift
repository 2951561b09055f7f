import RequisitePatterns
import RequisiteFiles

/// Finds where inputs are; neighbours in a folder share the look at its links.
struct InputLocations {
  private let root: ProjectRoot
  private let workingFolder: String
  /// The folder of the last path as it was named, and where it is.
  private var last: (named: [UInt8], location: String)?

  init(root: ProjectRoot, workingFolder: String) {
    self.root = root
    self.workingFolder = workingFolder
  }

  /// The one absolute path of an input within the root, as `ProjectRoot.location` gives it.
  mutating func location(of path: String) -> String {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { path.utf8[...$0] } ?? path.utf8[..<path.utf8.startIndex]
    let name = path[folder.endIndex...]
    if let last, last.named.elementsEqual(folder), name != ".", name != "..", !name.isEmpty {
      return Paths.joined(last.location, String(name))
    }
    let location = root.location(of: path, workingFolder: workingFolder)
    if Paths.name(of: location).utf8.elementsEqual(name.utf8) {
      last = (Array(folder), Paths.parent(of: location) ?? "/")
    }
    return location
  }
}

extension PathGlob {
  /// Whether a walk through a folder sees everything that the pattern, relative to it, can fit.
  ///
  /// Hidden files and `node_modules` are checked only where they are named, and of a file that is there
  /// but was not seen, nobody can say that it is gone.
  func isWholeInWalk(of folder: String, in files: any FileSystem) -> Bool {
    let steps = text.utf8.split(separator: UInt8(ascii: "/"))
    let mayHide = steps.contains {
      $0.first == UInt8(ascii: ".") || $0.elementsEqual("node_modules".utf8)
    }
    if mayHide { return false }
    if text.utf8.contains(where: { "*?[]{}\\".utf8.contains($0) }) { return true }
    let path = String(text.hasPrefix("/") ? text.dropFirst() : text[...])
    return files.kind(of: Paths.joined(folder, path)) == .missing
  }
}
