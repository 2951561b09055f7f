import Reporting
import Findings
import PackTesting
import RulePacks
import Testing

/// The test of a pack takes no more steps than it may, and no more than the pack is long.
struct BudgetTests {
  private func options(_ stepLimit: Int, mutates: Bool = true) -> PackTestOptions {
    var options = PackTestOptions(mutates: mutates)
    options.stepLimit = stepLimit
    return options
  }

  private static let bound =
    "given: $.A\nthen: { minimum: 1 }\nexamples: { pass: [{ A: 1 }], fail: [{ A: 0 }] }"

  /// Changes that were not tried are a warning that names the rule: only examples are demanded.
  @Test func reportsWhatIsNotTried() throws {
    // The examples take some steps, and all mutants more than that.
    let suite = try Packs.suite(of: Packs.withRule(Self.bound), options: options(150))
    let notice = try #require(suite.notices.first)
    #expect(suite.notices.map(\.code) == ["test/limit"])
    #expect(notice.severity == .warning)
    #expect(notice.message.contains("'p/r'"), "\(notice.message)")
    #expect(suite.rules.first?.examples.count == 2)
    #expect(suite.score.untried > 0)
    #expect(notice.message.contains("\(suite.score.untried) mutant"), "\(notice.message)")
    #expect(PackTestReport(suites: [suite]).isComplete)
    let whole = try Packs.suite(of: Packs.withRule(Self.bound))
    #expect(whole.notices.map(\.code) == [])
    #expect(PackTestReport(suites: [whole]).isComplete)
  }

  /// The examples of all rules are tried before any change of a rule.
  @Test func triesAllExamplesFirst() throws {
    let rules = (0..<20).map {
      "  r\($0): { given: $.A, then: { minimum: 1 }, examples: { pass: [{ A: 1 }], fail: [{ A: 0 }] } }\n"
    }
    let suite = try Packs.suite(
      of: "requisite: 1\nname: p\nrules:\n\(rules.joined())", options: options(5_000))
    #expect(suite.rules.count == 20)
    #expect(suite.rules.allSatisfy { $0.examples.count == 2 })
    #expect(suite.score.total > 0)
    #expect(suite.score.untried > 0)
    #expect(suite.notices.map(\.severity) == [.warning])
  }

  /// Examples that were not tried are an error that names the rule and counts them, the last rule or not.
  @Test(arguments: [1, 2, 20]) func untriedExamplesAreErrors(count: Int) throws {
    let costly = "lists.range(1000).all(x, x >= self)"
    let rules = (0..<count).map {
      "  r\($0): { given: $.A, then: '\(costly)', examples: { pass: [{ A: -1 }], fail: [{ A: 1 }] } }\n"
    }
    let suite = try Packs.suite(
      of: "requisite: 1\nname: p\nrules:\n\(rules.joined())", options: options(1_000))
    #expect(suite.notices.map(\.code) == ["test/limit"])
    #expect(suite.notices.map(\.severity) == [.error])
    let tried = suite.rules.flatMap(\.examples).count
    let message = suite.notices.first?.message ?? ""
    #expect(tried == 1 && message.contains(" \(2 * count - 1) example"), "\(message)")
    #expect(message.contains("'p/r0'"), "\(message)")
    // With one rule there are no fewer to test.
    #expect(message.contains("--rule") == (count > 1), "\(message)")
    #expect(suite.rules.allSatisfy { $0.mutation == nil })
  }

  /// The sample of a long rule is spread over all of it.
  @Test func triesASampleOfALongRule() throws {
    let names = (0..<700).map { "Continent/Region_City_\(10_000 + $0)" }
    let suite = try Packs.suite(
      of: Packs.withRule(
        "given: $.A\nthen: { enum: [\(names.joined(separator: ", "))] }\nexamples: { pass: [{ A: \(names[3]) }], fail: [{ A: x }] }"
      ))
    #expect(suite.notices.map(\.severity) == [.warning])
    #expect(PackTestReport(suites: [suite]).isComplete)
    let places = suite.rules.flatMap { $0.mutation?.survivors ?? [] }.compactMap { survivor in
      names.firstIndex { survivor.change.contains($0) }
    }
    #expect(places == places.sorted())
    for part in 0..<7 {
      let count = places.count { $0 / 100 == part }
      #expect(abs(count * 7 - places.count) < places.count, "\(part): \(count) of \(places.count)")
    }
    #expect(suite.score.total + suite.score.unviable + suite.score.untried == 701)
  }

  /// Examples alone may take too long: an expression, or many of them.
  @Test func countsExamplesThatAreEvaluated() throws {
    let rule = """
      given: $.A
      then: lists.range(1000).all(x, x >= self)
      examples: { pass: [{ A: -1 }, { A: -2 }, { A: -3 }, { A: -4 }], fail: [{ A: 1 }] }
      """
    let suite = try Packs.suite(
      of: Packs.withRule(rule), options: options(4_000, mutates: false))
    #expect(suite.notices.map(\.code) == ["test/limit"])
    #expect((1..<5).contains(suite.rules.first?.examples.count ?? 0))
    // Examples that were not tried are not missing.
    #expect(suite.rules.first?.missing == [])
  }

  /// Each change of a long rule makes a text of that length; the budget ends them.
  @Test(arguments: [
    "enum: [\((0..<600).map { "value-\($0)" }.joined(separator: ", "))]",
    "anyOf: [\((0..<300).map { "{ minimum: \($0), maximum: \($0 + 5) }" }.joined(separator: ", "))]",
    "anyOf: [\((0..<200).map { "{ pattern: '^v\($0)[a-f]{3}$' }" }.joined(separator: ", "))]",
    "pattern: '\((0..<2_000).map { "a\($0)" }.joined(separator: "|"))'",
  ])
  func endsALongRule(then: String) throws {
    let suite = try Packs.suite(
      of: Packs.withRule("given: $.A\nthen: { \(then) }"), options: options(300_000))
    #expect(suite.notices.map(\.code) == ["test/limit"])
    #expect(suite.score.untried > 0)
  }

  /// The same steps for each rule suffice, however many rules and parameters there are.
  @Test(arguments: [10, 100, 400])
  func stepsGrowWithTheNumberOfRules(count: Int) throws {
    let plain = (0..<count).map { "  r\($0): { given: $.a\($0), then: { maxLength: 3 } }\n" }
    let parameters = (0..<count).map { "  x\($0): { type: integer, default: \($0) }\n" }
    let tuned = (0..<count).map {
      "  r\($0): { given: $.a\($0), then: { maximum: { $param: x\($0) } } }\n"
    }
    for (head, rules) in [("", plain), ("parameters:\n" + parameters.joined(), tuned)] {
      let suite = try Packs.suite(
        of: "requisite: 1\nname: p\n\(head)rules:\n\(rules.joined())",
        options: options(5_000 * count))
      #expect(suite.notices.map(\.message) == [])
      #expect(suite.rules.count == count)
      #expect(suite.score.total == 3 * count)
    }
  }
}
