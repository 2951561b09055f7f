import Findings
import Foundation
import RuleCompilation
import Testing

/// The table of codes and the sources say the same.
struct CodeTests {
  /// Texts of the form of a code that are none: media types and a path.
  private static let others: Set = [
    "application/json", "info/exclude", "text/markdown", "text/plain",
  ]

  /// Every text literal `area/name` of the sources, except the tables that only mention codes.
  private static func codesInSources() throws -> Set<String> {
    var codes: Set<String> = []
    for file in try Sources.swiftFiles(in: "Sources")
    where !file.hasPrefix("Sources/Findings/Codes/") {
      let text = try Sources.text(of: file)
      // A table of limits mentions codes that the module uses elsewhere.
      guard !text.contains("static let all: [Limit]") else { continue }
      for match in text.matches(of: /"([a-z]+\/[a-z]+(?:-[a-z]+)*)"/) {
        codes.insert(String(match.1))
      }
    }
    return codes.subtracting(others)
  }

  @Test func tableHasExactlyTheCodesOfTheSources() throws {
    // Rules of a model are named `schema/KEYWORD`.
    let rules = Set(ModelRule.all.map { "schema/\($0.keyword)" })
    let used = try Self.codesInSources().subtracting(rules)
    let listed = Set(DiagnosticCode.all.map(\.code))
    #expect(used.subtracting(listed) == [], "used, but not in Sources/Findings/Codes")
    #expect(listed.subtracting(used) == [], "in Sources/Findings/Codes, but never used")
    #expect(listed.count == DiagnosticCode.all.count, "a code is listed twice")
  }

  /// A code that is put together could not be found by the test above.
  @Test func codesAreWrittenOut() throws {
    for file in try Sources.swiftFiles(in: "Sources") {
      for line in try Sources.lines(of: file) {
        #expect(!line.contains(#"/\(code)""#), "\(file): \(line)")
      }
    }
  }

  @Test(arguments: DiagnosticCode.all.map(\.code))
  func codeIsExplained(code: String) throws {
    let entry = try #require(DiagnosticCode.all.first { $0.code == code })
    for sentence in [entry.summary, entry.reason, entry.fix] {
      #expect(sentence.hasSuffix("."), "\(sentence)")
      #expect(sentence.first.map { $0.isUppercase || "'-".contains($0) } ?? false, "\(sentence)")
    }
    #expect(!entry.summary.contains("; "), "the summary is one sentence: \(entry.summary)")
    #expect(!entry.example.isEmpty)
  }
}
