import RequisiteFiles
import Synchronization
import SystemPackage

/// A file system in which every file has the content of one file at an earlier commit.
final class EarlierFileSystem: FileSystem {
  /// Where the content is.
  enum Content: Sendable {
    case bytes([UInt8])
    /// A large content.
    case spool(SpoolFile)
    /// A file on disk.
    case file(String)
  }

  private let files: any FileSystem
  private let content = Mutex<Content>(.bytes([]))

  /// A file system in which everything else is as in another one.
  init(_ files: any FileSystem) { self.files = files }

  /// Sets the content of every file.
  func set(_ content: Content) { self.content.withLock { $0 = content } }

  func open(_ path: String, _ options: FileOpening) throws(Errno) -> OpenFile {
    switch content.withLock({ $0 }) {
    case .bytes(let bytes): OpenFile(bytes)
    case .spool(let spool): spool.open()
    case .file(let path): try files.open(path, [.refusingLinks, .unrecorded])
    }
  }

  // MARK: - All else

  var workingFolder: String { files.workingFolder }

  var user: FileUser { files.user }

  func status(of path: String, followingLinks: Bool) throws(Errno) -> FileStatus {
    try files.status(of: path, followingLinks: followingLinks)
  }

  func canonicalPath(of path: String) throws(Errno) -> [UInt8] { try files.canonicalPath(of: path) }

  func target(ofLink path: String) throws(Errno) -> String { try files.target(ofLink: path) }

  func listing(ofFolder path: String) throws(Errno) -> FolderListing {
    try files.listing(ofFolder: path)
  }

  func standardInput() -> OpenFile { OpenFile([]) }

  func spoolFile() throws(Errno) -> SpoolFile { try files.spoolFile() }

  func beginFile(at path: String, makingFolders: Bool) throws -> any PendingFile {
    throw Errno.readOnlyFileSystem
  }

  func lockFolder(ofFileAt path: String, onWait: () -> Void) -> FolderLock {
    files.lockFolder(ofFileAt: path, onWait: onWait)
  }

  func hasRead(_ identity: FileIdentity) -> Bool { files.hasRead(identity) }
}
