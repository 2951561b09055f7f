import SourceText
package import SystemPackage

/// Where files are read and written: the system's file system, or one in memory.
///
/// Whatever checks, configures or reports gets a file system as a value. `RealFileSystem` and
/// `InMemoryFileSystem` behave alike: the same paths, links and errors.
package protocol FileSystem: Sendable {
  /// The folder that relative paths begin in: an absolute path without links.
  var workingFolder: String { get }

  /// The user that files are read and written as.
  var user: FileUser { get }

  /// What is at a path; a link at the end of the path is followed, or described itself.
  ///
  /// - Throws: the system's error; `noSuchFileOrDirectory` for nothing.
  func status(of path: String, followingLinks: Bool) throws(Errno) -> FileStatus

  /// The bytes of the absolute path without links.
  ///
  /// - Throws: the system's error; `noSuchFileOrDirectory` where the path leads nowhere.
  func canonicalPath(of path: String) throws(Errno) -> [UInt8]

  /// The path that a link holds.
  ///
  /// - Throws: the system's error; `invalidArgument` where there is no link.
  func target(ofLink path: String) throws(Errno) -> String

  /// The entries of a folder.
  ///
  /// - Throws: the system's error.
  func listing(ofFolder path: String) throws(Errno) -> FolderListing

  /// Opens a file for reading.
  ///
  /// - Throws: the system's error.
  func open(_ path: String, _ options: FileOpening) throws(Errno) -> OpenFile

  /// Standard input.
  func standardInput() -> OpenFile

  /// A place for bytes that cannot be read a second time where they come from.
  ///
  /// - Throws: the system's error.
  func spoolFile() throws(Errno) -> SpoolFile

  /// Begins to write a file whole or not at all; with `makingFolders`, missing folders are created.
  ///
  /// - Throws: `Errno`.
  func beginFile(at path: String, makingFolders: Bool) throws -> any PendingFile

  /// Waits for the lock on the folder of a file; `onWait` is called if another run has it.
  ///
  /// Runs take it while they read, change and write one of its files. A file system without locks gives
  /// one that locks nothing.
  func lockFolder(ofFileAt path: String, onWait: () -> Void) -> FolderLock

  /// Whether this process has opened a file as input of a run: a pack, model, configuration,
  /// suppression or baseline file, or a request.
  func hasRead(_ identity: FileIdentity) -> Bool

  /// Says that the content of a file changed nothing in the run, such as that of a report of an earlier one.
  func disregard(_ path: String)
}

extension FileSystem {
  /// Only who notes what a run depends on needs to know.
  package func disregard(_ path: String) {}
}

/// How a file is opened.
package struct FileOpening: OptionSet, Sendable {
  /// The bits of the options.
  package let rawValue: UInt8

  /// Creates options from bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A link is refused, and a pipe does not keep the run waiting.
  package static let refusingLinks = FileOpening(rawValue: 1)
  /// `hasRead` does not count it.
  package static let unrecorded = FileOpening(rawValue: 2)
}

/// The user that files are read and written as.
package struct FileUser: Sendable {
  /// The number of the user.
  package let id: UInt32
  /// The numbers of all groups that the user is in.
  package let groups: Set<UInt32>
  /// The home folder that the environment names; nil for none.
  package let homeFolder: String?

  /// Creates a user.
  package init(id: UInt32, groups: Set<UInt32>, homeFolder: String?) {
    self.id = id
    self.groups = groups
    self.homeFolder = homeFolder
  }
}

/// A file that is being written, and gets its name once it is whole.
package protocol PendingFile {
  /// Writes more bytes.
  ///
  /// - Throws: `Errno`.
  func write(_ bytes: [UInt8]) throws

  /// Takes everyone the right to write the file once it is whole.
  ///
  /// - Throws: `Errno`.
  func makeReadOnly() throws

  /// Gives the file its name; without success, the path is left as it was.
  ///
  /// - Throws: `Errno`.
  func commit() throws

  /// Leaves the path as it was.
  func discard()
}

extension FileSystem {
  /// What a path leads to.
  package func kind(of path: String) -> FileKind {
    (try? status(of: path, followingLinks: true))?.followedKind ?? .missing
  }

  /// What a path leads to.
  ///
  /// - Throws: the system's error where that cannot be found out; `noSuchFileOrDirectory` for nothing.
  package func examine(_ path: String) throws(Errno) -> FileKind {
    try status(of: path, followingLinks: true).followedKind
  }

  /// Whether a symbolic link is at a path.
  package func isLink(_ path: String) -> Bool {
    (try? status(of: path, followingLinks: false))?.kind == .link
  }

  /// The identity of what a path leads to; nil for a device, which holds no bytes, and for a path
  /// that leads nowhere.
  package func identity(of path: String) -> FileIdentity? {
    if let status = try? status(of: path, followingLinks: true) { return status.identity }
    return (try? destination(of: path)).map { .path(ExactText($0)) }
  }

  /// The stamp of the file that a path leads to; nil where there is none.
  package func stamp(of path: String) -> FileStamp? {
    (try? status(of: path, followingLinks: true))?.stamp
  }

  /// The path without symbolic links, or nil where it leads nowhere.
  package func realPath(_ path: String) -> String? {
    (try? canonicalPath(of: path)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The path without symbolic links.
  ///
  /// - Throws: the system's error, or `illegalByteSequence` for a path that is not UTF-8.
  package func resolve(_ path: String) throws(Errno) -> String {
    guard let text = String(validating: try canonicalPath(of: path), as: UTF8.self) else {
      throw Errno.illegalByteSequence
    }
    return text
  }

  /// Opens a file for reading.
  ///
  /// - Throws: the system's error.
  package func open(_ path: String) throws(Errno) -> OpenFile { try open(path, []) }

  /// The first `count` bytes of a regular file, which does not count as read; empty for any other.
  ///
  /// - Throws: the system's error for a file that cannot be opened or read.
  package func beginning(of path: String, count: Int) throws(Errno) -> [UInt8] {
    guard kind(of: path) == .file else { return [] }
    let file = try open(path, .unrecorded)
    var bytes = [UInt8](repeating: 0, count: count)
    bytes.removeLast(count - (try file.read(into: &bytes)))
    return bytes
  }

  /// Writes a file at once; with `asReadOnly`, nobody may write it later.
  ///
  /// - Throws: `Errno`.
  package func write(
    _ bytes: [UInt8], to path: String, makingFolders: Bool = false, asReadOnly: Bool = false
  ) throws {
    let file = try beginFile(at: path, makingFolders: makingFolders)
    do {
      try file.write(bytes)
      if asReadOnly { try file.makeReadOnly() }
    } catch {
      file.discard()
      throw error
    }
    try file.commit()
  }
}
