import Evaluation
import Findings
import Foundation
import Linting
import RequisiteFiles
import RulePacks
import SourceText
import TestSupport
import Testing

/// What `new rule` writes into a pack, for all kinds of values.
struct NewRuleTests {
  private static let model = """
    type: object
    additionalProperties: false
    properties:
      text: { type: string }
      kind: { type: string, enum: [a, b] }
      count: { type: integer, minimum: 1, maximum: 9 }
      level: { type: number, enum: [1, 2] }
      flag: { type: boolean }
      list: { type: array, items: { type: integer } }
      map: { type: object, additionalProperties: { type: object, additionalProperties: false, properties: { S: { type: string } } } }
      both: { type: [string, 'null'] }
      free: {}
      trace-id: { type: string }
    """
  private static let pack = """
    requisite: 1
    name: p
    request: { operation: O, schema: m.yaml, detect: { type: object } }
    rules:
      x:
        given: $.text
        then: { maxLength: 3 }

    """

  /// One of the texts with which the pack loads without a word.
  @Test(arguments: [
    "$", "$.text", "$.kind", "$.count", "$.level", "$.flag", "$.list", "$.list[*]", "$.list[2]",
    "$.map", "$.map.*", "$.map.*.S", "$.map.k.S", "$.both", "$.free", "$['trace-id']", "$..S",
    "$.list[?@ > 1]", #"$.map['\n']"#, #"$.map['a\r\nb']"#, #"$.map['\t']"#, #"$.map['\u0001']"#,
    #"$.map['\u2028']"#, #"$.map['\u0085']"#, #"$.map['\u007f']"#, #"$.map['\ufeff']"#,
    #"$.map['\uffff']"#, #"$.map['\udb40\udc01']"#, #"$.map['\ud83d\ude00']"#, #"$.map['\'']"#,
    #"$.map['"']"#, #"$.map['\\']"#, "$.map['null']", "$.map['no']", "$.map['1']", "$.map['']",
    "$.map[': ']", "$.map['#a']", "$.map[' a ']", "$.map['{}']", "$.map['é']", "$.map['<<']",
    "$.map['$param']", "$.map[\"a'b\"]",
  ])
  func oneOfTheTextsLoadsWithoutWarnings(path: String) throws {
    try withFolder { folder in
      try write(Self.model, to: "\(folder)/m.yaml")
      try write(Self.pack, to: "\(folder)/p.yaml")
      let before = PackLoader(in: RealFileSystem()).load([PackReference("\(folder)/p.yaml")])
      let packs = try #require(before.packs.first).composition.members.map(\.pack)
      let texts = try RuleInsertion.texts(
        of: packs[0], adding: "y", given: path,
        models: packs.compactMap { $0.request?.schema?.file })
      let sound = texts.first { text in
        let after = PackLoader(in: RealFileSystem()).load(
          [PackReference("\(folder)/p.yaml")], bytes: text)
        return after.diagnostics.isEmpty && after.packs.first?.plan.ruleTable.rules.count == 2
      }
      #expect(sound != nil)
    }
  }

  @Test(arguments: ["", "text", "$.", "$.a[", "$.trace-id", "$[", "@.a"])
  func whatIsNoPathIsRejected(path: String) throws {
    let reading = RulePackReader.read(SourceFile(path: "p.yaml", bytes: Array(Self.pack.utf8))) {
      (path) throws(Diagnostic) in SourceFile(path: path, bytes: Array(Self.model.utf8))
    }
    let pack = try #require(reading.pack)
    #expect {
      try RuleInsertion.texts(of: pack, adding: "y", given: path, models: [])
    } throws: { ($0 as? Diagnostic)?.code == "argument/bad-path" }
  }
}
