import CPlatform
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A file that is written whole or not at all: into a temporary file in the same folder, which then
/// takes its name.
///
/// Links are written through. Mode, owner, extended attributes and access control lists of a file
/// that is replaced are kept as far as the process may. File and folder are synchronised with the
/// disk. A pipe or device is written directly. `TerminationSignals.handle()` makes sure that a
/// signal leaves no temporary file behind.
struct AtomicFile: PendingFile {
  /// Where the bytes go, and what they become.
  private enum Target {
    /// A pipe or device, which stays what it is.
    case stream
    /// A temporary file, and the path that it is renamed to.
    case temporary(TemporaryFile, destination: String)
  }

  private let target: Target
  private let descriptor: FileDescriptor

  /// Begins to write the file at a path; with `makesFolders`, missing folders are created.
  ///
  /// - Throws: `Errno`.
  init(at path: String, makesFolders: Bool, in files: RealFileSystem) throws {
    var status = stat()
    let exists = unsafe stat(path, &status) == 0
    if exists {
      switch status.st_mode & S_IFMT {
      case S_IFREG:
        guard unsafe access(path, W_OK) == 0 else { throw Errno.permissionDenied }
      case S_IFDIR: throw Errno.isDirectory
      default:
        target = .stream
        descriptor = try FileDescriptor.open(FilePath(path), .writeOnly)
        return
      }
    }
    let destination = try files.destination(of: path)
    let folder = Paths.parent(of: destination) ?? "/"
    if makesFolders { try Self.makeFolder(folder, in: files) }
    let file = try TemporaryFile.create(
      in: folder, .writeOnly, permissions: FilePermissions(rawValue: exists ? 0o600 : 0o666))
    target = .temporary(file, destination: destination)
    descriptor = file.descriptor
    if exists { keepAttributes(of: path, status) }
  }

  /// Creates a folder and those around it.
  private static func makeFolder(_ path: String, in files: RealFileSystem) throws {
    switch files.kind(of: path) {
    case .folder: return
    case .file, .stream: throw Errno.notDirectory
    case .missing: break
    }
    if let parent = Paths.parent(of: path) { try makeFolder(parent, in: files) }
    // Another run may have been faster.
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
  }

  /// Gives the temporary file what the file that it replaces has besides its bytes.
  private func keepAttributes(of path: String, _ status: stat) {
    // The owner first: a change of owner takes set-id bits away.
    if fchown(descriptor.rawValue, status.st_uid, status.st_gid) != 0 {
      _ = fchown(descriptor.rawValue, uid_t.max, status.st_gid)
    }
    _ = fchmod(descriptor.rawValue, status.st_mode & 0o7777)
    guard let old = try? FileDescriptor.open(FilePath(path), .readOnly) else { return }
    requisite_copy_attributes(old.rawValue, descriptor.rawValue)
    try? old.close()
  }

  /// Writes more bytes; a pipe whose reader is gone takes them in silence, like standard output.
  ///
  /// - Throws: `Errno`.
  func write(_ bytes: [UInt8]) throws {
    do {
      try descriptor.writeAll(bytes)
    } catch Errno.brokenPipe {
      guard case .stream = target else { throw Errno.brokenPipe }
    }
  }

  /// Takes everyone the right to write the file; a pipe or device stays as it is.
  ///
  /// - Throws: `Errno`.
  func makeReadOnly() throws {
    guard case .temporary = target else { return }
    guard fchmod(descriptor.rawValue, 0o444) == 0 else { throw Errno(rawValue: errno) }
  }

  /// Gives the file its name; without success, the path is left as it was.
  ///
  /// - Throws: `Errno`.
  func commit() throws {
    guard case .temporary(let file, let destination) = target else {
      try descriptor.close()
      return
    }
    do {
      try Self.synchronise(descriptor)
    } catch {
      discard()
      throw error
    }
    do {
      try descriptor.close()
    } catch {
      file.remove()
      throw error
    }
    try file.move(to: destination)
    let folder = Paths.parent(of: destination) ?? "/"
    guard let folder = try? FileDescriptor.open(FilePath(folder), .readOnly) else { return }
    try? Self.synchronise(folder)
    try? folder.close()
  }

  /// Leaves the path as it was.
  func discard() {
    try? descriptor.close()
    if case .temporary(let file, _) = target { file.remove() }
  }

  /// Has the disk keep what was written; file systems that cannot be skipped.
  private static func synchronise(_ descriptor: FileDescriptor) throws {
    guard fsync(descriptor.rawValue) != 0 else { return }
    let reason = Errno(rawValue: errno)
    let isUnsupported = [.invalidArgument, .notSupported, .noFunction].contains(reason)
    if !isUnsupported { throw reason }
  }
}

/// The signals that end the process.
package enum TerminationSignals {
  /// Has them remove temporary files, and end the process with 128 plus their number.
  ///
  /// A file size limit makes writing fail instead of ending the process.
  package static func handle() { requisite_handle_signals() }
}

/// A lock on a folder (`FileSystem.lockFolder`).
///
/// It ends with the value or with the process, and leaves nothing behind.
package final class FolderLock {
  private let descriptor: FileDescriptor?

  /// A lock of nothing.
  init() { descriptor = nil }

  /// Waits for the lock on a folder; one that cannot be opened is not locked.
  init(onFolder path: String, onWait: () -> Void) {
    descriptor = try? FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec])
    guard let descriptor, flock(descriptor.rawValue, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK
    else { return }
    onWait()
    while flock(descriptor.rawValue, LOCK_EX) != 0, errno == EINTR {}
  }

  deinit { try? descriptor?.close() }
}
