import Documents
import Findings
import RulePacks
import Testing

struct ExampleTests {
  @Test(arguments: [
    ("a", #""a""#),
    ("12e2", "12e2"),
    ("0x1F", "31"),
    ("[]", "[]"),
    ("[[], {}, [[1]], ~]", "[[],{},[[1]],null]"),
    ("{ a: { b: [true, false] }, c: x }", #"{"a":{"b":[true,false]},"c":"x"}"#),
    (#"{ "q\"\\": "\n\0é" }"#, #"{"q\"\\":"\u000a\u0000é"}"#),
    ("{ $repeat: [ab, 3] }", #""ababab""#),
    (#"[{ $repeat: ["\"", 2] }, { $repeat: [ab, 0] }]"#, #"["\"\"",""]"#),
    ("{ a: { $repeat: ['', 9223372036854775807] }, b: 1 }", #"{"a":"","b":1}"#),
  ])
  func isWrittenAsJSON(example: String, json: String) throws {
    let reading = Packs.read(Packs.withRule("    examples: { pass: [\(example)] }"))
    #expect(Packs.lines(reading) == [])
    let pack = try #require(reading.pack)
    let text = try #require(pack.rules.first?.examples.first).json(in: pack)
    #expect(String(decoding: text, as: UTF8.self) == json)
    #expect(JSONReader.read(text).errors.isEmpty)
  }

  @Test func isReadableInTheBuiltInPacks() throws {
    var count = 0
    for name in BuiltInPacks.names {
      let pack = try #require(BuiltInPacks.read(name)?.pack)
      for example in pack.rules.flatMap(\.examples) {
        #expect(JSONReader.read(example.json(in: pack)).errors.isEmpty)
        count += 1
      }
    }
    #expect(count > 100)
  }

  @Test func isTakenOutOfWhatIsSaidOfIt() throws {
    let reading = Packs.read(
      Packs.withRule(
        "    examples: { fail: [{ $request: { A: 1 }, name: N, pointer: '', severity: info, count: 3 }, { request: 1 }] }"
      ))
    #expect(Packs.lines(reading) == [])
    let pack = try #require(reading.pack)
    let examples = try #require(pack.rules.first?.examples)
    #expect(
      examples.map { String(decoding: $0.json(in: pack), as: UTF8.self) }
        == [#"{"A":1}"#, #"{"request":1}"#])
    #expect(examples[0].demands.name?.value == "N")
    #expect(examples[0].demands.pointer?.value == "")
    #expect(examples[0].demands.severity?.value == .info)
    #expect(examples[0].demands.count?.value == 3)
    #expect(examples[1].demands.areEmpty)
  }

  @Test func isLeftOutWhereItsRepetitionsAreWrong() throws {
    let pack = try #require(
      Packs.read(Packs.withRule("    examples: { pass: [{ $repeat: [xy, 1048576] }, 1] }")).pack)
    #expect(pack.rules.first?.examples.count == 1)
  }
}
