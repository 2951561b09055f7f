import Synchronization
package import SystemPackage

/// A file system in memory, for packs that a program holds as bytes, and for tests.
///
/// It has files, folders, symbolic links and streams, and follows paths as the system does. All of it
/// belongs to one user with the number 0, unless `setMode` says who else may write. Values share their
/// files with their copies.
package final class InMemoryFileSystem: FileSystem {
  fileprivate struct Node {
    enum Content {
      case folder
      case file([UInt8])
      case link(String)
      case stream([UInt8])
    }

    var content: Content
    var number: UInt64
    var version: Int64 = 0
    var mode: UInt32 = 0o755
  }

  fileprivate struct State: Sendable {
    /// What is at each absolute path without links, by its bytes; folders are listed themselves.
    var nodes: [[UInt8]: Node] = [Array("/".utf8): Node(content: .folder, number: 1)]
    var lastNumber: UInt64 = 1
    var lastVersion: Int64 = 0
    var opened: Set<FileIdentity> = []
  }

  /// How many links a path may lead over: as many as on Linux.
  fileprivate static let followedLinks = 40
  /// How long a name may be, in bytes: as long as on Linux.
  fileprivate static let nameLength = 255

  private let state = Mutex(State())
  /// The folder that relative paths begin in: an absolute path without links.
  package let workingFolder: String
  /// The user that everything belongs to.
  package let user: FileUser
  private let hasTemporaryFiles: Bool

  /// Creates a file system with files by their paths, relative to the working folder or absolute.
  ///
  /// The working folder is an absolute path without links or steps upward. Without temporary files,
  /// `spoolFile()` fails.
  package init(
    _ files: [String: [UInt8]] = [:], workingFolder: String = "/work", homeFolder: String? = nil,
    hasTemporaryFiles: Bool = true
  ) {
    self.workingFolder = workingFolder
    self.hasTemporaryFiles = hasTemporaryFiles
    user = FileUser(id: 0, groups: [0], homeFolder: homeFolder)
    state.withLock { _ = $0.makeFolder(workingFolder) }
    // A file and a folder of the same name cannot both be there: the file that is named first counts.
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) { add(bytes, at: path) }
  }

  // MARK: - Building

  /// Puts a file at a path, in place of any that is there; missing folders are created.
  ///
  /// The result is false where a file is in the place of a folder.
  @discardableResult
  package func add(_ bytes: [UInt8], at path: String) -> Bool { put(.file(bytes), at: path) }

  /// Puts a pipe at a path, with what somebody writes to it.
  @discardableResult
  package func addStream(_ bytes: [UInt8], at path: String) -> Bool {
    put(.stream(bytes), at: path)
  }

  /// Puts a symbolic link at a path.
  @discardableResult
  package func addLink(at path: String, to target: String) -> Bool { put(.link(target), at: path) }

  /// Makes a folder, and those around it.
  @discardableResult
  package func addFolder(at path: String) -> Bool {
    let path = absolute(path)
    return state.withLock { $0.makeFolder(path) != nil }
  }

  /// Sets the permissions of what is at a path; links are followed.
  package func setMode(_ mode: UInt32, of path: String) {
    let path = absolute(path)
    state.withLock { state in
      guard let real = try? state.resolve(path) else { return }
      state.nodes[Array(real.utf8)]?.mode = mode
    }
  }

  private func put(_ content: Node.Content, at path: String) -> Bool {
    let path = absolute(path)
    return state.withLock { $0.put(content, at: path) }
  }

  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : Paths.joined(workingFolder, path)
  }

  // MARK: - Reading

  /// What is at a path; a link at its end is followed, or described itself.
  ///
  /// - Throws: the system's error; `noSuchFileOrDirectory` for nothing.
  package func status(of path: String, followingLinks: Bool) throws(Errno) -> FileStatus {
    guard !path.isEmpty else { throw .noSuchFileOrDirectory }
    let whole = absolute(path)
    return try state.withLock { state throws(Errno) in
      try state.status(of: try state.resolve(whole, followsLast: followingLinks))
    }
  }

  /// The bytes of the absolute path without links.
  ///
  /// - Throws: the system's error; `noSuchFileOrDirectory` where the path leads nowhere.
  package func canonicalPath(of path: String) throws(Errno) -> [UInt8] {
    guard !path.isEmpty else { throw .noSuchFileOrDirectory }
    let whole = absolute(path)
    return try state.withLock { state throws(Errno) in Array(try state.resolve(whole).utf8) }
  }

  /// The path that a link holds.
  ///
  /// - Throws: the system's error; `invalidArgument` where there is no link.
  package func target(ofLink path: String) throws(Errno) -> String {
    guard !path.isEmpty else { throw .noSuchFileOrDirectory }
    let whole = absolute(path)
    return try state.withLock { state throws(Errno) in
      let real = try state.resolve(whole, followsLast: false)
      guard case .link(let target)? = state.nodes[Array(real.utf8)]?.content else {
        throw .invalidArgument
      }
      return target
    }
  }

  /// The entries of a folder.
  ///
  /// - Throws: the system's error.
  package func listing(ofFolder path: String) throws(Errno) -> FolderListing {
    guard !path.isEmpty else { throw .noSuchFileOrDirectory }
    let whole = absolute(path)
    return try state.withLock { state throws(Errno) in
      let folder = try state.resolve(whole)
      guard case .folder? = state.nodes[Array(folder.utf8)]?.content else { throw .notDirectory }
      return FolderListing(
        state.nodes.compactMap { path, node in
          let path = String(decoding: path, as: UTF8.self)
          guard let parent = Paths.parent(of: path), parent.utf8.elementsEqual(folder.utf8) else {
            return nil
          }
          return (Paths.name(of: path, in: folder), FolderListing.Kind(node.kind))
        })
    }
  }

  /// Opens a file for reading.
  ///
  /// - Throws: the system's error.
  package func open(_ path: String, _ options: FileOpening) throws(Errno) -> OpenFile {
    guard !path.isEmpty else { throw .noSuchFileOrDirectory }
    let whole = absolute(path)
    let content = try state.withLock { state throws(Errno) in
      let real = try state.resolve(whole, followsLast: !options.contains(.refusingLinks))
      guard let node = state.nodes[Array(real.utf8)] else { throw .noSuchFileOrDirectory }
      if case .link = node.content { throw .tooManySymbolicLinkLevels }
      if !options.contains(.unrecorded), let identity = try state.status(of: real).identity {
        state.opened.insert(identity)
      }
      return node.content
    }
    return switch content {
    case .file(let bytes): OpenFile(bytes)
    case .stream(let bytes): OpenFile(bytes, isRegular: false)
    case .folder, .link: .folder
    }
  }

  /// Standard input, which is empty.
  package func standardInput() -> OpenFile { OpenFile([], isRegular: false) }

  /// A place for bytes, in memory as well.
  ///
  /// - Throws: `Errno` where there are no temporary files.
  package func spoolFile() throws(Errno) -> SpoolFile {
    guard hasTemporaryFiles else { throw .readOnlyFileSystem }
    return .inMemory()
  }

  /// Whether a file was opened as input of a run.
  package func hasRead(_ identity: FileIdentity) -> Bool {
    state.withLock { $0.opened.contains(identity) }
  }

  // MARK: - Writing

  /// A lock of nothing: one process alone has the files.
  package func lockFolder(ofFileAt path: String, onWait: () -> Void) -> FolderLock { FolderLock() }

  /// Begins to write a file whole or not at all; with `makingFolders`, missing folders are created.
  ///
  /// - Throws: `Errno`.
  package func beginFile(at path: String, makingFolders: Bool) throws -> any PendingFile {
    switch kind(of: path) {
    case .folder: throw Errno.isDirectory
    case .file:
      if try status(of: path, followingLinks: true).mode & 0o222 == 0 {
        throw Errno.permissionDenied
      }
    case .stream, .missing: break
    }
    let destination = try destination(of: path)
    let folder = Paths.parent(of: destination) ?? "/"
    if makingFolders { guard addFolder(at: folder) else { throw Errno.notDirectory } }
    switch kind(of: folder) {
    case .folder: return InMemoryPendingFile(at: destination, in: self)
    case .file, .stream: throw Errno.notDirectory
    case .missing: throw Errno.noSuchFileOrDirectory
    }
  }
}

