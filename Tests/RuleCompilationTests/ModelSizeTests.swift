import Documents
import RequestDecoding
import RuleCompilation
import RulePacks
import SourceText
import Testing

@testable import Evaluation

/// What a model takes: its tables grow with its text, not with the product of objects and names.
struct ModelSizeTests {
  @Test func tablesGrowWithTheModel() throws {
    var counts: [Int] = []
    for size in [250, 500, 1_000] {
      let members = (0..<size).map {
        "\"o\($0)\":{\"type\":\"object\",\"properties\":{\"id\":{},\"m\($0)\":{\"type\":\"string\"}}}"
      }
      let model = "{\"type\":\"object\",\"properties\":{\(members.joined(separator: ","))}}"
      let text = "requisite: 1\nname: p\nrequest: { operation: O, schema: m.json }\n"
      let reading = RulePackReader.read(SourceFile(path: "p.yaml", bytes: Array(text.utf8))) {
        path in
        SourceFile(path: path, bytes: Array(model.utf8))
      }
      let plan = try #require(RuleCompiler.compile(reading).plan)
      #expect(plan.ruleTable.model.shapes.shapes.count > size)
      counts.append(
        plan.ruleTable.model.shapes.slotCount + CompactTables(plan.program).schemas.slotCount)
    }
    #expect(counts[0] <= 250 * 32)
    #expect(counts[1] <= 2 * counts[0] + 64)
    #expect(counts[2] <= 4 * counts[0] + 64)
  }
}
