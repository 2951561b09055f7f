import Findings
import RuleCompilation
import RulePacks
import SourceText
import Testing

/// A pack, or the body of its one rule, and everything that is wrong with it.
private struct Case: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// The pack's text; the place of each diagnostic counts in it.
  var text: String
  /// The diagnostics as `line:column severity code message`.
  var expected: [String]

  init(_ name: String, pack: String, _ expected: [String]) {
    testDescription = name
    text = pack
    self.expected = expected
  }

  /// A pack with one rule, whose lines begin at line 8 and column 5.
  init(_ name: String, _ rule: String, _ expected: [String]) {
    let lines = rule.split(separator: "\n", omittingEmptySubsequences: false)
    self.init(
      name,
      pack: """
        requisite: 1
        name: p
        request:
          schema: model.yaml

        rules:
          r:
        \(lines.map { "    \($0)\n" }.joined())
        """, expected)
  }
}

private let model = """
  type: object
  additionalProperties: false
  required: [InstanceId]
  properties:
    InstanceId: { type: string, minLength: 1, maxLength: 100 }
    Attributes:
      type: object
      additionalProperties: { type: string, maxLength: 32767 }
    Mode: { type: string, enum: [INCREMENTAL, COMPLETE] }
    Minutes: { type: integer, minimum: 60, maximum: 10080 }
    Types:
      type: array
      maxItems: 5
      items: { type: string }
    Details:
      type: object
      additionalProperties: false
      properties:
        DisplayName: { type: string }
    Note: {}

  """

/// The diagnostics of a pack in the words of the table.
private func diagnostics(of text: String, model: String = model) -> [String] {
  let reading = RulePackReader.read(SourceFile(path: "pack.yaml", bytes: Array(text.utf8))) {
    (path) throws(Diagnostic) in
    SourceFile(path: path, bytes: Array(model.utf8))
  }
  return RuleCompiler.compile(reading).diagnostics.map { diagnostic in
    let place =
      diagnostic.location.map { location in
        let file = location.path == "pack.yaml" ? "" : "\(location.path):"
        return "\(file)\(location.region.start.line):\(location.region.start.column)"
      } ?? "nowhere"
    return "\(place) \(diagnostic.severity.rawValue) \(diagnostic.code) \(diagnostic.message)"
  }
}

struct StaticCheckTests {
  @Test(arguments: pathCases)
  private func paths(_ example: Case) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: memberCases)
  private func members(_ example: Case) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: contradictionCases)
  private func contradictions(_ example: Case) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: uselessCases)
  private func useless(_ example: Case) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: expressionCases)
  private func expressions(_ example: Case) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: parameterCases)
  private func parameters(_ example: Case) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: exampleCases)
  private func examples(_ example: Case) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  @Test(arguments: soundCases)
  private func soundPacksAreLeftAlone(_ example: Case) {
    #expect(diagnostics(of: example.text) == example.expected)
  }

  /// Built-in packs are loaded without these checks; here they are made.
  @Test(arguments: BuiltInPacks.names)
  func builtInPacksAreSound(packName: String) throws {
    let reading = try #require(BuiltInPacks.read(packName))
    let compilation = RuleCompiler.compile(reading, checking: .all)
    #expect(compilation.diagnostics.map(\.message) == [])
    #expect(compilation.plan != nil)
  }

  /// The model is checked for what contradicts itself, and may say what is needless.
  @Test func modelsAreChecked() {
    let pack = """
      requisite: 1
      name: p
      request:
        schema: model.yaml

      """
    let model = """
      type: object
      properties:
        A: { type: string, minLength: 0, minimum: 3 }
        B: { type: integer, minimum: 9, maximum: 8 }
        C: { type: array, items: { type: string, enum: [1] } }
      required: [A, A]

      """
    #expect(
      diagnostics(of: pack, model: model) == [
        "model.yaml:3:36 error schema/contradiction minimum never applies: it is about a number, and type admits only a string",
        "model.yaml:4:32 error schema/contradiction minimum 9 is over maximum 8; no value is between",
        "model.yaml:5:51 error schema/contradiction this is a number, and type admits only a string",
      ])
  }

  /// A model in which each schema leads to the next is not followed without end.
  @Test func modelsMayReferFarAhead() {
    var model = "$ref: '#/$defs/s0'\n$defs:\n"
    for number in 0..<1_000 {
      model +=
        "  s\(number): { type: object, properties: { a: { $ref: '#/$defs/s\(number + 1)' } } }\n"
    }
    model += "  s1000: { type: string }\n"
    let pack = """
      requisite: 1
      name: p
      request:
        schema: model.yaml
      rules:
        r:
          given: $..a
          then: { type: object }

      """
    #expect(diagnostics(of: pack, model: model) == [])
  }

  /// Trying examples takes a bounded time, and says so where it stops.
  @Test func examplesAreTriedUpToALimit() {
    let example = "        - A: { $repeat: [x, 1048576] }\n"
    let pack =
      """
      requisite: 1
      name: p
      rules:
        r:
          given: $.A
          then: { minLength: 1 }
          examples:
            pass:

      """ + String(repeating: example, count: 20)
    #expect(
      diagnostics(of: pack) == [
        "24:11 warning pack/too-many-examples the examples hold more than 16777216 bytes; from here on they are not tried"
      ])
  }
}