/// A file of an `InMemoryFileSystem` that is being written.
private final class InMemoryPendingFile: PendingFile {
  private let path: String
  private let files: InMemoryFileSystem
  private var bytes: [UInt8] = []
  private var isReadOnly = false

  init(at path: String, in files: InMemoryFileSystem) {
    self.path = path
    self.files = files
  }

  func write(_ bytes: [UInt8]) { self.bytes += bytes }

  func makeReadOnly() { isReadOnly = true }

  func commit() {
    files.add(bytes, at: path)
    if isReadOnly { files.setMode(0o444, of: path) }
  }

  func discard() {}
}

extension InMemoryFileSystem.Node {
  fileprivate var kind: FileStatus.Kind {
    switch content {
    case .folder: .folder
    case .file: .file
    case .link: .link
    case .stream: .pipe
    }
  }

  fileprivate var size: Int64 {
    switch content {
    case .file(let bytes): Int64(bytes.count)
    case .link(let target): Int64(target.utf8.count)
    case .folder, .stream: 0
    }
  }
}

extension InMemoryFileSystem.State {
  /// The absolute path without links that a path leads to, which exists.
  func resolve(_ path: String, followsLast: Bool = true) throws(Errno) -> String {
    var steps = Array(path.split(separator: "/").reversed())
    // A slash at the end asks for a folder, as a step `.` does.
    if path.hasSuffix("/") { steps.insert(".", at: 0) }
    var real = "/"
    var linkCount = 0
    while let step = steps.popLast() {
      guard case .folder? = nodes[Array(real.utf8)]?.content else { throw .notDirectory }
      if step == "." { continue }
      if step == ".." {
        real = Paths.parent(of: real) ?? "/"
        continue
      }
      guard step.utf8.count <= InMemoryFileSystem.nameLength else { throw .fileNameTooLong }
      let next = Paths.joined(real, String(step))
      guard let node = nodes[Array(next.utf8)] else { throw .noSuchFileOrDirectory }
      guard case .link(let target) = node.content, followsLast || !steps.isEmpty
      else {
        real = next
        continue
      }
      linkCount += 1
      if linkCount > InMemoryFileSystem.followedLinks { throw .tooManySymbolicLinkLevels }
      if target.hasPrefix("/") { real = "/" }
      if target.hasSuffix("/") { steps.append(".") }
      steps += target.split(separator: "/").reversed()
    }
    return real
  }

