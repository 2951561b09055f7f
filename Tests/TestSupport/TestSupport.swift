package import Foundation

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
  package static func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: path).path)
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

/// The root of the checkout.
package let repository = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
