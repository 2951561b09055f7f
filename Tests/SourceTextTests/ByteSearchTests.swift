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

  @Test(arguments: [
    ("", "", true), ("a", "", true), ("", "a", false), ("/a/b.json", "/a/", true),
    ("/a", "/a/", false), ("é", "e", false), ("é", "e\u{301}", false), ("日本", "日", true),
    ("a-text-that-is-not-small", "a-text-that-is-not-Small", false),
  ])
  func beginningsAreComparedByBytes(text: String, beginning: String, expected: Bool) {
    #expect(text.hasBytes(of: beginning) == expected)
  }
}
