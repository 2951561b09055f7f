package import SystemPackage

extension FileSystem {
  /// Where a symbolic link says that it leads, as an absolute path; nil where there is no link.
  ///
  /// `folder` is the folder that the link is in, an absolute path. No link is followed.
  package func statedTarget(ofLink path: String, in folder: String) -> String? {
    guard let target = try? target(ofLink: path) else { return nil }
    var steps: [Substring] = []
    let whole = target.hasPrefix("/") ? target : Paths.joined(folder, target)
    for step in whole.split(separator: "/") where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(step) }
    }
    return "/" + steps.joined(separator: "/")
  }

  /// Whether a path leads out of a folder by a symbolic link that lies in the folder.
  ///
  /// The folder of Git counts as outside: a file there could pass for a hook. `root` is an absolute path
  /// without links. A path that begins outside of the folder and stays there leads out by no link.
  package func leavesByLink(_ path: String, root: String) -> Bool {
    func isInside(_ real: String) -> Bool {
      Paths.isPath(real, inside: root) && !Paths.isInGitFolder(real, below: root)
    }
    guard let real = realPath(path), !isInside(real) else { return false }
    var current = path.hasPrefix("/") ? "/" : workingFolder
    var wasInside = isInside(current)
    for step in path.split(separator: "/") where step != "." {
      current = Paths.joined(current, String(step))
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

  /// Whether the file that a path leads to is in a folder, symbolic links followed.
  ///
  /// Files in the folder of Git do not count: one there could act as a hook.
  package func staysInside(_ path: String, _ root: String) -> Bool {
    guard let realRoot = realPath(root) else { return false }
    // Of folders that do not exist yet, the nearest that does.
    let folder = realFolder(Paths.parent(of: path) ?? "/")
    for real in [realPath(path) ?? folder, folder] {
      let isInGit = real.utf8.dropFirst(realRoot.utf8.count)
        .split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual(".git".utf8) }
      if !Paths.isPath(real, inside: realRoot) || isInGit { return false }
    }
    return true
  }

  /// A folder without symbolic links; of one that does not exist, as far as it exists.
  package func realFolder(_ folder: String) -> String {
    if let real = realPath(folder) { return real }
    var missing: [String] = []
    var folder = folder
    while let parent = Paths.parent(of: folder) {
      missing.append(Paths.name(of: folder, in: parent))
      if let real = realPath(parent) {
        return missing.reversed().reduce(real) { Paths.joined($0, $1) }
      }
      folder = parent
    }
    return folder
  }

  /// The absolute path that a path means, as it was named: links in it are kept.
  ///
  /// A step upward is taken where it really leads, though.
  package func absolutePath(of path: String, workingFolder: String) -> String {
    if !path.utf8.isEmpty, path.utf8.first != UInt8(ascii: "/"), Paths.hasPlainSteps(path.utf8),
      Paths.hasPlainSteps(workingFolder.utf8.dropFirst())
    {
      return Paths.joined(workingFolder, path)
    }
    let steps = path.utf8.split(separator: UInt8(ascii: "/"))
    var kept: [String] = []
    if !path.hasPrefix("/") { kept = workingFolder.split(separator: "/").map(String.init) }
    for step in steps where !step.elementsEqual(".".utf8) {
      guard step.elementsEqual("..".utf8) else {
        kept.append(String(decoding: Array(step), as: UTF8.self))
        continue
      }
      let folder = "/" + kept.joined(separator: "/")
      if let real = realPath(Paths.joined(folder, "..")) {
        kept = real.split(separator: "/").map(String.init)
      } else {
        _ = kept.popLast()
      }
    }
    return "/" + kept.joined(separator: "/")
  }

  // MARK: - Files to be written

  /// The absolute path without links of a file to be written, which need not exist yet.
  ///
  /// Folders that do not exist are taken by their names. A dangling link leads where it points.
  ///
  /// - Throws: the system's error.
  package func destination(of path: String) throws(Errno) -> String {
    if let real = realPath(path) { return real }
    var path = path
    for _ in 0..<40 {
      guard let name = FilePath(path).lastComponent, name.kind == .regular, !path.hasSuffix("/")
      else { throw Errno.isDirectory }
      let folder = try writtenFolder(FilePath(path).removingLastComponent())
      let destination = Paths.joined(folder, name.string)
      guard isLink(destination) else { return destination }
      let target = try target(ofLink: destination)
      path = target.hasPrefix("/") ? target : Paths.joined(folder, target)
    }
    throw Errno.tooManySymbolicLinkLevels
  }

  /// The absolute path without links of a folder, which need not exist yet.
  private func writtenFolder(_ folder: FilePath) throws(Errno) -> String {
    let path = folder.isEmpty ? "." : folder.string
    let reason: Errno
    do throws(Errno) {
      return String(decoding: try canonicalPath(of: path), as: UTF8.self)
    } catch {
      reason = error
    }
    // A link that leads nowhere, or a folder that must not be entered, is no missing folder.
    guard reason == .noSuchFileOrDirectory, kind(of: path) == .missing, !isLink(path),
      !folder.isEmpty
    else { throw reason }
    let parent = try writtenFolder(folder.removingLastComponent())
    switch folder.lastComponent?.kind {
    case .regular: return Paths.joined(parent, folder.lastComponent?.string ?? "")
    case .parentDirectory: return Paths.parent(of: parent) ?? "/"
    case .currentDirectory, nil: return parent
    }
  }

  /// Whether a path names a link in a folder that leads out of it, existing or not.
  ///
  /// Somebody else may have put the link there, under the name that a run is known to write to.
  private func isLink(_ path: String, leavingFolder root: String) -> Bool {
    guard isLink(path),
      let place = try? writtenFolder(FilePath(path).removingLastComponent()),
      Paths.isPath(place, inside: root)
    else { return false }
    guard let destination = try? destination(of: path) else { return true }
    return !Paths.isPath(destination, inside: root)
  }

  /// Whether the path of a file to be written leads out of a folder through a link, though it is spelled
  /// as one inside: the file itself or a folder on the way may be the link.
  package func leaves(_ root: String, writing path: String) -> Bool {
    if isLink(path, leavingFolder: root) { return true }
    let spelled = absolutePath(of: path, workingFolder: workingFolder)
    guard Paths.isPath(spelled, inside: root), let destination = try? destination(of: spelled)
    else { return false }
    return !Paths.isPath(destination, inside: root)
  }
}
