import Foundation
import Reporting
import TestSupport
import Testing

/// Every scenario of `Scenarios/`, against the built program.
///
/// With `RECORD_SCENARIOS` in the environment the files are written anew instead, and the tests fail.
struct ScenarioTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Scenarios")

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".scenario") }.sorted()

  @Test func scenariosAreFound() {
    #expect(Self.names.count >= 20)
    #expect(FileManager.default.isExecutableFile(atPath: Program.url.path), "\(Program.url.path)")
  }

  @Test(arguments: names) func scenario(name: String) async throws {
    let file = Self.folder.appending(path: name)
    let written = try String(contentsOf: file, encoding: .utf8)
    let scenario = try Scenario(written)
    var actual = scenario
    try await Program.withFolder { folder in
      for item in scenario.items { try Self.put(item, into: folder) }
      for (index, step) in scenario.steps.enumerated() {
        let outcome = try await Program.run(
          step.command, in: folder, input: step.input, environment: step.environment)
        actual.steps[index].status = outcome.status
        actual.steps[index].output = Self.shown(outcome.output, folder)
        actual.steps[index].error = Self.shown(outcome.error, folder)
      }
    }
    if ProcessInfo.processInfo.environment["RECORD_SCENARIOS"] != nil {
      try Data(actual.text.utf8).write(to: file)
      Issue.record("recorded \(name)")
      return
    }
    try #require(!scenario.steps.isEmpty)
    for (expected, actual) in zip(scenario.steps, actual.steps) {
      #expect(actual.status == expected.status, "\(name): \(expected.command)")
      #expect(
        actual.output.utf8.elementsEqual(expected.output.utf8),
        "\(name): \(expected.command): standard output is\n\(actual.output)")
      #expect(
        actual.error.utf8.elementsEqual(expected.error.utf8),
        "\(name): \(expected.command): standard error is\n\(actual.error)")
    }
  }

  /// Output with what differs from place to place and from version to version replaced.
  private static func shown(_ bytes: [UInt8], _ folder: URL) -> String {
    VisibleText.text(bytes)
      .replacingOccurrences(of: folder.path, with: "@FOLDER@")
      .replacingOccurrences(of: "\"\(ToolInformation.version)\"", with: "\"@VERSION@\"")
  }

  private static func put(_ item: Scenario.Item, into folder: URL) throws {
    let manager = FileManager.default
    func place(_ name: String) throws -> String {
      let path = "\(folder.path)/\(name)"
      try manager.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      return path
    }
    switch item {
    case .file(let name, let bytes):
      let path = try place(name)
      try #require(manager.createFile(atPath: path, contents: Data(bytes)), "\(name)")
    case .link(let name, let target):
      try manager.createSymbolicLink(atPath: try place(name), withDestinationPath: target)
    case .folder(let name):
      try manager.createDirectory(
        atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    }
  }
}
