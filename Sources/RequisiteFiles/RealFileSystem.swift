import Synchronization
package import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The file system of the machine.
package struct RealFileSystem: FileSystem {
  /// The files that this process has opened as inputs of a run.
  private static let opened = Mutex<Set<FileIdentity>>([])
  private static let currentUser = FileUser(
    id: UInt32(geteuid()), groups: groups, homeFolder: homeFolder)

  /// Creates a view of the file system; all are alike.
  package init() {}

  /// The folder of the process: an absolute path without links.
  package var workingFolder: String { realPath(".") ?? "/" }

  /// The user of the process.
  package var user: FileUser { Self.currentUser }

  private static var groups: Set<UInt32> {
    var groups: Set = [UInt32(getegid())]
    let count = getgroups(0, nil)
    guard count > 0 else { return groups }
    var found = [gid_t](repeating: 0, count: Int(count))
    let foundCount = unsafe getgroups(count, &found)
    groups.formUnion(found.prefix(Int(max(foundCount, 0))).map { UInt32($0) })
    return groups
  }

  private static var homeFolder: String? {
    unsafe getenv("HOME").map { unsafe String(cString: $0) }
  }

  /// What is at a path; a link at its end is followed, or described itself.
  ///
  /// - Throws: the system's error; `noSuchFileOrDirectory` for nothing.
  package func status(of path: String, followingLinks: Bool) throws(Errno) -> FileStatus {
    var status = stat()
    let result = unsafe followingLinks ? stat(path, &status) : lstat(path, &status)
    guard result == 0 else { throw Errno(rawValue: errno) }
    return FileStatus(status)
  }

  /// The bytes of the absolute path without links.
  ///
  /// - Throws: the system's error; `noSuchFileOrDirectory` where the path leads nowhere.
  package func canonicalPath(of path: String) throws(Errno) -> [UInt8] {
    guard let resolved = unsafe realpath(path, nil) else { throw Errno(rawValue: errno) }
    defer { unsafe free(resolved) }
    let bytes = unsafe UnsafeRawBufferPointer(start: resolved, count: strlen(resolved))
    return unsafe Array(bytes)
  }

  /// The path that a link holds.
  ///
  /// - Throws: the system's error; `invalidArgument` where there is no link.
  package func target(ofLink path: String) throws(Errno) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = unsafe readlink(path, &buffer, buffer.count - 1)
    guard count >= 0 else { throw Errno(rawValue: errno) }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Opens a file for reading.
  ///
  /// - Throws: the system's error.
  package func open(_ path: String, _ options: FileOpening) throws(Errno) -> OpenFile {
    do {
      // As a `FilePath`, the path would lose a slash at its end, which asks for a folder.
      let descriptor = unsafe try path.withCString { path in
        unsafe try FileDescriptor.open(
          path, .readOnly,
          options: options.contains(.refusingLinks) ? [.noFollow, .nonBlocking] : [])
      }
      let status = FileStatus(of: descriptor)
      if !options.contains(.unrecorded), let identity = status?.identity {
        Self.opened.withLock { _ = $0.insert(identity) }
      }
      return OpenFile(descriptor, isOwner: true, status)
    } catch {
      throw error as? Errno ?? .ioError
    }
  }

  /// Standard input of the process.
  package func standardInput() -> OpenFile { OpenFile(.standardInput, isOwner: false) }

  /// A temporary file without a name, in the folder that `TMPDIR` names.
  ///
  /// - Throws: the system's error.
  package func spoolFile() throws(Errno) -> SpoolFile {
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
    return try SpoolFile.temporary(in: folder.isEmpty ? "/tmp" : folder)
  }

  /// Begins to write a file whole or not at all; with `makingFolders`, missing folders are created.
  ///
  /// - Throws: `Errno`.
  package func beginFile(at path: String, makingFolders: Bool) throws -> any PendingFile {
    try AtomicFile(at: path, makesFolders: makingFolders, in: self)
  }

  /// Waits for the lock on the folder of a file; `onWait` is called if another run has it.
  package func lockFolder(ofFileAt path: String, onWait: () -> Void) -> FolderLock {
    guard let destination = try? destination(of: path) else { return FolderLock() }
    return FolderLock(onFolder: Paths.parent(of: destination) ?? "/", onWait: onWait)
  }

  /// Whether a file was opened as input of a run.
  package func hasRead(_ identity: FileIdentity) -> Bool {
    Self.opened.withLock { $0.contains(identity) }
  }

  /// Forgets which files were opened: another run of this process begins.
  static func forgetOpenedFiles() { opened.withLock { $0.removeAll() } }

  // MARK: - Folders

  /// The entries of a folder.
  ///
  /// - Throws: the system's error.
  package func listing(ofFolder path: String) throws(Errno) -> FolderListing {
    guard let folder = unsafe opendir(path) else { throw Errno(rawValue: errno) }
    defer { unsafe closedir(folder) }
    var entries: [(name: String, kind: FolderListing.Kind)] = []
    var misnamed: [(name: String, kind: FolderListing.Kind)] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(folder) else {
        // Half a listing would leave files out.
        if errno != 0 { throw Errno(rawValue: errno) }
        break
      }
      let (name, shown) = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { text in
          let name = unsafe String(validatingCString: text)
          return unsafe (name, name ?? String(cString: text))
        }
      }
      if name == "." || name == ".." { continue }
      let type = unsafe Int32(entry.pointee.d_type)
      let kind = Self.kind(type) ?? kind(ofEntry: name.map { Paths.joined(path, $0) })
      if let name { entries.append((name, kind)) } else { misnamed.append((shown, kind)) }
    }
    return FolderListing(entries, misnamed: misnamed)
  }

  /// What the system says of an entry; nil where it says nothing.
  private static func kind(_ type: Int32) -> FolderListing.Kind? {
    switch type {
    case Int32(DT_REG): .file
    case Int32(DT_DIR): .folder
    case Int32(DT_LNK): .link
    case Int32(DT_UNKNOWN): nil
    default: .other
    }
  }

  /// What is at a path; what cannot be looked at counts as a file, which cannot be opened then.
  private func kind(ofEntry path: String?) -> FolderListing.Kind {
    guard let path, let status = try? status(of: path, followingLinks: false) else { return .file }
    return FolderListing.Kind(status.kind)
  }
}

extension FolderListing.Kind {
  /// The kind of what a status describes.
  init(_ kind: FileStatus.Kind) {
    self =
      switch kind {
      case .file: .file
      case .folder: .folder
      case .link: .link
      case .pipe, .device: .other
      }
  }
}

extension FileStatus {
  /// The status of an open file or pipe.
  package init?(of descriptor: FileDescriptor) {
    var status = stat()
    guard unsafe fstat(descriptor.rawValue, &status) == 0 else { return nil }
    self.init(status)
  }

  fileprivate init(_ status: stat) {
    #if canImport(Darwin)
    let time = status.st_mtimespec
    #else
    let time = status.st_mtim
    #endif
    self.init(
      kind: Kind(mode: status.st_mode), device: UInt64(truncatingIfNeeded: status.st_dev),
      number: UInt64(truncatingIfNeeded: status.st_ino), size: Int64(status.st_size),
      seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec),
      owner: UInt32(status.st_uid), group: UInt32(status.st_gid), mode: UInt32(status.st_mode))
  }
}

extension FileStatus.Kind {
  fileprivate init(mode: mode_t) {
    self =
      switch mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFCHR, S_IFBLK: .device
      default: .pipe
      }
  }
}
