import Findings
import RulePacks
import Testing

struct MistakeTests {
  @Test(arguments: Self.cases)
  func tellsEveryMistake(in pack: Case) {
    let reading = Packs.read(pack.text)
    #expect(Packs.lines(reading) == pack.diagnostics)
    #expect(reading.hasErrors)
  }

  /// A pack with mistakes.
  struct Case: Sendable, CustomTestStringConvertible {
    /// What is wrong with the pack.
    let testDescription: String
    /// The pack.
    let text: String
    /// What is told of it.
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
      [
        "pack.yaml:1:1: pack/missing-field: a pack needs 'rules', or a 'request' with a "
          + "'schema' to check"
      ]),
    Case(
      "an empty file",
      "",
      [
        "pack.yaml:1:1: pack/syntax: the file is empty; expected a document"
      ]),
    Case(
      "a list",
      "[]",
      [
        "pack.yaml:1:1: pack/wrong-type: a rule pack is a mapping that begins with "
          + "'requisite: 1'; found an empty list"
      ]),
    Case(
      "another file than a pack",
      """
      type: object
      properties: {}

      """,
      [
        "pack.yaml:1:1: pack/missing-field: a rule pack begins with its format version, "
          + "'requisite: 1'"
      ]),
    Case(
      "a format version that is not first",
      """
      name: p
      requisite: 1
      rules: { r: { description: D, then: true } }

      """,
      [
        "pack.yaml:2:1: pack/bad-value: 'requisite: 1' comes first in a rule pack"
      ]),
    Case(
      "no format version",
      """
      name: p
      rules: { r: { description: D, then: true } }
      foo: 1

      """,
      [
        "pack.yaml:1:1: pack/missing-field: a rule pack begins with its format version, "
          + "'requisite: 1'",
        "pack.yaml:3:1: pack/unknown-field: a pack has no field 'foo'; its fields are "
          + "requisite, name, title, version, homepage, extends, request, parameters and rules",
      ]),
    Case(
      "a format that is not known",
      """
      requisite: 2
      nome: p

      """,
      [
        "pack.yaml:1:12: pack/unsupported: this version reads format 1 of rule packs; "
          + "'requisite' is 2 here"
      ]),
    Case(
      "a format version in quotes",
      "requisite: '1'\n",
      [
        "pack.yaml:1:12: pack/wrong-type: 'requisite' must be the number 1; found the "
          + "string \"1\""
      ]),
    Case(
      "nothing but a format version",
      "requisite: 1\n",
      [
        "pack.yaml:1:1: pack/missing-field: a pack needs a 'name'",
        "pack.yaml:1:1: pack/missing-field: a pack needs 'rules', or a 'request' with a "
          + "'schema' to check",
      ]),
    Case(
      "what a pack extends, written wrong",
      """
      requisite: 1
      name: p
      extends: [5, { pak: q }, { pack: q, integrity: sha256-abc }, '']
      rules: { r: offf, /s: off, q/: off }

      """,
      [
        "pack.yaml:3:11: pack/wrong-type: an item of 'extends' must be a string; found the number 5; "
          + "put it in quotes",
        "pack.yaml:3:14: pack/missing-field: an item of 'extends' needs a 'pack'",
        "pack.yaml:3:16: pack/unknown-field: an item of 'extends' has no field 'pak'; "
          + "did you mean 'pack'?",
        "pack.yaml:3:48: pack/bad-value: 'integrity' is sha256- and the base64 of a SHA-256 digest; "
          + "found \"sha256-abc\"",
        "pack.yaml:3:62: pack/bad-value: an item of 'extends' is empty",
        "pack.yaml:4:13: pack/bad-value: 'r' must be error, warning, info or off; found \"offf\"; "
          + "did you mean 'off'?",
        "pack.yaml:4:19: pack/bad-value: the name of a rule is written in small letters, digits and "
          + "single dashes, such as 's'; found \"/s\"",
        "pack.yaml:4:28: pack/bad-value: the name of a rule is written in small letters, digits and "
          + "single dashes, such as 'q'; found \"q/\"",
      ]),
    Case(
      "a pack that extends nothing",
      """
      requisite: 1
      name: p
      extends: []
      rules: { schema/type: warn }

      """,
      [
        "pack.yaml:3:1: pack/bad-value: 'extends' is empty",
        "pack.yaml:4:23: pack/bad-value: 'schema/type' must be error, warning, info or off; "
          + "found \"warn\"; did you mean 'warning'?",
      ]),
    Case(
      "rules that are no mappings",
      """
      requisite: 1
      name: p
      rules: { r: off, s: 5, t: [] }

      """,
      [
        "pack.yaml:3:13: pack/unknown-rule: a rule is a mapping with 'then'; 'r: off' would "
          + "regrade an inherited rule, but the pack has no 'extends'",
        "pack.yaml:3:21: pack/wrong-type: 's' must be a mapping with 'then'; "
          + "found the number 5",
        "pack.yaml:3:24: pack/wrong-type: 't' must be a mapping with 'then'; "
          + "found an empty list",
      ]),
    Case(
      "a name with spaces, and no rules",
      """
      requisite: 1
      name: My Pack
      rules: {}

      """,
      [
        "pack.yaml:2:7: pack/bad-value: the name of a pack is written in small letters, "
          + "digits and single dashes, such as 'my-pack'; found \"My Pack\"",
        "pack.yaml:3:1: pack/bad-value: 'rules' is empty",
      ]),
    Case(
      "a reserved name, a version and an address that are none",
      """
      requisite: 1
      name: json
      version: 1.0
      homepage: example.org
      rules: []

      """,
      [
        "pack.yaml:2:7: pack/bad-value: the name 'json' is that of the tool's own rules; "
          + "choose another one",
        "pack.yaml:3:10: pack/bad-value: 'version' must be a semantic version such as "
          + "1.0.0; found \"1.0\"",
        "pack.yaml:4:11: pack/bad-value: 'homepage' must be a whole address that begins "
          + "with https:// or http://; found \"example.org\"",
        "pack.yaml:5:1: pack/wrong-type: 'rules' must be a mapping from names to rules; "
          + "found an empty list",
      ]),
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
      [
        "pack.yaml:3:10: pack/bad-value: 'version' must be a semantic version such as "
          + "1.0.0; found \"1.0.01\"",
        "pack.yaml:4:7: pack/wrong-type: 'title' must be a string; found nothing",
        "pack.yaml:6:3: pack/bad-value: the name of a rule is written in small letters, "
          + "digits and single dashes, such as 'camel-case'; found \"camelCase\"",
        "pack.yaml:6:22: pack/wrong-type: 'then' must be a JSON Schema or a CEL "
          + "expression; found the number 5",
      ]),
    Case(
      "unknown fields",
      Packs.withRule(
        """
            severty: warning
            wibble: 1
        """),
      [
        "pack.yaml:7:5: pack/unknown-field: the rule 'r' has no field 'severty'; did you "
          + "mean 'severity'?",
        "pack.yaml:8:5: pack/unknown-field: the rule 'r' has no field 'wibble'; its fields "
          + "are description, severity, requests, given, when, then, message, help, url, tags, "
          + "fix and examples",
      ]),
    Case(
      "unknown severities",
      Packs.withRule(
        """
            severity: fatal
          s: { description: D, then: true, severity: eror }
        """),
      [
        "pack.yaml:7:15: pack/bad-value: 'severity' must be error, warning, info or off; "
          + "found \"fatal\"; did you mean 'error'?",
        "pack.yaml:8:46: pack/bad-value: 'severity' must be error, warning, info or off; "
          + "found \"eror\"; did you mean 'error'?",
      ]),
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
        "pack.yaml:7:5: pack/bad-value: 'given' is empty",
        "pack.yaml:8:11: pack/bad-value: 'when' is empty",
        "pack.yaml:9:14: pack/wrong-type: 'message' must be a string; found the number 5; "
          + "put it in quotes",
        "pack.yaml:10:15: pack/wrong-type: an item of 'tags' must be a string; found the "
          + "number 5; put it in quotes",
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
        "pack.yaml:7:5: pack/wrong-type: 'given' must be a JSONPath or a list of them; "
          + "found a mapping",
        "pack.yaml:8:11: pack/wrong-type: 'tags' must be a list of strings; found the "
          + "string \"a\"",
        "pack.yaml:9:10: pack/bad-value: 'url' must be a whole address that begins with "
          + "https:// or http://; found \"https:// x\"",
        "pack.yaml:10:5: pack/wrong-type: 'help' must be a string; found a list",
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
        "pack.yaml:8:20: pack/wrong-type: 'description' must be a string; found the number 5; "
          + "put it in quotes",
        "pack.yaml:10:11: pack/wrong-type: an operation must be a mapping with 'op' and 'path'; "
          + "found the string \"add\"",
        "pack.yaml:11:29: pack/wrong-type: 'path' must be a JSON Pointer, such as /name or /-; "
          + "found the number 5",
        "pack.yaml:12:33: pack/unknown-field: the operation 'test' takes no 'from'",
      ]),
    Case(
      "a field that stands twice",
      Packs.withRule("    description: again"),
      [
        "pack.yaml:7:5: pack/duplicate-key: the key \"description\" stands twice in this "
          + "mapping"
      ]),
    Case(
      "examples without expectations",
      Packs.withRule("    examples: [1]"),
      [
        "pack.yaml:7:5: pack/wrong-type: 'examples' must be a mapping with the lists "
          + "'pass' and 'fail'; found a list"
      ]),
    Case(
      "examples under an unknown expectation",
      Packs.withRule("    examples: { pass: {}, fails: [] }"),
      [
        "pack.yaml:7:17: pack/wrong-type: 'pass' must be a list of requests; found an "
          + "empty mapping",
        "pack.yaml:7:27: pack/unknown-field: 'examples' has no field 'fails'; did you mean "
          + "'fail'?",
      ]),
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
        "pack.yaml:9:47: pack/bad-value: 'count' tells what a finding is like, and what stands under "
          + "'pass' has none; leave it out",
        "pack.yaml:11:36: pack/bad-value: 'pointer' must be a JSON Pointer such as /Attributes/key, "
          + "empty for the whole request; found \"A/0\"",
        "pack.yaml:11:41: pack/unknown-field: an example with '$request' has no field 'sevrity'; did "
          + "you mean 'severity'?",
        "pack.yaml:12:37: pack/bad-value: 'severity' must be info, warning or error; found \"errr\"; "
          + "did you mean 'error'?",
        "pack.yaml:12:50: pack/wrong-type: 'count' must be a whole number of at least 1; found the "
          + "number 0",
        "pack.yaml:13:36: pack/wrong-type: 'pointer' must be a JSON Pointer such as /Attributes/key; "
          + "found the number 5",
        "pack.yaml:13:48: pack/bad-value: 'message' is empty",
        "pack.yaml:13:52: pack/wrong-type: 'detail' must be a string; found an empty list",
      ]),
    Case(
      "a repetition without a count",
      Packs.withRule(
        """
            examples:
              pass:
                - { $repeat: [x] }
        """),
      [
        "pack.yaml:9:13: pack/wrong-type: '$repeat' must be a list of a text and of how "
          + "often it is repeated, such as [x, 100]; found a list"
      ]),
    Case(
      "repetitions that are malformed",
      Packs.withRule(
        """
            examples:
              fail:
                - { a: { $repeat: [x, 1], b: 1 } }
                - { a: { $repeat: [x, -1] }, b: { $repeat: 5 } }
        """),
      [
        "pack.yaml:9:18: pack/bad-value: '$repeat' stands alone in its mapping",
        "pack.yaml:10:18: pack/wrong-type: '$repeat' must be a list of a text and of how "
          + "often it is repeated, such as [x, 100]; found a list",
        "pack.yaml:10:52: pack/wrong-type: '$repeat' must be a list of a text and of how "
          + "often it is repeated, such as [x, 100]; found the number 5",
      ]),
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
      [
        "pack.yaml:10:61: pack/bad-value: the repetitions of one example may make 1048576 "
          + "bytes at most",
        "pack.yaml:11:28: pack/bad-value: the repetitions of one example may make 1048576 "
          + "bytes at most",
      ]),
    Case(
      "parameters that are malformed",
      Packs.withRule("parameters: { n: 5, in: { type: integer, default: 1.5 } }"),
      [
        "pack.yaml:7:18: pack/wrong-type: 'n' must be a mapping with 'type' and 'default'; "
          + "found the number 5",
        "pack.yaml:7:21: pack/bad-value: a parameter's name is of letters, digits and '_', "
          + "begins with no digit and is no word of CEL, since expressions say 'params.NAME'; "
          + "found \"in\"",
        "pack.yaml:7:51: pack/wrong-type: 'default' must be a whole number; found the "
          + "number 1.5",
      ]),
    Case(
      "parameters without type or default",
      Packs.withRule(
        """
        parameters: { a-b: { type: int, default: 1 }, c: {}, d: { type: number } }
        """),
      [
        "pack.yaml:7:15: pack/bad-value: a parameter's name is of letters, digits and '_', "
          + "begins with no digit and is no word of CEL, since expressions say 'params.NAME'; "
          + "found \"a-b\"",
        "pack.yaml:7:28: pack/bad-value: 'type' must be array, boolean, integer, number, "
          + "object or string; found \"int\"; did you mean 'integer'?",
        "pack.yaml:7:47: pack/missing-field: the parameter 'c' needs a 'type'",
        "pack.yaml:7:47: pack/missing-field: the parameter 'c' needs a 'default'",
        "pack.yaml:7:54: pack/missing-field: the parameter 'd' needs a 'default'",
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
      [
        "pack.yaml:9:32: pack/unknown-parameter: the pack declares no parameter 'maxTotl'; "
          + "did you mean 'maxTotal'?",
        "pack.yaml:10:32: pack/wrong-type: '$param' must be the name of a parameter; found "
          + "the number 5",
        "pack.yaml:10:48: pack/bad-value: '$param' stands alone in its mapping",
      ]),
    Case(
      "a parameter where none is declared",
      Packs.withRule("request: { detect: { maximum: { $param: n } }, operations: [a] }"),
      [
        "pack.yaml:7:41: pack/unknown-parameter: the pack declares no parameter 'n'; it "
          + "has no 'parameters'",
        "pack.yaml:7:48: pack/unknown-field: 'request' has no field 'operations'; did you "
          + "mean 'operation'?",
      ]),
    Case(
      "a request that is a list",
      Packs.withRule("request: [a]"),
      [
        "pack.yaml:7:1: pack/wrong-type: 'request' must be a mapping that says what the "
          + "rules are about; found a list"
      ]),
    Case(
      "a request with mistyped fields",
      Packs.withRule("request: { schema: ../model.yaml, operation: 5, detect: x, sensitive: 5 }"),
      [
        "pack.yaml:7:20: pack/bad-value: 'schema' must stay inside of the pack's folder; "
          + "found \"../model.yaml\"",
        "pack.yaml:7:46: pack/wrong-type: 'operation' must be a string; found the number "
          + "5; put it in quotes",
        "pack.yaml:7:57: pack/wrong-type: 'detect' must be a JSON Schema; found the string "
          + "\"x\"",
        "pack.yaml:7:71: pack/wrong-type: 'sensitive' must be a JSONPath or a list of "
          + "them; found the number 5",
      ]),
    Case(
      "a model at an absolute path",
      Packs.withRule("request: { schema: /model.yaml }"),
      [
        "pack.yaml:7:20: pack/bad-value: 'schema' is a path relative to the pack's own "
          + "folder; found \"/model.yaml\""
      ]),
    Case(
      "a model on the web",
      Packs.withRule("request: { schema: 'https://example.org/model.yaml' }"),
      [
        "pack.yaml:7:20: pack/bad-value: 'schema' is the path of a file beside the pack, "
          + "and nothing is fetched; found \"https://example.org/model.yaml\""
      ]),
    Case(
      "a model behind a backslash",
      Packs.withRule("request: { schema: 'a\\b' }"),
      [
        "pack.yaml:7:20: pack/bad-value: 'schema' is a path with forward slashes and "
          + "without control characters; found \"a\\b\""
      ]),
    Case(
      "a model written out",
      Packs.withRule("request: { schema: { type: object } }"),
      [
        "pack.yaml:7:12: pack/wrong-type: 'schema' must be the path of a file beside the "
          + "pack; found a mapping"
      ]),
    Case(
      "a model that is not there",
      Packs.withRule("request: { schema: missing.yaml }"),
      [
        "pack.yaml:7:20: pack/unreadable: no file 'missing.yaml'"
      ]),
    Case(
      "a fault of the syntax",
      Packs.withRule(
        """
            then: [1
            wibble: 1
        """),
      [
        "pack.yaml:7:5: pack/duplicate-key: the key \"then\" stands twice in this mapping",
        "pack.yaml:8:11: pack/syntax: expected ',' or ']' before \": 1\"",
      ]),
    Case(
      "an unknown alias",
      Packs.withRule(
        """
            tags: [*none]
            wibble: 1
        name: q
        """),
      [
        "pack.yaml:7:12: pack/syntax: no anchor &none stands before this alias",
        "pack.yaml:8:5: pack/unknown-field: the rule 'r' has no field 'wibble'; its fields "
          + "are description, severity, requests, given, when, then, message, help, url, tags, "
          + "fix and examples",
        "pack.yaml:9:1: pack/duplicate-key: the key \"name\" stands twice in this mapping",
      ]),
  ]
}
