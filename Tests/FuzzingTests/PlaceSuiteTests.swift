import Foundation
import Fuzzing
import TestSupport
import Testing

/// The suites of JSON Schema and CEL as packs: evaluation by places says what plain evaluation says.
struct PlaceSuiteTests {
  private static let schemas = "JSON-Schema-Test-Suite/tests/draft2020-12"

  /// Each schema is a model, and what a rule asks of the request and of its members.
  @Test(.enabled(if: Conformance.has("JSON-Schema-Test-Suite"), "the suite is not here"))
  func saysTheSameOfTheSchemaSuite() throws {
    var counts = PlaceComparison.Counts()
    for file in try Conformance.files(in: Self.schemas) where file.hasSuffix(".json") {
      let data = try Data(Conformance.bytes("\(Self.schemas)/\(file)"))
      let groups = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
      for group in groups {
        let schema = try #require(group["schema"])
        let tests = try #require(group["tests"] as? [[String: Any]])
        let values = tests.compactMap { $0["data"] }
        let asModel = try Self.pack(rules: [:], hasModel: true)
        try compare(asModel, model: Self.json(schema), values, &counts)
        for given in ["$", "$.*"] {
          let pack = try Self.pack(rules: ["r": ["given": given, "then": schema]])
          try compare(pack, values, &counts)
        }
        let pack = try Self.pack(rules: ["r": ["when": schema, "then": ["maxLength": 1]]])
        try compare(pack, values, &counts)
      }
    }
    print("JSON Schema by places: \(counts)")
    #expect(counts.clean > 500 && counts.told > 500, "\(counts)")
  }

  /// Each expression is what a rule asks of a request that holds its variables.
  @Test(.enabled(if: Conformance.has("cel"), "the cases of cel-spec are not here"))
  func saysTheSameOfTheCasesOfCEL() throws {
    var counts = PlaceComparison.Counts()
    let text = try String(decoding: Conformance.bytes("cel/cel-simple.ndjson"), as: UTF8.self)
    for line in text.split(separator: "\n") {
      let test = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      var expression = try #require(test["expr"] as? String)
      var request: [String: Any] = [:]
      for (name, value) in test["bindings"] as? [String: [String: Any]] ?? [:] {
        request[name] = Self.plain(value)
        expression = expression.replacing(
          try Regex("\\b\(name)\\b"), with: "\(name == "self" ? "root" : "self").\(name)")
      }
      let requests: [Any] = [request, [String: Any](), ["x": true, "y": "a", "z": [1, "b"]]]
      for condition in [expression, "(\(expression)) == (\(expression))"] {
        for rule in [["then": condition], ["when": condition, "then": "has(self.x)"]] {
          try compare(try Self.pack(rules: ["r": rule]), requests, &counts)
        }
      }
    }
    print("CEL by places: \(counts)")
    #expect(counts.clean > 500 && counts.told > 500, "\(counts)")
  }

  /// Compares the two ways on requests by a pack, if it compiles; not every schema does as a pack's.
  private func compare(
    _ pack: [UInt8], model: [UInt8] = [], _ values: [Any], _ counts: inout PlaceComparison.Counts
  ) throws {
    guard var comparison = PlaceFuzzer.comparison(ofPack: pack, model: model) else { return }
    for value in values {
      do {
        try comparison.compare(try Self.json(value))
      } catch {
        Issue.record("\(error)\n\(String(decoding: pack + model, as: UTF8.self))")
      }
    }
    counts += comparison.counts
  }

  private static func pack(rules: [String: Any], hasModel: Bool = false) throws -> [UInt8] {
    var pack: [String: Any] = ["name": "p"]
    if hasModel { pack["request"] = ["operation": "O", "schema": "m.json"] }
    if !rules.isEmpty { pack["rules"] = rules }
    // The version of the format is the first member of every pack.
    return Array(#"{"requisite": 1, "#.utf8) + (try json(pack)).dropFirst()
  }

  private static func json(_ value: Any) throws -> [UInt8] {
    let options: JSONSerialization.WritingOptions = [
      .fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes,
    ]
    return Array(try JSONSerialization.data(withJSONObject: value, options: options))
  }

  /// A value of the cases as one of JSON.
  private static func plain(_ value: [String: Any]) -> Any {
    switch value.first {
    case ("int", let text as String)?, ("uint", let text as String)?:
      return Int(text).map { $0 as Any } ?? text
    case (_, let value)?: return value
    case nil: return NSNull()
    }
  }
}
