import Documents
import Evaluation
import Findings
import Linting
import RequisiteFiles
import TestSupport
import Testing

/// What is told of one request has a bounded size.
struct FindingLimitTests {
  private func failures(of rule: String, in request: String) throws -> [RuleFailure] {
    var found: [RuleFailure] = []
    try withFolder { folder in
      try write(
        #"{"requisite": 1, "name": "p", "rules": {"r": \#(rule)}}"#, to: "\(folder)/p.json")
      let loading = PackLoader(in: RealFileSystem()).load([PackReference("\(folder)/p.json")])
      let pack = try #require(loading.packs.first)
      var evaluator = Evaluator(plan: pack.plan)
      let document = JSONReader.read(Array(request.utf8)).document
      found = evaluator.failures(of: document) ?? []
    }
    return found
  }

  /// A long name stands in the pointer of each finding below it.
  @Test(arguments: [
    (1_000, 200, 200), (200_000, 30, 30), (200_000, 200, 42), (9_000_000, 3, 2),
    (9_000_000, 1, 1),
  ])
  func pointersHaveALimit(nameLength: Int, count: Int, told: Int) throws {
    let values = Array(repeating: "5", count: count).joined(separator: ",")
    let name = String(repeating: "n", count: nameLength)
    let found = try failures(
      of: #"{"given": "$.*.*", "then": {"maximum": 3}}"#, in: "{\"\(name)\": [\(values)]}")
    #expect(found.count == told)
    let limits = found.filter { $0.rule.rule == "schema/limit" }
    #expect(limits.count == (told < count ? 1 : 0))
    #expect(limits.allSatisfy { $0.severity == .error })
  }
}