private let pathCases: [Case] = [
  Case(
    "a misspelt member", "given: $.Atributes\nthen: { minProperties: 1 }",
    [
      "8:14 error pack/unreachable-path the model has no member 'Atributes' here; did you mean 'Attributes'?"
    ]),
  Case(
    "a misspelt member in quotes and brackets",
    "given: \"$['Details']['DisplayNam']\"\nthen: { minLength: 1 }",
    [
      "8:26 error pack/unreachable-path the model has no member 'DisplayNam' here; did you mean 'DisplayName'?"
    ]),
  Case(
    "the second of several paths", "given: [$.InstanceId, $.InstanceID]\nthen: { minLength: 2 }",
    [
      "8:29 error pack/unreachable-path the model has no member 'InstanceID' here; did you mean 'InstanceId'?"
    ]),
  Case(
    "a member nowhere below", "given: $.Details..DispName\nthen: { minLength: 2 }",
    [
      "8:23 error pack/unreachable-path the model has no member 'DispName' anywhere below; did you mean 'DisplayName'?"
    ]),
  Case(
    "a member far from any name", "given: $.Details.Colour\nthen: { minLength: 2 }",
    [
      "8:22 error pack/unreachable-path the model has no member 'Colour' here; it has DisplayName"
    ]),
  Case(
    "an index on an object", "given: $.Details[0]\nthen: { minLength: 2 }",
    [
      "8:22 error pack/unreachable-path this selects nothing: the model has an object here, which has no elements"
    ]),
  Case(
    "a name on an array", "given: $.Types.first\nthen: { minLength: 2 }",
    [
      "8:20 error pack/unreachable-path this selects nothing: the model has an array here, which has no members"
    ]),
  Case(
    "children of a string", "given: $.Mode.*\nthen: { minLength: 2 }",
    [
      "8:19 error pack/unreachable-path this selects nothing: the model has a string here, which has no children"
    ]),
  Case(
    "an empty slice", "given: $.Types[3:2]\nthen: { minLength: 2 }",
    [
      "8:20 error pack/unreachable-path this slice selects nothing, whatever the array"
    ]),
  Case(
    "a name in a filter", "given: $.Details[?@.x]\nthen: { minLength: 2 }",
    [
      "8:25 error pack/unreachable-path this selects nothing: the model has a string here, which has no members"
    ]),
  Case(
    "a misspelt name in a filter",
    "given: $[?$.Detals.DisplayName == 'x']\nthen: { minProperties: 1 }",
    [
      "8:17 error pack/unreachable-path the model has no member 'Detals' here; did you mean 'Details'?"
    ]),
  Case(
    "values that never compare", "given: $.Types[?@ == 5]\nthen: { minLength: 2 }",
    [
      "8:21 error pack/unreachable-path '==' never holds between a string and a number"
    ]),
  Case(
    "a pattern on numbers", "given: $[?match($.Minutes, 'a')]\nthen: { minLength: 2 }",
    [
      "8:21 error pack/unreachable-path a pattern never matches here: the model has an integer, not a string"
    ]),
  Case(
    "a malformed pattern", "given: $.Types[?match(@, 'a(b')]\nthen: { minLength: 2 }",
    [
      "8:32 error pack/bad-path this group is never closed; add ')'"
    ]),
  Case(
    "a malformed path", "given: $.Types[\nthen: { minLength: 2 }",
    [
      "8:20 error pack/bad-path expected a name in quotes, an index, a slice, '*' or a filter '?…', found the end"
    ]),
  Case(
    "a sensitive path",
    pack: """
      requisite: 1
      name: p
      request:
        schema: model.yaml
        sensitive: [ $.InstanceId, $.Instance ]

      """,
    [
      "5:32 error pack/unreachable-path the model has no member 'Instance' here; did you mean 'InstanceId'?"
    ]),
]

