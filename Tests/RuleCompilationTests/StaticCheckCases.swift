/// Paths of `given` and `sensitive`.
let pathCases: [PackCase] = [
  PackCase(
    "a misspelt member", "given: $.Atributes\nthen: { minProperties: 1 }",
    ["8:14 error pack/unreachable-path"]),
  PackCase(
    "a misspelt member in quotes and brackets",
    "given: \"$['Details']['DisplayNam']\"\nthen: { minLength: 1 }",
    ["8:26 error pack/unreachable-path"]),
  PackCase(
    "the second of several paths", "given: [$.InstanceId, $.InstanceID]\nthen: { minLength: 2 }",
    ["8:29 error pack/unreachable-path"]),
  PackCase(
    "a member nowhere below", "given: $.Details..DispName\nthen: { minLength: 2 }",
    ["8:23 error pack/unreachable-path"]),
  PackCase(
    "a member far from any name", "given: $.Details.Colour\nthen: { minLength: 2 }",
    ["8:22 error pack/unreachable-path"]),
  PackCase(
    "an index on an object", "given: $.Details[0]\nthen: { minLength: 2 }",
    ["8:22 error pack/unreachable-path"]),
  PackCase(
    "a name on an array", "given: $.Types.first\nthen: { minLength: 2 }",
    ["8:20 error pack/unreachable-path"]),
  PackCase(
    "children of a string", "given: $.Mode.*\nthen: { minLength: 2 }",
    ["8:19 error pack/unreachable-path"]),
  PackCase(
    "an empty slice", "given: $.Types[3:2]\nthen: { minLength: 2 }",
    ["8:20 error pack/unreachable-path"]),
  PackCase(
    "a name in a filter", "given: $.Details[?@.x]\nthen: { minLength: 2 }",
    ["8:25 error pack/unreachable-path"]),
  PackCase(
    "a misspelt name in a filter",
    "given: $[?$.Detals.DisplayName == 'x']\nthen: { minProperties: 1 }",
    ["8:17 error pack/unreachable-path"]),
  PackCase(
    "values that never compare", "given: $.Types[?@ == 5]\nthen: { minLength: 2 }",
    ["8:21 error pack/unreachable-path"]),
  PackCase(
    "a pattern on numbers", "given: $[?match($.Minutes, 'a')]\nthen: { minLength: 2 }",
    ["8:21 error pack/unreachable-path"]),
  PackCase(
    "a malformed pattern", "given: $.Types[?match(@, 'a(b')]\nthen: { minLength: 2 }",
    ["8:32 error pack/bad-path"]),
  PackCase(
    "a malformed path", "given: $.Types[\nthen: { minLength: 2 }",
    ["8:20 error pack/bad-path"]),
  PackCase(
    "a sensitive path",
    pack: """
      requisite: 1
      name: p
      request:
        schema: model.yaml
        sensitive: [ $.InstanceId, $.Instance ]

      """,
    ["5:32 error pack/unreachable-path"]),
]

/// Members and values that the request's model lacks.
let memberCases: [PackCase] = [
  PackCase(
    "properties", "then:\n  properties:\n    Attribute: { minProperties: 1 }",
    ["10:9 error schema/unknown-member"]),
  PackCase(
    "required", "then: { required: [InstanceId, Minuts] }",
    ["8:36 error schema/unknown-member"]),
  PackCase(
    "required, deep within",
    "then: { properties: { Details: { anyOf: [ { required: [DisplayNam] }, { maxProperties: 1 } ] } } }",
    ["8:60 error schema/unknown-member"]),
  PackCase(
    "dependentRequired", "then: { dependentRequired: { Mod: [Minutes, Typs] } }",
    ["8:34 error schema/unknown-member", "8:49 error schema/unknown-member"]),
  PackCase(
    "dependentSchemas", "then: { dependentSchemas: { Mod: { required: [Minutes] } } }",
    ["8:33 error schema/unknown-member"]),
  PackCase(
    "counting keywords",
    "then: { atMostOneOf: [Mode, Minuts], exactlyOneOf: [Mode, Typ], atLeastOneOf: [Note, Moode] }",
    [
      "8:33 error schema/unknown-member",
      "8:63 error schema/unknown-member",
      "8:90 error schema/unknown-member",
    ]),
  PackCase(
    "in a condition", "when: { required: [Minuts] }\nthen: { required: [Mode] }",
    ["8:24 error schema/unknown-member"]),
  PackCase(
    "in detect",
    pack: """
      requisite: 1
      name: p
      request:
        schema: model.yaml
        detect: { required: [InstanceID] }

      """,
    ["5:24 error schema/unknown-member"]),
  PackCase(
    "an array keyword in detect",
    pack: """
      requisite: 1
      name: p
      request:
        detect: { anyOf: [ { minItems: 1 }, { contains: {}, required: [a] } ] }
      rules: { r: { then: { required: [a] } } }

      """,
    ["4:24 warning schema/useless", "4:41 warning schema/useless"]),
  PackCase(
    "an array keyword in detect, with a type",
    pack: """
      requisite: 1
      name: p
      request:
        detect: { type: array, minItems: 1 }
      rules: { r: { then: { type: array } } }

      """, []),
  PackCase(
    "a value of an enum", "given: $.Mode\nthen: { const: INCREMENTL }",
    ["9:20 error schema/contradiction"]),
  PackCase(
    "one of several values of an enum", "given: $.Mode\nthen: { enum: [INCREMENTAL, COMPLET] }",
    ["9:33 warning schema/contradiction"]),
]

