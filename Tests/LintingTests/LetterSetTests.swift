@testable import Evaluation
import Documents
import SourceText
import Testing

/// The letters of names rule out nothing that a comparison of the names would find.
struct LetterSetTests {
  private static let alphabet = "abcdefghijklmnopqrstuvwxyz0123456789:$/@^{"

  private func letters(_ text: String) throws -> LetterSet {
    try #require(LetterSet(NearestName.foldedScalars(text)))
  }

  @Test func slipsAreNear() throws {
    let alphabet = Array(Self.alphabet)
    for _ in 0..<2_000 {
      var name = (0..<Int.random(in: 1...12)).compactMap { _ in alphabet.randomElement() }
      let original = String(name)
      let place = Int.random(in: 0..<name.count)
      switch Int.random(in: 0..<4) {
      case 0: name.remove(at: place)
      case 1: name.insert(alphabet.randomElement() ?? "a", at: place)
      case 2: name[place] = alphabet.randomElement() ?? "a"
      default: if place + 1 < name.count { name.swapAt(place, place + 1) }
      }
      let slip = String(name)
      #expect(
        NearestName.isSlip(
          NearestName.foldedScalars(slip), of: NearestName.foldedScalars(original)))
      #expect(try letters(slip).isNear(letters(original)), "\(original) \(slip)")
      // So are those of its beginnings, as long as it is read.
      for count in 0...slip.count {
        #expect(try letters(String(slip.prefix(count))).adds(letters(original)))
      }
    }
  }

  /// No other code points than these stand for ASCII, in lower case or by canonical equivalence.
  @Test func allThatStandsForASCIIIsKnown() {
    var found: [UInt32] = []
    for value in UInt32(0x80)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let lower = scalar.properties.lowercaseMapping
      if lower.unicodeScalars.contains(where: \.isASCII) { found.append(value) }
    }
    #expect(found == [0x130, 0x212A])
    for (value, ascii) in [(0x37E, ";"), (0x1FEF, "`"), (0x212A, "K")] as [(UInt32, Character)] {
      #expect(Unicode.Scalar(value).map { Character($0) } == ascii)
    }
  }

  @Test func otherWordsAreNotNear() throws {
    for (left, right) in [("token", "bucket"), ("password", "passport"), ("secret", "server")] {
      #expect(try !letters(left).isNear(letters(right)), "\(left) \(right)")
    }
    #expect(try letters("Pass-Word").isNear(letters("password")))
    #expect(LetterSet(NearestName.foldedScalars("mot de passé")) == nil)
  }
}
