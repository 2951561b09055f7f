import Findings
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension FileAccess {
  /// What is at a path, symbolic links followed.
  ///
  /// - Throws: the system's error where that cannot be found out; `noSuchFileOrDirectory` for nothing.
  static func examine(_ path: String) throws(Errno) -> Kind {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw Errno(rawValue: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: return .stream
    }
  }

  /// The path without symbolic links.
  ///
  /// - Throws: the system's error, or `illegalByteSequence` for a path that is not UTF-8.
  static func resolve(_ path: String) throws(Errno) -> String {
    guard let resolved = unsafe realpath(path, nil) else { throw Errno(rawValue: errno) }
    defer { unsafe free(resolved) }
    guard let text = unsafe String(validatingCString: resolved) else {
      throw Errno.illegalByteSequence
    }
    return text
  }

  /// Where a symbolic link says that it leads, as an absolute path; nil where there is no link.
  ///
  /// `folder` is the folder that the link is in, an absolute path. No link is followed.
  static func statedTarget(ofLink path: String, in folder: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe readlink(path, $0, buffer.count) } ?? -1
    }
    guard count > 0 else { return nil }
    let target = String(
      decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var steps: [Substring] = []
    let whole = target.hasPrefix("/") ? target : ProjectRoot.joined(folder, target)
    for step in whole.split(separator: "/") where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(step) }
    }
    return "/" + steps.joined(separator: "/")
  }

  /// Whether a path leads out of a folder by a symbolic link that lies in the folder.
  ///
  /// The folder of Git counts as outside: a file there could pass for a hook. `root` is an absolute path
  /// without links. A path that begins outside of the folder and stays there leads out by no link.
  package static func leavesByLink(
    _ path: String, root: String, workingFolder: String
  ) -> Bool {
    func isInside(_ real: String) -> Bool {
      isPath(real, inside: root) && !isInGitFolder(real, below: root)
    }
    guard let real = realPath(path), !isInside(real) else { return false }
    var current = path.hasPrefix("/") ? "/" : workingFolder
    var wasInside = isInside(current)
    for step in path.split(separator: "/") where step != "." {
      current = ProjectRoot.joined(current, String(step))
      let isLink = isLink(current)
      // Each step is taken where it really leads, so that '..' behind a link does, too.
      guard let next = realPath(current) else { return false }
      current = next
      let isInsideNow = isInside(current)
      if wasInside, !isInsideNow, isLink { return true }
      wasInside = isInsideNow
    }
    return false
  }

  /// Whether a path leads into a folder `.git` below a folder; both without symbolic links.
  static func isInGitFolder(_ real: String, below folder: String) -> Bool {
    real.utf8.dropFirst(folder == "/" ? 0 : folder.utf8.count)
      .split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual(".git".utf8) }
  }
}
