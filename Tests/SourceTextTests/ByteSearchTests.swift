import SourceText
import Testing

struct ByteSearchTests {
  /// Strings in the order of their bytes, short and long ones, and with characters that look the same.
  @Test func stringsAreOrderedByBytes() {
    let long = String(repeating: "x", count: 40)
    let names = [
      "", "a", "a.json", "a/b", "ab", "b", "e\u{301}", "\(long)", "\(long)a", "\(long)b", "\u{E9}",
      "\u{20AC}", "\u{FFFD}", "\u{1F600}",
    ]
    for (place, name) in names.enumerated() {
      for (otherPlace, other) in names.enumerated() {
        #expect(name.bytesPrecede(other) == (place < otherPlace), "\(name) \(other)")
      }
    }
  }
}
