import Documents
import Evaluation
import Foundation
import RuleCompilation
import Synchronization
import TestSupport
import Testing

/// No schema and no value can make an evaluation run away, in time or in stack.
struct BoundTests {
  /// Schemas that go down into a value, by several ways to refer to themselves.
  static let recursive: [String] = [
    ##"{"properties": {"a": {"$ref": "#"}}, "items": {"$ref": "#"}, "type": ["object", "array"]}"##,
    ##"{"additionalProperties": {"$ref": "#"}, "items": {"$ref": "#"}, "type": ["object", "array"]}"##,
    ##"{"anyOf": [{"type": "null"}, {"properties": {"a": {"$ref": "#"}}, "items": {"$ref": "#"}, "type": ["object", "array"]}]}"##,
    ##"{"oneOf": [{"type": "null"}, {"properties": {"a": {"$ref": "#"}}, "items": {"$ref": "#"}, "type": ["object", "array"]}]}"##,
    ##"{"not": {"not": {"patternProperties": {"^a": {"$ref": "#"}}, "items": {"$ref": "#"}, "type": ["object", "array"]}}}"##,
    ##"{"if": {"type": "object"}, "then": {"properties": {"a": {"$ref": "#"}}}, "else": {"items": {"$ref": "#"}, "type": "array"}}"##,
    ##"{"$dynamicAnchor": "me", "properties": {"a": {"$dynamicRef": "#me"}}, "prefixItems": [{"$dynamicRef": "#me"}], "type": ["object", "array"], "unevaluatedItems": false, "unevaluatedProperties": false}"##,
    ##"{"type": ["object", "array"], "unevaluatedItems": {"$ref": "#"}, "unevaluatedProperties": {"$ref": "#"}}"##,
    ##"{"type": ["object", "array"], "contains": {"$ref": "#"}, "dependentSchemas": {"a": {"properties": {"a": {"$ref": "#"}}}}}"##,
  ]

