import Foundation
import Reporting
import Subprocess
import SystemPackage
import TestSupport

/// The built program.
enum Program {
  /// The binary: named by `REQUISITE_BINARY`, else a release build of these very sources, which is
  /// ten times as fast, else the one beside the tests' own bundle.
  static let url: URL = {
    if let path = ProcessInfo.processInfo.environment["REQUISITE_BINARY"], !path.isEmpty {
      return URL(filePath: path)
    }
    let debug = buildFolder.appending(path: ToolInformation.name)
    let release = repository.appending(path: ".build/release/\(ToolInformation.name)")
    guard let built = modificationDate(of: release), let changed = lastChange, changed < built
    else { return debug }
    return release.resolvingSymlinksInPath()
  }()

  private static func modificationDate(of url: URL) -> Date? {
    let values = try? url.resolvingSymlinksInPath().resourceValues(forKeys: [
      .contentModificationDateKey
    ])
    return values?.contentModificationDate
  }

  /// When anything that goes into the program was last changed.
  private static var lastChange: Date? {
    var dates = ["Package.swift", "Package.resolved"].compactMap { name in
      modificationDate(of: repository.appending(path: name))
    }
    for folder in ["Sources", "Rules"] {
      let files = FileManager.default.enumerator(
        at: repository.appending(path: folder),
        includingPropertiesForKeys: [.contentModificationDateKey])
      while let file = files?.nextObject() as? URL {
        if let date = modificationDate(of: file) { dates.append(date) }
      }
    }
    return dates.max()
  }

  /// The folder that the tests were built into.
  private static var buildFolder: URL {
    // A bundle is a folder in Darwin and a single executable elsewhere.
    for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
      return bundle.bundleURL.deletingLastPathComponent()
    }
    return URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent()
  }

  /// What a command did.
  struct Outcome {
    var status: String
    var output: [UInt8]
    var error: [UInt8]
  }

  /// Runs a shell command in a folder, with nothing of our own environment but the program's path.
  static func run(
    _ command: String, in folder: URL, input: [UInt8] = [], environment: [String: String] = [:]
  ) async throws -> Outcome {
    var variables: [Environment.Key: String] = [
      "PATH": "\(url.deletingLastPathComponent().path):/usr/local/bin:/usr/bin:/bin",
      "LC_ALL": "C", "HOME": folder.path,
    ]
    for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
    // A command may end before it has read its input. A write of ours would then be a signal that ends
    // the tests, so that `cat` writes.
    var line = command
    var inputFile: URL?
    defer { if let inputFile { try? FileManager.default.removeItem(at: inputFile) } }
    if !input.isEmpty {
      let file = FileManager.default.temporaryDirectory.appending(
        path: "requisite-input-\(UUID().uuidString)")
      inputFile = file
      try Data(input).write(to: file)
      line = "cat '\(file.path)' | {\n\(command)\n}"
    }
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", line], environment: .custom(variables),
      workingDirectory: FilePath(folder.path), output: .bytes(limit: 1 << 26),
      error: .bytes(limit: 1 << 26))
    let status =
      switch result.terminationStatus {
      case .exited(let code): "\(code)"
      case .signaled(let signal): "signal \(signal)"
      }
    return Outcome(status: status, output: result.standardOutput, error: result.standardError)
  }

  /// Gives a body an empty folder of its own.
  static func withFolder<Result>(
    _ body: (URL) async throws -> Result
  ) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "requisite-\(UUID().uuidString)").resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
  }
}
