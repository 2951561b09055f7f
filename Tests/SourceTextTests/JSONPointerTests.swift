import SourceText
import Testing

struct JSONPointerTests {
  private static let texts: [(text: String, tokens: [String]?)] = [
    ("", []), ("/", [""]), ("/a", ["a"]), ("/a/", ["a", ""]), ("//", ["", ""]),
    ("/a~1b", ["a/b"]), ("/m~0n", ["m~n"]), ("/~01", ["~1"]), ("/~10", ["/0"]),
    ("/~0~1~0", ["~/~"]), ("/0/10", ["0", "10"]), ("/é/\u{1F600}", ["é", "\u{1F600}"]),
    ("a", nil), ("/~", nil), ("/~2", nil), ("/a~/b", nil), ("#/a", nil),
  ]

  @Test func readsAndWrites() throws {
    for (text, tokens) in Self.texts {
      let pointer = JSONPointer(text)
      #expect(pointer?.tokens == tokens?.map { Array($0.utf8) }, "\(text)")
      guard let tokens, let pointer else { continue }
      #expect(pointer.description == text)
      #expect(pointer.isRoot == tokens.isEmpty)
      #expect(pointer.lastToken.map { Array($0) } == tokens.last.map { Array($0.utf8) }, "\(text)")
      var built = JSONPointer()
      for token in tokens { built.append(token) }
      #expect(built == pointer)
      #expect(built == JSONPointer(tokens: tokens.map { Array($0.utf8) }))
      #expect(Set([built]).contains(pointer))
    }
  }

  @Test func appendsIndices() {
    for index in [0, 1, 9, 10, 11, 99, 100, 4_294_967_296] {
      var pointer = JSONPointer()
      pointer.append("a")
      pointer.append(index: index)
      #expect(pointer.description == "/a/\(index)")
      #expect(JSONPointer().appending("a").appending("\(index)") == pointer)
    }
  }

  /// What is no UTF-8 is shown as U+FFFD; all else stays.
  @Test func repairs() {
    let pointer = JSONPointer(tokens: [[0x61, 0xFF, 0x62], Array("é".utf8)])
    #expect(pointer.repaired.description == "/a\u{FFFD}b/é")
    #expect(pointer.repaired.utf8 == Array("/a\u{FFFD}b/é".utf8))
    #expect(JSONPointer(tokens: [[0x61]]).repaired == JSONPointer(tokens: [[0x61]]))
  }
}
