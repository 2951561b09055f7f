import Foundation
import TestSupport

/// The repository's own files, by their paths below its root.
enum Sources {
  /// The text of a file.
  static func text(of path: String) throws -> String {
    try String(contentsOf: repository.appending(path: path), encoding: .utf8)
  }

  /// The lines of a file.
  static func lines(of path: String) throws -> [Substring] {
    try text(of: path).split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// All files below a folder, sorted.
  static func files(in folder: String) throws -> [String] {
    let root = repository.appending(path: folder)
    return try FileManager.default.subpathsOfDirectory(atPath: root.path)
      .filter { path in
        let values = try root.appending(path: path).resourceValues(forKeys: [.isRegularFileKey])
        return values.isRegularFile ?? false
      }
      .map { "\(folder)/\($0)" }.sorted()
  }

  /// The Swift files below a folder, sorted.
  static func swiftFiles(in folder: String) throws -> [String] {
    try files(in: folder).filter { $0.hasSuffix(".swift") }
  }

  /// The folders right in a folder, sorted.
  static func folders(in folder: String) throws -> [String] {
    let url = repository.appending(path: folder)
    return try FileManager.default.contentsOfDirectory(
      at: url, includingPropertiesForKeys: [.isDirectoryKey]
    )
    .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false }
    .map(\.lastPathComponent).sorted()
  }

  /// The module that a line imports, whatever stands before the word.
  static func importedModule(in line: Substring) -> String? {
    let words = line.split(separator: " ")
    guard let place = words.firstIndex(of: "import"), place + 1 < words.count else { return nil }
    let access: Set<Substring> = [
      "package", "public", "internal", "private", "fileprivate", "@testable", "@preconcurrency",
    ]
    guard words[..<place].allSatisfy(access.contains) else { return nil }
    // `import struct Module.Name` names the module as well.
    let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
    let name = kinds.contains(words[place + 1]) ? words.last : words[place + 1]
    return name?.split(separator: ".").first.map(String.init)
  }
}
