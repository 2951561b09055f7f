import Foundation
import Fuzzing
import TestSupport
import Testing

/// Evaluation by places says what plain evaluation says, of packs and requests that are made at random.
struct PlaceTests {
  /// `REQUISITE_COMPARISONS` sets how many; `Tests/Fuzzing/compare-evaluations` makes far more of them.
  private static let count =
    ProcessInfo.processInfo.environment["REQUISITE_COMPARISONS"].flatMap { Int($0) } ?? 4000

  @Test func saysWhatPlainEvaluationSays() {
    let result = PlaceCampaign(seed: 1).run(atLeast: Self.count, faultLimit: 3)
    for fault in result.faults { Issue.record("\(fault)") }
    let counts = result.counts
    #expect(counts.total >= Self.count)
    print("by places: \(counts); \(result.packs) packs, \(result.refused) refused")
    // What is never said is never compared.
    #expect(counts.clean > Self.count / 8, "\(counts)")
    #expect(counts.told > Self.count / 8, "\(counts)")
    #expect(counts.open > Self.count / 10, "\(counts)")
    #expect(counts.unread > Self.count / 50, "\(counts)")
    #expect(counts.failures > counts.told, "\(counts)")
    #expect(counts.recalled > 0, "\(counts)")
    #expect(result.refused < result.packs, "\(result.refused) and \(result.packs) packs")
  }
}
