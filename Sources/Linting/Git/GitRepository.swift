import Findings
import RequisiteFiles
import SystemPackage

/// The working tree of a Git repository: what it ignores, and what it tracks all the same.
final class GitRepository {
  /// The folder of the working tree: an absolute path without links.
  let root: String
  private let files: any FileSystem
  /// What is wrong with files of the repository and was not taken yet.
  private var diagnostics: [Diagnostic] = []
  private lazy var folder = gitFolder(of: root)
  private lazy var index = readIndex()

  /// The repository whose working tree begins at a folder.
  init(root: String, in files: any FileSystem) {
    self.root = root
    self.files = files
  }

  /// What was found wrong since this was last asked for.
  func takeDiagnostics() -> [Diagnostic] {
    defer { diagnostics = [] }
    return diagnostics
  }

  /// A path below the working tree, relative to it.
  func relativePath(of path: String) -> [UInt8] {
    Array(path.utf8.dropFirst(root == "/" ? 1 : root.utf8.count + 1))
  }

  // MARK: - What is tracked

  /// Whether Git tracks a file, by its path relative to the root.
  ///
  /// Where the index cannot be read, everything counts as tracked: better to check too much.
  func tracks(_ path: [UInt8]) -> Bool { index?.contains(path) ?? true }

  /// Whether Git tracks anything in a folder.
  func tracksAnything(in path: [UInt8]) -> Bool { index?.containsAny(in: path) ?? true }

  private func readIndex() -> GitIndex? {
    let path = Paths.joined(folder, "index")
    guard let bytes = self.bytes(of: path) else {
      // A repository without commits has none.
      return files.kind(of: path) == .missing ? GitIndex() : unreadable(path)
    }
    guard let index = GitIndex(bytes) else { return unreadable(path) }
    guard let sharedName = index.sharedName else { return index }
    let sharedPath = Paths.joined(folder, sharedName)
    guard let shared = self.bytes(of: sharedPath).flatMap({ GitIndex($0) }) else {
      return unreadable(sharedPath)
    }
    return index.joined(with: shared)
  }

  private func unreadable(_ path: String) -> GitIndex? {
    diagnostics.append(
      Diagnostic(
        "input/git-index", severity: .warning,
        "cannot read the Git index '\(path)', so ignored files are checked as well",
        hint: "run 'git status' to see what is wrong"
      ))
    return nil
  }

  // MARK: - What is ignored

  /// How many steps matching patterns may take in a run: some seconds.
  static let stepLimit = 2_000_000_000

  private var steps = 0
  private var isOverLimit = false

  /// Whether a path relative to the root is ignored by itself, by the patterns of its folder.
  ///
  /// Over the limit of steps, nothing is ignored any more.
  func ignores(_ path: [UInt8], isFolder: Bool, in scope: GitIgnoreScope) -> Bool {
    if steps < Self.stepLimit {
      return scope.ignores(path, isFolder: isFolder, steps: &steps)
    }
    if !isOverLimit {
      isOverLimit = true
      diagnostics.append(
        Diagnostic(
          "input/git-ignore", severity: .warning,
          "matching the patterns of .gitignore takes more than \(Self.stepLimit) steps, so the remaining ignored files are checked as well"
        ))
    }
    return false
  }

  /// The patterns of the repository that no file of the working tree holds.
  func outermostPatterns() -> [GitIgnorePattern] {
    bytes(of: Paths.joined(commonFolder, "info/exclude")).map(GitIgnorePattern.patterns) ?? []
  }

  /// Looks at the files by which Git finds a commit: HEAD and what a name may stand for (gitrevisions(7)).
  ///
  /// Git reads them itself, as another program, of which no file system knows that notes what a run asks.
  func lookUpReferences(_ name: String) {
    let head = line(of: Paths.joined(folder, "HEAD")) ?? ""
    let branch = head.hasPrefix("ref: ") ? [String(head.dropFirst("ref: ".count))] : []
    let name = String(name.prefix { !"~^@:".contains($0) })
    let forms = ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"].map { $0 + name }
    let names = ["HEAD", "packed-refs"] + branch + forms + ["refs/remotes/\(name)/HEAD"]
    for folder in [folder, commonFolder] {
      for name in names { _ = files.kind(of: Paths.joined(folder, name)) }
    }
  }

  /// The patterns of the `.gitignore` in a folder, shown in diagnostics as `shown`.
  func patterns(inFolder folder: String, shown: String) -> [GitIgnorePattern] {
    let path = Paths.joined(folder, ".gitignore")
    if let bytes = self.bytes(of: path) { return GitIgnorePattern.patterns(of: bytes) }
    // Git follows no link here either.
    if files.kind(of: path) == .file, !files.isLink(path) {
      diagnostics.append(
        Diagnostic(
          "input/git-ignore", severity: .warning,
          "'\(Paths.joined(shown, ".gitignore"))' cannot be read, so the files that it ignores are checked as well"
        ))
    }
    return []
  }

  // MARK: - Files

  /// The folder of what a linked working tree shares with the main one.
  private var commonFolder: String {
    guard let text = line(of: Paths.joined(folder, "commondir")) else { return folder }
    return text.hasPrefix("/") ? text : Paths.joined(folder, text)
  }

  /// The folder with the index of a working tree.
  private func gitFolder(of root: String) -> String {
    let path = Paths.joined(root, ".git")
    let prefix = "gitdir: "
    guard files.kind(of: path) == .file, let text = line(of: path), text.hasPrefix(prefix)
    else { return path }
    let target = String(text.dropFirst(prefix.count))
    return target.hasPrefix("/") ? target : Paths.joined(root, target)
  }

  /// The first line of a small file; nil where there is none.
  private func line(of path: String) -> String? {
    bytes(of: path, limit: 1 << 16).map {
      String(decoding: $0.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    }
  }

  /// The bytes of a regular file that is no link; nil for anything else.
  private func bytes(
    of path: String, limit: Int = SizeLimits.standard.document
  ) -> [UInt8]? {
    // A pipe that somebody put there must not keep the run waiting.
    do throws(Errno) {
      let file = try files.open(path, [.refusingLinks, .unrecorded])
      guard file.size != nil else { return nil }
      return try? BlockReader.bytes(of: file, path: path, limit: limit)
    } catch {
      return nil
    }
  }
}

/// The patterns that hold in a folder of a working tree: its own and those of the folders above it.
final class GitIgnoreScope {
  private let parent: GitIgnoreScope?
  private let patterns: [GitIgnorePattern]
  /// How many bytes of a path come before what the patterns are matched against.
  private let depth: Int

  /// Adds the patterns of a folder, by its path relative to the root, to those above it.
  init(parent: GitIgnoreScope?, patterns: [GitIgnorePattern], folder: [UInt8]) {
    self.parent = parent
    self.patterns = patterns
    depth = folder.isEmpty ? 0 : folder.count + 1
  }

  /// Whether a path in the folder is ignored by itself; the path is relative to the root.
  ///
  /// The last pattern that fits decides, of the innermost file that has one. What lies in an ignored
  /// folder is ignored whatever its own path.
  func ignores(_ path: [UInt8], isFolder: Bool, steps: inout Int) -> Bool {
    let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path[...]
    var scope: GitIgnoreScope? = self
    while let current = scope {
      let relative = path.dropFirst(current.depth)
      for pattern in current.patterns.reversed()
      where pattern.fits(relative, name: name, isFolder: isFolder, steps: &steps) {
        return !pattern.isNegated
      }
      scope = current.parent
    }
    return false
  }
}
