package import Findings
package import RequisiteFiles
import SourceText

/// The one project root of a run: the folder that paths in machine-readable reports are relative to.
///
/// It is the folder given by `--root`, or else the repository of the working folder, or else the
/// folder of the configuration nearest to the working folder, or else the working folder itself. Where
/// neither the working folder nor a folder above it has a repository or a configuration, the project
/// that all inputs lie in counts.
package struct ProjectRoot: Sendable {
  /// The folder: an absolute path without symbolic links.
  package let path: String
  /// Whether `--root` gave the folder, so that the search for configurations ends there as well.
  package let isExplicit: Bool
  /// The file system that the folder is in.
  package let files: any FileSystem

  /// Creates a root; the path is absolute and has no symbolic links.
  package init(in files: any FileSystem, path: String, isExplicit: Bool = false) {
    self.files = files
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
    in files: any FileSystem, explicit: String?, workingFolder: String, inputs: [String] = []
  ) throws(Diagnostic) -> ProjectRoot {
    if let explicit {
      let path = files.absolutePath(of: explicit, workingFolder: workingFolder)
      guard files.kind(of: path) == .folder, let real = files.realPath(path) else {
        throw Diagnostic("argument/bad-root", "--root must be a folder; '\(explicit)' is not")
      }
      return ProjectRoot(in: files, path: real, isExplicit: true)
    }
    var search = ConfigurationSearch(in: files, root: nil, workingFolder: workingFolder)
    if let project = project(of: workingFolder, in: files, &search) {
      return ProjectRoot(in: files, path: project)
    }
    return ProjectRoot(
      in: files, path: project(ofInputs: inputs, in: files, workingFolder, &search) ?? workingFolder
    )
  }

  /// The project that all inputs lie in; nil where there is none.
  private static func project(
    ofInputs inputs: [String], in files: any FileSystem, _ workingFolder: String,
    _ search: inout ConfigurationSearch
  ) -> String? {
    var projects: Set<ExactText> = []
    var folders: Set<ExactText> = []
    for input in inputs where !StandardStream.isMeant(by: input) {
      let path = files.absolutePath(of: input, workingFolder: workingFolder)
      switch files.kind(of: path) {
      case .folder: folders.insert(ExactText(files.realPath(path) ?? path))
      case .file, .missing:
        folders.insert(ExactText(files.realFolder(Paths.parent(of: path) ?? "/")))
      case .stream: break
      }
    }
    for folder in folders {
      guard let project = project(of: folder.text, in: files, &search) else { return nil }
      projects.insert(ExactText(project))
    }
    // The outermost of several, if it holds the others.
    guard let outermost = projects.map(\.text).min(by: { $0.utf8.count < $1.utf8.count }),
      projects.allSatisfy({ Paths.isPath($0.text, inside: outermost) })
    else { return nil }
    return outermost
  }

  /// The repository of a folder, or else the folder of the configuration nearest to it.
  private static func project(
    of folder: String, in files: any FileSystem, _ search: inout ConfigurationSearch
  ) -> String? {
    files.repository(of: folder) ?? search.nearest(from: folder).folder
  }

  // MARK: - Paths

  /// The one absolute path of an input within the root, by which its settings are found.
  ///
  /// What is read from a pipe has none: it is in the working folder, as standard input does.
  package func location(of path: String, workingFolder: String) -> String {
    for prefix in ["/dev/", "/proc/"] where path.utf8.starts(with: prefix.utf8) {
      return Paths.joined(workingFolder, InputSource.standardInputName)
    }
    return canonicalPath(of: files.absolutePath(of: path, workingFolder: workingFolder))
  }

  /// The one absolute path of a folder within the root.
  package func folderLocation(of path: String, workingFolder: String) -> String {
    let folder = files.absolutePath(of: path, workingFolder: workingFolder)
    let real = files.realFolder(folder)
    return contains(realPath: real) ? real : folder
  }

  /// Whether an absolute path without links is in the root, or is the root.
  package func contains(realPath: String) -> Bool { Paths.isPath(realPath, inside: path) }

  /// A file's path as machine-readable reports give it.
  ///
  /// It is relative to the root and normalized; for a file outside of the root, it is a percent-encoded
  /// `file:` URI. A relative path is not percent-encoded. The argument is an absolute path.
  package func reportPath(of absolutePath: String) -> String {
    let path = canonicalPath(of: absolutePath)
    if path.utf8.elementsEqual(self.path.utf8) { return "." }
    return Paths.relativePath(of: path, below: self.path) ?? Self.uri(of: path)
  }

  /// A path as people are shown it: relative to the working folder where it is in the root or below
  /// the working folder, else absolute.
  ///
  /// The path is absolute.
  package func shownPath(of path: String, workingFolder: String) -> String {
    if path.utf8.elementsEqual(workingFolder.utf8) { return "." }
    if let below = Paths.relativePath(of: path, below: workingFolder) { return below }
    guard contains(realPath: path), contains(realPath: workingFolder) else { return path }
    var climb = ""
    for folder in Paths.folders(from: workingFolder) {
      if path.utf8.elementsEqual(folder.utf8) { return String(climb.dropLast()) }
      if let below = Paths.relativePath(of: path, below: folder) { return climb + below }
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
    guard let folder = Paths.parent(of: absolutePath) else { return absolutePath }
    let real = files.realFolder(folder)
    guard contains(realPath: real) else {
      // The root's own path, spelled through a link.
      let whole = files.realPath(absolutePath)
      return whole?.hasSameBytes(as: path) == true ? path : absolutePath
    }
    if real.utf8.elementsEqual(folder.utf8) { return absolutePath }
    return Paths.joined(real, Paths.name(of: absolutePath, in: folder))
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

extension FileSystem {
  /// The root folder of the repository of a folder; nil outside of any.
  ///
  /// That is the nearest one upward with an entry `.git`, itself included. The folder is an absolute
  /// path, and the result is one of its beginnings.
  package func repository(of folder: String) -> String? {
    Paths.folders(from: folder).first { isRepository($0) }
  }

  /// What paths are relative to where no configuration says: the repository, or else the folder.
  package func standardRoot(workingFolder: String) -> String {
    repository(of: workingFolder) ?? workingFolder
  }

  /// Whether a repository begins at a folder.
  ///
  /// An entry `.git` that another user put into a shared folder, such as `/tmp`, does not count.
  func isRepository(_ folder: String) -> Bool {
    let entry = Paths.joined(folder, ".git")
    switch kind(of: entry) {
    case .file, .folder: break
    case .stream, .missing: return false
    }
    guard let owner = (try? status(of: entry, followingLinks: false))?.owner else { return false }
    return owner == 0 || owner == user.id
      || owner == (try? status(of: folder, followingLinks: true))?.owner
  }

  /// The path of an input relative to a folder, links among its own folders followed if need be;
  /// nil where it does not lie below the folder.
  ///
  /// Both are absolute, and the folder has no links.
  func path(of location: String, below folder: String) -> String? {
    if let path = Paths.relativePath(of: location, below: folder) { return path }
    guard let parent = Paths.parent(of: location) else { return nil }
    let real = realFolder(parent)
    if real.utf8.elementsEqual(parent.utf8) { return nil }
    return Paths.relativePath(
      of: Paths.joined(real, Paths.name(of: location, in: parent)), below: folder)
  }
}
