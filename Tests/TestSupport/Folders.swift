import Foundation
import Testing

/// Gives a body an empty folder of its own, by its path without links.
package func withFolder(_ body: (String) throws -> Void) throws {
  // The system's own folder may lie behind a link.
  let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    .appending(path: "requisite-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}

/// Writes a file, and the folders that it lies in.
package func write(_ text: String, to path: String) throws {
  try write(Array(text.utf8), to: path)
}

/// Writes a file of bytes, making the folders on its way.
package func write(_ bytes: [UInt8], to path: String) throws {
  try makeFolder(of: path)
  try Data(bytes).write(to: URL(filePath: path))
}

/// Makes a symbolic link, and the folders that it lies in.
package func link(_ path: String, to target: String) throws {
  try makeFolder(of: path)
  try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
}

private func makeFolder(of path: String) throws {
  try FileManager.default.createDirectory(
    at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
}
