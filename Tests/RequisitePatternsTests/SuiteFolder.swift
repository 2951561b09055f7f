import Foundation
import TestSupport

/// Where the outside suites lie: REQUISITE_CONFORMANCE, or a folder beside the checkout.
enum SuiteFolder {
  static let jsonSchema = Conformance.folder.appendingPathComponent(
    "JSON-Schema-Test-Suite/tests/draft2020-12")
  static let iRegexp = Conformance.folder.appendingPathComponent("iregexp/iregexp.json")
  static let awsPatterns = Conformance.folder.deletingLastPathComponent().appendingPathComponent(
    "reference/aws-patterns.ndjson")

  static func exists(_ url: URL) -> Bool { Conformance.exists(url) }

  static func json(at url: URL) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(contentsOf: url))
  }
}
