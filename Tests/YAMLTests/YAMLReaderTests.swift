import Documents
import SourceText
import TestSupport
import Testing

@testable import YAML

/// The source text of each node, in document order.
private func spans(_ yaml: String) -> [String] {
  let source = Array(yaml.utf8)
  let document = YAMLReader.read(source).document
  return (0..<document.nodeCount).map { index in
    let range = document.range(of: NodeID(index))
    return String(decoding: source[range.lowerBound..<range.upperBound], as: UTF8.self)
  }
}

struct YAMLReaderTests {
  @Test(arguments: [
    ("a: 1\nb: [2, x]\n", ["a: 1\nb: [2, x]", "a", "1", "b", "[2, x]", "2", "x"]),
    ("\u{FEFF}é: ü # end\n\n# more\n", ["é: ü", "é", "ü"]),
    ("- 'a''b'\n- \"c\\n\"\n", ["- 'a''b'\n- \"c\\n\"", "'a''b'", "\"c\\n\""]),
    ("k:\n- 1\n- 2\nl: x\n", ["k:\n- 1\n- 2\nl: x", "k", "- 1\n- 2", "1", "2", "l", "x"]),
    ("k: |\n  a\n  b\n\n# c\n", ["k: |\n  a\n  b", "k", "|\n  a\n  b"]),
    (
      "k: >-\r\n  a\r\n  b\r\n\r\nl: 1",
      ["k: >-\r\n  a\r\n  b\r\n\r\nl: 1", "k", ">-\r\n  a\r\n  b", "l", "1"]
    ),
    ("k: # why\n\n  v\n", ["k: # why\n\n  v", "k", "v"]),
    ("a:\nb: # x\n", ["a:\nb:", "a", "", "b", ""]),
    ("? a # x\n\n? b\n", ["? a # x\n\n? b", "a", "", "b", ""]),
    (
      "m: &x !!map\n  k: v\nn: *x",
      ["m: &x !!map\n  k: v\nn: *x", "m", "k: v", "k", "v", "n", "k: v", "k", "v"]
    ),
    ("- &x !!str 12\n- *x\n", ["- &x !!str 12\n- *x", "12", "12"]),
    (
      "[a: b, {c: d}, ? e : f]",
      ["[a: b, {c: d}, ? e : f]", "a: b", "a", "b", "{c: d}", "c", "d", "? e : f", "e", "f"]
    ),
    ("日本: [語, 𝄞]\nx: y", ["日本: [語, 𝄞]\nx: y", "日本", "[語, 𝄞]", "語", "𝄞", "x", "y"]),
    ("plain: one\n  two\nx: 1", ["plain: one\n  two\nx: 1", "plain", "one\n  two", "x", "1"]),
  ])
  func placesNodes(yaml: String, expected: [String]) {
    #expect(spans(yaml) == expected)
    #expect(YAMLReader.read(Array(yaml.utf8)).errors.isEmpty)
  }