/// Expressions of rules and messages.
let expressionCases: [PackCase] = [
  PackCase(
    "a misspelt member", "when: self.Detals.DisplayName == 'x'\nthen: { required: [Mode] }",
    ["8:16 error pack/bad-expression"]),
  PackCase(
    "a misspelt member in folded text",
    "given: $.Details\nthen: >-\n  has(root.Mode) &&\n  self.DisplayNam != ''",
    ["11:12 error pack/bad-expression"]),
  PackCase(
    "an impossible comparison", "then: self.Minutes == '60'",
    ["8:11 error pack/bad-expression"]),
  PackCase(
    "a wrong argument", "then: self.Minutes.startsWith('6')",
    ["8:11 error pack/bad-expression"]),
  PackCase(
    "a member of a string", "then: self.Mode.Kind == 'x'",
    ["8:21 error pack/bad-expression"]),
  PackCase(
    "no condition at all", "then: self.Mode",
    ["8:11 error pack/bad-expression"]),
  PackCase(
    "an unknown function", "then: self.Mode.startWith('x')",
    ["8:21 error pack/bad-expression"]),
  PackCase(
    "a malformed pattern", "then: self.Mode.matches('a(b')",
    ["8:29 error pack/bad-expression"]),
  PackCase(
    "a back-reference", "then: self.Mode.matches('(a)\\\\1')",
    ["8:29 error pack/bad-expression"]),
  PackCase(
    "a when that never holds", "when: 1 > 2\nthen: { required: [Mode] }",
    ["8:11 error pack/contradiction"]),
  PackCase(
    "a when that always holds", "when: \"'a' in ['a']\"\nthen: { required: [Mode] }",
    ["8:11 warning pack/useless"]),
  PackCase(
    "a then that never holds", "then: 'false'",
    ["8:11 error pack/contradiction"]),
  PackCase(
    "a then that always holds", "then: size('abc') == 3",
    ["8:11 warning pack/useless"]),
  PackCase(
    "a misspelt member in a message",
    "then: { required: [Mode] }\nmessage: It is {{ self.Mod }} here",
    ["9:28 error pack/bad-expression"]),
  PackCase(
    "every fault of a message",
    "then: { required: [Mode] }\nmessage: It is {{ self.Mod }} and {{ nix }} and {{ self.Mode",
    [
      "9:28 error pack/bad-expression",
      "9:42 error pack/bad-expression",
      "9:53 error pack/bad-message",
    ]),
  PackCase(
    "a message that does not end", "then: { required: [Mode] }\nmessage: It is {{ self.Mode here",
    ["9:20 error pack/bad-message"]),
]

/// Parameters.
let parameterCases: [PackCase] = [
  PackCase(
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
    ["5:3 warning pack/unused-parameter"]),
  PackCase(
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
    ["8:32 error pack/unknown-parameter", "9:32 error pack/unknown-parameter"]),
  PackCase(
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
    ["7:34 error pack/unknown-parameter"]),
  PackCase(
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
    ["4:35 error schema/wrong-type"]),
  PackCase(
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
    ["7:24 error schema/contradiction"]),
]

/// Examples.
let exampleCases: [PackCase] = [
  PackCase(
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
    ["14:11 error pack/bad-example", "17:11 error pack/bad-example"])
]

/// Packs that nothing is wrong with.
let soundCases: [PackCase] = [
  PackCase(
    "a bound of the model with a message",
    "given: $.Minutes\nthen: { maximum: 10080 }\nmessage: Too long", []),
  PackCase("an open value", "given: $.Note.anything[0].*\nthen: { required: [x], minimum: 5 }", []),
  PackCase("names of a map", "given: $.Attributes.tenant\nthen: { minLength: 1 }", []),
  PackCase(
    "members of a map",
    "given: $.Attributes\nthen: { required: [tenant], properties: { tenant: { pattern: '^a' } } }",
    []),
  PackCase(
    "wrong types left to the model",
    "given: $.Types\nthen: { anyOf: [ { not: { type: array } }, { minItems: 1 } ] }", []),
  PackCase("descendants", "given: $..DisplayName\nthen: { minLength: 1 }", []),
  PackCase("several shapes", "given: [$, $.Details]\nthen: { required: [DisplayName] }", []),
  PackCase("a ban on a member", "then: { not: { required: [Note] } }", []),
  PackCase("a forbidden property", "then: { properties: { Note: false } }", []),
  PackCase(
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
  PackCase(
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
