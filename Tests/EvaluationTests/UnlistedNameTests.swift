import Testing

/// Requests with names that the model does not list are told by places where no rule knows these names.
///
/// `Trial` compares what is told with plain evaluation.
struct UnlistedNameTests {
  private static let members =
    #""properties": {"Kind": {"type": "string"}, "In": {"properties": {"A": {}}}}"#
  private static let open = #"{"type": "object", \#(members)}"#
  private static let closed = #"{"type": "object", \#(members), "additionalProperties": false}"#

  private static let unknown = "schema/additionalProperties"

  @Test(
    arguments: [
      (closed, "{}", #"{"Kind": "a", "Other": 1}"#, ["\(unknown) /Other"], true),
      (
        closed, "{}", #"{"Kind": 5, "Other": {"Kind": 1}}"#,
        ["schema/type /Kind", "\(unknown) /Other"], true
      ),
      (
        closed, "{}", #"{"Other": 1, "Other": 2}"#,
        ["duplicate-name /Other", "\(unknown) /Other"], false
      ),
      (closed, "{}", #"{"kind": "a"}"#, [], true),
      (closed, "{}", #"{"kind": "a", "in": {}}"#, [], true),
      (open, "{}", #"{"Kind": "a", "Other": [1]}"#, [], true),
      (open, "{}", #"{"In": {"B": {"A": 1}}, "Other": null}"#, [], false),
      (open, #"{"r": {"then": {"required": ["Other"]}}}"#, #"{"Other": 1}"#, [], true),
      (open, #"{"r": {"then": {"required": ["Other"]}}}"#, #"{"Others": 1}"#, ["r "], true),
      (
        open, #"{"r": {"given": "$.In", "when": "!has(self.B)", "then": {"maxProperties": 1}}}"#,
        #"{"In": {"B": 1, "C": 1}}"#, [], true
      ),
      (
        open,
        #"{"r": {"then": {"additionalProperties": {"type": "string"}, "properties": {"Kind": true, "In": true}}}}"#,
        #"{"Other": 1, "More": "a"}"#, ["r /Other"], true
      ),
      (
        open, #"{"r": {"then": {"propertyNames": {"maxLength": 5}}}}"#,
        #"{"Other": 1, "Others": 2}"#, ["r /Others"], true
      ),
      (
        open, #"{"r": {"then": {"propertyNames": {"pattern": "^[A-Z]"}}}}"#,
        #"{"Kind": "a", "other": 1}"#, ["r /other"], true
      ),
      (
        open, #"{"r": {"then": {"maxProperties": 1}}}"#, #"{"Kind": "a", "Other": 1}"#, ["r "], true
      ),
      (
        open, #"{"r": {"given": "$.In.*", "then": {"type": "integer"}}}"#,
        #"{"In": {"A": 1, "B": "b"}}"#, ["r /In/B"], true
      ),
      (
        open, #"{"r": {"given": "$..A", "then": {"type": "integer"}}}"#, #"{"Other": {"A": "a"}}"#,
        ["r /Other/A"], true
      ),
      (
        open, #"{"r": {"then": "self.all(name, name.size() < 6)"}}"#,
        #"{"Kind": "a", "Others": 1}"#, ["r "], true
      ),
      (
        open, #"{"r": {"given": "$.In", "then": {"const": {"A": 1}}}}"#,
        #"{"In": {"A": 1, "B": 2}}"#, ["r /In"], true
      ),
    ] as [(String, String, String, [String], Bool)])
  func failuresAreThoseOfPlainEvaluation(
    model: String, rules: String, request: String, failures: [String], isTold: Bool
  ) throws {
    var trial = try Trial(
      rules == "{}" ? nil : rules, request: #"{"operation": "O", "schema": "m.json"}"#, model: model
    )
    let found = trial.evaluate(request)
    #expect(found.failures == failures)
    #expect(trial.isTold == isTold)
  }
}
