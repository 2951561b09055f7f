import Reporting
import Findings
import PackTesting
import RulePacks
import Testing

/// Which changes of a rule its examples notice, and which examples are asked for.
struct MutationTests {
  /// A rule's lines, and its survivors as `change → side: request`.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var rule: String
    var head = ""
    var survivors: [String]

    init(_ name: String, _ rule: String, head: String = "", _ survivors: [String]) {
      testDescription = name
      self.rule = rule
      self.head = head
      self.survivors = survivors
    }
  }

  @Test(arguments: [
    Case(
      "a bound far from every example",
      """
      given: $.A
      then: { minimum: 60 }
      examples: { pass: [{ A: 100 }], fail: [{ A: 0 }] }
      """,
      ["minimum: 60 → 59 | fail: A: 59", "minimum: 60 → 61 | pass: A: 60"]),
    Case(
      "a bound with both its neighbours",
      """
      given: $.A
      then: { minimum: 60 }
      examples: { pass: [{ A: 60 }], fail: [{ A: 59 }] }
      """, []),
    Case(
      "a decimal bound moves in its last place",
      """
      given: $.A
      then: { maximum: 0.50 }
      examples: { pass: [{ A: 0.5 }], fail: [{ A: 1 }] }
      """, ["maximum: 0.50 → 0.51 | fail: A: 0.51"]),
    Case(
      "a bound that is a parameter",
      """
      given: $.A
      then: { maxLength: { $param: most } }
      examples: { pass: [{ A: xx }], fail: [{ A: xxxx }] }
      """, head: "parameters: { most: { type: integer, default: 2 } }\n",
      ["maxLength: 2 → 3 ($param most) | fail: A: xxx"]),
    Case(
      "values of a list",
      """
      given: $.A
      then: { enum: [a, b] }
      examples: { pass: [{ A: a }], fail: [{ A: c }] }
      """, [#"enum without "b" | pass: A: b"#]),
    Case(
      "names of members",
      """
      then: { required: [A, B] }
      examples: { pass: [{ A: 1, B: 2 }], fail: [{}] }
      """,
      [
        #"required without "A" | fail: B: 0"#, #"required without "B" | fail: A: 0"#,
      ]),
    Case(
      "one of several members",
      """
      then: { exactlyOneOf: [A, B] }
      examples: { pass: [{ A: 1 }], fail: [{ A: 1, B: 2 }] }
      """,
      ["exactlyOneOf → atMostOneOf | fail: {}"]),
    Case(
      "a condition that no example leaves",
      """
      given: $.A
      when: { type: string }
      then: { maxLength: 1 }
      examples: { pass: [{ A: x }], fail: [{ A: xx }] }
      """,
      // A number has no length: without the condition, the rule is the same.
      ["without when | none"]),
    Case(
      "an expression",
      """
      given: $.A
      then: self > 5 && self < 9
      examples: { pass: [{ A: 6 }], fail: [{ A: 5 }, { A: 10 }] }
      """,
      [
        "< → <= | fail: A: 9", "9 → 8 | pass: A: 8", "9 → 10 | fail: A: 9",
      ].sorted()),
    Case(
      "a path to each item",
      """
      given: $.A[*]
      then: { type: string }
      examples: { pass: [{ A: [x] }], fail: [{ A: [1] }] }
      """, ["given: [*] → [0] | fail: A: [x, 0]"]),
    Case(
      "an anchor",
      """
      given: $.A
      then: { pattern: '^a$' }
      examples: { pass: [{ A: a }], fail: [{ A: b }] }
      """, ["pattern: without $ | fail: A: aa", "pattern: without ^ | fail: A: aa"]),
    Case(
      "a schema that is true",
      """
      given: $.A
      then: { properties: { B: true }, additionalProperties: false }
      examples: { pass: [{ A: {} }], fail: [{ A: { C: 1 } }] }
      """, ["true → false | pass: A: { B: 0 }"]),
  ])
  func tellsWhatIsMissing(_ testCase: Case) throws {
    let suite = try Packs.suite(of: Packs.withRule(testCase.rule, head: testCase.head))
    let rule = try #require(suite.rules.first)
    #expect(rule.examples.compactMap(\.fault).isEmpty)
    let survivors = try #require(rule.mutation).survivors.map { survivor in
      survivor.change + " | "
        + (survivor.suggestion.map { "\($0.side.rawValue): \($0.request)" } ?? "none")
    }
    #expect(survivors.sorted() == testCase.survivors.sorted())
  }

  /// Rules of all kinds, without any example at first.
  static let rules = [
    "given: $.A\nthen: { minimum: 60, maximum: 100 }",
    "given: $.A.B\nthen: { minLength: 2, maxLength: 30, pattern: '^[a-f]+(-[0-9]{2,3})?$' }",
    "then: { required: [A, B], properties: { A: { enum: [x, y, z] } } }",
    "given: $.A[*]\nthen: { characters: 'A-Za-z0-9_' }",
    "then: { atMostOneOf: [A, B, C] }",
    "given: $.A\nthen: { containsAll: [x, y], uniqueItems: true, maxItems: 3 }",
    "then:\n  if: { properties: { A: { const: x } }, required: [A] }\n  then: { required: [B] }",
    "when: self.A == 'x'\nthen: self.B in ['y', 'z']",
    "given: $.A\nthen: size(self) <= 10 || self.startsWith('long:')",
    "given: $.A\nthen: { oneOf: [{ type: integer }, { minimum: 5 }] }",
    "given: $.A\nthen: { type: object, propertyNames: { maxLength: 3 }, minProperties: 1 }",
    "then: { dependentRequired: { A: [B, C] }, not: { required: [D] } }",
    "given: $.A\nthen: { type: array, contains: { const: x }, maxContains: 2 }",
  ]

  /// An author who adds what is asked for, and nothing else, gets to a whole score.
  @Test(arguments: rules)
  func suggestionsLeadToAWholeScore(rule: String) throws {
    var examples: [ExampleTest.Side: [String]] = [:]
    for _ in 0..<12 {
      var text = rule + "\nexamples:"
      for side in ExampleTest.Side.allCases {
        let entries = examples[side, default: []]
        text += "\n  \(side.rawValue):" + (entries.isEmpty ? " []" : "")
        for entry in entries { text += "\n    - \(entry)" }
      }
      let suite = try Packs.suite(of: Packs.withRule(text))
      let result = try #require(suite.rules.first)
      #expect(result.examples.compactMap(\.fault).map(\.message) == [])
      let survivors = try #require(result.mutation).survivors
      if survivors.isEmpty {
        #expect(suite.score.permille == 1000)
        #expect(suite.score.total > 2)
        return
      }
      let asked = survivors.compactMap(\.suggestion)
      guard !asked.isEmpty else {
        Issue.record("nothing is asked for: \(survivors.map(\.change))")
        return
      }
      for suggestion in asked
      where !examples[suggestion.side, default: []].contains(suggestion.request) {
        examples[suggestion.side, default: []].append(suggestion.request)
      }
    }
    Issue.record("no end of suggestions")
  }

  @Test func noticesByPointerAndCount() throws {
    let plain = """
      given: $.A[*]
      then: { maxLength: 1 }
      examples: { pass: [{ A: [x] }], fail: [{ A: [x, xx] }, { A: [xx, xxx] }] }
      """
    #expect(try Packs.suite(of: Packs.withRule(plain)).score.survived == 0)
    let counted = """
      given: $.A[*]
      then: { maxLength: 1 }
      examples:
        pass: [{ A: [x] }]
        fail: [{ $request: { A: [xx, xx] }, count: 2, pointer: /A/1 }]
      """
    #expect(try Packs.suite(of: Packs.withRule(counted)).score.survived == 0)
    let uncounted = counted.replacing(", count: 2, pointer: /A/1", with: "")
    #expect(try Packs.suite(of: Packs.withRule(uncounted)).score.survived == 1)
  }

  @Test func leavesRulesAloneWhoseExamplesFail() throws {
    let suite = try Packs.suite(
      of: Packs.withRule(
        "given: $.A\nthen: { minimum: 1 }\nexamples: { pass: [{ A: 0 }], fail: [] }"))
    let rule = try #require(suite.rules.first)
    #expect(rule.examples.map { $0.fault == nil } == [false])
    #expect(rule.mutation == nil)
    #expect(rule.missing == [.fail])
  }

  @Test func boundsTheExamplesThatAreTried() throws {
    let many = String(repeating: "      - {}\n", count: 200_000)
    let suite = try Packs.suite(
      of:
        "requisite: 1\nname: p\nrules:\n  r:\n    then: { required: [A] }\n    examples:\n      pass: [{ A: 1 }]\n      fail:\n\(many)",
      options: PackTestOptions(mutates: false))
    #expect(suite.notices.map(\.code) == ["pack/too-many-examples"])
    #expect(suite.notices.map(\.severity) == [.error])
    #expect((100_000..<200_000).contains(suite.rules.first?.examples.count ?? 0))
  }
}
