import Findings
import RequisiteFiles
import SourceText
import SystemPackage

/// Walks through folders, and follows links that stay in the project.
struct InputWalk {
  private let options: InputCollector.Options
  /// The files found.
  private(set) var candidates: [InputCollector.Candidate] = []
  /// What could not be read, and links that were not followed.
  private(set) var diagnostics: [Diagnostic] = []
  /// The first path that was left out because Git ignores it.
  private(set) var firstIgnoredPath: String?
  /// The named folders, then those that links lead to.
  private var roots: [Root] = []
  private var visited: Set<Visit> = []
  private var repositories: [GitRepository] = []

  /// A folder that a walk begins in.
  private struct Root {
    /// The folder: an absolute path without links.
    var real: String
    /// The folder as it was named.
    var spelling: String
    /// How files in it are reached.
    var reach: InputCollector.Candidate.Reach
  }

  /// A folder of a walk.
  private struct Folder {
    /// The folder: an absolute path without links.
    var real: String
    /// The path by which its settings are found and its files are opened.
    var path: String
    /// The path that people see.
    var shown: String
    var reach: InputCollector.Candidate.Reach
    var git: GitContext?
    /// The ignored folder that the walk began in.
    var ignoredRoot: String? = nil
  }

  /// What Git says of the files in a folder.
  private struct GitContext {
    var repository: GitRepository
    var scope: GitIgnoreScope
    /// Whether the folder is ignored, so that only tracked files in it count.
    var isIgnored = false
  }

  /// A folder is walked once; an ignored one again if a walk begins in it.
  private struct Visit: Hashable {
    var real: [UInt8]
    var ignoredRoot: [UInt8]?

    init(_ folder: Folder) {
      real = Array(folder.real.utf8)
      ignoredRoot = folder.ignoredRoot.map { Array($0.utf8) }
    }
  }

  init(_ options: InputCollector.Options) { self.options = options }

  private var files: any FileSystem { options.files }

  /// Adds a folder that was named.
  mutating func addRoot(_ path: String) throws(Errno) {
    let real = try files.resolve(path)
    let absolute = files.absolutePath(of: path, workingFolder: options.workingFolder)
    roots.append(
      Root(
        real: real, spelling: path,
        reach: absolute.utf8.elementsEqual(real.utf8) ? .itself : .name))
  }

  /// Walks through all folders that were added.
  mutating func run(_ exclusion: inout some InputExclusion) {
    // By this order, that of the arguments decides nothing.
    roots.sort { left, right in
      if left.reach != right.reach { return left.reach < right.reach }
      let (left, right) = (left.spelling.utf8, right.spelling.utf8)
      return left.count != right.count
        ? left.count < right.count : left.lexicographicallyPrecedes(right)
    }
    let named = roots.map(\.real)
    var next = 0
    while next < roots.count {
      walk(roots[next], named, &exclusion)
      next += 1
    }
    for repository in repositories { diagnostics += repository.takeDiagnostics() }
  }

  /// Whether a walk may follow a link to a path without links.
  private func mayFollow(to real: String, _ named: [String]) -> Bool {
    let root = options.projectRoot
    return Paths.isPath(real, inside: root) && !Paths.isInGitFolder(real, below: root)
      || named.contains {
        Paths.isPath(real, inside: $0) && !Paths.isInGitFolder(real, below: $0)
      }
  }

  // MARK: - Folders

  private mutating func walk(
    _ root: Root, _ named: [String], _ exclusion: inout some InputExclusion
  ) {
    let isInProject = Paths.isPath(root.real, inside: options.projectRoot)
    let git = gitContext(ofRoot: root.real)
    var folder = Folder(
      real: root.real, path: isInProject ? root.real : root.spelling, shown: root.spelling,
      reach: root.reach, git: git?.context)
    let unignored = git?.unignored
    if git?.ignoring != .itself {
      let count = candidates.count
      walk(folder, named, &exclusion)
      guard git?.ignoring == .content, candidates.count == count else { return }
    }
    // A folder that is named although it is ignored is walked; only patterns within it count then.
    folder.git = unignored
    folder.ignoredRoot = root.real
    walk(folder, named, &exclusion)
  }

