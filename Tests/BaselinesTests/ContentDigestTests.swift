import Baselines
import SourceText
import Testing

struct ContentDigestTests {
  private static func digest(_ text: String, _ format: Syntax = .json) -> String {
    ContentDigest.of(Array(text.utf8), format)
  }

  @Test(arguments: [
    #"{ "a" : [ 1 , "b c" ] }"#, "{\n\t\"a\": [\r\n1,\"b c\"]}\n", #"{"a":[1,"b c"]}"#,
  ])
  func whiteSpaceBetweenTokensMeansNothing(text: String) {
    #expect(Self.digest(text) == Self.digest(#"{"a":[1,"b c"]}"#))
    #expect(Self.digest(text).utf8.count == 16)
  }

  @Test(arguments: [
    #"{"a":[1,"bc"]}"#, #"{"a":[1,"b  c"]}"#, #"{"a":[1,"b c"],"d":1}"#, #"{"a":[2,"b c"]}"#,
    #"{"a ":[1,"b c"]}"#,
  ])
  func allElseDoes(text: String) {
    #expect(Self.digest(text) != Self.digest(#"{"a":[1,"b c"]}"#))
  }

  @Test func aStringEndsWhereItEnds() {
    #expect(Self.digest(#"{"a\" b":1}"#) != Self.digest(#"{"a\"b":1}"#))
    #expect(Self.digest(#"{"a\\": 1}"#) == Self.digest(#"{"a\\":1}"#))
  }

  @Test func aTextMayComeInParts() {
    let text = Array(#"{ "a\" b" : [ 1 , 2 ] }"#.utf8)
    for cut in text.indices {
      var digest = ContentDigest(.json)
      digest.update(Array(text[..<cut]))
      digest.update(Array(text[cut...]))
      #expect(digest.finish() == ContentDigest.of(text, .json))
    }
  }

  @Test func inYAMLWhiteSpaceMeansSomething() {
    #expect(Self.digest("a:\n  b: 1\n", .yaml) != Self.digest("a:\nb: 1\n", .yaml))
    #expect(Self.digest("a: 1\r\n", .yaml) == Self.digest("a: 1\n", .yaml))
  }
}
