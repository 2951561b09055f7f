import Findings
import RulePacks
import TestSupport
import Testing

struct MistakeTests {
  @Test(arguments: Self.cases)
  func reportsEveryError(in pack: Case) {
    let reading = Packs.read(pack.text)
    #expect(reading.diagnostics.map { $0.place(in: "pack.yaml") } == pack.diagnostics)
    #expect(reading.hasErrors)
    expectMessages(reading.diagnostics.map(\.goldenLine), of: pack.testDescription)
  }

  /// A pack with errors.
  struct Case: Sendable, CustomTestStringConvertible {
    /// What is wrong with the pack.
    let testDescription: String
    /// The pack.
    let text: String
    /// Its diagnostics: `line:column code`.
    let diagnostics: [String]

    init(_ description: String, _ text: String, _ diagnostics: [String]) {
      testDescription = description
      self.text = text
      self.diagnostics = diagnostics
    }
  }

  static let cases: [Case] = [
    Case(
      "a request without a model, and no rules",
      """
      requisite: 1
      name: p
      request: { operation: a }

      """,
      ["1:1 pack/missing-field"]),
    Case(
      "an empty file",
      "",
      ["1:1 pack/syntax"]),
    Case(
      "a list",
      "[]",
      ["1:1 pack/wrong-type"]),
    Case(
      "another file than a pack",
      """
      type: object
      properties: {}

      """,
      ["1:1 pack/missing-field"]),
    Case(
      "a format version that is not first",
      """
      name: p
      requisite: 1
      rules: { r: { description: D, then: true } }

      """,
      ["2:1 pack/bad-value"]),
    Case(
      "no format version",
      """
      name: p
      rules: { r: { description: D, then: true } }
      foo: 1

      """,
      ["1:1 pack/missing-field", "3:1 pack/unknown-field"]),
    Case(
      "a format that is not known",
      """
      requisite: 2
      nome: p

      """,
      ["1:12 pack/unsupported"]),
    Case(
      "a format version in quotes",
      "requisite: '1'\n",
      ["1:12 pack/wrong-type"]),
    Case(
      "nothing but a format version",
      "requisite: 1\n",
      ["1:1 pack/missing-field", "1:1 pack/missing-field"]),
    Case(
      "what a pack extends, written wrong",
      """
      requisite: 1
      name: p
      extends: [5, { pak: q }, { pack: q, integrity: sha256-abc }, '']
      rules: { r: offf, /s: off, q/: off }

      """,
      [
        "3:11 pack/wrong-type",
        "3:14 pack/missing-field",
        "3:16 pack/unknown-field",
        "3:48 pack/bad-value",
        "3:62 pack/bad-value",
        "4:13 pack/bad-value",
        "4:19 pack/bad-value",
        "4:28 pack/bad-value",
      ]),
    Case(
      "a pack that extends nothing",
      """
      requisite: 1
      name: p
      extends: []
      rules: { schema/type: warn }

      """,
      ["3:1 pack/bad-value", "4:23 pack/bad-value"]),
    Case(
      "rules that are no mappings",
      """
      requisite: 1
      name: p
      rules: { r: off, s: 5, t: [] }

      """,
      ["3:13 pack/unknown-rule", "3:21 pack/wrong-type", "3:24 pack/wrong-type"]),
    Case(
      "a name with spaces, and no rules",
      """
      requisite: 1
      name: My Pack
      rules: {}

      """,
      ["2:7 pack/bad-value", "3:1 pack/bad-value"]),
    Case(
      "a reserved name, a version and an address that are none",
      """
      requisite: 1
      name: json
      version: 1.0
      homepage: example.org
      rules: []

      """,
      ["2:7 pack/bad-value", "3:10 pack/bad-value", "4:11 pack/bad-value", "5:1 pack/wrong-type"]),
    Case(
      "a version with a leading zero, and a name in camel case",
      """
      requisite: 1
      name: p
      version: 1.0.01
      title:
      rules:
        camelCase: { then: 5 }

      """,
      ["3:10 pack/bad-value", "4:7 pack/wrong-type", "6:3 pack/bad-value", "6:22 pack/wrong-type"]),
    Case(
      "unknown fields",
      Packs.withRule(
        """
            severty: warning
            wibble: 1
        """),
      ["7:5 pack/unknown-field", "8:5 pack/unknown-field"]),
    Case(
      "unknown severities",
      Packs.withRule(
        """
            severity: fatal
          s: { description: D, then: true, severity: eror }
        """),
      ["7:15 pack/bad-value", "8:46 pack/bad-value"]),
    Case(
      "empty and mistyped fields",
      Packs.withRule(
        """
            given: []
            when: ''
            message: 5
            tags: [a, 5]
        """),
      [
        "7:5 pack/bad-value",
        "8:11 pack/bad-value",
        "9:14 pack/wrong-type",
        "10:15 pack/wrong-type",
      ]),
    Case(
      "mappings in place of texts",
      Packs.withRule(
        """
            given: { a: b }
            tags: a
            url: 'https:// x'
            help: [a]
        """),
      [
        "7:5 pack/wrong-type",
        "8:11 pack/wrong-type",
        "9:10 pack/bad-value",
        "10:5 pack/wrong-type",
      ]),
    Case(
      "fixes",
      Packs.withRule(
        """
            fix:
              description: 5
              operations:
                - add
                - { op: copy, path: 5, from: /a }
                - { op: test, path: /a, from: /b, value: null }
        """),
      [
        "8:20 pack/wrong-type",
        "10:11 pack/wrong-type",
        "11:29 pack/wrong-type",
        "12:33 pack/unknown-field",
      ]),
    Case(
      "a field that stands twice",
      Packs.withRule("    description: again"),
      ["7:5 pack/duplicate-key"]),
    Case(
      "examples without expectations",
      Packs.withRule("    examples: [1]"),
      ["7:5 pack/wrong-type"]),
    Case(
      "examples under an unknown expectation",
      Packs.withRule("    examples: { pass: {}, fails: [] }"),
      ["7:17 pack/wrong-type", "7:27 pack/unknown-field"]),
    Case(
      "examples that say wrong things of their findings",
      Packs.withRule(
        """
            examples:
              pass:
                - { $request: {}, name: an empty one, count: 1 }
              fail:
                - { $request: {}, pointer: A/0, sevrity: error }
                - { $request: {}, severity: errr, count: 0 }
                - { $request: {}, pointer: 5, message: '', detail: [] }
        """),
      [
        "9:47 pack/bad-value",
        "11:36 pack/bad-value",
        "11:41 pack/unknown-field",
        "12:37 pack/bad-value",
        "12:50 pack/wrong-type",
        "13:36 pack/wrong-type",
        "13:48 pack/bad-value",
        "13:52 pack/wrong-type",
      ]),
    Case(
      "a repetition without a count",
      Packs.withRule(
        """
            examples:
              pass:
                - { $repeat: [x] }
        """),
      ["9:13 pack/wrong-type"]),
    Case(
      "repetitions that are malformed",
      Packs.withRule(
        """
            examples:
              fail:
                - { a: { $repeat: [x, 1], b: 1 } }
                - { a: { $repeat: [x, -1] }, b: { $repeat: 5 } }
        """),
      ["9:18 pack/bad-value", "10:18 pack/wrong-type", "10:52 pack/wrong-type"]),
    Case(
      "repetitions beyond the limit",
      Packs.withRule(
        """
            examples:
              pass:
                - { a: { $repeat: [xy, 524288] } }
                - { a: { $repeat: [xy, 524288] }, b: { $repeat: [y, 1] } }
                - { $repeat: [xyz, 9223372036854775807] }
        """),
      ["10:61 pack/bad-value", "11:28 pack/bad-value"]),
    Case(
      "parameters that are malformed",
      Packs.withRule("parameters: { n: 5, in: { type: integer, default: 1.5 } }"),
      ["7:18 pack/wrong-type", "7:21 pack/bad-value", "7:51 pack/wrong-type"]),
    Case(
      "parameters without type or default",
      Packs.withRule(
        """
        parameters: { a-b: { type: int, default: 1 }, c: {}, d: { type: number } }
        """),
      [
        "7:15 pack/bad-value",
        "7:28 pack/bad-value",
        "7:47 pack/missing-field",
        "7:47 pack/missing-field",
        "7:54 pack/missing-field",
      ]),
    Case(
      "parameters that are not declared",
      Packs.withRule(
        """
          s:
            description: D
            when: { minimum: { $param: maxTotl } }
            then: { maximum: { $param: 5 }, minimum: { $param: a, b: 1 } }
        parameters: { maxTotal: { type: integer, default: 1 } }
        """),
      ["9:32 pack/unknown-parameter", "10:32 pack/wrong-type", "10:48 pack/bad-value"]),
    Case(
      "a parameter where none is declared",
      Packs.withRule("request: { detect: { maximum: { $param: n } }, operations: [a] }"),
      ["7:41 pack/unknown-parameter", "7:48 pack/unknown-field"]),
    Case(
      "a request that is a list",
      Packs.withRule("request: [a]"),
      ["7:1 pack/wrong-type"]),
    Case(
      "a request with mistyped fields",
      Packs.withRule("request: { schema: ../model.yaml, operation: 5, detect: x, sensitive: 5 }"),
      [
        "7:20 pack/bad-value",
        "7:46 pack/wrong-type",
        "7:57 pack/wrong-type",
        "7:71 pack/wrong-type",
      ]),
    Case(
      "a model at an absolute path",
      Packs.withRule("request: { schema: /model.yaml }"),
      ["7:20 pack/bad-value"]),
    Case(
      "a model on the web",
      Packs.withRule("request: { schema: 'https://example.org/model.yaml' }"),
      ["7:20 pack/bad-value"]),
    Case(
      "a model behind a backslash",
      Packs.withRule("request: { schema: 'a\\b' }"),
      ["7:20 pack/bad-value"]),
    Case(
      "a model written out",
      Packs.withRule("request: { schema: { type: object } }"),
      ["7:12 pack/wrong-type"]),
    Case(
      "a model that is not there",
      Packs.withRule("request: { schema: missing.yaml }"),
      ["7:20 pack/unreadable"]),
    Case(
      "a fault of the syntax",
      Packs.withRule(
        """
            then: [1
            wibble: 1
        """),
      ["7:5 pack/duplicate-key", "8:11 pack/syntax"]),
    Case(
      "an unknown alias",
      Packs.withRule(
        """
            tags: [*none]
            wibble: 1
        name: q
        """),
      ["7:12 pack/syntax", "8:5 pack/unknown-field", "9:1 pack/duplicate-key"]),
  ]
}
