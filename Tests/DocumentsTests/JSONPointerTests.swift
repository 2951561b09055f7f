import Documents
import SourceText
import Testing

/// JSON Pointers (RFC 6901).
struct JSONPointerTests {
  /// The document of RFC 6901, section 5, with a duplicate member and an array added.
  private static let text = #"""
    {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6,
     " ": 7, "m~n": 8, "twice": 9, "o": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "twice": 10}
    """#

  @Test(arguments: [
    ("/foo", #"["bar", "baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"),
    ("/e^f", "3"), ("/g|h", "4"), (#"/i\j"#, "5"), (#"/k"l"#, "6"), ("/ ", "7"), ("/m~0n", "8"),
    ("/o/11", "11"), ("/twice", "10"),
  ])
  func leadsToAValue(pointer: String, value: String) throws {
    let document = JSONReader.read(Array(Self.text.utf8)).document
    let parsed = try #require(JSONPointer(pointer))
    #expect(parsed.description == pointer)
    let node = try #require(document.node(at: parsed))
    let range = document.range(of: node)
    #expect(
      String(decoding: document.source[range.lowerBound..<range.upperBound], as: UTF8.self) == value
    )
    #expect(document.pointer(to: node) == parsed)
  }

  @Test(arguments: [
    "/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/+1", "/foo/a", "/foo/0/0", "/none", "/m~n/0",
    "/a/b", "/foo/18446744073709551616",
  ])
  func leadsNowhere(pointer: String) throws {
    let document = JSONReader.read(Array(Self.text.utf8)).document
    #expect(JSONPointer(pointer).flatMap { document.node(at: $0) } == nil)
  }

  @Test(arguments: ["foo", "/~", "/~2", "/a~", "#/foo"])
  func isNoPointer(text: String) { #expect(JSONPointer(text) == nil) }
}