private let memberCases: [Case] = [
  Case(
    "properties", "then:\n  properties:\n    Attribute: { minProperties: 1 }",
    [
      "10:9 error schema/unknown-member the model has no member 'Attribute' here; did you mean 'Attributes'?"
    ]),
  Case(
    "required", "then: { required: [InstanceId, Minuts] }",
    [
      "8:36 error schema/unknown-member the model has no member 'Minuts' here; did you mean 'Minutes'?"
    ]),
  Case(
    "required, deep within",
    "then: { properties: { Details: { anyOf: [ { required: [DisplayNam] }, { maxProperties: 1 } ] } } }",
    [
      "8:60 error schema/unknown-member the model has no member 'DisplayNam' here; did you mean 'DisplayName'?"
    ]),
  Case(
    "dependentRequired", "then: { dependentRequired: { Mod: [Minutes, Typs] } }",
    [
      "8:34 error schema/unknown-member the model has no member 'Mod' here; did you mean 'Mode'?",
      "8:49 error schema/unknown-member the model has no member 'Typs' here; did you mean 'Types'?",
    ]),
  Case(
    "dependentSchemas", "then: { dependentSchemas: { Mod: { required: [Minutes] } } }",
    [
      "8:33 error schema/unknown-member the model has no member 'Mod' here; did you mean 'Mode'?"
    ]),
  Case(
    "counting keywords",
    "then: { atMostOneOf: [Mode, Minuts], exactlyOneOf: [Mode, Typ], atLeastOneOf: [Note, Moode] }",
    [
      "8:33 error schema/unknown-member the model has no member 'Minuts' here; did you mean 'Minutes'?",
      "8:63 error schema/unknown-member the model has no member 'Typ' here; it has InstanceId, Attributes, Mode, Minutes, Types, Details, Note",
      "8:90 error schema/unknown-member the model has no member 'Moode' here; did you mean 'Mode'?",
    ]),
  Case(
    "in a condition", "when: { required: [Minuts] }\nthen: { required: [Mode] }",
    [
      "8:24 error schema/unknown-member the model has no member 'Minuts' here; did you mean 'Minutes'?"
    ]),
  Case(
    "in detect",
    pack: """
      requisite: 1
      name: p
      request:
        schema: model.yaml
        detect: { required: [InstanceID] }

      """,
    [
      "5:24 error schema/unknown-member the model has no member 'InstanceID' here; did you mean 'InstanceId'?"
    ]),
  Case(
    "a value of an enum", "given: $.Mode\nthen: { const: INCREMENTL }",
    [
      "9:20 error schema/contradiction the model does not have the value 'INCREMENTL' here; did you mean 'INCREMENTAL'?"
    ]),
  Case(
    "one of several values of an enum", "given: $.Mode\nthen: { enum: [INCREMENTAL, COMPLET] }",
    [
      "9:33 warning schema/contradiction the model does not have the value 'COMPLET' here; did you mean 'COMPLETE'?"
    ]),
]

