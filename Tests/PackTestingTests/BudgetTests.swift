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

  /// What was not tried is an error that names the rule, not a note.
  @Test func reportsWhatIsNotTried() throws {
    // The examples take some steps, and all mutants more than that.
    let suite = try Packs.suite(of: Packs.withRule(Self.bound), options: options(150))
    let notice = try #require(suite.notices.first)
    #expect(suite.notices.map(\.code) == ["test/limit"])
    #expect(notice.severity == .error)
    #expect(notice.message.contains("'p/r'"), "\(notice.message)")
    #expect(suite.rules.first?.examples.count == 2)
    #expect(suite.score.untried > 0)
    #expect(!PackTestReport(suites: [suite]).isComplete)
    let whole = try Packs.suite(of: Packs.withRule(Self.bound))
    #expect(whole.notices.map(\.code) == [])
    #expect(PackTestReport(suites: [whole]).isComplete)
  }

  @Test func leavesRulesAfterTheLimitUntested() throws {
    let rules = (0..<20).map {
      "  r\($0): { given: $.A, then: { minimum: 1 }, examples: { pass: [{ A: 1 }], fail: [{ A: 0 }] } }\n"
    }
    let suite = try Packs.suite(
      of: "requisite: 1\nname: p\nrules:\n\(rules.joined())", options: options(3_000))
    #expect((1..<20).contains(suite.rules.count))
    let last = try #require(suite.rules.last)
    #expect(suite.notices.first?.message.contains("'\(last.id)'") ?? false)
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
