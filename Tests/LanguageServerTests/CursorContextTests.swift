import SourceText
import Testing

@testable import LanguageServer

struct CursorContextTests {
  /// A place as a text: its path, its role, its word and the names beside it; `|` marks the offset.
  private static func summary(_ marked: String, _ syntax: Syntax) -> String {
    let bytes = Array(marked.utf8)
    guard let offset = bytes.firstIndex(of: UInt8(ascii: "|")) else { return "no mark" }
    let text = Array(bytes[..<offset] + bytes[(offset + 1)...])
    guard let place = CursorContext(at: offset, in: text, syntax) else { return "nowhere" }
    var words = place.path.map { step in
      switch step {
      case .name(let name): name
      case .element: "*"
      }
    }
    words.append(place.role == .name ? "name" : "value")
    words.append("<\(place.word(in: text))>")
    return (words + place.siblings.sorted()).joined(separator: " ")
  }

  @Test(arguments: [
    ("|", "value <>"), ("{|", "name <>"), ("{\"a|", "name <a"), ("{\"a|\": 1}", "name <a>"),
    ("{\"a\": |}", "a value <>"), ("{\"a\": \"x|y\", \"b\": 1}", "a value <xy>"),
    ("{\"a\": {\"b\": [1, |", "a b * value <>"), ("{\"a\": 1, |, \"c\": 2}", "name <> a c"),
    ("{\"a\": 1, \"|\", \"c\": {\"d\": 1}}", "name <> a c"),
    ("[{\"a\": tr|ue}]", "* a value <true>"),
    ("{\"a\": {\"b\": 1}, |}", "name <> a"), ("{\"a\\\"b\": 1, |}", "name <> a\\\"b"),
    ("]]}|", "value <>"), ("{\"a\": \"|", "a value <"),
  ])
  func placesInJSON(text: String, expected: String) {
    let summary = Self.summary(text, .json)
    #expect(summary == expected || summary == expected + ">")
  }

  @Test(arguments: [
    ("|", "name <>"), ("a: 1\n|", "name <> a"), ("a:\n  b: |", "a b value <>"),
    ("a:\n  b: x\n  |\nc: 1", "a name <> b"), ("a:\n  b: x\n|\nc: 1", "name <> a c"),
    ("a:\n  - b: 1\n    c|: 2\n  - d: 1", "a * name <c> b"),
    ("a:\n- b: |x\n", "a * b value <x>"), ("rules:\n  or|der: error", "rules name <order>"),
    ("a:\n  - x|\n", "a * value <x>"), ("# a|", "nowhere"), ("a: 1 # requisite: b|", "a value <b>"),
    ("a:\n  b:\n    c: 1\nd: |", "d value <>"),
    ("a: {|", "a name <>"), ("a: { b: 1, c|: 2, d: 3 }", "a name <c> b d"),
    ("a: { b: |", "a b value <>"), ("- { b: x|, c: 1 }", "* b value <x>"),
    ("a:\n  - b: [{ c: 1 }, { d: \"|\" }]\n", "a * b * d value <>"),
    ("a: {\n  b: 1,\n  |\n  'c': 2 }\n", "a name <> b c"), ("a: { b: 1 }\nc: |", "c value <>"),
    ("a: {\n  b: 1 }\n|", "name <> a"), ("a: {\nb:\n  c|", "b name <c>"),
    ("a: { b }: x|", "a value <x>"),
    // Nothing belongs to a value that is complete.
    ("a: { b: 1 }\n  |", "nowhere"), ("a: { b: 1 }\n  c: |", "nowhere"),
    ("a: [1]\n\n # x\n  |", "nowhere"),
    ("a: {\n  b: 1 }\n  |\nc: 1", "nowhere"), ("a: x\n  |", "nowhere"),
    ("a: >\n  x\n  y|", "nowhere"),
    ("a:\n  - { b: 1 }\n    |", "nowhere"), ("a:\n  - { b: 1 }\n  - |", "a * name <>"),
    ("a:\n  b: { c: 1 }\n  |", "a name <> b"), ("a: &x\n  |", "a name <>"),
    ("a: # x\n  |", "a name <>"), ("a:\n  - b: 1\n    |", "a * name <> b"),
    ("a: 1\nb:\n- |", "b * name <>"), ("a: x\nb:\n  c: 1\n  |", "b name <> c"),
  ])
  func placesInYAML(text: String, expected: String) {
    #expect(Self.summary(text, .yaml) == expected)
  }

  /// Nothing that a person types ends the program.
  @Test func anyTextHasPlaces() {
    var random = Numbers(state: 7)
    let pieces = [
      "{", "}", "[", "]", ":", ",", "\"", "\\", "a", "\n", " ", "- ", "#", "ä", "'", "\r",
    ]
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<random.next(14) { text += pieces[random.next(pieces.count)] }
      let bytes = Array(text.utf8)
      for syntax in [Syntax.json, .jsonLines, .yaml] {
        guard let place = CursorContext(at: random.next(bytes.count + 1), in: bytes, syntax) else {
          continue
        }
        #expect(place.token.upperBound <= bytes.count)
        _ = place.word(in: bytes)
      }
    }
  }
}
