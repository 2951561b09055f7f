package import Foundation
import Synchronization

/// The folder with the standards' own test suites, which lies beside the checkout.
package enum Conformance {
  /// The folder: named by `REQUISITE_CONFORMANCE`, else `../shared/conformance`.
  package static let folder: URL =
    if let path = ProcessInfo.processInfo.environment["REQUISITE_CONFORMANCE"], !path.isEmpty {
      URL(filePath: path, directoryHint: .isDirectory)
    } else {
      repository.deletingLastPathComponent().appending(path: "shared/conformance")
    }

  /// Whether a suite is there; a suite that is not is skipped, never passed.
  ///
  /// The tests say at their end which ones were skipped.
  package static func has(_ path: String) -> Bool { exists(folder.appending(path: path)) }

  /// The same by a whole path.
  package static func exists(_ url: URL) -> Bool {
    let isThere = FileManager.default.fileExists(atPath: url.path)
    if !isThere { Skips.note(url.lastPathComponent) }
    return isThere
  }

  /// The bytes of a suite's file.
  package static func bytes(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: folder.appending(path: path)))
  }

  /// The names of the files in a suite's folder, sorted.
  package static func files(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path).sorted()
  }

  /// The bytes of a suite's file that is compressed with gzip, unpacked by the system's gzip.
  package static func unzipped(_ path: String) throws -> [UInt8] {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", folder.appending(path: path).path]
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Array(data)
  }
}

/// What was skipped for want of data, so that a run without it does not look like a full one.
private enum Skips {
  private static let names = Mutex<Set<String>>([])

  static func note(_ path: String) {
    let isFirst = names.withLock { names in
      names.insert(path)
      return names.count == 1
    }
    if isFirst { atexit { Skips.report() } }
  }

  private static func report() {
    let names = names.withLock { $0.sorted() }
    print(
      """

      SKIPPED: the tests of \(names.count) suite\(names.count == 1 ? "" : "s") of data, which \
      \(Conformance.folder.path) does not have: \(names.joined(separator: ", ")). Set \
      REQUISITE_CONFORMANCE to a folder that does.
      """)
  }
}

/// The root of the checkout.
package let repository = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
