import Foundation
import Testing

@testable import RequisitePatterns

/// The patterns of the AWS service models, with the verdicts of an ECMA-262 engine.
struct AWSPatternTests {
  private static let foreign = [
    "\\A", "\\x{", "\\p{Is", "\\p{Graph}", "\\p{Print}", "\\p{Digit}", "\\p{Alnum}",
  ]

  @Test(.enabled(if: SuiteFolder.exists(SuiteFolder.awsPatterns), "aws-patterns.ndjson is absent"))
  func agreesWithTheEngineOnEveryString() throws {
    let text = try String(contentsOf: SuiteFolder.awsPatterns, encoding: .utf8)
    var loaded = 0
    var beyond = 0
    var verdicts = 0
    var refused: [String] = []
    for line in text.split(separator: "\n") {
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let source = try #require(object["pattern"] as? String)
      let syntax = try #require(object["syntax"] as? String)
      // What Annex B reads as letters is refused: properties and escapes of other dialects.
      let isForeign = syntax == "annexB" && Self.foreign.contains { source.contains($0) }
      let mayBeRefused =
        syntax == "invalid" || object["backreference"] as? Bool == true || isForeign
      let pattern: Pattern
      do throws(PatternError) {
        pattern = try Pattern(source)
      } catch {
        #expect(mayBeRefused, "refused: \(source): \(error.message)")
        refused.append("\(source): \(error.message)")
        continue
      }
      #expect(!mayBeRefused, "accepted: \(source)")
      let isStrict = (try? Pattern(source, dialect: .ecmaScriptUnicode)) != nil
      #expect(isStrict == (syntax == "u"), "wrong syntax: \(source)")
      loaded += 1
      if !isStrict { beyond += 1 }
      var cache = PatternCache()
      for (member, verdict) in [("match", true), ("noMatch", false)] {
        for string in object[member] as? [String] ?? [] {
          let bytes = Array(string.utf8)
          let found = pattern.hasMatch(in: bytes.span, cache: &cache)
          // An engine reads `\\p{L}` as letters where the pattern also escapes an underscore.
          if syntax == "annexB", source.contains("\\p{") { continue }
          #expect(found == verdict, "\(source) on \(string.debugDescription)")
          verdicts += 1
        }
      }
    }
    print(
      "AWS patterns: \(loaded) loaded (\(beyond) beyond the flag u), \(refused.count) refused,",
      "\(verdicts) verdicts")
    for line in refused { print("  refused: \(line)") }
    #expect(loaded > 2000)
    #expect(beyond > 60)
    #expect(verdicts > 10000)
  }
}
