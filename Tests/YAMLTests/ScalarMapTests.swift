import Documents
import SourceText
import Testing

@testable import YAML

struct ScalarMapTests {
  /// In each text, the decoded `^` of the first string value must be traced to the source's `^`.
  @Test(arguments: [
    "k: ab ^ c",
    "k: ab\n  cd\n\n  ^ e",
    "k: 'it''s ^ c'",
    "k: 'a\n\n\n  b ^'",
    #"k: "a\n\t\"\\\u00e9\U0001F600 ^ b""#,
    "k: \"a \\\n   b\n  c ^\"",
    "k: \"a\\\n\n\n   b\n\n  c ^\"",
    "k: |\n  a\n   b\n\n  c ^\n",
    "k: |2\n   a\n  c ^\n",
    "k: |+\n\n  a ^\n\n",
    "k: >\n  a\n  b\n\n  c\n    d\n    e\n  f ^\n",
    "k: >-\r\n  a\r\n  b\r\n  ^ c",
    "k: > # why\n\n  a\n\n\n  ^ b\n",
    "x:\n  - y:\n      k: >1\n       ü\n       日本 ^\n",
    "k: &a !!str é ^",
    "\u{FEFF}k: 'é ^'",
    "k: \"\u{2028} ^\"",
    "k: |\n  a\u{85} b\n  ^",
  ])
  func findsTheSourceOfAByte(yaml: String) throws {
    let source = Array(yaml.utf8)
    let reading = YAMLReader.read(source)
    #expect(reading.errors.isEmpty)
    let document = reading.document
    let node = try #require(
      (0..<document.nodeCount).map { NodeID($0) }.first { node in
        document.kind(of: node) == .string && document.text(of: node).contains("^")
      })
    let text = document.utf8(of: node)
    let place = try #require(text.firstIndex(of: UInt8(ascii: "^"))) - text.startIndex
    #expect(ScalarMap(of: node, in: document).isExact)
    let found = YAMLReader.sourceOffset(ofDecoded: place, of: node, in: document)
    #expect(found == source.firstIndex(of: UInt8(ascii: "^")))
  }

  @Test(arguments: [
    ("'ab'", 2, 3), ("\"a\\u00e9\"", 1, 2), ("\"a\\u00e9\"", 2, 2), ("\"a\\u00e9\"", 3, 8),
    ("ab", 2, 2), ("ab", 9, 2), ("|\n  ab\n", 2, 6), ("|\n  ab\n", 3, 6), ("|+\n\n\n", 1, 4),
    ("''", 0, 1),
  ])
  func findsEscapesAndEnds(yaml: String, decoded: Int, expected: Int) {
    let document = YAMLReader.read(Array(yaml.utf8)).document
    #expect(
      YAMLReader.sourceOffset(ofDecoded: decoded, of: .root, in: document) == expected)
  }

  @Test func readsJSONToo() {
    let source = Array(#"["\ud83d\ude00x"]"#.utf8)
    let map = ScalarMap(of: NodeID(1), in: JSONReader.read(source).document)
    #expect(map.isExact)
    #expect(map.sourceRange(ofDecoded: TextRange(4, 5)) == TextRange(14, 15))
  }

  /// Numbers spelt otherwise than in JSON cannot be traced: their start stands for every place.
  @Test func fallsBackToTheStart() {
    let document = YAMLReader.read(Array("- 0x1F".utf8)).document
    let map = ScalarMap(of: NodeID(1), in: document)
    #expect(!map.isExact)
    #expect(map.sourceOffset(ofDecoded: 1) == 2)
    #expect(map.sourceRange(ofDecoded: TextRange(0, 1)) == TextRange(2, 6))
  }
}
