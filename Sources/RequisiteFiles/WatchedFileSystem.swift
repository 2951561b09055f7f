import Synchronization
package import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The file system of the machine, which notes what a run asks of it, and tells when any of that changes.
///
/// A run that reads through it depends on nothing else: files that it reads, folders that it lists, and names
/// that it looks up in vain, such as that of a configuration in each parent folder. A folder is watched before
/// anything in it is read, so that no change is missed. What the run writes does not count.
package final class WatchedFileSystem: FileSystem {
  /// The bytes of a path or a name: as texts, two that differ may be equal.
  private typealias Name = [UInt8]

  /// What a run asked of a folder.
  private struct WatchedFolder {
    /// A path of the folder.
    var path: String
    /// The names that were looked up.
    var names: Set<Name> = []
    /// The names whose files do not matter: they were written, or found to be none of the run.
    var disregarded: Set<Name> = []
    /// Whether its names were listed.
    var isListed = false
  }

  private struct State {
    /// What the run asked, by the number of the folder.
    var folders: [Int32: WatchedFolder] = [:]
    /// The numbers of folders by their paths, or why they cannot be watched.
    var numbers: [Name: Result<Int32, Errno>] = [:]
    /// The paths that were noted.
    var noted: Set<Name> = []
    /// Why folders in which something was looked up cannot be watched, by the bytes of their paths.
    var failures: [Name: Errno] = [:]
  }

  private let base = RealFileSystem()
  private let watcher: FolderWatcher
  private let state = Mutex(State())
  /// Whether a new name in a folder that was listed matters, given whether it is that of a folder.
  private let matters: @Sendable (String, Bool) -> Bool
  /// The files that standard output and standard error go to: what the process says is no reason for a run.
  private let outputs: [FileIdentity]

  /// The folder that relative paths begin in: an absolute path without links.
  package let workingFolder: String

  /// Whether the path of the working folder leads there.
  private let isFollowed: Bool

  /// Creates a view of the file system.
  ///
  /// - Parameter matters: Whether a new name in a folder that a run listed may change what the run finds, given
  ///   whether it is that of a folder. Links always do.
  /// - Throws: the system's error; `noFunction` on a system without inotify.
  package init(matters: @escaping @Sendable (String, Bool) -> Bool) throws(Errno) {
    watcher = try FolderWatcher()
    workingFolder = base.workingFolder
    isFollowed = base.identity(of: workingFolder) == base.identity(of: ".")
    self.matters = matters
    let streams: [FileDescriptor] = [.standardOutput, .standardError]
    outputs = streams.compactMap { stream in
      FileStatus(of: stream).flatMap { $0.kind == .file ? $0.identity : nil }
    }
  }

  // MARK: - Runs

  /// Begins a run in the working folder, and forgets what the last one asked.
  ///
  /// The folder may have been replaced since: the run is in what has its path now. A folder whose path leads
  /// nowhere for this process, as one that is no text or below one that may not be searched, is not followed.
  ///
  /// - Throws: the system's error for a path that leads to no folder any more.
  package func beginRun() throws(Errno) {
    RealFileSystem.forgetOpenedFiles()
    state.withLock { $0 = State() }
    guard isFollowed else { return }
    note(workingFolder)
    _ = watch(workingFolder)
    do throws(Errno) {
      let status = try base.status(of: workingFolder, followingLinks: true)
      guard status.identity != base.identity(of: ".") else { return }
    } catch {
      guard Self.isMissing(error) else { return }
      throw error
    }
    guard unsafe chdir(workingFolder) == 0 else { throw Errno(rawValue: errno) }
  }

  /// Ends a run that began when `folders` was taken: what only the run before asked is not watched any more.
  ///
  /// The result is the folders that cannot be watched although something in them was looked up, with the
  /// system's errors.
  package func endRun(after folders: Set<Int32>) -> [(path: String, error: Errno)] {
    let state = state.withLock { $0 }
    for folder in folders where state.folders[folder] == nil { watcher.unwatch(folder) }
    let failures = state.failures.map { (path: String(decoding: $0, as: UTF8.self), error: $1) }
    return failures.filter { folder, error in
      // Folders above one that is watched, such as that of all homes, often cannot be listed. They are only
      // asked for a configuration or a repository of all that lies below.
      error != .permissionDenied
        || !state.folders.values.contains { Paths.isPath($0.path, inside: folder) }
    }.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The numbers of the folders that are watched.
  package var watchedFolders: Set<Int32> { state.withLock { Set($0.folders.keys) } }

  /// How long changes are gathered, in milliseconds.
  ///
  /// Editors and Git change a file in several steps, and many files at once.
  package struct Debounce: Sendable {
    /// How long nothing more must change.
    package var quiet: Int32 = 20
    /// How long it takes at most.
    package var limit: Int32 = 100

    /// Creates the usual times.
    package init() {}
  }

  /// What changed.
  package struct Changes: Equatable {
    /// The absolute paths, sorted; nil where anything may have changed.
    package var paths: [String]?
  }

  /// Waits until something changes that the last run asked; nil once nobody reads what is written to `output`.
  ///
  /// - Throws: the system's error.
  package func waitForChanges(
    _ debounce: Debounce = Debounce(), unlessClosed output: FileDescriptor
  ) throws(Errno) -> Changes? {
    var paths: Set<Name> = []
    var isUnknown = false
    while paths.isEmpty, !isUnknown {
      if try watcher.wait(milliseconds: -1, unlessClosed: output) == .closed { return nil }
      take(&paths, &isUnknown)
    }
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(Int(debounce.limit))
    while clock.now < end {
      guard try watcher.wait(milliseconds: debounce.quiet, unlessClosed: output) == .change else {
        break
      }
      take(&paths, &isUnknown)
    }
    if isUnknown { return Changes() }
    let sorted = paths.sorted { $0.lexicographicallyPrecedes($1) }
    return Changes(paths: sorted.map { String(decoding: $0, as: UTF8.self) })
  }

  /// Takes the changes that there are, and adds those that matter.
  private func take(_ paths: inout Set<Name>, _ isUnknown: inout Bool) {
    while let change = watcher.takeChange() {
      if change.isUnknown { isUnknown = true }
      if let path = path(of: change) { paths.insert(Name(path.utf8)) }
    }
  }

  /// The path of what changed; nil if that does not matter.
  private func path(of change: FolderWatcher.Change) -> String? {
    let folder = state.withLock { $0.folders[change.folder] }
    guard let folder else { return nil }
    if change.name.isEmpty { return folder.path }
    let name = Name(change.name.utf8)
    guard !folder.disregarded.contains(name) else { return nil }
    let path = Paths.joined(folder.path, change.name)
    guard
      folder.names.contains(name) || folder.isListed && change.isOfListing && isNew(path, change)
    else { return nil }
    if !outputs.isEmpty, let identity = base.identity(of: path), outputs.contains(identity) {
      return nil
    }
    return path
  }

  /// Whether a name that was added to a folder, or taken from it, matters to a list.
  private func isNew(_ path: String, _ change: FolderWatcher.Change) -> Bool {
    matters(change.name, change.isFolder) || base.isLink(path)
  }

  // MARK: - What a run asks

  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : Paths.joined(workingFolder, path)
  }

  /// Notes that a run asks what has a name.
  ///
  /// What it leads to by so many links one after another counts as well; Linux follows as many.
  private func note(_ path: String, links: Int = 40) {
    let path = absolute(path)
    let key = Name(path.utf8)
    guard !state.withLock({ $0.noted.contains(key) }), let folder = Paths.parent(of: path) else {
      return
    }
    switch watch(folder) {
    case .success(let number):
      let name = Name(Paths.name(of: path, in: folder).utf8)
      state.withLock { _ = $0.folders[number]?.names.insert(name) }
    case .failure(let error) where !Self.isMissing(error):
      state.withLock { $0.failures[Name(folder.utf8)] = error }
    case .failure: break
    }
    // Only now: another thread that finds it noted reads at once.
    state.withLock { _ = $0.noted.insert(key) }
    // What a link leads to is elsewhere.
    if links > 0, let target = try? base.target(ofLink: path) {
      let target = target.hasPrefix("/") ? target : Paths.joined(folder, target)
      note(target, links: links - 1)
    }
  }

  /// Watches a folder, and the way to it; the result is its number.
  private func watch(_ folder: String) -> Result<Int32, Errno> {
    let key = Name(folder.utf8)
    if let known = state.withLock({ $0.numbers[key] }) { return known }
    var result = tryToWatch(folder)
    note(folder)
    // A folder that came into being meanwhile is no change of what is watched by now.
    if case .failure(let error) = result, Self.isMissing(error) { result = tryToWatch(folder) }
    state.withLock { state in
      state.numbers[key] = result
      if case .success(let number) = result, state.folders[number] == nil {
        state.folders[number] = WatchedFolder(path: folder)
      }
    }
    return result
  }

  private func tryToWatch(_ folder: String) -> Result<Int32, Errno> {
    do throws(Errno) {
      return .success(try watcher.watch(folder))
    } catch {
      return .failure(error)
    }
  }

  /// Whether there is no folder, which is waited for.
  private static func isMissing(_ error: Errno) -> Bool {
    let errors: [Errno] = [
      .noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels, .fileNameTooLong,
    ]
    return errors.contains(error)
  }

  /// Says that the content of a file changed nothing in the run.
  ///
  /// That holds for files that the run writes as well, and for the folders that it makes for them.
  package func disregard(_ path: String) {
    var path = absolute(path)
    while let folder = Paths.parent(of: path) {
      let name = Name(Paths.name(of: path, in: folder).utf8)
      if case .success(let number) = watch(folder) {
        state.withLock { _ = $0.folders[number]?.disregarded.insert(name) }
        return
      }
      path = folder
    }
  }

  // MARK: - Reading

  /// The user that files are read and written as.
  package var user: FileUser { base.user }

  /// What is at a path; a link at its end is followed, or described itself.
  ///
  /// - Throws: the system's error; `noSuchFileOrDirectory` for nothing.
  package func status(of path: String, followingLinks: Bool) throws(Errno) -> FileStatus {
    note(path)
    return try base.status(of: path, followingLinks: followingLinks)
  }

  /// The bytes of the absolute path without links.
  ///
  /// - Throws: the system's error; `noSuchFileOrDirectory` where the path leads nowhere.
  package func canonicalPath(of path: String) throws(Errno) -> [UInt8] {
    note(path)
    return try base.canonicalPath(of: path)
  }

  /// The path that a link holds.
  ///
  /// - Throws: the system's error; `invalidArgument` where there is no link.
  package func target(ofLink path: String) throws(Errno) -> String {
    note(path)
    return try base.target(ofLink: path)
  }

  /// The entries of a folder.
  ///
  /// - Throws: the system's error.
  package func listing(ofFolder path: String) throws(Errno) -> FolderListing {
    note(path)
    let number = try? watch(absolute(path)).get()
    let listing = try base.listing(ofFolder: path)
    guard let number else { return listing }
    // A link that is taken away was one, whatever its name is.
    let links = listing.entries.filter { $0.kind == .link }.map { Name($0.name.utf8) }
    state.withLock { state in
      state.folders[number]?.isListed = true
      state.folders[number]?.names.formUnion(links)
    }
    return listing
  }

  /// Opens a file for reading.
  ///
  /// - Throws: the system's error.
  package func open(_ path: String, _ options: FileOpening) throws(Errno) -> OpenFile {
    note(path)
    return try base.open(path, options)
  }

  /// Standard input of the process.
  package func standardInput() -> OpenFile { base.standardInput() }

  /// A temporary file without a name.
  ///
  /// - Throws: the system's error.
  package func spoolFile() throws(Errno) -> SpoolFile { try base.spoolFile() }

  /// Whether a file was opened as input of the run.
  package func hasRead(_ identity: FileIdentity) -> Bool { base.hasRead(identity) }

  // MARK: - Writing

  /// Begins to write a file whole or not at all; with `makingFolders`, missing folders are created.
  ///
  /// - Throws: `Errno`.
  package func beginFile(at path: String, makingFolders: Bool) throws -> any PendingFile {
    disregard(path)
    if let destination = try? base.destination(of: path) { disregard(destination) }
    return try base.beginFile(at: path, makingFolders: makingFolders)
  }

  /// Waits for the lock on the folder of a file; `onWait` is called if another run has it.
  package func lockFolder(ofFileAt path: String, onWait: () -> Void) -> FolderLock {
    base.lockFolder(ofFileAt: path, onWait: onWait)
  }
}
