import Foundation
import Testing

@testable import Patterns

/// The patterns of the AWS service models, with the verdicts of an ECMA-262 engine.
struct AWSPatternTests {
  @Test(.enabled(if: SuiteFolder.exists(SuiteFolder.awsPatterns), "aws-patterns.ndjson is absent"))
  func agreesWithTheEngineOnEveryString() throws {
    let text = try String(contentsOf: SuiteFolder.awsPatterns, encoding: .utf8)
    var loaded = 0
    var lenient = 0
    var verdicts = 0
    var refused: [String] = []
    for line in text.split(separator: "\n") {
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let source = try #require(object["pattern"] as? String)
      let syntax = try #require(object["syntax"] as? String)
      let mayBeRefused = syntax == "invalid" || object["backreference"] as? Bool == true
      let pattern: Pattern
      do throws(PatternError) {
        pattern = try Pattern(source)
      } catch {
        #expect(mayBeRefused, "refused: \(source): \(error.message)")
        refused.append("\(source): \(error.message)")
        continue
      }
      #expect(!mayBeRefused, "accepted: \(source)")
      #expect((pattern.leniency != nil) == (syntax == "annexB"), "wrong syntax: \(source)")
      loaded += 1
      if pattern.leniency != nil { lenient += 1 }
      var cache = PatternCache()
      for (member, verdict) in [("match", true), ("noMatch", false)] {
        for string in object[member] as? [String] ?? [] {
          let bytes = Array(string.utf8)
          let found = pattern.hasMatch(in: bytes.span, cache: &cache)
          #expect(found == verdict, "\(source) on \(string.debugDescription)")
          verdicts += 1
        }
      }
    }
    print(
      "AWS patterns: \(loaded) loaded (\(lenient) by Annex B), \(refused.count) refused,",
      "\(verdicts) verdicts")
    for line in refused { print("  refused: \(line)") }
    #expect(loaded > 2000)
    #expect(verdicts > 10000)
  }
}
