package import Findings
import SourceText
package import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Reads files and folders; every failure is a diagnostic with the system's own words.
package enum FileAccess {
  /// What a path leads to.
  package enum Kind: Sendable {
    /// A file with bytes of its own.
    case file
    /// A pipe, device or socket: it gives what somebody writes to it, when they do.
    case stream
    /// A folder.
    case folder
    /// Nothing.
    case missing
  }

  /// What is at a path, symbolic links followed.
  package static func kind(of path: String) -> Kind {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return .missing }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: return .stream
    }
  }

  /// Whether a symbolic link is at a path.
  package static func isLink(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Who owns a file or folder, and who may do what with it.
  struct Ownership: Sendable {
    /// The number of the user that owns it.
    var owner: UInt32
    /// The number of its group.
    var group: UInt32
    /// Its permissions.
    var mode: UInt32
  }

  /// The owner and the permissions of what is at a path; nil where there is nothing.
  static func ownership(of path: String, followsLinks: Bool) -> Ownership? {
    var status = stat()
    let result = unsafe followsLinks ? stat(path, &status) : lstat(path, &status)
    guard result == 0 else { return nil }
    return Ownership(
      owner: UInt32(status.st_uid), group: UInt32(status.st_gid), mode: UInt32(status.st_mode))
  }

  /// The number of the user that the program runs as.
  static var user: UInt32 { UInt32(geteuid()) }

  /// Whether the program's user is in a group.
  static func isInGroup(_ group: UInt32) -> Bool {
    if group == UInt32(getegid()) { return true }
    let count = getgroups(0, nil)
    guard count > 0 else { return false }
    var groups = [gid_t](repeating: 0, count: Int(count))
    let found = unsafe getgroups(count, &groups)
    return found > 0 && groups.prefix(Int(found)).contains { UInt32($0) == group }
  }

  /// The user's home folder without symbolic links; nil where the environment names none.
  static var homeFolder: String? {
    guard let value = unsafe getenv("HOME") else { return nil }
    let path = unsafe String(cString: value)
    return path.hasPrefix("/") ? realPath(path) : nil
  }

  /// All bytes of a file.
  ///
  /// - Throws: `input/unreadable`, or `input/too-large` for more bytes than the limit.
  package static func bytes(
    of path: String, limit: Int = SizeLimits.standard.document
  ) throws(Diagnostic) -> [UInt8] {
    let file = try open(path)
    defer { try? file.close() }
    return try bytes(of: file, path: path, limit: limit)
  }

  /// All bytes that a descriptor still gives; diagnostics name it by `path`.
  ///
  /// - Throws: `input/unreadable`, or `input/too-large` for more bytes than the limit, as an endless
  ///   device has.
  package static func bytes(
    of file: FileDescriptor, path: String, limit: Int = SizeLimits.standard.document
  ) throws(Diagnostic) -> [UInt8] {
    let size = size(of: file) ?? 0
    guard size <= limit else {
      throw SizeLimits.documentTooLarge("'\(path)'", limit)
    }
    var bytes: [UInt8] = []
    // One byte more than the file has, so that its end is met without growing.
    bytes.reserveCapacity(size + 1)
    var reader = BlockReader(
      file: file, path: path, blockSize: max(1 << 12, min(size + 1, 1 << 18)))
    while try reader.read(into: &bytes) {
      guard bytes.count <= limit else {
        throw SizeLimits.documentTooLarge("'\(path)'", limit)
      }
    }
    return bytes
  }

  /// Opens a file for reading; diagnostics name it by `name`, or else by its path.
  ///
  /// - Throws: `input/unreadable` for a file that cannot be opened.
  package static func open(
    _ path: String, named name: String? = nil
  ) throws(Diagnostic) -> FileDescriptor {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      noteReading(file)
      return file
    } catch {
      if [Errno.noSuchFileOrDirectory, .notDirectory].contains(error as? Errno) {
        throw Diagnostic("input/missing", "no file '\(name ?? path)'")
      }
      throw unreadable(name ?? path, error)
    }
  }

  /// How many bytes a file has; nil for a pipe and the like.
  static func size(of file: FileDescriptor) -> Int? {
    var status = stat()
    guard unsafe fstat(file.rawValue, &status) == 0,
      status.st_mode & S_IFMT == S_IFREG
    else { return nil }
    return Int(status.st_size)
  }

  /// The path without symbolic links, or nil where it leads nowhere.
  package static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Whether a path is in a folder's tree, or is the folder; both without symbolic links.
  package static func isPath(_ path: String, inside folder: String) -> Bool {
    folder == "/" || path.utf8.elementsEqual(folder.utf8)
      || path.utf8.starts(with: (folder + "/").utf8)
  }

  /// Whether the file that a path leads to is in a folder, symbolic links followed.
  ///
  /// Files in the folder of Git do not count: one there could act as a hook.
  package static func staysInside(_ path: String, _ root: String) -> Bool {
    guard let realRoot = realPath(root) else { return false }
    // Of folders that do not exist yet, the nearest that does.
    let folder = ProjectRoot.realFolder(ProjectRoot.parent(of: path) ?? "/")
    for real in [realPath(path) ?? folder, folder] {
      let isInGit = real.utf8.dropFirst(realRoot.utf8.count)
        .split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual(".git".utf8) }
      if !isPath(real, inside: realRoot) || isInGit { return false }
    }
    return true
  }

  /// The working folder.
  package static func workingFolder() -> String { realPath(".") ?? "/" }

  static func unreadable(_ path: String, _ error: any Error) -> Diagnostic {
    Diagnostic("input/unreadable", "'\(path)' cannot be read: \(reason(error))")
  }

  /// The system's words for an error.
  package static func reason(_ error: any Error) -> String {
    (error as? Errno)?.description ?? "\(error)"
  }
}

/// Reads a file block by block through one buffer.
struct BlockReader {
  private let file: FileDescriptor
  private let path: String
  private var block: [UInt8]

  /// Begins to read a descriptor; `path` is its name in diagnostics.
  init(file: FileDescriptor, path: String, blockSize: Int) {
    self.file = file
    self.path = path
    block = [UInt8](repeating: 0, count: blockSize)
  }

  /// Appends the next bytes; false at the end.
  mutating func read(into bytes: inout [UInt8]) throws(Diagnostic) -> Bool {
    let count: Int
    do {
      let file = file
      count = unsafe try block.withUnsafeMutableBytes { buffer in unsafe try file.read(into: buffer)
      }
    } catch {
      throw FileAccess.unreadable(path, error)
    }
    bytes.append(contentsOf: block[..<count])
    return count > 0
  }
}
