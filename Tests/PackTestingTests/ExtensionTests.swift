import Reporting
import Findings
import PackTesting
import RuleCompilation
import RulePacks
import SourceText
import Testing

/// A pack that extends another one is tested by what stands in its own file.
struct ExtensionTests {
  private func suite(_ base: String, _ own: String, root: Int = 1) throws -> PackTestSuite {
    let packs = try [base, own].map { text in
      try #require(
        RulePackReader.read(SourceFile(path: "pack.yaml", bytes: Array(text.utf8))) {
          path throws(Diagnostic) in throw Diagnostic("pack/unreadable", path)
        }.pack)
    }
    let (composition, mistakes) = PackComposer.compose(
      [
        .init(pack: packs[0], parents: [], ancestors: [], isBuiltIn: false, isWhole: true),
        .init(pack: packs[1], parents: [0], ancestors: [0], isBuiltIn: false, isWhole: true),
      ], roots: [root])
    #expect(mistakes.map(\.message) == [])
    return try #require(PackTester.test(composition))
  }

  private let base = """
    requisite: 1
    name: base
    parameters: { most: { type: integer, default: 10 } }
    rules:
      short:
        given: $.A
        when: { type: string }
        then: { maxLength: { $param: most } }
        examples: { pass: [{ A: x }], fail: [{ A: { $repeat: [x, 50] } }] }
      named: { then: { required: [Name] } }

    """

  @Test func triesOwnExamplesOnInheritedRules() throws {
    let result = try suite(
      base,
      """
      requisite: 1
      name: own
      extends: [base]
      parameters: { most: 2 }
      rules:
        named: warning
        short:
          examples: { pass: [{ A: xx }], fail: [{ A: xxx }] }
      """)
    // What is only regraded needs no examples; what is not changed needs none of a kind.
    #expect(result.rules.map(\.id.description) == ["base/short"])
    let rule = try #require(result.rules.first)
    #expect(rule.examples.map { $0.fault == nil } == [true, true])
    #expect(rule.missing.isEmpty)
    // The pack says nothing of what the rule finds.
    #expect(result.score.total == 0)
  }

  @Test func changesWhatThePackReplaces() throws {
    let result = try suite(
      base,
      """
      requisite: 1
      name: own
      extends: [base]
      rules:
        short:
          then: { maxLength: 30, minLength: { $param: most } }
        own-rule:
          then: size(self) < params.most
          examples: { pass: [{}], fail: [] }
      """)
    #expect(result.rules.map(\.id.description) == ["base/short", "own/own-rule"])
    let changes = result.rules.map { $0.mutation?.survivors.map(\.change) ?? [] }
    #expect(
      changes[0] == [
        "without maxLength: 30", "maxLength: 30 → 29", "maxLength: 30 → 31",
        "without minLength: 10", "minLength: 10 → 9 ($param most)",
        "minLength: 10 → 11 ($param most)",
      ])
    #expect(changes[1].sorted() == ["10 → 11", "10 → 9", "< → <="])
    #expect(result.rules.map(\.missing) == [[.pass, .fail], [.fail]])
  }

  @Test func testsTheBaseAsItIs() throws {
    let result = try suite(base, "requisite: 1\nname: own\nextends: [base]\n", root: 0)
    #expect(result.name == "base")
    #expect(result.rules.map(\.id.description) == ["base/short", "base/named"])
  }
}
