import Testing

/// Requests of which evaluation by places once said something else than plain evaluation.
///
/// `Trial` compares both.
struct PlaceOwnerTests {
  private static let list =
    #"{"type": "object", "properties": {"l": {"type": "array", "items": {"enum": ["a", "b"]}}}}"#

  /// What a rule asks of elements is asked where the model wants no array, too.
  @Test func rulesLookIntoValuesOfAWrongType() throws {
    var trial = try Trial(
      #"{"r": {"given": "$.l.*", "then": {"type": "boolean"}}}"#,
      request: #"{"operation": "O", "schema": "m.json"}"#,
      model: #"{"type": "object", "properties": {"l": {"type": "object"}}}"#)
    #expect(trial.evaluate(#"{"l": [1]}"#).failures == ["schema/type /l", "r /l/0"])
  }

  /// A check behind each of several values runs before the rest of the request is read.
  @Test func checksOfElementsSeeTheWholeRequest() throws {
    var trial = try Trial(
      #"{"r": {"given": "$.l[*]", "when": "has(root.z)", "then": {"const": "a"}}}"#,
      request: #"{"operation": "O", "schema": "m.json"}"#,
      model: #"{"properties": {"l": {"type": "array", "items": {"type": "string"}}, "z": {}}}"#)
    #expect(trial.evaluate(#"{"l": ["b"], "z": 1}"#).failures == ["r /l/0"])
    #expect(trial.evaluate(#"{"l": ["b"]}"#).failures == [])
  }

  /// Elements that the model does not allow have no marks to compare them by.
  @Test func elementsThatAreNotAllowedMayBeEqual() throws {
    var trial = try Trial(
      #"{"r": {"given": "$.l", "then": {"uniqueItems": true}}}"#,
      request: #"{"operation": "O", "schema": "m.json"}"#, model: Self.list)
    #expect(
      trial.evaluate(#"{"l": ["x", "x"]}"#).failures == [
        "schema/enum /l/0", "r /l/1", "schema/enum /l/1",
      ])
  }

  /// An element of the wrong type is still the one that another rule looks for.
  @Test func elementsOfAWrongTypeAreFound() throws {
    var trial = try Trial(
      #"""
      {"r": {"given": "$.l", "when": {"contains": {"const": "a"}}, "then": {"minItems": 2}},
       "s": {"given": "$.l[*]", "then": {"type": "integer"}}}
      """#,
      request: #"{"operation": "O", "schema": "m.json"}"#, model: Self.list)
    #expect(trial.evaluate(#"{"l": ["a"]}"#).failures == ["r /l", "s /l/0"])
  }

  /// A member that is listed twice is one, for both ways of evaluating.
  @Test func membersListedTwiceAreOne() throws {
    var trial = try Trial(
      #"{"r": {"then": {"atMostOneOf": ["A", "A", "B"]}}, "s": {"then": {"exactlyOneOf": ["A", "A"]}}}"#,
      request: #"{"operation": "O", "schema": "m.json"}"#,
      model: #"{"properties": {"A": {}, "B": {}}}"#)
    #expect(trial.evaluate(#"{"A": 1}"#).failures == [])
    #expect(trial.evaluate(#"{"A": 1, "C": 1}"#).failures == [])
    #expect(trial.evaluate(#"{"A": 1, "B": 1}"#).failures == ["r /B"])
    #expect(trial.evaluate(#"{"B": 1}"#).failures == ["s "])
  }

  @Test func noValueIsOneOfNone() throws {
    var trial = try Trial(#"{"r": {"then": {"properties": {"n": {"enum": []}}}}}"#)
    #expect(trial.evaluate(#"{"n": "a"}"#).failures == ["r /n"])
  }

  @Test(arguments: [("0.5", false), ("9223372036854775808", false), ("9223372036854775807", true)])
  func integersOf64BitsAreCounted(number: String, holds: Bool) throws {
    var trial = try Trial(#"{"r": {"then": {"properties": {"n": {"format": "int64"}}}}}"#)
    #expect(trial.evaluate(#"{"n": \#(number)}"#).failures.isEmpty == holds)
  }

  /// A name that follows another as it did last time is compared as it is written.
  @Test(arguments: [#"q"t"#, #"b\s"#, "é"])
  func namesAreComparedByTheirText(name: String) throws {
    let spelled = name.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
    var trial = try Trial(
      nil, request: #"{"operation": "O", "schema": "m.json"}"#,
      model: #"{"properties": {"a": {}, "\#(spelled)": {"type": "string"}}}"#)
    for text in [#"{"a": 1, "\#(spelled)": 2}"#, #"{"a": 1, "\#(spelled)": 2}"#] {
      #expect(trial.evaluate(text).failures.count == 1)
    }
    // As it is, such a name is no JSON.
    _ = trial.evaluate(#"{"a": 1, "\#(name)": 2}"#)
  }

  /// Bounds at the ends of 64 bits are bounds, by themselves and under a condition.
  @Test(arguments: [
    (#"{"n": 9223372036854775808}"#, ["r /n"]), (#"{"n": 1e30}"#, ["r /n"]),
    (#"{"n": 9223372036854775807}"#, []), (#"{"m": -1e30}"#, ["s /m"]),
    (#"{"m": -9223372036854775808}"#, []), (#"{"k": 1e40}"#, ["t /k"]),
    (#"{"k": 9223372036854775807}"#, []),
  ])
  func extremesOf64BitsAreBounds(text: String, failures: [String]) throws {
    var trial = try Trial(
      #"""
      {"r": {"given": "$.n", "then": {"maximum": 9223372036854775807}},
       "s": {"given": "$.m", "then": {"minimum": -9223372036854775808}},
       "t": {"when": "has(self.k)", "then": {"properties": {"k": {"maximum": 9223372036854775807}}}}}
      """#)
    #expect(trial.evaluate(text).failures == failures)
  }

  /// Schemas that lead to one another count for the limit of nesting, once for each level of the request.
  @Test(arguments: [(10, false), (60, true)])
  func nestedSchemasAreCounted(depth: Int, isOverLimit: Bool) throws {
    let links = (0..<34).map { number in
      ##""d\##(number)": {"maxProperties": 9, "allOf": [{"$ref": "#/$defs/d\##(number + 1)"}]}"##
    }
    let model = ##"""
      {"$ref": "#/$defs/d0", "$defs": {\##(links.joined(separator: ", ")),
       "d34": {"type": "object", "properties": {"C": {"$ref": "#/$defs/d0"}}}}}
      """##
    var trial = try Trial(
      #"{"r": {"then": {"maxProperties": 9}}}"#,
      request: #"{"operation": "O", "schema": "m.json"}"#, model: model)
    let text =
      String(repeating: #"{"C":"#, count: depth) + "{}" + String(repeating: "}", count: depth)
    #expect(trial.evaluate(text).failures == (isOverLimit ? ["schema/limit "] : []))
  }

  /// What is left to the plain evaluator takes the steps that are left by all else.
  @Test(arguments: [1_500, 1_700, 1_900, 2_100]) func stepsOfBothWaysAreCounted(count: Int) throws {
    func ones(_ count: Int) -> String {
      "[" + Array(repeating: "1", count: count).joined(separator: ",") + "]"
    }
    let pairs = #"{"then": "root.L.map(a, root.L.map(b, a + b)).size() >= 0"}"#
    let rules = (0..<6).map { #""r\#($0)": \#(pairs)"# }.joined(separator: ", ")
    let list = #"{"type": "array", "items": {"type": "integer"}}"#
    var trial = try Trial(
      #"{\#(rules), "s": {"then": "root.M.map(a, a).size() >= 0"}}"#,
      request: #"{"operation": "O", "schema": "m.json"}"#,
      model: #"{"type": "object", "properties": {"L": \#(list), "M": \#(list)}}"#,
      costLimit: 200_000)
    // The two ways are compared by the trial.
    _ = trial.evaluate(#"{"L": \#(ones(153)), "M": \#(ones(count))}"#)
  }
}
