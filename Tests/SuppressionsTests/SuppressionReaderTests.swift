import RequisiteConfiguration
import Documents
import Findings
import RequisitePatterns
import SourceText
import Suppressions
import TestSupport
import Testing

struct SuppressionReaderTests {
  private static func read(_ text: String) -> SuppressionReading {
    SuppressionReader.read(
      SourceFile(path: ".requisite-ignore.yaml", bytes: Array(text.utf8)))
  }

  @Test func readsEveryField() throws {
    let reading = Self.read(
      """
      requisite: 1
      suppressions:
        - rule: p/r
          path: legacy/**
          pointer: /A/*
          reason: it will be replaced
          owner: chat team
          until: 2027-03-31
        - { rule: p/schema/type, path: /b.json, reason: "no: it is fine" }
      """)
    #expect(reading.diagnostics.isEmpty)
    try #require(reading.entries.count == 2)
    let entry = reading.entries[0]
    #expect(entry.rule == RuleID(pack: "p", rule: "r"))
    #expect(entry.path.text == "legacy/**")
    #expect(entry.pointer?.description == "/A/*")
    #expect(entry.reason == "it will be replaced")
    #expect(entry.owner == "chat team")
    #expect(entry.until?.description == "2027-03-31")
    #expect(entry.location.region.start.line == 3)
    #expect(reading.entries[1].rule == RuleID(pack: "p", rule: "schema/type"))
    #expect(reading.entries[1].pointer == nil)
    #expect(reading.entries[1].until == nil)
  }

  @Test(arguments: [
    "requisite: 1", "requisite: 1\nsuppressions:\n", "requisite: 1\nsuppressions: []",
  ])
  func anEmptyListIsNoMistake(text: String) {
    let reading = Self.read(text)
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.entries.isEmpty)
  }

  @Test(arguments: [
    ("", ["1:1 syntax"]),
    ("[]", ["1:1 wrong-type"]),
    ("suppressions: []", ["1:1 missing-field"]),
    ("requisite: 2", ["1:12 bad-value"]),
    ("requisite: 1\nsupressions: []", ["2:1 unknown-field"]),
    ("requisite: 1\nsuppressions: {}", ["2:1 wrong-type"]),
    ("requisite: 1\nsuppressions: [a]", ["2:16 wrong-type"]),
    ("requisite: 1\nsuppressions: [{}]", ["2:16 missing-field"]),
    ("requisite: 1\nsuppressions: []\nsuppressions: []", ["3:1 duplicate-key"]),
    ("requisite: 1\nsuppressions: [", ["2:16 syntax"]),
  ])
  func reportsErrorsOfAFile(text: String, expected: [String]) {
    let reading = Self.read(text)
    let told = reading.diagnostics.map(Self.brief)
    #expect(Set(told).isSuperset(of: expected), "\(told)")
    #expect(reading.hasErrors)
    expectMessages(reading.diagnostics.map(\.goldenLine), of: text)
  }

  @Test(arguments: [
    ("rule: p/r, path: a/b, reason: x, reson: y", ["unknown-field"]),
    ("path: a/b, reason: x", ["missing-field"]),
    ("rule: p/r, reason: x", ["missing-field"]),
    ("rule: p/r, path: a/b", ["missing-field"]),
    ("rule: p/r, path: a/b, reason: '  '", ["empty"]),
    ("rule: p/r, path: a/b, reason: 5", ["wrong-type"]),
    ("rule: p/r, path: a/b, reason: x, owner: ''", ["empty"]),
    ("rule: r, path: a/b, reason: x", ["bad-rule"]),
    ("rule: 'p/*', path: a/b, reason: x", ["too-broad"]),
    ("rule: '*', path: a/b, reason: x", ["too-broad"]),
    ("rule: p/r, path: ../a, reason: x", ["bad-path"]),
    ("rule: p/r, path: 'a/x**', reason: x", ["bad-path"]),
    ("rule: p/r, path: a/b, pointer: A, reason: x", ["bad-pointer"]),
    ("rule: p/r, path: a/b, pointer: '/A*', reason: x", ["bad-pointer"]),
    ("rule: p/r, path: a/b, reason: x, until: 2027-02-30", ["bad-date"]),
    ("rule: p/r, path: a/b, reason: x, until: 2027", ["wrong-type"]),
    (
      "rule: r, path: ../a, pointer: A, until: soon",
      ["bad-rule", "bad-path", "bad-pointer", "bad-date", "missing-field"]
    ),
  ])
  func reportsErrorsOfAnEntry(fields: String, codes: [String]) {
    let reading = Self.read("requisite: 1\nsuppressions:\n  - { \(fields) }\n")
    #expect(
      Set(reading.diagnostics.map { $0.code.replacing("suppression/", with: "") }) == Set(codes))
    expectMessages(reading.diagnostics.map(\.goldenLine), of: fields)
    // Half of an entry would suppress more than was meant.
    #expect(reading.entries.isEmpty)
    #expect(reading.diagnostics.allSatisfy { $0.location?.region.start.line == 3 })
  }

  @Test func aFaultInAPatternStandsAtItsCharacters() {
    let reading = Self.read(
      "requisite: 1\nsuppressions:\n  - { rule: p/r, path: 'a/x**', reason: x }\n")
    #expect(reading.diagnostics.map(Self.brief) == ["3:28 bad-path"])
  }

  @Test func namesTheNearestField() {
    let reading = Self.read("requisite: 1\nsuppressions: [{ rule: p/r, path: a/b, Reason: x }]")
    expectMessages(reading.diagnostics.map(\.goldenLine), of: "a field in capitals")
  }

  @Test func anEntryThatRepeatsAnotherIsTold() {
    let reading = Self.read(
      """
      requisite: 1
      suppressions:
        - { rule: p/r, path: a/b, pointer: /A, reason: x }
        - { rule: p/r, path: a/b, pointer: /B, reason: x }
        - { rule: p/r, path: a/b, pointer: /A, reason: y }
      """)
    #expect(reading.diagnostics.map(Self.brief) == ["5:13 duplicate"])
    #expect(reading.diagnostics.first?.related.first?.location.region.start.line == 3)
    expectMessages(reading.diagnostics.map(\.goldenLine), of: "an entry that repeats another")
    #expect(!reading.hasErrors)
  }

  /// A huge file of nonsense has a bounded list of mistakes.
  @Test func mistakesAreBounded() {
    let text = "requisite: 1\nsuppressions:\n" + String(repeating: "  - {}\n", count: 3_000)
    #expect(Self.read(text).diagnostics.count <= 203)
  }

  @Test(arguments: [
    ("**", "/**", true), ("**", nil, true), ("*", nil, true), ("*.json", nil, true),
    ("**/*.{json,yaml}", "/**", true), ("legacy/**", nil, false), ("**", "/A/**", false),
    ("**/a.json", nil, false), ("**", "", false),
  ])
  func isTooBroad(path: String, pointer: String?, isTooBroad: Bool) throws {
    let field = pointer.map { ", pointer: '\($0)'" } ?? ""
    let reading = Self.read(
      "requisite: 1\nsuppressions: [{ rule: p/r, path: '\(path)'\(field), reason: x }]")
    let entry = try #require(reading.entries.first)
    #expect(entry.isTooBroad == isTooBroad)
  }

  private static func brief(_ diagnostic: Diagnostic) -> String {
    let start = diagnostic.location?.region.start
    return
      "\(start?.line ?? 0):\(start?.column ?? 0) \(diagnostic.code.replacing("suppression/", with: ""))"
  }
}