private let contradictionCases: [Case] = [
  Case(
    "bounds of numbers", "given: $.Note\nthen: { minimum: 10, maximum: 9.5 }",
    [
      "9:22 error schema/contradiction minimum 10 is over maximum 9.5; no value is between"
    ]),
  Case(
    "bounds that touch", "given: $.Note\nthen: { exclusiveMinimum: 10, maximum: 1e1 }",
    [
      "9:31 error schema/contradiction exclusiveMinimum 10 leaves nothing below maximum 1e1; no value is between"
    ]),
  Case(
    "bounds of lengths",
    "given: $.Note\nthen: { minLength: 3, maxLength: 2, minBytes: 9, maxBytes: 8 }",
    [
      "9:24 error schema/contradiction minLength 3 is over maxLength 2; no value is between",
      "9:51 error schema/contradiction minBytes 9 is over maxBytes 8; no value is between",
    ]),
  Case(
    "bounds of counts",
    "given: $.Note\nthen: { minItems: 3, maxItems: 2, minProperties: 9, maxProperties: 8 }",
    [
      "9:23 error schema/contradiction minItems 3 is over maxItems 2; no value is between",
      "9:54 error schema/contradiction minProperties 9 is over maxProperties 8; no value is between",
    ]),
  Case(
    "bounds of contains",
    "given: $.Note\nthen: { contains: { type: string }, minContains: 3, maxContains: 2 }",
    [
      "9:54 error schema/contradiction minContains 3 is over maxContains 2; no value is between"
    ]),
  Case(
    "more required than may be", "given: $.Note\nthen: { required: [a, b], maxProperties: 1 }",
    [
      "9:13 error schema/contradiction required names 2 members, but maxProperties is 1"
    ]),
  Case(
    "a keyword beside its type", "given: $.Note\nthen: { type: string, minimum: 3 }",
    [
      "9:27 error schema/contradiction minimum never applies: it is about a number, and type admits only a string"
    ]),
  Case(
    "a keyword and the model's type", "given: $.InstanceId\nthen: { minimum: 3 }",
    [
      "9:13 error schema/contradiction minimum never applies: it is about a number, and the model has a string here"
    ]),
  Case(
    "a type and the model's type", "given: $.InstanceId\nthen: { type: [integer, array] }",
    [
      "9:13 error schema/contradiction the value is never an integer or an array: the model has a string here"
    ]),
  Case(
    "a type in a list of ways",
    "given: $.InstanceId\nthen: { anyOf: [ { type: integer }, { maxLength: 9 } ] }",
    [
      "9:30 warning schema/contradiction the value is never an integer: the model has a string here"
    ]),
  Case(
    "no type at all", "given: $.Note\nthen: { type: [] }",
    [
      "9:13 error schema/contradiction no value is of any of these types, for there are none"
    ]),
  Case(
    "values under a type", "given: $.Note\nthen: { type: string, enum: [1, 2] }",
    [
      "9:34 error schema/contradiction this is a number, and type admits only a string",
      "9:37 error schema/contradiction this is a number, and type admits only a string",
    ]),
  Case(
    "a value under a type", "given: $.Note\nthen: { type: string, enum: [a, 2] }",
    [
      "9:37 warning schema/contradiction this is a number, and type admits only a string"
    ]),
  Case(
    "a constant and the model's type", "given: $.Minutes\nthen: { const: '60' }",
    [
      "9:20 error schema/contradiction this is a string, and the model has an integer here"
    ]),
  Case(
    "no values", "given: $.Note\nthen: { enum: [] }",
    [
      "9:13 error schema/contradiction no value is in an empty enum"
    ]),
  Case(
    "required and forbidden",
    "given: $.Note\nthen: { required: [a], properties: { a: false } }",
    [
      "9:24 error schema/contradiction 'a' is required, but properties forbids it"
    ]),
  Case(
    "required and not allowed",
    "given: $.Note\nthen: { required: [colr], properties: { color: true }, additionalProperties: false }",
    [
      "9:24 error schema/contradiction 'colr' is required, but additionalProperties forbids it; did you mean 'color'?"
    ]),
  Case(
    "not of everything", "given: $.Note\nthen: { not: {} }",
    [
      "9:13 error schema/contradiction nothing satisfies this: everything satisfies the schema that 'not' negates"
    ]),
  Case(
    "not of true", "given: $.Note\nthen: { properties: { a: { not: true } } }",
    [
      "9:32 error schema/contradiction nothing satisfies this: everything satisfies the schema that 'not' negates"
    ]),
  Case(
    "a bound beyond the model's", "given: $.Minutes\nthen: { minimum: 20000 }",
    [
      "9:22 error schema/contradiction minimum 20000 can never hold: the model's maximum is 10080"
    ]),
  Case(
    "a length below the model's", "given: $.InstanceId\nthen: { maxLength: 0 }",
    [
      "9:24 error schema/contradiction maxLength 0 can never hold: the model's minLength is 1"
    ]),
  Case(
    "a then of false", "then: false",
    [
      "8:11 error pack/contradiction no value satisfies this, so every request fails"
    ]),
  Case(
    "a then of none", "then: { allOf: [ { oneOf: [ {}, {} ] } ] }",
    [
      "8:5 error pack/contradiction no value satisfies this, so every request fails"
    ]),
  Case(
    "a when of false", "when: false\nthen: { required: [Mode] }",
    [
      "8:11 error pack/contradiction this condition never holds, so the rule is never applied"
    ]),
]

