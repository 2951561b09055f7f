import SourceText
import Testing

struct Base64Tests {
  /// RFC 4648, section 10, and bytes of both last characters of the alphabet.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("~?>", "fj8+"), ("~??", "fj8/"),
  ])
  func encodesAndDecodes(text: String, encoded: String) {
    let padding = encoded.prefix { $0 != "=" }
    #expect(Base64.encoded(Array(text.utf8)) == Array(encoded.utf8))
    #expect(Base64.decoded(Array(encoded.utf8)[...]) == Array(text.utf8))
    #expect(Base64.decoded(Array(padding.utf8)[...]) == Array(text.utf8))
  }

  /// Incomplete groups, padding that is incomplete or inside, bits of no byte, and foreign characters.
  @Test(arguments: [
    "Z", "Zm9vY", "Zg=", "Zm8==", "Zg===", "====", "=", "Z=g=", "Zg==Zg==", "Zh==", "Zm9=", "Zh",
    "Zm9v\n", "Zm 9v", "fj8-", "fj8_", "Zm9\u{E9}",
  ])
  func refusesOtherTexts(text: String) {
    #expect(Base64.decoded(Array(text.utf8)[...]) == nil)
  }

  /// Either alphabet, with anything between its characters.
  @Test(arguments: [
    ("fj8+", "~?>"), ("fj8-", "~?>"), ("fj8_fj8/", "~??~??"), ("Zm\r\n9v", "foo"), ("Zg", "f"),
    ("Zg==", "f"), ("Z", ""), ("", ""), ("é", ""),
  ])
  func decodesLeniently(text: String, expected: String) {
    var bytes: [UInt8] = []
    Base64.forEachByte(of: Array(text.utf8)[...]) { bytes.append($0) }
    #expect(bytes == Array(expected.utf8))
  }

  @Test func decodesWhatItEncodes() {
    for length in 0...70 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 89 + length) }
      #expect(Base64.decoded(Base64.encoded(bytes)[...]) == bytes)
    }
  }
}
