import Foundation

/// Where the outside suites lie: REQUISITE_CONFORMANCE, or a folder beside the checkout.
enum SuiteFolder {
  static let conformance: URL = {
    if let path = ProcessInfo.processInfo.environment["REQUISITE_CONFORMANCE"] {
      return URL(fileURLWithPath: path)
    }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("../shared/conformance")
      .standardizedFileURL
  }()

  static let jsonSchema = conformance.appendingPathComponent(
    "JSON-Schema-Test-Suite/tests/draft2020-12")
  static let iRegexp = conformance.appendingPathComponent("iregexp/iregexp.json")
  static let awsPatterns = conformance.deletingLastPathComponent().appendingPathComponent(
    "reference/aws-patterns.ndjson")

  static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

  static func json(at url: URL) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(contentsOf: url))
  }
}
