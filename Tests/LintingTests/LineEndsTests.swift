import Testing

@testable import Linting

struct LineEndsTests {
  /// Texts around the sizes at which counts are added up, of few bytes and of ends of lines alone.
  @Test(arguments: [0, 1, 15, 16, 17, 100, 16 * 255, 16 * 256 + 3, 9_000])
  func endsOfLinesAreCounted(count: Int) {
    let alphabets: [[UInt8]] = [[0x0A], [0x0D], [0x0D, 0x0A], [0x0A, 0x0D, 0x61, 0x8A], [0x61]]
    for alphabet in alphabets {
      var state = UInt32(count) + 1
      let text = (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return alphabet[Int(state >> 24) % alphabet.count]
      }
      let expected = text.indices.count { place in
        text[place] == 0x0A
          || text[place] == 0x0D && (place + 1 == count || text[place + 1] != 0x0A)
      }
      #expect(text.lineEnds.count == expected)
      #expect(text.lineEnds.hasReturns == text.contains(0x0D))
    }
  }
}
