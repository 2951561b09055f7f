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
  static func isLink(_ path: String) -> Bool {
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
  package static func bytes(of path: String) throws(Diagnostic) -> [UInt8] {
    let file = try open(path)
    defer { try? file.close() }
    return try bytes(of: file, path: path)
  }

  /// All bytes that a descriptor still gives; at most as many as one text may have.
  package static func bytes(
    of file: FileDescriptor, path: String
  ) throws(Diagnostic) -> [UInt8] {
    let size = size(of: file) ?? 0
    guard size <= maximumCount else { throw tooLarge(path) }
    var bytes: [UInt8] = []
    // One byte more than the file has, so that its end is met without growing.
    bytes.reserveCapacity(size + 1)
    var reader = BlockReader(
      file: file, path: path, blockSize: max(1 << 12, min(size + 1, 1 << 18)))
    while try reader.read(into: &bytes) {
      guard bytes.count <= maximumCount else { throw tooLarge(path) }
    }
    return bytes
  }

  /// How long one text may be.
  private static let maximumCount = Int(UInt32.max) - 1

  private static func tooLarge(_ path: String) -> Diagnostic {
    Diagnostic(
      "input/too-large",
      "'\(path)' is 4 GiB long or longer; split it, or write one request a line (.jsonl)")
  }

  /// Opens a file for reading.
  package static func open(_ path: String) throws(Diagnostic) -> FileDescriptor {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      noteReading(file)
      return file
    } catch {
      throw unreadable(path, error)
    }
  }

  /// How many bytes a file has; nil for a pipe and the like.
  private static func size(of file: FileDescriptor) -> Int? {
    var status = stat()
    guard unsafe fstat(file.rawValue, &status) == 0,
      status.st_mode & S_IFMT == S_IFREG
    else { return nil }
    return Int(status.st_size)
  }

  /// What a folder holds.
  package struct Listing: Sendable {
    /// The names, sorted by their bytes.
    package var names: [String] = []
    /// Names that are not UTF-8, as well as they can be shown, and whether they are of folders.
    package var misnamed: [(name: String, isFolder: Bool)] = []
  }

  /// The names in a folder.
  package static func listing(ofFolder path: String) throws(Diagnostic) -> Listing {
    guard let folder = unsafe opendir(path) else {
      throw unreadable(path, Errno(rawValue: errno))
    }
    defer { unsafe closedir(folder) }
    var listing = Listing()
    while let entry = unsafe readdir(folder) {
      let (name, shown) = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { text in
          unsafe (String(validatingCString: text), String(cString: text))
        }
      }
      if let name {
        if name != ".", name != ".." { listing.names.append(name) }
      } else {
        listing.misnamed.append((shown, unsafe entry.pointee.d_type == UInt8(DT_DIR)))
      }
    }
    listing.names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    listing.misnamed.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return listing
  }

  /// The path without symbolic links, or nil where it leads nowhere.
  package static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Whether a path lies in a folder's tree, or is the folder; both without symbolic links.
  package static func isPath(_ path: String, inside folder: String) -> Bool {
    folder == "/" || path.utf8.elementsEqual(folder.utf8)
      || path.utf8.starts(with: (folder + "/").utf8)
  }

  /// Whether what is read from or written to a path lies in a folder, symbolic links followed.
  ///
  /// What lies in the folder of Git does not count: a file there could pass for a hook.
  package static func staysInside(_ path: String, _ root: String) -> Bool {
    guard let realRoot = realPath(root) else { return false }
    for place in [path, ProjectRoot.parent(of: path) ?? "/"] {
      guard let real = realPath(place) else { continue }
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
