import Evaluation
import Findings
import Testing

/// What evaluation may take, counted in steps: never in time.
struct StepTests {
  private static func list(_ count: Int) -> String {
    "{\"a\": [\((0..<count).map { String($0 % 3) }.joined(separator: ","))]}"
  }

  @Test func stepsAreThoseOfTheRequest() throws {
    var trial = try Trial(#"{"r": {"given": "$.a", "then": {"items": {"maximum": 3}}}}"#)
    let steps = [0, 100, 200, 400].map { trial.evaluate(Self.list($0)).steps }
    #expect(steps[1] > 100)
    // Each element takes the same, and nothing is left of the request before.
    #expect((steps[2] - steps[1]) * 2 == steps[3] - steps[2])
    #expect(trial.evaluate(Self.list(100)).steps == steps[1])
    #expect(trial.evaluate(Self.list(0)).steps == steps[0])
  }

  /// Rules of each kind, and a request that takes more steps than they may.
  @Test(arguments: [
    #"{"r": {"given": "$.a[?$.a[?@ > 5]]", "then": {"maximum": 3}}}"#,
    #"{"r": {"given": "$.a", "then": "self.all(x, self.all(y, x >= 0 && y >= 0))"}}"#,
    #"{"q": {"given": "$.a", "when": "self.all(x, self.exists(y, y == x))", "then": false}}"#,
  ])
  func overTheLimitIsAFinding(rules: String) throws {
    var trial = try Trial(rules, costLimit: 1_000)
    let text = Self.list(2_000)
    let found = trial.evaluate(text)
    #expect(found.outcome == .failing)
    #expect(found.failures.count == 1)
    #expect(found.messages.allSatisfy { $0.contains("steps") || $0.contains("limit") })
    // The next request has all its steps.
    #expect(trial.evaluate(Self.list(3)).failures.filter { $0.hasPrefix("schema/limit") } == [])
  }

  /// Steps that other packs took of a request are not there for this one.
  @Test func packsShareTheSteps() throws {
    var trial = try Trial(#"{"r": {"given": "$.a", "then": {"items": {"maximum": 3}}}}"#)
    let alone = trial.evaluate(Self.list(10))
    #expect(alone.outcome == .clean)
    let after = trial.evaluate(Self.list(10), spent: 1_000)
    #expect(after.outcome == .clean && after.steps == alone.steps + 1_000)
    let late = trial.evaluate(Self.list(10), spent: .max / 4)
    #expect(late.failures == ["schema/limit "])
  }

  @Test func findingsOfOneRequestAreLimited() throws {
    var trial = try Trial(#"{"r": {"given": "$.a[*]", "then": {"minimum": 3}}}"#)
    #expect(trial.evaluate(Self.list(Evaluator.failureLimit)).failures.count == 1_000)
    let found = trial.evaluate(Self.list(Evaluator.failureLimit + 1))
    #expect(found.failures.count == 1_001)
    #expect(found.failures.filter { $0 == "schema/limit " }.count == 1)
  }

  /// A schema that refers to itself ends with the request, however deep it is.
  @Test(arguments: [10, 200, 400]) func schemasMayRecur(depth: Int) throws {
    var trial = try Trial(
      ##"{"r": {"then": {"$defs": {"n": {"properties": {"n": {"$ref": "#/$defs/n"}}, "maxProperties": 1}}, "$ref": "#/$defs/n"}}}"##
    )
    let open = String(repeating: "{\"n\": ", count: depth)
    let close = String(repeating: "}", count: depth)
    #expect(trial.evaluate("\(open)1\(close)").outcome == .clean)
    let found = trial.evaluate("\(open){\"n\": 1, \"m\": 2}\(close)")
    #expect(found.failures == ["r " + String(repeating: "/n", count: depth)])
  }
}
