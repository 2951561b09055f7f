import Foundation
import RequisiteKit
import TestSupport
import Testing

/// The library finds what the command line reports.
struct CommandLineAgreementTests {
  /// The program beside the tests' own bundle, unless `REQUISITE_BINARY` names another.
  private static var program: URL {
    if let path = ProcessInfo.processInfo.environment["REQUISITE_BINARY"], !path.isEmpty {
      return URL(filePath: path)
    }
    for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
      return bundle.bundleURL.deletingLastPathComponent().appending(path: "requisite")
    }
    return URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "requisite")
  }

  /// What the program reports of all requests, by the names of their files.
  private static func reported() throws -> [String: [Brief]] {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "requisite-kit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for request in Request.all {
      try Data(request.bytes).write(to: folder.appending(path: request.name))
    }
    let process = Process()
    process.executableURL = program
    process.currentDirectoryURL = folder
    process.arguments =
      ["check", "--no-config", "--root", ".", "--pack", "aws-connect-chat", "-f", "json"]
      + Request.all.map(\.name)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let report = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let findings = try #require(report["findings"] as? [[String: Any]])
    var briefs: [String: [Brief]] = [:]
    for finding in findings {
      briefs[finding["path"] as? String ?? "", default: []].append(Brief(reported: finding))
    }
    return briefs
  }

  @Test func findsWhatTheProgramReports() throws {
    let rules = try RuleSet(builtIn: "aws-connect-chat")
    let reported = try Self.reported()
    #expect(reported.count > 15)
    for request in Request.all {
      let found = rules.check(request.bytes, as: request.syntax)
        .filter { !$0.ruleID.hasPrefix("input/") }.map { Brief($0) }
      #expect(found == reported[request.name] ?? [], "\(request.name)")
    }
  }
}