private let uselessCases: [Case] = [
  Case(
    "a then of true", "then: true",
    [
      "8:11 warning pack/useless every value satisfies this, so the rule never fails"
    ]),
  Case(
    "an empty then", "then: {}",
    [
      "8:5 warning pack/useless every value satisfies this, so the rule never fails"
    ]),
  Case(
    "a then of annotations", "then: { description: Nothing to see }",
    [
      "8:5 warning pack/useless every value satisfies this, so the rule never fails"
    ]),
  Case(
    "a then of nothings",
    "then: { properties: { Mode: {}, Note: true }, anyOf: [ {}, { type: object } ] }",
    [
      "8:5 warning pack/useless every value satisfies this, so the rule never fails"
    ]),
  Case(
    "a when of everything", "when: {}\nthen: { required: [Mode] }",
    [
      "8:5 warning pack/useless this condition always holds; leave 'when' out"
    ]),
  Case(
    "a ban", "given: $.Note\nthen: false",
    [
      "9:11 warning pack/useless no value satisfies this, so whatever the rule applies to fails; to forbid a member, write not: { required: [NAME] } for the object that may have it"
    ]),
  Case(
    "zeros", "given: $.Note\nthen: { minLength: 0, maxLength: 5, minItems: 0 }",
    [
      "9:24 warning schema/useless minLength 0 says nothing: no value has less",
      "9:51 warning schema/useless minItems 0 says nothing: no value has less",
    ]),
  Case(
    "only a zero", "given: $.InstanceId\nthen: { minLength: 0 }",
    [
      "9:24 warning schema/useless minLength 0 says nothing: no value has less"
    ]),
  Case(
    "a bound looser than the model's", "given: $.Minutes\nthen: { maximum: 99999 }",
    [
      "9:22 warning schema/useless maximum 99999 always holds: the model's maximum is 10080"
    ]),
  Case(
    "keywords alone", "given: $.Note\nthen: { then: { minimum: 1 }, maxContains: 3, maxLength: 5 }",
    [
      "9:13 warning schema/useless then says nothing without if",
      "9:35 warning schema/useless maxContains says nothing without contains",
    ]),
  Case(
    "an if alone", "given: $.Note\nthen: { if: { minimum: 1 }, maxLength: 5 }",
    [
      "9:13 warning schema/useless if says nothing without then or else"
    ]),
  Case(
    "repetitions", "then: { required: [Mode, Note, Mode] }",
    [
      "8:36 warning schema/useless 'Mode' stands in required already"
    ]),
  Case(
    "equal values", "given: $.Mode\nthen: { enum: [COMPLETE, COMPLETE] }",
    [
      "9:30 warning schema/useless 'COMPLETE' stands in enum already"
    ]),
  Case(
    "unique or not", "given: $.Types\nthen: { uniqueItems: false }",
    [
      "9:26 warning schema/useless uniqueItems says nothing where it is false"
    ]),
  Case(
    "not of nothing", "given: $.Types\nthen: { not: false }",
    [
      "9:13 warning schema/useless everything satisfies this: nothing satisfies false"
    ]),
]

