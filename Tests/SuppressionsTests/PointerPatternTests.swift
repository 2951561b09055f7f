import Documents
import Suppressions
import Testing
import SourceText

struct PointerPatternTests {
  private static let cases: [(String, KeyValuePairs<String, Bool>)] = [
    ("", ["": true, "/a": false]),
    ("/a", ["/a": true, "": false, "/a/b": false, "/b": false]),
    ("/a/*", ["/a/b": true, "/a/0": true, "/a": false, "/a/b/c": false]),
    ("/*/c", ["/a/c": true, "/c": false, "/a/b/c": false]),
    ("/**", ["": true, "/a": true, "/a/b/c": true]),
    ("/a/**", ["/a": true, "/a/b": true, "/a/b/c": true, "/b": false, "/ab": false]),
    ("/**/c", ["/c": true, "/a/c": true, "/a/b/c": true, "/a/c/d": false]),
    ("/a/**/c/*", ["/a/c/d": true, "/a/b/c/c/d": true, "/a/c": false, "/a/d/e": false]),
    ("/**/**/c", ["/c": true, "/a/b/c": true, "": false]),
    ("/**/a/**/b", ["/a/b": true, "/x/a/a/y/b": true, "/b/a": false]),
    // Names with what means something in a pointer.
    ("/a~1b/~0", ["/a~1b/~0": true, "/a/b": false]),
    ("/~2", ["/*": true, "/a": false]),
    ("/~2~2", ["/**": true, "/a/b": false]),
    ("/x~2y", ["/x*y": true, "/xy": false]),
    ("/", ["/": true, "": false, "/a": false]),
    // What looks the same need not be the same.
    ("/caf\u{E9}", ["/caf\u{E9}": true, "/cafe\u{301}": false]),
  ]

  @Test(arguments: cases)
  func matches(pattern: String, pointers: KeyValuePairs<String, Bool>) throws {
    let pattern = try PointerPattern(pattern)
    for (text, isMatch) in pointers {
      let pointer = try #require(JSONPointer(text))
      #expect(pattern.matches(pointer) == isMatch, "\(pattern) and \(text)")
    }
  }

  @Test(arguments: [
    ("a", PointerPattern.Fault.noSlash), ("#/a", .noSlash), ("/a~", .badEscape),
    ("/a~3", .badEscape), ("/a*", .starInName), ("/***", .starInName), ("/a/b*c", .starInName),
  ])
  func isRefused(text: String, fault: PointerPattern.Fault) {
    #expect(throws: fault) { try PointerPattern(text) }
  }

  @Test(arguments: ["", "/", "/a~1b/~0/*/**", "/~2", "/a/0"])
  func writesWhatItReads(text: String) throws {
    #expect(try PointerPattern(text).description == text)
  }

  /// Trying every way to share out the tokens would not come to an end here.
  @Test func endsSoonWhereManyWaysAreOpen() throws {
    let pattern = try PointerPattern(String(repeating: "/**/a", count: 60) + "/b")
    let pointer = JSONPointer(tokens: [[UInt8]](repeating: Array("a".utf8), count: 4_000))
    #expect(!pattern.matches(pointer))
  }
}
