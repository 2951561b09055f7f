import Evaluation
import Findings
import Documents
import Testing

/// What is said of a request of which not everything holds: rules, places, and what else matters there.
struct ExplanationTests {
  /// Rules, a request, and the failures as `RULE POINTER`.
  @Test(arguments: [
    (
      #"{"r": {"given": "$.a[*]", "then": {"maximum": 3}}}"#, #"{"a": [1, 5, 2, 7]}"#,
      ["r /a/1", "r /a/3"]
    ),
    // A node that several paths select fails once, and each keyword fails by itself.
    (
      #"{"r": {"given": ["$.a", "$.*", "$['a','b']"], "then": {"maximum": 3}}}"#,
      #"{"a": 5, "b": 6}"#, ["r /a", "r /b"]
    ),
    (
      #"{"r": {"given": "$.a", "then": {"maximum": 3, "multipleOf": 2}}}"#, #"{"a": 5}"#,
      ["r /a", "r /a"]
    ),
    // Only where the condition holds.
    (
      #"{"r": {"given": "$.l[*]", "when": {"required": ["a"]}, "then": {"required": ["b"]}}}"#,
      #"{"l": [{"a": 1}, {"a": 1, "b": 1}, {}, {"b": 1}]}"#, ["r /l/0"]
    ),
    (
      #"{"r": {"given": "$.l[*]", "when": "self > 2", "then": "self < 4"}}"#,
      #"{"l": [1, 3, 5, 9]}"#, ["r /l/2", "r /l/3"]
    ),
    // An expression that cannot be evaluated does not hold.
    (#"{"r": {"given": "$.l[*]", "then": "self > 2"}}"#, #"{"l": [3, "x"]}"#, ["r /l/1"]),
    (#"{"r": {"given": "$.a", "then": {"maximum": 3}}}"#, "{}", []),
    (
      #"{"r": {"then": {"properties": {"a": {"items": {"type": "string"}}}}}}"#,
      #"{"a": ["x", 1, "y", null]}"#, ["r /a/1", "r /a/3"]
    ),
    (
      #"{"q": {"then": {"required": ["x"]}}, "r": {"then": {"minProperties": 1}}}"#, "{}",
      ["q ", "r "]
    ),
  ])
  func failuresHavePlaces(rules: String, text: String, failures: [String]) throws {
    var trial = try Trial(rules)
    let found = trial.evaluate(text)
    #expect(found.failures == failures)
    #expect(found.outcome == (failures.isEmpty ? .clean : .failing))
  }

  /// A model, a request, and the failures of its keywords.
  @Test(arguments: [
    (#"{"A": 1}"#, Casing.auto, ["schema/type /A"]), (#"{"A": "x"}"#, .auto, []),
    (#"{"a": 1}"#, .auto, ["schema/type /a"]),
    (#"{"a": 1}"#, .wire, ["schema/additionalProperties /a"]),
    (#"{"A": "x", "C": 1}"#, .auto, ["schema/additionalProperties /C"]),
    (#"{"A": "x", "A": "y"}"#, .auto, ["duplicate-name /A"]),
    ("[]", .auto, ["schema/type "]),
  ])
  func modelsFail(text: String, casing: Casing, failures: [String]) throws {
    var trial = try Trial(
      nil, request: #"{"operation": "O", "schema": "m.json"}"#,
      model:
        #"{"type": "object", "properties": {"A": {"type": "string"}}, "additionalProperties": false}"#,
      casing: casing)
    #expect(trial.evaluate(text).failures == failures)
  }

  @Test func failuresReferToWhatTheRuleDependsOn() throws {
    var trial = try Trial(
      #"{"r": {"when": {"properties": {"kind": {"const": "x"}}, "required": ["kind"]}, "then": {"required": ["b"]}}}"#
    )
    let found = trial.evaluate(#"{"kind": "x", "a": 1}"#)
    #expect(found.failures == ["r "])
    #expect(found.related.map { $0.prefix { $0 != ":" } } == ["/kind"])
  }

  @Test func aRuleMayHaveItsOwnMessage() throws {
    var trial = try Trial(
      #"{"r": {"given": "$.a", "message": "{$} is too much", "then": {"maximum": 3}}}"#)
    #expect(trial.evaluate(#"{"a": 5}"#).messages.allSatisfy { $0.hasSuffix(" is too much") })
    #expect(trial.evaluate(#"{"a": 5}"#).messages.count == 1)
  }

  /// Values are shown as far as they may be.
  @Test(arguments: [
    (Disclosure.full, ["open"]), (.kindsOnly, []), (.nothing, []),
  ])
  func valuesAreDisclosed(disclosure: Disclosure, shown: [String]) throws {
    var trial = try Trial(
      #"{"r": {"given": "$.*", "then": {"enum": ["x"]}}}"#,
      request: #"{"operation": "O", "sensitive": ["$.secret"]}"#)
    let found = trial.evaluate(
      #"{"public": "open", "secret": "hidden"}"#, disclosure: disclosure)
    #expect(found.failures == ["r /public", "r /secret"])
    let text = found.messages.joined(separator: "\n")
    #expect(["open", "hidden"].filter { text.contains($0) } == shown)
  }
}
