import SourceText
import Testing

/// Which name a person most likely meant.
struct NearestNamesTests {
  @Test(
    arguments: [
      ("knd", ["b", "kind"], "kind"), ("a", ["b", "kind"], nil), ("a", ["A"], "A"),
      ("ab", ["b"], nil), ("id", ["Id"], "Id"), ("trace_id", ["traceId"], "traceId"),
      ("warn", ["error", "warning", "info", "off"], "warning"),
      ("Warning", ["error", "warning", "info", "off"], "warning"),
      ("err", ["error", "warning", "info", "off"], "error"),
      ("information", ["error", "warning", "info", "off"], "info"),
      ("none", ["error", "warning", "info", "off"], "off"),
      ("none", ["error", "warning", "info", "never"], "never"),
      ("int", ["string", "integer"], "integer"), ("str", ["string", "integer"], "string"),
      ("DisplayNameOfParticipant", ["DisplayName"], "DisplayName"), ("x", [], nil),
      ("ab", ["cb"], nil), ("us", ["up"], nil), ("abc", ["abd"], "abd"), ("US", ["us"], "us"),
      ("colour", ["kind"], nil), ("", ["a"], nil),
    ] as [(String, [String], String?)])
  func nearestName(name: String, candidates: [String], expected: String?) {
    #expect(NearestName.nearest(to: name, among: candidates) == expected)
    var names = NearestNames(candidates)
    #expect(names.nearest(to: name) == expected)
  }

  @Test func allSearchesTogetherAreBounded() {
    let candidates = (0..<5_000).map { "some-rather-long-name-of-a-rule-\($0)" }
    var names = NearestNames(candidates)
    var found = 0
    for number in 0..<5_000
    where names.nearest(to: "some-rather-long-name-of-a-rul-\(number)") != nil { found += 1 }
    #expect(found > 0)
    #expect(found < 5_000)
  }
}
