import Evaluation
import Findings
import Foundation
import RuleCompilation
import RulePacks
import SourceText
import TestSupport
import Testing

/// What the compiler makes of packs: which places there are, and what is asked at each.
struct PlaceTableTests {
  private static let goldens = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Goldens")

  @Test func tableOfTheBuiltInPack() throws {
    let reading = try #require(BuiltInPacks.read("aws-connect-chat", withExamples: false))
    let plan = try #require(RuleCompiler.compile(reading, checking: .none).plan)
    let dump = try #require(Evaluator.placeDump(of: plan))
    try expectGolden(Array(dump.utf8), at: Self.goldens.appending(path: "PlaceTableTests.txt"))
  }
}
