import Synchronization
package import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Which file a path leads to, however it is spelled: the same for links, hard links and `..` steps.
package enum FileIdentity: Hashable, Sendable {
  /// A file that exists.
  case node(device: UInt64, number: UInt64)
  /// A file that does not exist yet, by its path without links.
  case path(String)

  /// The identity of what a path leads to; nil for a device, which holds no bytes, and for a path
  /// that leads nowhere.
  package init?(at path: String) {
    var status = stat()
    if unsafe stat(path, &status) == 0 {
      self.init(status)
    } else if let destination = try? FileAccess.destination(of: path) {
      self = .path(destination)
    } else {
      return nil
    }
  }

  /// The identity of an open file or pipe; nil for a device.
  package init?(of descriptor: FileDescriptor) {
    var status = stat()
    guard unsafe fstat(descriptor.rawValue, &status) == 0 else { return nil }
    self.init(status)
  }

  private init?(_ status: stat) {
    guard ![S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT) else { return nil }
    self = .node(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      number: UInt64(truncatingIfNeeded: status.st_ino))
  }
}

extension FileAccess {
  /// The files that this process has opened for reading.
  private static let opened = Mutex<Set<FileIdentity>>([])

  /// Notes that a file is read.
  static func noteReading(_ descriptor: FileDescriptor) {
    guard let identity = FileIdentity(of: descriptor) else { return }
    opened.withLock { _ = $0.insert(identity) }
  }

  /// Whether this process has read a file: packs, models, configurations, suppressions, baselines,
  /// and the requests that were checked so far.
  package static func hasRead(_ identity: FileIdentity) -> Bool {
    opened.withLock { $0.contains(identity) }
  }

  /// The first `count` bytes of a regular file, which does not count as read; empty for any other.
  ///
  /// - Throws: `Errno` for a file that cannot be opened or read.
  package static func beginning(of path: String, count: Int) throws -> [UInt8] {
    guard kind(of: path) == .file else { return [] }
    let file = try FileDescriptor.open(FilePath(path), .readOnly)
    defer { try? file.close() }
    return unsafe try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = unsafe try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// The absolute path without links of a file to be written, which need not exist yet.
  ///
  /// Folders that do not exist are taken by their names. A dangling link leads where it points.
  ///
  /// - Throws: `Errno`.
  static func destination(of path: String) throws -> String {
    if let real = realPath(path) { return real }
    var path = path
    for _ in 0..<40 {
      guard let name = FilePath(path).lastComponent, name.kind == .regular, !path.hasSuffix("/")
      else { throw Errno.isDirectory }
      let parent = FilePath(path).removingLastComponent()
      let folder = try realFolder(parent.isEmpty ? "." : parent.string)
      let destination = ProjectRoot.joined(folder, name.string)
      guard isLink(destination) else { return destination }
      guard let target = linkTarget(destination) else { throw Errno(rawValue: errno) }
      path = target.hasPrefix("/") ? target : ProjectRoot.joined(folder, target)
    }
    throw Errno.tooManySymbolicLinkLevels
  }

  /// The absolute path without links of a folder, which need not exist yet.
  private static func realFolder(_ path: String) throws -> String {
    if let real = realPath(path.isEmpty ? "." : path) { return real }
    // A link that leads nowhere, or a folder that must not be entered, is no missing folder.
    guard kind(of: path) == .missing, !isLink(path), errno == ENOENT else {
      throw errno == ENOENT ? Errno.noSuchFileOrDirectory : Errno(rawValue: errno)
    }
    let name = FilePath(path).lastComponent
    let parent = FilePath(path).removingLastComponent()
    let folder = try realFolder(parent.isEmpty ? "." : parent.string)
    switch name?.kind {
    case .regular: return ProjectRoot.joined(folder, name?.string ?? "")
    case .parentDirectory: return ProjectRoot.parent(of: folder) ?? "/"
    case .currentDirectory, nil: return folder
    }
  }

  /// Whether a path names a link in a folder that leads out of it, existing or not.
  ///
  /// Somebody else may have put the link there, under the name that a run is known to write to.
  private static func isLink(_ path: String, leavingFolder root: String) -> Bool {
    guard isLink(path), let place = try? realFolder(FilePath(path).removingLastComponent().string),
      isPath(place, inside: root)
    else { return false }
    guard let destination = try? destination(of: path) else { return true }
    return !isPath(destination, inside: root)
  }

  /// Whether the path of a file to be written leads out of a folder through a link, though it is spelled
  /// as one inside: the file itself or a folder on the way may be the link.
  package static func leaves(_ root: String, writing path: String) -> Bool {
    if isLink(path, leavingFolder: root) { return true }
    let spelled = ProjectRoot.absolutePath(of: path, workingFolder: workingFolder())
    guard isPath(spelled, inside: root), let destination = try? destination(of: spelled) else {
      return false
    }
    return !isPath(destination, inside: root)
  }

  private static func linkTarget(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = unsafe readlink(path, &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