  func status(of real: String) throws(Errno) -> FileStatus {
    guard let node = nodes[Array(real.utf8)] else { throw .noSuchFileOrDirectory }
    return FileStatus(
      kind: node.kind, device: 1, number: node.number, size: node.size, seconds: node.version,
      nanoseconds: 0, owner: 0, group: 0, mode: node.mode)
  }

  /// Makes a folder and those around it; the result is its path without links, nil where something else
  /// is in the way.
  mutating func makeFolder(_ path: String) -> String? {
    var real = "/"
    for step in path.split(separator: "/") where step != "." {
      if step == ".." {
        real = Paths.parent(of: real) ?? "/"
        continue
      }
      let next = Paths.joined(real, String(step))
      if nodes[Array(next.utf8)] == nil { set(.folder, at: next) }
      guard let folder = try? resolve(next), case .folder? = nodes[Array(folder.utf8)]?.content
      else { return nil }
      real = folder
    }
    return real
  }

  /// Puts something at a path, in place of a file that is there; missing folders are created.
  mutating func put(_ content: InMemoryFileSystem.Node.Content, at path: String) -> Bool {
    guard let folder = Paths.parent(of: path), let real = makeFolder(folder) else { return false }
    let name = Paths.name(of: path, in: folder)
    guard !["", ".", ".."].contains(name) else { return false }
    let key = Paths.joined(real, name)
    if case .folder? = nodes[Array(key.utf8)]?.content { return false }
    set(content, at: key)
    return true
  }

  private mutating func set(_ content: InMemoryFileSystem.Node.Content, at real: String) {
    let key = Array(real.utf8)
    lastVersion += 1
    // As an atomic file does, this makes a new file.
    lastNumber += 1
    nodes[key] = InMemoryFileSystem.Node(
      content: content, number: lastNumber, version: lastVersion, mode: nodes[key]?.mode ?? 0o755)
  }
}
