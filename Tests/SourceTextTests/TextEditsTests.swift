import SourceText
import Testing

/// Which edits go together, in either order, and what they make of a text.
struct TextEditsTests {
  /// Two edits of `0123456789`, and what both make of it; nil where they meet.
  struct Pair: CustomTestStringConvertible, Sendable {
    var first: TextEdit
    var second: TextEdit
    var result: String?
    var testDescription: String { "\(first.range) \(second.range)" }

    init(
      _ first: Range<Int>, _ firstText: String, _ second: Range<Int>, _ secondText: String,
      _ result: String?
    ) {
      self.first = TextEdit(
        TextRange(first.lowerBound, first.upperBound), Array(firstText.utf8))
      self.second = TextEdit(
        TextRange(second.lowerBound, second.upperBound), Array(secondText.utf8))
      self.result = result
    }
  }

  static let pairs: [Pair] = [
    Pair(1..<3, "a", 5..<6, "bcd", "0a34bcd6789"),
    // Touching.
    Pair(1..<3, "a", 3..<5, "b", "0ab56789"),
    Pair(3..<3, "a", 3..<5, "b", "012ab56789"),
    Pair(1..<3, "", 3..<3, "b", "0b3456789"),
    Pair(0..<0, "a", 10..<10, "b", "a0123456789b"),
    // Containing, the same start, the same end.
    Pair(1..<9, "a", 3..<5, "b", nil),
    Pair(1..<9, "a", 3..<3, "b", nil),
    Pair(1..<5, "a", 1..<3, "b", nil),
    Pair(1..<5, "a", 3..<5, "b", nil),
    // Overlapping.
    Pair(1..<4, "a", 3..<6, "b", nil),
    // At the same place.
    Pair(2..<4, "a", 2..<4, "a", nil),
    Pair(2..<2, "a", 2..<2, "b", nil),
  ]

  @Test(arguments: pairs) func goTogetherOrMeet(pair: Pair) {
    let text = Array("0123456789".utf8)
    for order in [[pair.first, pair.second], [pair.second, pair.first]] {
      // One after another, and both at once.
      var separate = TextEdits()
      let isFirstTaken = separate.add([order[0]])
      let isSecondTaken = separate.add([order[1]])
      var together = TextEdits()
      let areTaken = together.add(order)
      #expect(isFirstTaken)
      #expect(isSecondTaken == (pair.result != nil))
      #expect(areTaken == (pair.result != nil))
      if let result = pair.result {
        #expect(String(decoding: separate.applied(to: text), as: UTF8.self) == result)
        #expect(separate.edits == together.edits)
      } else {
        #expect(separate.edits == [order[0]])
        #expect(together.isEmpty, "of edits that meet, none is taken")
      }
    }
  }

  @Test func rangesMoveWithTheText() {
    var edits = TextEdits()
    let isTaken = edits.add([
      TextEdit(TextRange(0, 2), []), TextEdit(TextRange(4, 4), Array("abc".utf8)),
      TextEdit(TextRange(6, 8), Array("x".utf8)),
    ])
    #expect(isTaken)
    // 01 23 abc 45 [67→x] 89
    #expect(
      String(decoding: edits.applied(to: Array("0123456789".utf8)), as: UTF8.self) == "23abc45x89")
    #expect(edits.moved(TextRange(2, 4)) == TextRange(0, 2))
    #expect(edits.moved(TextRange(4, 6)) == TextRange(5, 7))
    #expect(edits.moved(TextRange(3, 5)) == TextRange(1, 6))
    #expect(edits.moved(TextRange(8, 10)) == TextRange(8, 10))
    #expect(
      edits.places(of: Set(edits.edits)) == [TextRange(0, 0), TextRange(2, 5), TextRange(7, 8)])
  }
}
