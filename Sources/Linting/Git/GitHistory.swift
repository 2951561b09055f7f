import Findings
import RequisiteFiles

/// The files of a repository at the commit that they are compared with.
final class GitHistory {
  /// The folder of the working tree: an absolute path without links.
  let root: String
  /// The commit; nil for a submodule that was not there then.
  let commit: GitCommit?
  private let files: any FileSystem
  private let command: GitCommand
  private let objects: GitObjects
  private var renames: GitRenames?
  /// The files that are gone, and were not found again; nil until somebody asks.
  private var gone: [(file: File, text: TextFragments)]?

  /// The files of a repository at a commit.
  init(root: String, commit id: String?, _ command: GitCommand, in files: any FileSystem) {
    self.root = root
    self.command = command
    self.files = files
    let objects = GitObjects(command)
    self.objects = objects
    commit = id.map { GitCommit($0, in: objects) }
  }

  /// A file at the commit: its path relative to the root, and the id of its content.
  struct File {
    var path: [UInt8]
    var id: String
  }

  /// A path relative to the root; nil where it is not below it.
  func relativePath(of path: String) -> [UInt8]? {
    Paths.relativePath(of: path, below: root).map { Array($0.utf8) }
  }

  // MARK: - Files

  /// The file at a path then; nil where there was none.
  func file(at path: [UInt8]) throws(GitFailure) -> File? {
    guard let entry = try commit?.entry(at: path), entry.kind == .file else { return nil }
    return File(path: path, id: entry.id)
  }

  /// The file that was renamed to a path, as the index tells; nil where none was.
  func renamedFile(at path: [UInt8]) throws(GitFailure) -> File? {
    guard commit != nil else { return nil }
    guard let former = try changes().former[path] else { return nil }
    return try file(at: former)
  }

  private func changes() throws(GitFailure) -> GitRenames {
    if let renames { return renames }
    guard let commit else { return GitRenames([]) }
    let list = try command.run([
      "diff-index", "--cached", "--raw", "-z", "-M", "-l\(Self.renameLimit)", "--diff-filter=DRT",
      "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", commit.id, "--",
    ])
    let renames = GitRenames(try list.checked().output)
    self.renames = renames
    return renames
  }

  /// Up to how many files that were added, and are gone, are compared with one another.
  static let renameLimit = 1_000

  /// The file that is gone and most like a text, if one is like enough; each is found once.
  ///
  /// `fragments` takes a file that is gone apart.
  func movedFile(
    like text: TextFragments, fragments: (File) throws(GitFailure) -> TextFragments?
  ) throws(GitFailure) -> File? {
    guard commit != nil else { return nil }
    if gone == nil { gone = try goneFiles(fragments) }
    var best: (place: Int, likeness: Int)?
    for (place, entry) in (gone ?? []).enumerated() {
      let likeness = text.likeness(to: entry.text)
      if likeness >= TextFragments.leastLikeness, likeness > best?.likeness ?? 0 {
        best = (place, likeness)
      }
    }
    return best.flatMap { gone?.remove(at: $0.place).file }
  }

  private func goneFiles(
    _ fragments: (File) throws(GitFailure) -> TextFragments?
  ) throws(GitFailure) -> [(file: File, text: TextFragments)] {
    // Those that are gone from the index, and those that are gone from disk alone.
    let missing = try command.run(["ls-files", "--deleted", "-z"]).checked().output
    let paths = try changes().gone + missing.split(separator: 0).map { Array($0) }
    var gone: [(file: File, text: TextFragments)] = []
    var seen: Set<[UInt8]> = []
    for path in paths where gone.count < Self.renameLimit && seen.insert(path).inserted {
      guard isGone(path), let file = try file(at: path),
        let text = try fragments(file)
      else { continue }
      gone.append((file, text))
    }
    return gone
  }

  /// Whether a file is no longer at a path; it may have left a link there.
  private func isGone(_ path: [UInt8]) -> Bool {
    let path = absolutePath(of: path)
    return files.kind(of: path) != .file || files.isLink(path)
  }

  /// The absolute path of a file that was at a path relative to the root.
  func absolutePath(of path: [UInt8]) -> String {
    Paths.joined(root, String(decoding: path, as: UTF8.self))
  }

  // MARK: - Content

  /// Reads the content of a file part by part; false where the repository lacks it, or `begin` is false for
  /// its size.
  func read(
    _ file: File, begin: (Int) -> Bool, take: (ArraySlice<UInt8>) throws(GitFailure) -> Void
  ) throws(GitFailure) -> Bool {
    var isTaken = false
    let header = try objects.read(file.id) { header in
      isTaken = header.kind == "blob" && begin(header.size)
      return isTaken
    } take: { (part) throws(GitFailure) in
      try take(part)
    }
    return header != nil && isTaken
  }

  /// Whether the clone left out objects, which its remote promised to send when they are needed.
  var isPartial: Bool {
    let promises = try? command.run(["config", "--get-regexp", #"^remote\..*\.promisor$"#])
    return promises?.status == 0
  }

  /// The folder that all working trees of the repository share: an absolute path.
  func commonFolder() throws(GitFailure) -> String {
    let path = try command.run(["rev-parse", "--git-common-dir"]).checked().text
    return path.hasPrefix("/") ? path : Paths.joined(root, path)
  }
}
