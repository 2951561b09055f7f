import Foundation
import Formats
import TestSupport
import Testing

/// The optional format tests of the JSON Schema Test Suite, string data only: each format holds for
/// what is no string.
struct FormatSuiteTests {
  private static let suite = "JSON-Schema-Test-Suite/tests"

  /// Cases that are left out, by draft, file and description, with the reason.
  private static let skips: [String: String] = [:]

  @Test(
    .enabled(if: Conformance.has(suite), "the JSON Schema Test Suite is not there"),
    arguments: ["draft2020-12", "draft2019-09", "draft7", "draft6", "draft4"])
  func agreesWithTheSuite(draft: String) throws {
    let folder = "\(Self.suite)/\(draft)/optional/format"
    var total = Counts()
    var lines: [String] = []
    for file in try Conformance.files(in: folder) where file.hasSuffix(".json") {
      let groups = try JSONDecoder().decode(
        [Group].self, from: Data(Conformance.bytes("\(folder)/\(file)")))
      var counts = Counts()
      for group in groups {
        guard let name = group.schema.format else { continue }
        for test in group.tests {
          guard case .string(let text) = test.data else { continue }
          let key = "\(draft)/\(file): \(test.description)"
          if Self.skips[key] != nil {
            counts.skipped += 1
            continue
          }
          // A format that nobody knows holds for every string (validation, section 7.2.3).
          let fault = StringFormat(rawValue: name)?.fault(in: Array(text.utf8)[...])
          if (fault == nil) == test.valid { counts.passed += 1 } else { counts.failed += 1 }
          #expect(
            (fault == nil) == test.valid,
            "\(key): \(text.debugDescription) \(fault?.message ?? "")")
          if let fault {
            #expect((0...text.utf8.count).contains(fault.offset), "\(key)")
          }
        }
      }
      lines.append("  \(file.dropLast(5)): \(counts)")
      total.add(counts)
    }
    #expect(total.passed > 100)
    print((["Formats (\(draft)): \(total)"] + lines).joined(separator: "\n"))
  }

  private struct Counts: CustomStringConvertible {
    var passed = 0
    var failed = 0
    var skipped = 0

    mutating func add(_ other: Counts) {
      passed += other.passed
      failed += other.failed
      skipped += other.skipped
    }

    var description: String { "\(passed) passed, \(failed) failed, \(skipped) skipped" }
  }

  private struct Group: Decodable {
    var schema: Schema
    var tests: [Case]
  }

  private struct Schema: Decodable {
    var format: String?
  }

  private struct Case: Decodable {
    var description: String
    var data: Value
    var valid: Bool
  }

  private enum Value: Decodable {
    case string(String)
    case other

    init(from decoder: any Decoder) throws {
      self = (try? decoder.singleValueContainer().decode(String.self)).map(Value.string) ?? .other
    }
  }
}