  private mutating func walk(
    _ folder: Folder, _ named: [String], _ exclusion: inout some InputExclusion
  ) {
    var waiting = [folder]
    while let folder = waiting.popLast() {
      guard visited.insert(Visit(folder)).inserted else { continue }
      waiting += visit(folder, named, &exclusion)
    }
  }

  /// Takes in the files of a folder; the result is the folders in it that are to be walked.
  private mutating func visit(
    _ folder: Folder, _ named: [String], _ exclusion: inout some InputExclusion
  ) -> [Folder] {
    let listing: FolderListing
    do throws(Errno) {
      listing = try files.listing(ofFolder: folder.path)
    } catch {
      diagnostics.append(Diagnostic.unreadable(shown(folder.shown), error))
      return []
    }
    let git = gitContext(of: folder, listing)
    var folders: [Folder] = []
    let isItself = folder.real.utf8.elementsEqual(folder.path.utf8)
    let shownFolder = shownPrefix(of: folder)
    for (name, kind) in listing.entries where !Self.isSkipped(name) {
      let format = Syntax(path: name)
      if format == nil, kind == .file { continue }
      let path = Paths.joined(folder.path, name)
      let shown = Paths.joined(folder.shown, name)
      let real = isItself ? path : Paths.joined(folder.real, name)
      switch kind {
      case .folder:
        var git = git
        if !exclusion.excludesFolder(path), keepsFolder(real, shown, &git) {
          folders.append(
            Folder(
              real: real, path: path, shown: shown, reach: folder.reach, git: git,
              ignoredRoot: folder.ignoredRoot))
        }
      case .file:
        guard let format, keepsFile(real, shown, git) else { continue }
        add(path: path, shown: shownFolder + name, real: real, format, folder.reach)
      case .link:
        guard keepsFile(real, shown, git, isRelevant: format != nil),
          !exclusion.excludesFile(path), !exclusion.excludesFolder(path)
        else { continue }
        follow(link: path, in: folder.real, shown: shown, format, named)
      case .other:
        guard format != nil, keepsFile(real, shown, git) else { continue }
        diagnostics.append(
          Diagnostic(
            "input/not-a-file", severity: .info,
            "'\(self.shown(shown))' is not a regular file, so it was skipped",
            hint: "name it to check it"))
      }
    }
    // What cannot be opened by its name must not pass for checked.
    for (name, kind) in listing.misnamed
    where !Self.isSkipped(name) && (kind == .folder || Syntax(path: name) != nil) {
      let shown = shown(Paths.joined(folder.shown, name))
      diagnostics.append(
        Diagnostic(
          "input/unreadable", "'\(shown)' cannot be read: its name is not UTF-8", hint: "rename it")
      )
    }
    return folders
  }

  /// Whether a new name in a folder of a walk may change which files the walk finds.
  static func mayMatter(_ name: String, isFolder: Bool) -> Bool {
    if name == ".gitignore" || name == ".git" { return true }
    guard !isSkipped(name) else { return false }
    // A name without an ending may be that of a link to a folder.
    return isFolder || Syntax(path: name) != nil || !name.utf8.contains(UInt8(ascii: "."))
  }

  private static func isSkipped(_ name: String) -> Bool {
    name.utf8.first == UInt8(ascii: ".") || name == "node_modules"
  }

  private mutating func add(
    path: String, shown: String, real: String, _ format: Syntax,
    _ reach: InputCollector.Candidate.Reach
  ) {
    candidates.append(
      InputCollector.Candidate(
        input: InputSource(
          .file(path), shownPath: shown, syntax: format, isExplicit: false,
          realPath: real), reach: reach))
  }

  private func shown(_ path: String) -> String {
    files.shownPath(of: path, workingFolder: options.workingFolder)
  }

