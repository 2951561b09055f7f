import RequisitePatterns
import RequisiteFiles
import SourceText

/// Finds where inputs are; neighbours in a folder share the look at its links.
struct InputLocations {
  private let root: ProjectRoot
  private let workingFolder: String
  /// The folder of the last path as it was named, with its slash, and where it is.
  private var last: (named: String, location: String)?

  init(root: ProjectRoot, workingFolder: String) {
    self.root = root
    self.workingFolder = workingFolder
  }

  /// The one absolute path of an input within the root, as `ProjectRoot.location` gives it.
  mutating func location(of path: String) -> String { place(of: path).location }

  /// The same, with the folder that it is in.
  mutating func place(of path: String) -> (location: String, folder: String) {
    let length = Paths.lastSlash(of: path).map { $0 + 1 } ?? 0
    let name = path.utf8.dropFirst(length)
    let isStep = name.isEmpty || name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8)
    if let last, !isStep, last.named.utf8.count == length, path.hasBytes(of: last.named) {
      // Where the folder is where it is named, the path is the location.
      let isSame = length == last.location.utf8.count + 1 && path.hasBytes(of: last.location)
      return (
        isSame ? path : Paths.joined(last.location, String(Substring(name))), last.location
      )
    }
    let location = root.location(of: path, workingFolder: workingFolder)
    let folder = Paths.parent(of: location) ?? "/"
    if Paths.name(of: location, in: folder).utf8.elementsEqual(name) {
      last = (String(decoding: path.utf8.prefix(length), as: UTF8.self), folder)
    }
    return (location, folder)
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
