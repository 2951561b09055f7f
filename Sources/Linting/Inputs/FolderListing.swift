import Findings
import SourceText
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The entries of a folder, sorted by the bytes of their names.
struct FolderListing {
  /// What an entry is, symbolic links not followed.
  enum Kind: Sendable {
    /// A regular file.
    case file
    /// A folder.
    case folder
    /// A symbolic link.
    case link
    /// A pipe, device or socket.
    case other
  }

  /// The entries whose names are UTF-8.
  private(set) var entries: [(name: String, kind: Kind)] = []
  /// The other entries, with their names as far as they can be shown.
  private(set) var misnamed: [(name: String, kind: Kind)] = []

  /// Reads a folder; `.` and `..` are left out.
  init(ofFolder path: String) throws(Errno) {
    guard let folder = unsafe opendir(path) else { throw Errno(rawValue: errno) }
    defer { unsafe closedir(folder) }
    while true {
      errno = 0
      guard let entry = unsafe readdir(folder) else {
        // Half a listing would leave files out.
        if errno != 0 { throw Errno(rawValue: errno) }
        break
      }
      let (name, shown) = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { text in
          unsafe (String(validatingCString: text), String(cString: text))
        }
      }
      if name == "." || name == ".." { continue }
      let type = unsafe Int32(entry.pointee.d_type)
      let kind = Self.kind(type) ?? Self.kind(of: name.map { ProjectRoot.joined(path, $0) })
      if let name { entries.append((name, kind)) } else { misnamed.append((shown, kind)) }
    }
    entries.sort { $0.name.bytesPrecede($1.name) }
    misnamed.sort { $0.name.bytesPrecede($1.name) }
  }

  /// Whether an entry has a name.
  func contains(_ name: String) -> Bool {
    entries.contains { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// What the system says of an entry; nil where it says nothing.
  private static func kind(_ type: Int32) -> Kind? {
    switch type {
    case Int32(DT_REG): .file
    case Int32(DT_DIR): .folder
    case Int32(DT_LNK): .link
    case Int32(DT_UNKNOWN): nil
    default: .other
    }
  }

  /// What is at a path; what cannot be looked at counts as a file, which cannot be opened then.
  private static func kind(of path: String?) -> Kind {
    var status = stat()
    guard let path, unsafe lstat(path, &status) == 0 else { return .file }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    case S_IFREG: return .file
    default: return .other
    }
  }
}
