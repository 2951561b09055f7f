import Foundation
import Testing

@testable import RequisitePatterns

/// The cases of the JSON Schema test suite that turn on a pattern alone.
struct SchemaSuiteTests {
  @Test(
    .enabled(if: SuiteFolder.exists(SuiteFolder.jsonSchema), "JSON-Schema-Test-Suite is absent"),
    arguments: [
      "optional/ecmascript-regex", "optional/non-bmp-regex", "pattern",
      "optional/format/ecmascript-regex", "optional/format/regex",
    ])
  func agrees(file: String) throws {
    let url = SuiteFolder.jsonSchema.appendingPathComponent("\(file).json")
    let groups = try #require(SuiteFolder.json(at: url) as? [[String: Any]])
    var count = 0
    for group in groups {
      guard let schema = group["schema"] as? [String: Any] else { continue }
      for test in group["tests"] as? [[String: Any]] ?? [] {
        let isValid = try #require(test["valid"] as? Bool)
        let name = "\(group["description"] ?? ""): \(test["description"] ?? "")"
        if let source = schema["pattern"] as? String, let text = test["data"] as? String {
          #expect(try Pattern(source).hasMatch(in: text) == isValid, "\(name)")
          count += 1
        } else if schema["format"] as? String == "regex", let text = test["data"] as? String {
          #expect(((try? Pattern.checkSyntax(text)) != nil) == isValid, "\(name)")
          count += 1
        } else if let sources = schema["patternProperties"] as? [String: Any],
          schema["additionalProperties"] as? Bool == false,
          let data = test["data"] as? [String: Any], schema["properties"] == nil
        {
          let patterns = try sources.keys.map { try Pattern($0) }
          let allMatch = data.keys.allSatisfy { key in
            patterns.contains { $0.hasMatch(in: key) }
          }
          #expect(allMatch == isValid, "\(name)")
          count += 1
        }
      }
    }
    print("JSON Schema suite, \(file): \(count) cases")
  }
}
