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

  /// All bytes of a file.
  package static func bytes(of path: String) throws(Diagnostic) -> [UInt8] {
    let file = try open(path)
    defer { try? file.close() }
    return try bytes(of: file, path: path)
  }

  /// All bytes that a descriptor still gives.
  package static func bytes(
    of file: FileDescriptor, path: String
  ) throws(Diagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    // One byte more than the file has, so that its end is met without another round.
    var room = size(of: file).map { $0 + 1 } ?? 1 << 16
    while true {
      let count = try read(file, room: room, into: &bytes, path: path)
      if count == 0 { return bytes }
      room = max(1 << 16, min(bytes.count, 1 << 26))
    }
  }

  /// Opens a file for reading.
  package static func open(_ path: String) throws(Diagnostic) -> FileDescriptor {
    do {
      return try FileDescriptor.open(FilePath(path), .readOnly)
    } catch {
      throw unreadable(path, error)
    }
  }

  /// Appends up to `room` more bytes; the result is how many there were, 0 at the end.
  static func read(
    _ file: FileDescriptor, room: Int, into bytes: inout [UInt8], path: String
  ) throws(Diagnostic) -> Int {
    var failure: Diagnostic?
    let kept = bytes
    var count = 0
    bytes = unsafe [UInt8](unsafeUninitializedCapacity: kept.count + room) { buffer, used in
      _ = unsafe buffer.initialize(from: kept)
      used = kept.count
      do {
        count = unsafe try file.read(
          into: UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[used...]))
        used += count
      } catch {
        failure = unreadable(path, error)
      }
    }
    if let failure { throw failure }
    return count
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

  /// The working folder.
  package static func workingFolder() -> String { realPath(".") ?? "/" }

  private static func unreadable(_ path: String, _ error: any Error) -> Diagnostic {
    Diagnostic("input/unreadable", "'\(path)' cannot be read: \(reason(error))")
  }

  /// The system's words for an error.
  package static func reason(_ error: any Error) -> String {
    (error as? Errno)?.description ?? "\(error)"
  }
}