private let expressionCases: [Case] = [
  Case(
    "a misspelt member", "when: self.Detals.DisplayName == 'x'\nthen: { required: [Mode] }",
    [
      "8:16 error pack/bad-expression the model has no member 'Detals' here; did you mean 'Details'?"
    ]),
  Case(
    "a misspelt member in folded text",
    "given: $.Details\nthen: >-\n  has(root.Mode) &&\n  self.DisplayNam != ''",
    [
      "11:12 error pack/bad-expression the model has no member 'DisplayNam' here; did you mean 'DisplayName'?"
    ]),
  Case(
    "an impossible comparison", "then: self.Minutes == '60'",
    [
      "8:11 error pack/bad-expression '==' can never hold between int and string"
    ]),
  Case(
    "a wrong argument", "then: self.Minutes.startsWith('6')",
    [
      "8:11 error pack/bad-expression 'startsWith' cannot take (int, string); it is string.startsWith(string)"
    ]),
  Case(
    "a member of a string", "then: self.Mode.Kind == 'x'",
    [
      "8:21 error pack/bad-expression a value of type string has no member 'Kind'"
    ]),
  Case(
    "no condition at all", "then: self.Mode",
    [
      "8:11 error pack/bad-expression this gives a value of type string; a condition is true or false"
    ]),
  Case(
    "an unknown function", "then: self.Mode.startWith('x')",
    [
      "8:21 error pack/bad-expression unknown function 'startWith'; did you mean 'startsWith'?"
    ]),
  Case(
    "a malformed pattern", "then: self.Mode.matches('a(b')",
    [
      "8:29 error pack/bad-expression this group is never closed; add ')'"
    ]),
  Case(
    "a back-reference", "then: self.Mode.matches('(a)\\\\1')",
    [
      "8:29 error pack/bad-expression the back-reference '\\1' cannot be matched in linear time; write the text out instead"
    ]),
  Case(
    "a when that never holds", "when: 1 > 2\nthen: { required: [Mode] }",
    [
      "8:11 error pack/contradiction this condition never holds, so the rule is never applied"
    ]),
  Case(
    "a when that always holds", "when: \"'a' in ['a']\"\nthen: { required: [Mode] }",
    [
      "8:11 warning pack/useless this condition always holds; leave 'when' out"
    ]),
  Case(
    "a then that never holds", "then: 'false'",
    [
      "8:11 error pack/contradiction no value satisfies this, so every request fails"
    ]),
  Case(
    "a then that always holds", "then: size('abc') == 3",
    [
      "8:11 warning pack/useless every value satisfies this, so the rule never fails"
    ]),
  Case(
    "a misspelt member in a message",
    "then: { required: [Mode] }\nmessage: It is {{ self.Mod }} here",
    [
      "9:28 error pack/bad-expression the model has no member 'Mod' here; did you mean 'Mode'?"
    ]),
  Case(
    "a message that does not end", "then: { required: [Mode] }\nmessage: It is {{ self.Mode here",
    [
      "9:20 error pack/bad-message '{{' is not followed by '}}'"
    ]),
]

