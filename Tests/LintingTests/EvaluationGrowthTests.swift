import Documents
import Evaluation
import Findings
import Linting
import RequisiteFiles
import TestSupport
import Testing

/// Evaluation grows no faster than n log n with what it looks at, counted in steps.
struct EvaluationGrowthTests {
  /// A rule and a request of some size.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    /// The rule in JSON, and the request.
    var make: @Sendable (Int) -> (rule: String, request: String)
    var testDescription: String { name }

    init(_ name: String, _ make: @escaping @Sendable (Int) -> (rule: String, request: String)) {
      self.name = name
      self.make = make
    }

    /// A rule that stays the same.
    init(_ name: String, rule: String, request: @escaping @Sendable (Int) -> String) {
      self.init(name) { (rule, request($0)) }
    }
  }

  private static func list(_ count: Int, _ element: (Int) -> String) -> String {
    (0..<count).map(element).joined(separator: ",")
  }

  private static func expression(_ name: String, _ text: String) -> Case {
    Case(name, rule: #"{"then": "\#(text)"}"#) { count in
      #"{"l": [\#(list(count) { "\($0)" })], "m": [\#(list(count) { "\(count - $0)" })], "s": "\#(String(repeating: "ab ", count: count))"}"#
    }
  }

  static let cases: [Case] = [
    Case("enum of numbers") { count in
      (
        #"{"given": "$.l", "then": {"items": {"enum": [\#(list(count) { "\($0)" })]}}}"#,
        #"{"l": [\#(list(count) { "\(count - 1 - $0)" })]}"#
      )
    },
    Case("enum of strings") { count in
      (
        #"{"given": "$.l", "then": {"items": {"enum": [\#(list(count) { "\"v\($0)\"" })]}}}"#,
        #"{"l": [\#(list(count) { "\"v\(count - 1 - $0)\"" })]}"#
      )
    },
    Case("enum of objects") { count in
      (
        #"{"given": "$.l", "then": {"items": {"enum": [\#(list(count) { "{\"a\": \($0)}" })]}}}"#,
        #"{"l": [\#(list(count) { "{\"a\": \(count - 1 - $0).0}" })]}"#
      )
    },
    Case("containsAll") { count in
      (
        #"{"given": "$.l", "then": {"containsAll": [\#(list(count) { "\($0)" })]}}"#,
        #"{"l": [\#(list(count) { "\(count - 1 - $0)" })]}"#
      )
    },
    Case("required") { count in
      (
        #"{"then": {"required": [\#(list(count) { "\"m\($0)\"" })]}}"#,
        "{\(list(count) { "\"m\(count - 1 - $0)\": 1" })}"
      )
    },
    Case("atLeastOneOf") { count in
      (
        #"{"then": {"atLeastOneOf": [\#(list(count) { "\"m\($0)\"" })]}}"#,
        "{\(list(count) { "\"m\(count - 1 - $0)\": 1" })}"
      )
    },
    Case("uniqueItems", rule: #"{"given": "$.l", "then": {"uniqueItems": true}}"#) { count in
      #"{"l": [\#(list(count) { "{\"a\": \($0)}" })]}"#
    },
    Case("multipleOf", rule: #"{"given": "$.n", "then": {"multipleOf": 3}}"#) { count in
      #"{"n": \#(String(repeating: "3", count: 10 * count))}"#
    },
    Case("minimum", rule: #"{"given": "$.n", "then": {"minimum": 3}}"#) { count in
      #"{"n": \#(String(repeating: "3", count: 10 * count))}"#
    },
    Case("filter of a path", rule: #"{"given": "$.l[?@.a == 1]", "then": true}"#) { count in
      #"{"l": [\#(list(count) { "{\"a\": \($0)}" })]}"#
    },
    Case(
      "embedded JSON", rule: #"{"given": "$.s", "then": {"contentMediaType": "application/json"}}"#
    ) {
      count in #"{"s": "[\#(list(count) { "\($0)" })]"}"#
    },
    expression("distinct", "self.l.distinct().size() >= 0"),
    expression("sets.contains", "sets.contains(self.l + [0], self.l)"),
    expression("sets.equivalent", "sets.equivalent(self.l, self.l)"),
    expression("sets.intersects", "!sets.intersects(self.l, self.m.map(x, -x))"),
    expression("concatenation", "(self.l + self.m).size() >= 0"),
    expression("sort", "self.l.sort().size() >= 0"),
    expression("sum", "self.l.sum() >= 0"),
    expression("equal lists", "self.l == self.l.map(x, x)"),
    expression(
      "equal maps",
      "self.l.transformMap(i, x, x) == self.l.transformMap(i, x, x)"),
    expression(
      "entries of a map", "self.l.transformMapEntry(i, x, {x: i}).size() >= 0"),
    expression("replace", "self.s.replace('a', 'cc').size() >= 0"),
    expression("split and join", "self.s.split(' ').join('-').size() >= 0"),
    expression("contains", "!self.s.contains('abc')"),
    expression("lowerAscii", "self.s.upperAscii().lowerAscii() == self.s"),
    expression("matches", "self.s.matches('^(ab )*$')"),
    expression("format", "'%s'.format([self.l]).size() >= 0"),
  ]

  @Test(arguments: cases) func stepsGrowSlowly(example: Case) throws {
    let steps = try [500, 1_000, 2_000].map { try self.steps(example, $0) }
    // Twice the size takes twice the steps, and a little more for a logarithm.
    #expect(Double(steps[1]) <= 2.4 * Double(steps[0]), "\(steps)")
    #expect(Double(steps[2]) <= 2.4 * Double(steps[1]), "\(steps)")
    // Nor is the work left uncounted.
    #expect(steps[2] - steps[0] >= 100, "\(steps)")
  }

  static let products: [Case] = [
    Case("contains") { count in
      (
        #"{"given": "$.l", "then": {"allOf": [\#(list(count) { _ in "{\"contains\": {\"const\": 0}}" })]}}"#,
        #"{"l": [\#(list(count - 1) { "\($0 + 1)" }), 0]}"#
      )
    },
    Case("unevaluatedProperties") { count in
      (
        #"{"then": {"anyOf": [\#(list(count) { "{\"properties\": {\"m\($0)\": {}}}" })], "unevaluatedProperties": false}}"#,
        "{\(list(count) { "\"m\($0)\": 1" })}"
      )
    },
    Case("unevaluatedItems") { count in
      (
        #"{"given": "$.l", "then": {"anyOf": [\#(list(count) { _ in "{\"contains\": {\"minimum\": 0}}" })], "unevaluatedItems": false}}"#,
        #"{"l": [\#(list(count) { "\($0)" })]}"#
      )
    },
  ]

  /// What a schema multiplies is counted, so that the budget of the request ends it.
  @Test(arguments: products) func productsAreCounted(example: Case) throws {
    let count = 300
    #expect(try steps(example, count) >= count * count)
  }

  private func steps(_ example: Case, _ count: Int) throws -> Int {
    let (rule, request) = example.make(count)
    var steps = 0
    try withFolder { folder in
      try write(
        #"{"requisite": 1, "name": "p", "rules": {"r": \#(rule)}}"#, to: "\(folder)/p.json")
      let loading = PackLoader(in: RealFileSystem()).load([PackReference("\(folder)/p.json")])
      #expect(loading.diagnostics.filter { $0.severity == .error } == [])
      let pack = try #require(loading.packs.first)
      var evaluator = Evaluator(plan: pack.plan)
      let document = JSONReader.read(Array(request.utf8)).document
      switch evaluator.evaluate(evaluator.bind(document), steps: &steps) {
      case .clean: break
      case .notApplicable, .failed: Issue.record("the rule does not hold")
      }
    }
    return steps
  }
}
