import Synchronization
package import SystemPackage

/// A file system in which some files have other contents, as the open documents of an editor have.
///
/// Everything else is read where it is. What is written goes to the file system below. A value does not
/// change when the texts of a copy do, so that a check sees one state of all documents.
package struct OverlayFileSystem: FileSystem {
  private struct Entry: Sendable {
    /// The texts of all owners; the last one is in force.
    var texts: [(owner: UInt64, bytes: [UInt8])] = []
    /// Tells the file apart from others where none exists below.
    var number: UInt64
    /// Changes with each text.
    var version: Int64

    var bytes: [UInt8] { texts.last?.bytes ?? [] }
  }

  /// A text that takes the place of a file's content until it is removed.
  ///
  /// It stays with the file that its path led to first, whatever becomes of links on the way.
  package struct Handle: Sendable {
    fileprivate let key: [UInt8]
    fileprivate let owner: UInt64
  }

  private let base: any FileSystem
  /// The texts, by the bytes of their absolute paths without links.
  private var entries: [[UInt8]: Entry] = [:]
  private var lastNumber: UInt64 = 0
  private var lastVersion: Int64 = 0
  /// Where it is noted what is asked.
  private var asked: AskedPaths?
  /// The folder that relative paths begin in: an absolute path without links.
  package let workingFolder: String

  /// Creates a view of a file system without any other contents; the working folder is an absolute path.
  package init(over base: any FileSystem, workingFolder: String? = nil) {
    self.base = base
    self.workingFolder = workingFolder ?? base.workingFolder
  }

  private init(_ other: OverlayFileSystem, workingFolder: String) {
    asked = other.asked
    base = other.base
    entries = other.entries
    lastNumber = other.lastNumber
    lastVersion = other.lastVersion
    self.workingFolder = workingFolder
  }

  /// The same files, with another working folder.
  package func inFolder(_ workingFolder: String) -> OverlayFileSystem {
    OverlayFileSystem(self, workingFolder: workingFolder)
  }

  /// The same files, where it is noted which of them are asked for.
  package func noting(in asked: AskedPaths) -> OverlayFileSystem {
    var other = self
    other.asked = asked
    return other
  }

  /// Whether a file, or one in a folder, was asked for, whether or not it was there.
  package func wasAsked(for path: String) -> Bool {
    guard let asked else { return false }
    let path = absolute(path)
    return asked.contains(Array(path.utf8)) || asked.contains(key(of: path))
  }

  /// Whether what is in a file was asked for, whether or not it was there.
  package func wasOpened(_ path: String) -> Bool { asked?.hasOpened(key(of: path)) ?? false }

  private func note(_ path: String) { asked?.note(absolute(path), in: self) }

  /// The user that files are read and written as.
  package var user: FileUser { base.user }

  // MARK: - Texts

  /// Gives the file at a path, which need not exist, another content.
  ///
  /// Several texts may be for one file: the one that was set last is in force.
  package mutating func add(_ bytes: [UInt8], at path: String) -> Handle {
    lastNumber += 1
    let handle = Handle(key: key(of: path), owner: lastNumber)
    set(bytes, for: handle)
    return handle
  }

  /// Replaces a text, which is in force from then on.
  package mutating func set(_ bytes: [UInt8], for handle: Handle) {
    lastVersion += 1
    var entry =
      entries.removeValue(forKey: handle.key) ?? Entry(number: handle.owner, version: lastVersion)
    entry.version = lastVersion
    entry.texts.removeAll { $0.owner == handle.owner }
    entry.texts.append((handle.owner, bytes))
    entries[handle.key] = entry
  }

  /// The same files, where a text is in force although another one for its file was set later.
  package func preferring(_ handle: Handle) -> OverlayFileSystem {
    guard var entry = entries[handle.key], entry.texts.last?.owner != handle.owner,
      let index = entry.texts.firstIndex(where: { $0.owner == handle.owner })
    else { return self }
    entry.texts.append(entry.texts.remove(at: index))
    var other = self
    other.lastVersion += 1
    entry.version = other.lastVersion
    other.entries[handle.key] = entry
    return other
  }

  /// Removes a text: the file has that of another owner again, or its own content.
  package mutating func remove(_ handle: Handle) {
    guard var entry = entries.removeValue(forKey: handle.key) else { return }
    lastVersion += 1
    entry.version = lastVersion
    entry.texts.removeAll { $0.owner == handle.owner }
    if !entry.texts.isEmpty { entries[handle.key] = entry }
  }

  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : Paths.joined(workingFolder, path)
  }

  /// What a text goes by: the path without links, as far as it exists.
  fileprivate func key(of path: String) -> [UInt8] {
    let path = absolute(path)
    if let real = try? base.canonicalPath(of: path) { return real }
    guard let folder = Paths.parent(of: path) else { return Array(path.utf8) }
    let name = Paths.name(of: path, in: folder)
    return Array(Paths.joined(base.realFolder(folder), name).utf8)
  }

  private func entry(at path: String) -> Entry? {
    entries.isEmpty ? nil : entries[key(of: path)]
  }

  // MARK: - Reading

  /// What is at a path; a link at its end is followed, or described itself.
  ///
  /// - Throws: the system's error; `noSuchFileOrDirectory` for nothing.
  package func status(of path: String, followingLinks: Bool) throws(Errno) -> FileStatus {
    guard !path.isEmpty else { throw .noSuchFileOrDirectory }
    note(path)
    guard let entry = entry(at: path) else {
      return try base.status(of: absolute(path), followingLinks: followingLinks)
    }
    guard var status = try? base.status(of: absolute(path), followingLinks: followingLinks) else {
      return FileStatus(
        kind: .file, device: .max, number: entry.number, size: Int64(entry.bytes.count),
        seconds: entry.version, nanoseconds: 0, owner: user.id, group: user.groups.min() ?? 0,
        mode: 0o644)
    }
    if status.kind == .file {
      status.size = Int64(entry.bytes.count)
      (status.seconds, status.nanoseconds) = (entry.version, 0)
    }
    return status
  }

  /// The bytes of the absolute path without links.
  ///
  /// - Throws: the system's error; `noSuchFileOrDirectory` where the path leads nowhere.
  package func canonicalPath(of path: String) throws(Errno) -> [UInt8] {
    guard !path.isEmpty else { throw .noSuchFileOrDirectory }
    note(path)
    do throws(Errno) {
      return try base.canonicalPath(of: absolute(path))
    } catch {
      let key = key(of: path)
      guard entries[key] != nil else { throw error }
      return key
    }
  }

  /// The path that a link holds.
  ///
  /// - Throws: the system's error; `invalidArgument` where there is no link.
  package func target(ofLink path: String) throws(Errno) -> String {
    guard !path.isEmpty else { throw .noSuchFileOrDirectory }
    note(path)
    return try base.target(ofLink: absolute(path))
  }

  /// The entries of a folder, with the texts that are no files yet.
  ///
  /// - Throws: the system's error.
  package func listing(ofFolder path: String) throws(Errno) -> FolderListing {
    guard !path.isEmpty else { throw .noSuchFileOrDirectory }
    let listing = try base.listing(ofFolder: absolute(path))
    guard !entries.isEmpty, let folder = try? resolve(path) else { return listing }
    var added: [(name: String, kind: FolderListing.Kind)] = []
    for key in entries.keys {
      let path = String(decoding: key, as: UTF8.self)
      guard let parent = Paths.parent(of: path), parent.utf8.elementsEqual(folder.utf8) else {
        continue
      }
      let name = Paths.name(of: path, in: parent)
      if !listing.contains(name) { added.append((name, .file)) }
    }
    if added.isEmpty { return listing }
    return FolderListing(listing.entries + added, misnamed: listing.misnamed)
  }

  /// Opens a file for reading.
  ///
  /// - Throws: the system's error.
  package func open(_ path: String, _ options: FileOpening) throws(Errno) -> OpenFile {
    guard !path.isEmpty else { throw .noSuchFileOrDirectory }
    note(path)
    asked?.noteOpened(key(of: path))
    guard let entry = entry(at: path) else { return try base.open(absolute(path), options) }
    if options.contains(.refusingLinks), base.isLink(absolute(path)) {
      throw .tooManySymbolicLinkLevels
    }
    return OpenFile(entry.bytes)
  }

  /// Standard input, which is empty: it is no file of an editor.
  package func standardInput() -> OpenFile { OpenFile([], isRegular: false) }

  /// A place for bytes that cannot be read a second time where they come from.
  ///
  /// - Throws: the system's error.
  package func spoolFile() throws(Errno) -> SpoolFile { try base.spoolFile() }

  /// Whether a file was opened as input of a run.
  package func hasRead(_ identity: FileIdentity) -> Bool { base.hasRead(identity) }

  // MARK: - Writing

  /// Begins to write a file of the file system below.
  ///
  /// - Throws: `Errno`.
  package func beginFile(at path: String, makingFolders: Bool) throws -> any PendingFile {
    try base.beginFile(at: absolute(path), makingFolders: makingFolders)
  }

  /// Waits for the lock on the folder of a file.
  package func lockFolder(ofFileAt path: String, onWait: () -> Void) -> FolderLock {
    base.lockFolder(ofFileAt: absolute(path), onWait: onWait)
  }
}