  /// Values that nest as deep as a reader allows, around a value that does not fit.
  static let nested: [String] = [
    String(repeating: "[", count: 511) + "1" + String(repeating: "]", count: 511),
    String(repeating: ##"{"a":"##, count: 511) + "1" + String(repeating: "}", count: 511),
  ]

  @Test(arguments: recursive, nested)
  func deepValuesAreEvaluatedOnLittleStack(schema: String, value: String) {
    let schema = TestSchema(schema.utf8)
    #expect(schema.mistakes == [])
    let outcome = onThread(stackSize: Self.stackSize) {
      (schema.holds(value.utf8), schema.failures(value).failures.count)
    }
    #expect(outcome.0 == false)
    #expect(outcome.1 > 0)
  }

  @Test func aLongChainOfReferencesIsALimitNotACrash() {
    let links = (0..<3_000).map { ##""d\##($0)": {"allOf": [{"$ref": "#/$defs/d\##($0 + 1)"}]}"## }
    let schema = TestSchema(
      ##"{"$ref": "#/$defs/d0", "$defs": {\##(links.joined(separator: ", ")), "d3000": false}}"##
        .utf8)
    #expect(schema.mistakes == [])
    let outcome = onThread(stackSize: Self.stackSize) {
      (schema.holds("1".utf8), schema.failures("1").failures.count)
    }
    #expect(outcome.0 == nil)
  }

  /// Each level asks the next one twice, so that the work doubles thirty times and more.
  @Test(arguments: [
    ##"{"anyOf": [{"$ref": "#/$defs/NEXT"}, {"$ref": "#/$defs/NEXT"}]}"##,
    ##"{"oneOf": [{"$ref": "#/$defs/NEXT"}, {"allOf": [{"$ref": "#/$defs/NEXT"}]}]}"##,
    ##"{"anyOf": [{"$ref": "#/$defs/NEXT"}, {"$ref": "#/$defs/NEXT"}], "unevaluatedProperties": false}"##,
    ##"{"if": {"$ref": "#/$defs/NEXT"}, "then": false, "else": {"$ref": "#/$defs/NEXT"}}"##,
  ])
  func whatWouldExplodeIsStopped(level: String) throws {
    let levels = (0..<40).map {
      ##""d\##($0)": "## + level.replacingOccurrences(of: "NEXT", with: "d\($0 + 1)")
    }
    var options = StandaloneSchema.Options()
    options.stepLimit = 20_000
    let schema = TestSchema(
      ##"{"$ref": "#/$defs/d0", "$defs": {\##(levels.joined(separator: ", ")), "d40": {"type": "string"}}}"##
        .utf8, options: options)
    #expect(schema.mistakes == [])
    let document = JSONReader.read(Array(##"{"a": 1}"##.utf8)).document
    let request = Request(document, bindingNamesTo: schema.standalone.plan.program.symbols)
    var checker = SchemaChecker(plan: schema.standalone.plan)
    _ = checker.holds(schema.standalone.schema, .root, in: request)
    let isOverLimit = checker.isOverLimit
    #expect(isOverLimit)
    // What is left to unwind takes no further schemas, but each frame may ask once more.
    var steps = checker.steps
    #expect(steps < 3 * 20_000)
    var explanation = Explanation(
      values: ValueText(sensitive: [], in: request))
    checker.explain(schema.standalone.schema, .root, in: request, into: &explanation)
    steps = checker.steps
    #expect(steps < 4 * 20_000)
  }

  /// To say why one member of many fails takes no look at the others.
  @Test(arguments: [10, 1_000]) func onlyWhatFailsIsVisited(count: Int) {
    let schema = TestSchema(
      ##"{"additionalProperties": {"allOf": [{"items": {"type": "integer", "maximum": 5}}]}}"##.utf8
    )
    let members = (0..<count).map { ##""m\##($0)": [1, 2, \##($0 == 7 ? 9 : 3)]"## }
    let document = JSONReader.read(Array("{\(members.joined(separator: ","))}".utf8)).document
    let request = Request(document, bindingNamesTo: schema.standalone.plan.program.symbols)
    var checker = SchemaChecker(plan: schema.standalone.plan)
    let places = checker.failures(of: schema.standalone.schema, .root, in: request)
    #expect(places.count == 1)
    let asked = checker.steps
    #expect(asked >= 5 * count)
    var explanation = Explanation(values: ValueText(sensitive: [], in: request))
    checker.explain(places, in: request, into: &explanation)
    #expect(explanation.failures.map(\.keyword) == ["maximum"])
    let told = checker.steps - asked
    #expect(told < 32)
  }

  /// What a schema asks for is put into words only where a few schemas say it.
  @Test func wordsForEndlessSchemasAreNotSought() {
    let names = (0..<50).map { ##""p\##($0)": {"$ref": "#/$defs/a"}"## }.joined(separator: ", ")
    let schema = TestSchema(
      ##"{"not": {"$ref": "#/$defs/a"}, "$defs": {"a": {"type": "object", "properties": {\##(names)}}}}"##
        .utf8)
    #expect(schema.mistakes == [])
    expectMessages(schema.failures("{}").failures.map(\.message), of: "not: an endless schema")
  }

  /// A long text counts as much work, however few schemas look at it.
  @Test(arguments: [
    ##"{"pattern": "^a*$"}"##, ##"{"format": "base64"}"##, ##"{"characters": "a"}"##,
  ])
  func longTextsCount(schema: String) {
    var options = StandaloneSchema.Options()
    options.assertsFormats = true
    let schema = TestSchema(schema.utf8, options: options)
    let document = JSONReader.read(
      Array("\"\(String(repeating: "a", count: 64_000))\"".utf8)
    ).document
    let request = Request(document, bindingNamesTo: schema.standalone.plan.program.symbols)
    var checker = SchemaChecker(plan: schema.standalone.plan)
    _ = checker.holds(schema.standalone.schema, .root, in: request)
    let steps = checker.steps
    #expect((1_000..<9_000).contains(steps))
  }

  /// The stack that every evaluation must do with, in an optimized build and without.
  private static let stackSize = 6 << 20

  /// Runs something on a thread with a stack of its own size.
  private func onThread<Value: Sendable>(
    stackSize: Int, _ work: @escaping @Sendable () -> Value
  ) -> Value {
    let outcome = Box<Value>()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      outcome.value.withLock { $0 = work() }
      done.signal()
    }
    thread.stackSize = stackSize
    thread.start()
    done.wait()
    guard let value = outcome.value.withLock({ $0 }) else { preconditionFailure("no outcome") }
    return value
  }

  private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }
}
