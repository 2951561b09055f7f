import Findings
import Foundation
import RequisiteFiles
import SourceText
import TestSupport
import Testing

@testable import Linting

/// Findings say that they can be fixed only where there is a fix for their value.
struct FixabilityTests {
  private static let pack = """
    requisite: 1
    name: acme
    rules:
      type:
        given: $.types[*]
        then: { enum: [a, b] }
        fix:
          safe: false
          operations:
            - { op: replace, path: '', value: "{{ ['a', 'b'].filter(t, t == self.lowerAscii())[0] }}" }
      list: { given: $.types, then: { contains: { const: a } }, fix: [{ op: add, path: /-, value: a }] }
      tested: { given: $.t, then: { const: x }, fix: [{ op: test, path: '', value: y }, { op: replace, path: '', value: x }] }
      none: { given: $.n, then: { const: x } }
    """

  @Test(
    arguments: [
      ("{\"types\": [\"a\", \"B\"]}", ["type": .unsafe]),
      ("{\"types\": [\"a\", \"c\"]}", ["type": nil]),
      ("{\"types\": [\"b\"]}", ["list": .safe]),
      ("{\"types\": [\"c\"]}", ["type": nil, "list": .safe]),
      ("{\"t\": \"y\"}", ["tested": .safe]),
      ("{\"t\": \"z\"}", ["tested": nil]),
      ("{\"n\": 1}", ["none": nil]),
    ] as [(String, [String: Finding.Fixability?])])
  func saysWhatCanBeFixed(text: String, expected: [String: Finding.Fixability?]) throws {
    try withFolder { folder in
      try write(Self.pack, to: "\(folder)/acme.yaml")
      try write(text, to: "\(folder)/a.json")
      try write(text + "\n", to: "\(folder)/a.jsonl")
      let packs = PackLoader(in: RealFileSystem()).load(
        [PackReference("\(folder)/acme.yaml")], compilesFixes: true)
      for showsValues in [true, false] {
        var options = LintOptions(in: RealFileSystem(), packs: packs.packs, applicability: .always)
        options.fixes = .mark
        options.disclosure = showsValues ? .full : .kindsOnly
        var linter = LintSession([options])
        for (name, format) in [("a.json", Syntax.json), ("a.jsonl", .jsonLines)] {
          var findings: [Finding] = []
          linter.lint(
            InputSource(
              .file("\(folder)/\(name)"), shownPath: name, syntax: format, isExplicit: true)
          ) { findings += $0.findings }
          let found = findings.map { ($0.rule.rule, $0.fixability) }
          #expect(Dictionary(found, uniquingKeysWith: { first, _ in first }) == expected)
          #expect(findings.allSatisfy { $0.fix == nil })
        }
      }
    }
  }
}
