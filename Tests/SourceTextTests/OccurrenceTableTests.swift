@testable import SourceText
import Testing

struct OccurrenceTableTests {
  /// Agrees with a dictionary, for numbers that differ in high bits, in low bits, or by little.
  @Test(arguments: [1, 3, 1 << 40, 1 << 59] as [UInt64])
  func countsLikeADictionary(step: UInt64) {
    var table = OccurrenceTable()
    var expected: [UInt64: Int] = [:]
    var key: UInt64 = 0
    for round in 0..<6_000 {
      key = key.addingReportingOverflow(step).partialValue
      if round % 3 == 0 {
        key = step.multipliedReportingOverflow(by: UInt64(round % 97)).partialValue
      }
      expected[key, default: 0] += 1
      #expect(table.add(key, limit: .max) == expected[key])
    }
    #expect(table.count == expected.count)
  }

  /// Beyond the limit, known numbers are still counted.
  @Test func newNumbersBeyondTheLimitHaveNoCount() {
    var table = OccurrenceTable()
    let counts = ([1, 2, 3, 1, 3, 0, 2] as [UInt64]).map { table.add($0, limit: 2) }
    #expect(counts == [1, 1, nil, 2, nil, nil, 2])
    #expect(table.count == 2)
    var empty = OccurrenceTable()
    #expect(empty.add(1, limit: 0) == nil)
  }
}