  @Test(arguments: [
    ("[no, on, yes, off, y, n]", #"["no","on","yes","off","y","n"]"#),
    ("[null, ~, Null, NULL, '', nULL]", #"[null,null,null,null,"","nULL"]"#),
    ("[true, True, TRUE, False, tRUE]", #"[true,true,true,false,"tRUE"]"#),
    (
      "[0x1F, 0o17, +1, .5, 1., 007, 1e3, -.5e-2, 0b1, 1_000]",
      #"[31,15,1,0.5,1.0,7,1e3,-0.5e-2,"0b1","1_000"]"#
    ),
    ("[0o8, 0o18, 0o, 0x, 0xG, 0x1G]", #"["0o8","0o18","0o","0x","0xG","0x1G"]"#),
    ("[0xFFFFFFFFFFFFFFFFFFFF]", "[1208925819614629174706175]"),
    ("200: ok\nnull: x\n1.5: y\ntrue: z", #"{"200":"ok","null":"x","1.5":"y","true":"z"}"#),
    (
      "[!!str 1, !!int '7', !!float 2, !!bool 'true', !!null '', ! 3]",
      #"["1",7,2,true,null,"3"]"#
    ),
    ("- &a {k: [1, 2]}\n- *a\n- &b x\n- {*b : *b}", #"[{"k":[1,2]},{"k":[1,2]},"x",{"x":"x"}]"#),
    ("a\u{85}b: 'c\u{2028} d'", "{\"a\u{85}b\":\"c\u{2028} d\"}"),
    ("---\n", "null"),
    (#""\x41\u00e9\U0001F600\/\e""#, "\"Aé😀/\u{1B}\""),
    ("%YAML 1.2\n---\na: 1\n...\n", #"{"a":1}"#),
    ("\"<<\": 1", #"{"<<":1}"#),
  ])
  func readsTheCoreSchema(yaml: String, json: String) {
    let reading = YAMLReader.read(Array(yaml.utf8))
    #expect(reading.errors.isEmpty)
    #expect(reading.isFaithful)
    // The escape character may not stand in JSON as it is.
    let text = json.utf8.flatMap { $0 == 0x1B ? Array(#"\u001b"#.utf8) : [$0] }
    #expect(canonical(reading.document) == canonical(JSONReader.read(text).document))
  }

  @Test func spellsNumbersAsJSONDoes() {
    let document = YAMLReader.read(Array("[0x1F, +1, .5, 1., 1e3, -0]".utf8)).document
    #expect(
      document.elements(of: .root).map { document.text(of: $0) }
        == ["31", "1", "0.5", "1.0", "1e3", "-0"])
    #expect(
      document.elements(of: .root).map { document.isPlainInteger($0) }
        == [true, true, false, false, false, true])
  }

  @Test(arguments: [
    ("a: 1\n\tb: 2\n", "\t"),
    ("a: 1\nb 2\nc: 3\n", "b 2"),
    ("a: \"x\nb: 1\n", "\""),
    ("a: 'x\nb: 1\n", "'"),
    ("a: b: c\n", ":"),
    ("a: [1, 2\nb: 3\n", ":"),
    ("a: {b: 1\n", ""),
    ("a: @x\n", "@"),
    ("a: 1\n  b: 2\n", ":"),
    ("a:\n    b: 1\n  c: 2\n", "c: 2"),
    ("a: 1\n- b\n", "-"),
    ("- a\nb: 1\n", "b: 1"),
    (#"a: "\d""#, #"\d"#),
    (#"a: "\ud83d\ude00""#, #"\ud83d"#),
    (#"a: "\ud83d""#, #"\ud83d"#),
    ("a: 1\nb: 2\na: 3\n", "a"),
    ("a: 1\n\"\\x61\": 3\n", "\"\\x61\""),
    ("b: &b {}\na:\n  <<: *b\n", "<<"),
    ("{[a]: 1}\n", "["),
    ("? {a: 1}\n: 2\n", "{"),
    ("a: 1\n---\nb: 2\n", "---"),
    ("a: .inf\n", ".inf"),
    ("a: !Ref x\n", "!Ref"),
    ("a: !!int x\n", "x"),
    ("a: !!map [x]\n", "!!map"),
    ("a: &anchor 1\nb: *ancor\n", "*ancor"),
    ("a: &x [*x]\n", "*x"),
    ("a: \u{07}\n", "\u{07}"),
    ("", ""),
    ("# only this\n", ""),
    ("a: 1\nb:2\n", ":"),
    ("when: 'a' == self.b\n", "== self.b"),
    ("when: [a] + b\n", "+ b"),
    ("message: {{ self }} is bad\n", "{"),
    ("files: *.json\n", "."),
    ("x: : 1", ":"),
    (": 1", ":"),
    ("{: 1}", ":"),
  ])
  func reportsErrors(yaml: String, place: String) throws {
    let source = Array(yaml.utf8)
    let reading = YAMLReader.read(source)
    let error = try #require(reading.errors.first)
    expectMessages(
      reading.errors.map { "\($0.range.lowerBound): \($0.message)" }, of: yaml)
    let range = error.range
    #expect(String(decoding: source[range.lowerBound..<range.upperBound], as: UTF8.self) == place)
    #expect(flaw(of: reading, source: source) == nil)
  }

  @Test func namesTheFirstOfTwoKeys() throws {
    let reading = YAMLReader.read(Array("a: 1\nb: 2\na: 3\n".utf8))
    let error = try #require(reading.errors.first)
    #expect(reading.errors.count == 1)
    #expect(error.category == .duplicateName)
    #expect(error.range == TextRange(10, 11))
    #expect(error.related?.range == TextRange(0, 1))
  }

  @Test func findsTheSameKeyAmongMany() {
    let keys = (0..<40).map { "k\($0): 1\n" }.joined()
    for repeated in [0, 15, 16, 39] {
      let reading = YAMLReader.read(Array((keys + "k\(repeated): 2\n").utf8))
      #expect(reading.errors.map(\.category) == [.duplicateName])
    }
    #expect(YAMLReader.read(Array(keys.utf8)).errors.isEmpty)
  }

  @Test func keepsWhatStandsBeforeAFault() {
    let reading = YAMLReader.read(Array("a: [1, {b: 2}]\nc: 'x".utf8))
    #expect(!reading.isFaithful)
    #expect(
      canonical(reading.document)
        == #"{"a":[integer(1),{"b":integer(2)}],"c":absent}"#)
  }

  @Test func goesOnAfterFaultsThatAreNotOfTheSyntax() {
    let yaml = "? [x]\n: {y: &z 1}\na: .nan\nb: !x 1\nc: *z\na: 2\n"
    let reading = YAMLReader.read(Array(yaml.utf8))
    #expect(reading.errors.map(\.category) == [.syntax, .syntax, .syntax, .duplicateName])
    #expect(
      canonical(reading.document)
        == #"{"a":absent,"a":integer(2),"b":"1","c":absent}"#)
  }

  /// What is passed over ends where it ends, and so does the mapping around it.
  @Test func placesTheEndOfWhatIsPassedOver() {
    let source = Array("a:\n  ? [x]\n  : - y\n    - # z\n\n# end\nb: 1\n".utf8)
    let document = YAMLReader.read(source).document
    let inner = document.value(named: "a", in: .root).map { document.range(of: $0) }
    #expect(inner == TextRange(5, 24))
  }

  @Test func refusesOtherEncodings() {
    for source: [UInt8] in [[0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61], [0x61, 0, 0x62, 0]] {
      let reading = YAMLReader.read(source)
      #expect(reading.errors.first?.category == .encoding)
      #expect(reading.errors.first?.message.contains("UTF-16") == true)
    }
  }

  @Test func readsOnAfterBytesThatAreNotUTF8() {
    let reading = YAMLReader.read(Array("a: x".utf8) + [0xC3, 0x0A] + Array("é: 1\né: 2\n".utf8))
    #expect(reading.errors.map(\.category) == [.encoding, .duplicateName])
    #expect(reading.errors.first?.range == TextRange(4, 5))
    #expect(reading.errors.last?.range == TextRange(12, 14))
  }

  @Test func readsEveryDocument() {
    let readings = YAMLReader.readAll(Array("a: 1\n---\n- &x b\n---\n*x\n".utf8))
    #expect(
      readings.map { canonical($0.document) }
        == [#"{"a":integer(1)}"#, #"["b"]"#, "absent"])
    #expect(readings.map(\.errors.count) == [0, 0, 1])
  }
}

struct YAMLLimitTests {
  @Test(arguments: [
    (String(repeating: "[", count: 512) + String(repeating: "]", count: 512), true),
    (String(repeating: "[", count: 513) + String(repeating: "]", count: 513), false),
    (String(repeating: "[", count: 200_000), false),
    (String(repeating: "{a: ", count: 100_000), false),
    (String(repeating: "- ", count: 50_000), false),
    ("? " + String(repeating: "[", count: 100_000), false),
    (String(repeating: "? ", count: 100_000), false),
  ])
  func limitsDepth(yaml: String, isFine: Bool) {
    let source = Array(yaml.utf8)
    let reading = YAMLReader.read(source)
    #expect(reading.errors.contains { $0.category == .depth } != isFine)
    #expect(flaw(of: reading, source: source) == nil)
  }

  @Test func limitsTheDepthThatAliasesAdd() {
    var yaml = "- &a0 [x]\n"
    for level in 1...600 { yaml += "- &a\(level) [*a\(level - 1)]\n" }
    let reading = YAMLReader.read(Array(yaml.utf8), aliasNodeLimit: 1_000_000)
    #expect(reading.errors.map(\.category) == [.depth])
    #expect(flaw(of: reading, source: Array(yaml.utf8)) == nil)
  }

  @Test func stopsBillionLaughs() {
    var yaml = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...20 {
      let aliases = [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      yaml += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let reading = YAMLReader.read(Array(yaml.utf8))
    #expect(reading.errors.count == 1)
    expectMessages(reading.errors.map(\.message), of: "billion laughs")
    #expect(reading.document.nodeCount < 110_000)
    #expect(flaw(of: reading, source: Array(yaml.utf8)) == nil)
  }

  @Test func boundsTheTextThatAliasesCopy() {
    let text = String(repeating: "x", count: 1_000_000)
    for yaml in [
      "- &a \(text)\n" + String(repeating: "- *a\n", count: 5000),
      "- &a [\(text)]\n" + String(repeating: "- *a\n", count: 5000),
    ] {
      let reading = YAMLReader.read(Array(yaml.utf8))
      #expect(reading.errors.count == 1)
      #expect(reading.document.nodeCount < 100)
    }
  }

  @Test func boundsDirectives() {
    let directives = (0..<1001).map { "%TAG !t\($0)! tag:x\n" }
    let fine = YAMLReader.read(Array((directives.dropLast().joined() + "---\na").utf8))
    #expect(fine.errors.isEmpty)
    let refused = YAMLReader.read(Array((directives.joined() + "---\na").utf8))
    #expect(refused.errors.count == 1)
    #expect(!refused.isFaithful)
  }

  @Test func obeysTheCallersLimits() {
    let source = Array("a: &x [1, 2]\nb: *x\n".utf8)
    #expect(YAMLReader.read(source, depthLimit: 2, aliasNodeLimit: 3).errors.isEmpty)
    #expect(YAMLReader.read(source, depthLimit: 1).errors.map(\.category) == [.depth])
    #expect(YAMLReader.read(source, aliasNodeLimit: 2).errors.count == 1)
    #expect(YAMLReader.read(source, depthLimit: 0).document.isEmpty)
  }
}
