import Reporting
import Findings
import PackTesting
import RulePacks
import Testing

/// The examples of the built-in packs notice every change to their rules.
struct BuiltInPackTests {
  @Test(arguments: BuiltInPacks.names)
  func examplesNoticeEveryChange(packName: String) throws {
    let pack = try #require(BuiltInPacks.read(packName)?.pack)
    let suite = try Packs.suite(of: pack)
    for rule in suite.rules {
      for example in rule.examples {
        #expect(
          example.fault == nil, "\(rule.id) \(example.title): \(example.fault?.message ?? "")")
      }
      #expect(rule.missing.isEmpty, "\(rule.id)")
      for survivor in rule.mutation?.survivors ?? [] {
        Issue.record(
          "\(rule.id): \(survivor.change): \(survivor.suggestion.map { "\($0.side): \($0.request)" } ?? "no example found")"
        )
      }
    }
    #expect(suite.score.untried == 0)
    #expect(suite.score.permille == 1000)
    print(
      "Mutants of \(packName): \(suite.score.noticed) of \(suite.score.total) noticed, \(suite.score.unviable) not viable"
    )
    #expect(suite.score.total > 150)
  }
}