  /// What is shown before the name of a file in a folder; where that leads is looked up once.
  private func shownPrefix(of folder: Folder) -> String {
    String(shown(Paths.joined(folder.shown, "x")).dropLast())
  }

  // MARK: - Links

  private mutating func follow(
    link: String, in folder: String, shown: String, _ format: Syntax?, _ named: [String]
  ) {
    let name = self.shown(shown)
    let real: String
    let kind: FileKind
    do throws(Errno) {
      real = try files.resolve(link)
      kind = try files.examine(real)
    } catch {
      report(error, link: link, in: folder, name, isRelevant: format != nil, named)
      return
    }
    guard kind == .folder || format != nil else { return }
    guard mayFollow(to: real, named) else {
      diagnostics.append(Self.leavesProject(name))
      return
    }
    switch kind {
    case .folder: roots.append(Root(real: real, spelling: spelling(of: real), reach: .link))
    case .file:
      guard let format = Syntax(path: real) ?? format else { return }
      add(path: real, shown: self.shown(spelling(of: real)), real: real, format, .link)
    case .stream, .missing:
      diagnostics.append(
        Diagnostic(
          "input/not-a-file", severity: .info,
          "'\(name)' is a link to something other than a regular file, so it was skipped",
          hint: "name it to check it"
        ))
    }
  }

  /// What a link leads to, as seen from the working folder where both are in the project.
  private func spelling(of real: String) -> String {
    guard Paths.isPath(real, inside: options.projectRoot),
      Paths.isPath(options.workingFolder, inside: options.projectRoot)
    else { return real }
    let folders = Paths.folders(from: options.workingFolder)
    let depth = folders.prefix { !Paths.isPath(real, inside: $0) }.count
    guard depth > 0, depth < folders.count else { return real }
    let up = Array(repeating: "..", count: depth).joined(separator: "/")
    let rest = Paths.relativePath(of: real, below: folders[depth])
    return rest.map { Paths.joined(up, $0) } ?? up
  }

  private static func leavesProject(_ name: String) -> Diagnostic {
    Diagnostic(
      "input/outside-link", severity: .info,
      "'\(name)' is a link out of the project, so it was skipped", hint: "name it to check it")
  }

  /// Reports a link that cannot be followed.
  private mutating func report(
    _ error: Errno, link: String, in folder: String, _ name: String, isRelevant: Bool,
    _ named: [String]
  ) {
    switch error {
    case .noSuchFileOrDirectory, .notDirectory:
      diagnostics.append(
        Diagnostic(
          "input/dangling-link", severity: .warning,
          "'\(name)' is a link to a file that does not exist, so it was skipped",
          hint: "remove the link or restore the file"
        ))
    case .tooManySymbolicLinkLevels:
      diagnostics.append(
        Diagnostic(
          "input/dangling-link", severity: .warning,
          "'\(name)' is a link to itself, so it was skipped", hint: "remove it"))
    default:
      // A name without an ending may be one of a folder.
      let last = name.split(separator: "/").last ?? ""
      guard isRelevant || !last.contains(".") else { return }
      // Nobody may be able to look at what lies outside.
      if let target = files.statedTarget(ofLink: link, in: folder),
        !mayFollow(to: target, named)
      {
        diagnostics.append(Self.leavesProject(name))
      } else {
        diagnostics.append(Diagnostic.unreadable(name, error))
      }
    }
  }

  // MARK: - Git

  private mutating func repository(at root: String) -> GitRepository {
    let known = repositories.first { $0.root.utf8.elementsEqual(root.utf8) }
    if let known { return known }
    let repository = GitRepository(root: root, in: files)
    repositories.append(repository)
    return repository
  }

  /// What Git says of a folder that a walk begins in.
  private struct RootContext {
    enum Ignoring {
      case nothing
      /// The folder is ignored.
      case itself
      /// Files of any name are ignored in the folder, as by `build/*`, unless a pattern excepts them.
      case content
    }

    var context: GitContext
    var ignoring: Ignoring

