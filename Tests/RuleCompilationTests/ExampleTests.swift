import Documents
import Evaluation
import Findings
import RuleCompilation
import RulePacks
import Testing

/// Every example of every built-in pack does what it stands under.
struct ExampleTests {
  @Test(arguments: BuiltInPacks.names)
  func examplesDoWhatTheyStandUnder(packName: String) throws {
    let reading = try #require(BuiltInPacks.read(packName))
    let pack = try #require(reading.pack)
    let plan = try #require(RuleCompiler.compile(pack).plan)
    var count = 0
    for rule in pack.rules {
      // A rule that is off is tried all the same.
      var alone = plan
      alone.ruleTable.rules = plan.ruleTable.rules.filter { $0.id.rule == rule.name.value }
      alone.ruleTable.rules[0].severity = .error
      var evaluator = Evaluator(plan: alone)
      #expect(rule.examples.contains { $0.expectation == .pass }, "\(rule.name.value)")
      #expect(rule.examples.contains { $0.expectation == .fail }, "\(rule.name.value)")
      for example in rule.examples {
        let json = example.json(in: pack)
        let document = JSONReader.read(json).document
        let failures = (evaluator.failures(of: document) ?? []).filter {
          $0.rule.rule == rule.name.value
        }
        #expect(
          failures.isEmpty == (example.expectation == .pass),
          "\(rule.name.value): \(String(decoding: json.prefix(300), as: UTF8.self))")
        count += 1
      }
    }
    print("Examples of \(packName): \(count) tried")
    #expect(count > 50)
  }
}
