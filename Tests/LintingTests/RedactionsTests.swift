import Findings
import SourceText
import Testing

struct RedactionsTests {
  private static let redactions: Redactions = [
    TextRange(20, 30), TextRange(2, 5), TextRange(4, 8), TextRange(22, 24), TextRange(10, 10),
    TextRange(30, 31),
  ]

  @Test(arguments: [
    (0, nil), (2, TextRange(2, 8)), (7, TextRange(2, 8)), (8, nil), (10, nil),
    (29, TextRange(20, 30)), (30, TextRange(30, 31)), (31, nil),
  ])
  func coverAt(offset: Int, cover: TextRange?) {
    #expect(Self.redactions.cover(at: offset) == cover)
  }

  @Test(arguments: [
    (TextRange(2, 8), true), (TextRange(3, 5), true), (TextRange(1, 3), false),
    (TextRange(7, 9), false), (TextRange(21, 21), true), (TextRange(9, 9), false),
  ])
  func contains(range: TextRange, isContained: Bool) {
    #expect(Self.redactions.contains(range) == isContained)
  }

  @Test func nothingIsKeptBackByNothing() {
    let none: Redactions = []
    #expect(none.cover(at: 0) == nil)
    #expect(!none.contains(TextRange(0, 1)))
  }
}