    /// The context with nothing ignored by patterns from outside of the folder.
    var unignored: GitContext {
      var context = context
      context.scope = GitIgnoreScope(parent: nil, patterns: [], folder: [])
      return context
    }
  }

  private mutating func gitContext(ofRoot real: String) -> RootContext? {
    guard options.honorsGitIgnore, let root = files.repository(of: real),
      !Paths.isInGitFolder(real, below: root)
    else { return nil }
    let repository = repository(at: root)
    var scope = GitIgnoreScope(
      parent: nil, patterns: repository.outermostPatterns(), folder: [])
    var ignoring = RootContext.Ignoring.nothing
    // From the root of the repository inwards.
    let folders = Paths.folders(from: real).reversed()
      .filter { Paths.isPath($0, inside: root) }
    for (folder, next) in zip(folders, folders.dropFirst()) where ignoring == .nothing {
      scope = self.scope(of: folder, in: repository, below: scope, shown: folder)
      if repository.ignores(repository.relativePath(of: next), isFolder: true, in: scope) {
        ignoring = .itself
      }
    }
    if folders.count > 1, ignoring == .nothing {
      let isContentIgnored = Syntax.endings.allSatisfy { ending in
        let path = Paths.joined(real, "\u{1}\(ending)")
        return repository.ignores(repository.relativePath(of: path), isFolder: false, in: scope)
      }
      if isContentIgnored { ignoring = .content }
    }
    return RootContext(
      context: GitContext(repository: repository, scope: scope), ignoring: ignoring)
  }

  /// What Git says of the files in a folder, by its own patterns as well.
  private mutating func gitContext(of folder: Folder, _ listing: FolderListing) -> GitContext? {
    guard options.honorsGitIgnore else { return nil }
    var context = folder.git
    if listing.contains(".git"),
      !(context?.repository.root.utf8.elementsEqual(folder.real.utf8) ?? false),
      files.isRepository(folder.real)
    {
      // A repository within another one is on its own.
      let inner = repository(at: folder.real)
      context = GitContext(
        repository: inner,
        scope: GitIgnoreScope(parent: nil, patterns: inner.outermostPatterns(), folder: []))
    }
    guard var context, listing.contains(".gitignore"), !context.isIgnored else { return context }
    context.scope = scope(
      of: folder.real, in: context.repository, below: context.scope, shown: folder.shown)
    return context
  }

  private func scope(
    of folder: String, in repository: GitRepository, below parent: GitIgnoreScope, shown: String
  ) -> GitIgnoreScope {
    let patterns = repository.patterns(inFolder: folder, shown: self.shown(shown))
    if patterns.isEmpty { return parent }
    return GitIgnoreScope(
      parent: parent, patterns: patterns, folder: repository.relativePath(of: folder))
  }

  /// Whether a folder is to be walked; of an ignored one, only tracked files count.
  private mutating func keepsFolder(
    _ real: String, _ shown: String, _ context: inout GitContext?
  ) -> Bool {
    guard var git = context else { return true }
    let path = git.repository.relativePath(of: real)
    guard git.isIgnored || git.repository.ignores(path, isFolder: true, in: git.scope) else {
      return true
    }
    guard git.repository.tracksAnything(in: path) else {
      noteIgnored(shown + "/")
      return false
    }
    git.isIgnored = true
    context = git
    return true
  }

  /// Whether a file or link counts, as far as Git is asked.
  private mutating func keepsFile(
    _ real: String, _ shown: String, _ context: GitContext?, isRelevant: Bool = true
  ) -> Bool {
    guard let git = context else { return true }
    let path = git.repository.relativePath(of: real)
    guard git.isIgnored || git.repository.ignores(path, isFolder: false, in: git.scope) else {
      return true
    }
    if git.repository.tracks(path) { return true }
    if isRelevant { noteIgnored(shown) }
    return false
  }

  private mutating func noteIgnored(_ path: String) {
    if firstIgnoredPath == nil { firstIgnoredPath = shown(path) }
  }
}