private let parameterCases: [Case] = [
  Case(
    "unused, undeclared",
    pack: """
      requisite: 1
      name: p
      parameters:
        most: { type: integer, default: 3 }
        least: { type: integer, default: 1 }
      rules:
        a:
          then: { maxLength: { $param: most } }
      """,
    [
      "5:3 warning pack/unused-parameter nothing reads the parameter 'least'; leave it out, or use it as params.least or { $param: least }"
    ]),
  Case(
    "undeclared in an expression",
    pack: """
      requisite: 1
      name: p
      parameters:
        most: { type: integer, default: 3 }
      rules:
        a:
          given: $.a
          then: size(self) <= params.mots
          message: At most {{ params.moost }}
      """,
    [
      "8:32 error pack/unknown-parameter the pack declares no parameter 'mots'; did you mean 'most'?",
      "9:32 error pack/unknown-parameter the pack declares no parameter 'moost'; did you mean 'most'?",
    ]),
  Case(
    "undeclared in a schema",
    pack: """
      requisite: 1
      name: p
      parameters:
        most: { type: integer, default: 3 }
      rules:
        a:
          then: { maxLength: { $param: mots } }
      """,
    [
      "7:34 error pack/unknown-parameter the pack declares no parameter 'mots'; did you mean 'most'?"
    ]),
  Case(
    "a default that its keyword cannot take",
    pack: """
      requisite: 1
      name: p
      parameters:
        most: { type: integer, default: -3 }
      rules:
        a:
          then: { maxLength: { $param: most } }
      """,
    [
      "4:35 error schema/wrong-type maxLength takes a whole number of at least 0; this is the default of the parameter 'most'"
    ]),
  Case(
    "a default that makes the bounds contradict",
    pack: """
      requisite: 1
      name: p
      parameters:
        most: { type: integer, default: 3 }
      rules:
        a:
          then: { minLength: 4, maxLength: { $param: most } }
      """,
    [
      "7:24 error schema/contradiction minLength 4 is over maxLength 3; no value is between"
    ]),
]

private let exampleCases: [Case] = [
  Case(
    "examples that do not do what they stand under",
    """
    given: $.Types
    severity: off
    then: { contains: { const: text/plain } }
    examples:
      pass:
        - Types: [text/plain]
        - Types: [text/markdown]
      fail:
        - Types: []
        - { Minutes: 60 }
    """,
    [
      "14:11 error pack/bad-example this stands under 'pass', but the rule 'r' refuses it: no element of the list is \"text/plain\"",
      "17:11 error pack/bad-example this stands under 'fail', but the rule 'r' finds nothing wrong with it",
    ])
]

private let soundCases: [Case] = [
  Case(
    "a bound of the model with a message",
    "given: $.Minutes\nthen: { maximum: 10080 }\nmessage: Too long", []),
  Case("an open value", "given: $.Note.anything[0].*\nthen: { required: [x], minimum: 5 }", []),
  Case("names of a map", "given: $.Attributes.tenant\nthen: { minLength: 1 }", []),
  Case(
    "members of a map",
    "given: $.Attributes\nthen: { required: [tenant], properties: { tenant: { pattern: '^a' } } }",
    []),
  Case(
    "wrong types left to the model",
    "given: $.Types\nthen: { anyOf: [ { not: { type: array } }, { minItems: 1 } ] }", []),
  Case("descendants", "given: $..DisplayName\nthen: { minLength: 1 }", []),
  Case("several shapes", "given: [$, $.Details]\nthen: { required: [DisplayName] }", []),
  Case("a ban on a member", "then: { not: { required: [Note] } }", []),
  Case("a forbidden property", "then: { properties: { Note: false } }", []),
  Case(
    "a switch",
    pack: """
      requisite: 1
      name: p
      parameters:
        isOn: { type: boolean, default: false }
        others: { type: object, default: { a: 1 } }
      rules:
        a:
          when: params.isOn
          then: self.b == params['others']['a']
      """, []),
  Case(
    "any member of the parameters",
    pack: """
      requisite: 1
      name: p
      parameters:
        a: { type: integer, default: 1 }
      rules:
        a:
          then: self.b == params[self.c]
      """, []),
]
