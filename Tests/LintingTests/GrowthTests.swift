import Findings
import Foundation
import Linting
import RuleCompilation
import RulePacks
import SourceText
import Testing

/// Work that grows with the size of a pack, counted in steps.
struct GrowthTests {
  /// A pack with many rules, each with an example on either side.
  private static func pack(_ count: Int) -> String {
    let rules = (0..<count).map { rule in
      """
        rule-\(rule):
          given: $.a\(rule)
          then: { maxLength: 3, not: { pattern: '^x{\(rule % 50 + 1)}$' } }
          examples: { pass: [ { a\(rule): abc } ], fail: [ { a\(rule): abcd } ] }

      """
    }.joined()
    return "requisite: 1\nname: p\nrules:\n\(rules)"
  }

  @Test func stepsOfExamplesGrowWithTheirNumber() throws {
    var steps: [Int] = []
    for count in [100, 200, 400] {
      let text = Self.pack(count)
      let reading = RulePackReader.read(SourceFile(path: "p.yaml", bytes: Array(text.utf8))) {
        (path) throws(Diagnostic) in throw Diagnostic("test/none", "no file \(path)")
      }
      let pack = try #require(reading.pack)
      let (composition, _) = PackComposer.compose(
        [.init(pack: pack, parents: [], ancestors: [], isBuiltIn: false, isWhole: true)],
        roots: [0])
      var budget = LoadingBudget()
      let compilation = RuleCompiler.compile(
        composition, requestOf: nil, checking: [.all], budget: &budget)
      #expect(compilation.diagnostics == [])
      steps.append(budget.spent)
    }
    print("Steps of loading 100, 200 and 400 rules: \(steps)")
    #expect(steps[0] > 0)
    #expect(steps[1] <= steps[0] * 5 / 2)
    #expect(steps[2] <= steps[1] * 5 / 2)
  }
}
