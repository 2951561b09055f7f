import Testing

@testable import RequisitePatterns

/// Classes written as the inside of brackets.
struct CharacterClassTests {
  @Test(
    arguments: [
      ("A-Za-z0-9_-", "connect:Guide", 7), ("A-Za-z0-9_-", "tenant_Id-9", nil), ("a-z", "", nil),
      ("a-z", "é", 0), ("a-zé", "aéb😀", 4), ("^a-z", "ABc", 2), ("\\w.-", "a.b-c d", 5),
      ("\\p{L}", "Grüße 1", 7), ("^\\s", "ab\u{2028}", 2), ("\\]\\[", "[]x", 2), ("", "a", 0),
      ("^", "a\n", nil), ("-a", "a-", nil), ("\\w-.", "a-.", nil),
      ("A-Z\\p{L}\\_", "aÄ_{", 4),
    ] as [(String, String, Int?)])
  func findsTheFirstCharacterOutside(body: String, text: String, offset: Int?) throws {
    let bytes = Array(text.utf8)
    #expect(try CharacterClass(classBody: body).firstOutside(bytes.span) == offset)
  }

  @Test func treatsMalformedBytesAsOutside() throws {
    let all = try CharacterClass(classBody: "^")
    #expect(all.firstOutside(([0x61, 0xC3] as [UInt8]).span) == 1)
    #expect(all.firstOutside(([0x61, 0xC3, 0xA9, 0xED, 0xA0, 0x80] as [UInt8]).span) == 3)
  }

  @Test func containsScalars() throws {
    let test = try CharacterClass(classBody: "a-f\\u{1F600}-\\u{1F64F}")
    #expect(test.contains("c"))
    #expect(!test.contains("g"))
    #expect(test.contains("😀"))
    #expect(!test.contains("\u{1F650}"))
  }

  @Test(
    arguments: [
      ("z-a", .reversedRange, 0), ("a]b", .classBodyEnds, 1), ("a\\", .trailingBackslash, 1),
      ("[:alpha:]", .posixClass("[:alpha:]", instead: "A-Za-z"), 0),
      ("a-\\d", .classInRange, 0),
    ] as [(String, PatternError.Kind, Int)])
  func refuses(body: String, kind: PatternError.Kind, offset: Int) {
    #expect(throws: PatternError(kind, at: offset)) { try CharacterClass(classBody: body) }
  }
}
