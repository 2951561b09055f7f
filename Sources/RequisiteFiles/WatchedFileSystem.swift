import Synchronization
package import SystemPackage

/// The file system of the machine, which notes what a run asks of it, and tells when any of that changes.
///
/// A run that reads through it depends on nothing else: files that it reads, folders that it lists, and names
/// that it looks up in vain, such as that of a configuration in each parent folder. A folder is watched before
/// anything in it is read, so that no change is missed. What the run writes does not count.
package final class WatchedFileSystem: FileSystem {
  /// What a run asked of a folder.
  private struct Interest {
    /// A path of the folder.
    var path: String
    /// The names that were looked up.
    var names: Set<String> = []
    /// The names that were written.
    var written: Set<String> = []
    /// Whether its names were listed.
    var isListed = false
  }

  private struct State {
    /// What the run asked, by the number of the folder.
    var interests: [Int32: Interest] = [:]
    /// The numbers of folders by their paths; nil for what is no folder that can be watched.
    var numbers: [String: Int32?] = [:]
    /// The paths that were noted.
    var noted: Set<String> = []
    /// Why folders cannot be watched, by their paths.
    var failures: [String: Errno] = [:]
  }

  private let base = RealFileSystem()
  private let watcher: FolderWatcher
  private let state = Mutex(State())
  /// Whether a new name in a folder that was listed matters, given whether it is that of a folder.
  private let matters: @Sendable (String, Bool) -> Bool

  /// The folder that relative paths begin in: an absolute path without links.
  package let workingFolder: String

  /// Creates a view of the file system.
  ///
  /// - Parameter matters: Whether a new name in a folder that a run listed may change what the run finds, given
  ///   whether it is that of a folder.
  /// - Throws: the system's error; `noFunction` on a system without inotify.
  package init(matters: @escaping @Sendable (String, Bool) -> Bool) throws(Errno) {
    watcher = try FolderWatcher()
    workingFolder = base.workingFolder
    self.matters = matters
  }

  // MARK: - Runs

  /// Begins a run, and forgets what the last one asked.
  package func beginRun() {
    RealFileSystem.forgetOpenedFiles()
    state.withLock { $0 = State() }
  }

  /// Ends a run that began when `folders` was taken: what only the run before asked is not watched any more.
  ///
  /// The result is the folders that cannot be watched, with the system's errors.
  package func endRun(after folders: Set<Int32>) -> [(path: String, error: Errno)] {
    let state = state.withLock { $0 }
    for folder in folders where state.interests[folder] == nil { watcher.unwatch(folder) }
    return state.failures.filter { folder, error in
      // Folders above one that is watched, such as that of all homes, often cannot be listed. They are only
      // asked for a configuration or a repository of all that lies below.
      error != .permissionDenied
        || !state.interests.values.contains { Paths.isPath($0.path, inside: folder) }
    }.map { (path: $0.key, error: $0.value) }.sorted { $0.path < $1.path }
  }

  /// The numbers of the folders that are watched.
  package var watchedFolders: Set<Int32> { state.withLock { Set($0.interests.keys) } }

  /// How long changes are gathered, in milliseconds.
  ///
  /// Editors and Git change a file in several steps, and many files at once.
  package struct Pace: Sendable {
    /// How long nothing more must change.
    package var quiet: Int32 = 20
    /// How long it takes at most.
    package var limit: Int32 = 100

    /// Creates the usual pace.
    package init() {}
  }

  /// What changed: the paths, or nil where anything may have changed.
  package struct Changes: Equatable {
    /// The absolute paths, sorted; nil where anything may have changed.
    package var paths: [String]?
  }

  /// Waits until something changes that the last run asked; nil once nobody reads what is written to `output`.
  ///
  /// - Throws: the system's error.
  package func waitForChanges(
    _ pace: Pace = Pace(), unlessClosed output: FileDescriptor
  ) throws(Errno) -> Changes? {
    var paths: Set<String> = []
    var isUnknown = false
    while paths.isEmpty, !isUnknown {
      if try watcher.wait(milliseconds: -1, unlessClosed: output) == .closed { return nil }
      take(&paths, &isUnknown)
    }
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(Int(pace.limit))
    while clock.now < end {
      guard try watcher.wait(milliseconds: pace.quiet, unlessClosed: output) == .change else {
        break
      }
      take(&paths, &isUnknown)
    }
    return Changes(paths: isUnknown ? nil : paths.sorted())
  }

  /// Takes the changes that there are, and adds those that matter.
  private func take(_ paths: inout Set<String>, _ isUnknown: inout Bool) {
    while let change = watcher.takeChange() {
      if change.isUnknown { isUnknown = true }
      if let path = path(of: change) { paths.insert(path) }
    }
  }

  /// The path of what changed; nil if that does not matter.
  private func path(of change: FolderWatcher.Change) -> String? {
    let interest = state.withLock { $0.interests[change.folder] }
    guard let interest else { return nil }
    if change.name.isEmpty { return interest.path }
    if interest.written.contains(change.name) { return nil }
    let isListed =
      interest.isListed && change.isOfListing && matters(change.name, change.isFolder)
    guard isListed || interest.names.contains(change.name) else { return nil }
    return Paths.joined(interest.path, change.name)
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
    guard let folder = Paths.parent(of: path) else { return }
    guard state.withLock({ $0.noted.insert(path).inserted }) else { return }
    if let number = watch(folder) {
      let name = Paths.name(of: path, in: folder)
      state.withLock { _ = $0.interests[number]?.names.insert(name) }
    }
    // What a link leads to is elsewhere.
    if links > 0, let target = try? base.target(ofLink: path) {
      let target = target.hasPrefix("/") ? target : Paths.joined(folder, target)
      note(target, links: links - 1)
    }
  }

  /// Watches a folder, and the way to it; the result is its number, or nil if it cannot be watched.
  private func watch(_ folder: String) -> Int32? {
    if let known = state.withLock({ $0.numbers[folder] }) { return known }
    var number: Int32?
    var failure: Errno?
    do throws(Errno) {
      number = try watcher.watch(folder)
    } catch {
      failure = error
    }
    state.withLock { state in
      state.numbers[folder] = .some(number)
      if let number, state.interests[number] == nil {
        state.interests[number] = Interest(path: folder)
      }
      // A folder that is missing is waited for.
      let missing: [Errno] = [
        .noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels, .fileNameTooLong,
      ]
      if let failure, !missing.contains(failure) { state.failures[folder] = failure }
    }
    note(folder)
    return number
  }

  /// Notes that a run writes what has a name, and makes the folders that it is in.
  private func noteWritten(_ path: String) {
    var path = absolute(path)
    while let folder = Paths.parent(of: path) {
      let name = Paths.name(of: path, in: folder)
      if let number = watch(folder) {
        state.withLock { _ = $0.interests[number]?.written.insert(name) }
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
    if let number = watch(absolute(path)) {
      state.withLock { $0.interests[number]?.isListed = true }
    }
    return try base.listing(ofFolder: path)
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
    noteWritten(path)
    return try base.beginFile(at: path, makingFolders: makingFolders)
  }

  /// Waits for the lock on the folder of a file; `onWait` is called if another run has it.
  package func lockFolder(ofFileAt path: String, onWait: () -> Void) -> FolderLock {
    base.lockFolder(ofFileAt: path, onWait: onWait)
  }
}
