package import RequisiteFiles

extension FileSystem {
  /// A path as text shows it: relative to the working folder and normalized.
  ///
  /// Steps upward lead to what is elsewhere, unless only the root of the file system is common: then
  /// the path is absolute. Links keep their names.
  package func shownPath(of path: String, workingFolder: String) -> String {
    if Self.isNormalized(path.utf8) { return path }
    var absolute = absolutePath(of: path, workingFolder: workingFolder)
    if Paths.relativePath(of: absolute, below: workingFolder) == nil,
      let folder = Paths.parent(of: absolute)
    {
      // The working folder has no links, but the path may lead into it by one.
      let real = Paths.joined(
        realFolder(folder),
        String(
          decoding: absolute.utf8.dropFirst(folder == "/" ? 1 : folder.utf8.count + 1),
          as: UTF8.self))
      if Paths.isPath(real, inside: workingFolder) { absolute = real }
    }
    let steps = absolute.utf8.split(separator: UInt8(ascii: "/"))
    let base = workingFolder.utf8.split(separator: UInt8(ascii: "/"))
    let common = zip(steps, base).prefix { $0.elementsEqual($1) }.count
    guard common > 0 || base.isEmpty else { return absolute }
    let upward = Array(repeating: "..", count: base.count - common)
    let downward = steps[common...].map { String(decoding: Array($0), as: UTF8.self) }
    let shown = (upward + downward).joined(separator: "/")
    return shown.isEmpty ? "." : shown
  }

  /// Whether a path is relative and has no empty step, `.` or `..`.
  private static func isNormalized(_ path: String.UTF8View) -> Bool {
    var length = 0
    var hasOnlyDots = true
    for byte in path {
      if byte == UInt8(ascii: "/") {
        if length == 0 || hasOnlyDots && length <= 2 { return false }
        (length, hasOnlyDots) = (0, true)
      } else {
        length += 1
        hasOnlyDots = hasOnlyDots && byte == UInt8(ascii: ".")
      }
    }
    return length > 0 && !(hasOnlyDots && length <= 2)
  }
}
