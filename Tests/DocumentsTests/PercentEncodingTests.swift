import Documents
import Testing

struct PercentEncodingTests {
  /// A `%` that begins no byte stands for itself.
  @Test(arguments: [
    ("a%20b", "a b", true), ("%C3%b6", "\u{F6}", true), ("%2541", "%41", true), ("", "", true),
    ("%+4", "%+4", false), ("%-4", "%-4", false), ("% 4", "% 4", false), ("%zz", "%zz", false),
    ("%4", "%4", false), ("%", "%", false), ("%%41", "%A", false), ("%4%41", "%4A", false),
  ])
  func bytesAreDecodedOnce(text: String, decoded: String, isWellFormed: Bool) {
    let result = PercentEncoding.decoded(Array("/\(text)".utf8).dropFirst())
    #expect(result.bytes == Array(decoded.utf8))
    #expect(result.isWellFormed == isWellFormed)
  }
}
