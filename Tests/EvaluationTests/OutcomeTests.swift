import Evaluation
import Findings
import Testing

/// Whether a pack applies to a request, and whether everything holds.
struct OutcomeTests {
  private static let request = #"{"operation": "O", "detect": {"required": ["a"]}}"#
  private static let rules = #"{"r": {"given": "$.a", "then": {"maximum": 3}}}"#

  @Test(arguments: [
    (#"{"a": 1}"#, Trial.Outcome.clean, Trial.Outcome.clean), (#"{"a": 5}"#, .failing, .failing),
    (#"{"b": 5}"#, .clean, .unfit), ("{}", .clean, .unfit), ("[]", .clean, .unfit),
    ("5", .clean, .unfit), ("null", .clean, .unfit), ("", .clean, .unfit),
    (#"{"a": 1, "a": 2}"#, .failing, .failing), (#"{"a": "5"}"#, .clean, .clean),
  ])
  func detection(text: String, always: Trial.Outcome, whenDetected: Trial.Outcome) throws {
    var trial = try Trial(Self.rules, request: Self.request)
    #expect(trial.evaluate(text).outcome == always)
    #expect(trial.evaluate(text, applicability: .whenDetected).outcome == whenDetected)
  }

  @Test func rulesThatAreOffAreNotEvaluated() throws {
    var trial = try Trial(
      #"{"r": {"severity": "off", "given": "$.a", "then": {"maximum": 3}}}"#)
    #expect(trial.evaluate(#"{"a": 5}"#).outcome == .clean)
  }

  /// Nothing of a request is left for the next one.
  @Test func requestsDoNotDependOnEachOther() throws {
    let texts = [
      #"{"a": 1}"#, #"{"a": 5}"#, #"{"b": 5}"#, "", #"{"a": 5, "a": 6}"#, #"{"a": [5, {"x": 1}]}"#,
      "[1]",
    ]
    var expected: [Trial.Evaluated] = []
    for text in texts {
      var trial = try Trial(Self.rules, request: Self.request)
      expected.append(trial.evaluate(text, applicability: .whenDetected))
    }
    #expect(Set(expected.map(\.outcome)).count == 3)
    var shared = try Trial(Self.rules, request: Self.request)
    for step in 1..<texts.count {
      for index in texts.indices {
        let place = index * step % texts.count
        #expect(
          shared.evaluate(texts[place], applicability: .whenDetected) == expected[place],
          "\(texts[place])")
      }
    }
  }

  /// A value within a document is a request like a document of its own.
  @Test(arguments: [
    (#"{"a": 1}"#, "/1"), (#"{"a": 5}"#, "/1"), (#"{"b": 5}"#, "/1"), ("[]", "/1"),
    (#"{"a": 5, "a": 6}"#, "/1"), (#"{"a": {"a": 5}}"#, "/1"),
  ])
  func anyValueCanBeTheRequest(text: String, pointer: String) throws {
    var trial = try Trial(Self.rules, request: Self.request)
    let alone = trial.evaluate(text, applicability: .whenDetected)
    let inside = trial.evaluate(
      #"[{"a": 9}, \#(text), {"a": 9}]"#, at: pointer, applicability: .whenDetected)
    #expect(inside.outcome == alone.outcome)
    #expect(inside.steps == alone.steps)
    #expect(inside.messages == alone.messages)
    #expect(
      inside.failures
        == alone.failures.map { failure in
          let parts = failure.split(separator: " ", omittingEmptySubsequences: false)
          return "\(parts[0]) \(pointer)\(parts[1])"
        })
  }
}