/// The absolute paths that were asked for, whether or not anything was there.
package final class AskedPaths: Sendable {
  private struct State {
    /// The bytes of the paths.
    var paths: Set<[UInt8]> = []
    /// Those of the folders that they are below.
    var folders: Set<[UInt8]> = []
    /// Those of the files, without links, that were opened or were to be.
    var opened: Set<[UInt8]> = []
  }

  private let state = Mutex(State())

  /// Creates an empty list.
  package init() {}

  /// Adds an absolute path, as it is and without links.
  package func note(_ path: String, in files: OverlayFileSystem) {
    let bytes = Array(path.utf8)
    guard state.withLock({ $0.paths.insert(bytes).inserted }) else { return }
    let real = files.key(of: path)
    state.withLock { state in
      state.paths.insert(real)
      Self.add(bytes, to: &state.folders)
      Self.add(real, to: &state.folders)
    }
  }

  /// Adds the folders that a path is below.
  private static func add(_ path: [UInt8], to folders: inout Set<[UInt8]>) {
    var folder = path[...]
    while let slash = folder.lastIndex(of: UInt8(ascii: "/")) {
      folder = folder[..<slash]
      // Those above it are known.
      guard folders.insert(Array(folder)).inserted else { return }
    }
  }

  /// Notes that a file is opened.
  fileprivate func noteOpened(_ key: [UInt8]) { state.withLock { _ = $0.opened.insert(key) } }

  /// Whether a path, or one below it, is among them.
  fileprivate func contains(_ path: [UInt8]) -> Bool {
    state.withLock { $0.paths.contains(path) || $0.folders.contains(path) }
  }

  /// Whether the file of a path without links was opened.
  fileprivate func hasOpened(_ key: [UInt8]) -> Bool {
    state.withLock { $0.opened.contains(key) }
  }
}
