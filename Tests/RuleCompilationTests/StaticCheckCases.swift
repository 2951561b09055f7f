/// Paths of `given` and `sensitive`.
let pathCases: [PackCase] = [
  PackCase(
    "a misspelt member", "given: $.Atributes\nthen: { minProperties: 1 }",
    [
      "8:14 error pack/unreachable-path the model has no member 'Atributes' here; did you mean 'Attributes'?"
    ]),
  PackCase(
    "a misspelt member in quotes and brackets",
    "given: \"$['Details']['DisplayNam']\"\nthen: { minLength: 1 }",
    [
      "8:26 error pack/unreachable-path the model has no member 'DisplayNam' here; did you mean 'DisplayName'?"
    ]),
  PackCase(
    "the second of several paths", "given: [$.InstanceId, $.InstanceID]\nthen: { minLength: 2 }",
    [
      "8:29 error pack/unreachable-path the model has no member 'InstanceID' here; did you mean 'InstanceId'?"
    ]),
  PackCase(
    "a member nowhere below", "given: $.Details..DispName\nthen: { minLength: 2 }",
    [
      "8:23 error pack/unreachable-path the model has no member 'DispName' anywhere below; did you mean 'DisplayName'?"
    ]),
  PackCase(
    "a member far from any name", "given: $.Details.Colour\nthen: { minLength: 2 }",
    [
      "8:22 error pack/unreachable-path the model has no member 'Colour' here; it has DisplayName"
    ]),
  PackCase(
    "an index on an object", "given: $.Details[0]\nthen: { minLength: 2 }",
    [
      "8:22 error pack/unreachable-path this selects nothing: the model has an object here, which has no elements"
    ]),
  PackCase(
    "a name on an array", "given: $.Types.first\nthen: { minLength: 2 }",
    [
      "8:20 error pack/unreachable-path this selects nothing: the model has an array here, which has no members"
    ]),
  PackCase(
    "children of a string", "given: $.Mode.*\nthen: { minLength: 2 }",
    [
      "8:19 error pack/unreachable-path this selects nothing: the model has a string here, which has no children"
    ]),
  PackCase(
    "an empty slice", "given: $.Types[3:2]\nthen: { minLength: 2 }",
    [
      "8:20 error pack/unreachable-path this slice selects nothing, whatever the array"
    ]),
  PackCase(
    "a name in a filter", "given: $.Details[?@.x]\nthen: { minLength: 2 }",
    [
      "8:25 error pack/unreachable-path this selects nothing: the model has a string here, which has no members"
    ]),
  PackCase(
    "a misspelt name in a filter",
    "given: $[?$.Detals.DisplayName == 'x']\nthen: { minProperties: 1 }",
    [
      "8:17 error pack/unreachable-path the model has no member 'Detals' here; did you mean 'Details'?"
    ]),
  PackCase(
    "values that never compare", "given: $.Types[?@ == 5]\nthen: { minLength: 2 }",
    [
      "8:21 error pack/unreachable-path '==' never holds between a string and a number"
    ]),
  PackCase(
    "a pattern on numbers", "given: $[?match($.Minutes, 'a')]\nthen: { minLength: 2 }",
    [
      "8:21 error pack/unreachable-path a pattern never matches here: the model has an integer, not a string"
    ]),
  PackCase(
    "a malformed pattern", "given: $.Types[?match(@, 'a(b')]\nthen: { minLength: 2 }",
    [
      "8:32 error pack/bad-path this group is never closed; add ')'"
    ]),
  PackCase(
    "a malformed path", "given: $.Types[\nthen: { minLength: 2 }",
    [
      "8:20 error pack/bad-path expected a name in quotes, an index, a slice, '*' or a filter '?…', found the end"
    ]),
  PackCase(
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

/// Members and values that the request's model lacks.
let memberCases: [PackCase] = [
  PackCase(
    "properties", "then:\n  properties:\n    Attribute: { minProperties: 1 }",
    [
      "10:9 error schema/unknown-member the model has no member 'Attribute' here; did you mean 'Attributes'?"
    ]),
  PackCase(
    "required", "then: { required: [InstanceId, Minuts] }",
    [
      "8:36 error schema/unknown-member the model has no member 'Minuts' here; did you mean 'Minutes'?"
    ]),
  PackCase(
    "required, deep within",
    "then: { properties: { Details: { anyOf: [ { required: [DisplayNam] }, { maxProperties: 1 } ] } } }",
    [
      "8:60 error schema/unknown-member the model has no member 'DisplayNam' here; did you mean 'DisplayName'?"
    ]),
  PackCase(
    "dependentRequired", "then: { dependentRequired: { Mod: [Minutes, Typs] } }",
    [
      "8:34 error schema/unknown-member the model has no member 'Mod' here; did you mean 'Mode'?",
      "8:49 error schema/unknown-member the model has no member 'Typs' here; did you mean 'Types'?",
    ]),
  PackCase(
    "dependentSchemas", "then: { dependentSchemas: { Mod: { required: [Minutes] } } }",
    [
      "8:33 error schema/unknown-member the model has no member 'Mod' here; did you mean 'Mode'?"
    ]),
  PackCase(
    "counting keywords",
    "then: { atMostOneOf: [Mode, Minuts], exactlyOneOf: [Mode, Typ], atLeastOneOf: [Note, Moode] }",
    [
      "8:33 error schema/unknown-member the model has no member 'Minuts' here; did you mean 'Minutes'?",
      "8:63 error schema/unknown-member the model has no member 'Typ' here; it has InstanceId, Attributes, Mode, Minutes, Types, Details, Note",
      "8:90 error schema/unknown-member the model has no member 'Moode' here; did you mean 'Mode'?",
    ]),
  PackCase(
    "in a condition", "when: { required: [Minuts] }\nthen: { required: [Mode] }",
    [
      "8:24 error schema/unknown-member the model has no member 'Minuts' here; did you mean 'Minutes'?"
    ]),
  PackCase(
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
  PackCase(
    "an array keyword in detect",
    pack: """
      requisite: 1
      name: p
      request:
        detect: { anyOf: [ { minItems: 1 }, { contains: {}, required: [a] } ] }
      rules: { r: { then: { required: [a] } } }

      """,
    [
      "4:24 warning schema/useless minItems never applies: it is about arrays, and 'detect' fits objects unless it has a 'type'; add 'type: array' if requests are arrays",
      "4:41 warning schema/useless contains never applies: it is about arrays, and 'detect' fits objects unless it has a 'type'; add 'type: array' if requests are arrays",
    ]),
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
    [
      "9:20 error schema/contradiction the model does not have the value 'INCREMENTL' here; did you mean 'INCREMENTAL'?"
    ]),
  PackCase(
    "one of several values of an enum", "given: $.Mode\nthen: { enum: [INCREMENTAL, COMPLET] }",
    [
      "9:33 warning schema/contradiction the model does not have the value 'COMPLET' here; did you mean 'COMPLETE'?"
    ]),
]

/// Expressions of rules and messages.
let expressionCases: [PackCase] = [
  PackCase(
    "a misspelt member", "when: self.Detals.DisplayName == 'x'\nthen: { required: [Mode] }",
    [
      "8:16 error pack/bad-expression the model has no member 'Detals' here; did you mean 'Details'?"
    ]),
  PackCase(
    "a misspelt member in folded text",
    "given: $.Details\nthen: >-\n  has(root.Mode) &&\n  self.DisplayNam != ''",
    [
      "11:12 error pack/bad-expression the model has no member 'DisplayNam' here; did you mean 'DisplayName'?"
    ]),
  PackCase(
    "an impossible comparison", "then: self.Minutes == '60'",
    [
      "8:11 error pack/bad-expression '==' can never hold between int and string"
    ]),
  PackCase(
    "a wrong argument", "then: self.Minutes.startsWith('6')",
    [
      "8:11 error pack/bad-expression 'startsWith' cannot take (int, string); it is string.startsWith(string)"
    ]),
  PackCase(
    "a member of a string", "then: self.Mode.Kind == 'x'",
    [
      "8:21 error pack/bad-expression a value of type string has no member 'Kind'"
    ]),
  PackCase(
    "no condition at all", "then: self.Mode",
    [
      "8:11 error pack/bad-expression this gives a value of type string; a condition is true or false"
    ]),
  PackCase(
    "an unknown function", "then: self.Mode.startWith('x')",
    [
      "8:21 error pack/bad-expression unknown function 'startWith'; did you mean 'startsWith'?"
    ]),
  PackCase(
    "a malformed pattern", "then: self.Mode.matches('a(b')",
    [
      "8:29 error pack/bad-expression this group is never closed; add ')'"
    ]),
  PackCase(
    "a back-reference", "then: self.Mode.matches('(a)\\\\1')",
    [
      "8:29 error pack/bad-expression the escape '\\1' is not part of RE2, the syntax of 'matches'; groups cannot be referred to; write the text out"
    ]),
  PackCase(
    "a when that never holds", "when: 1 > 2\nthen: { required: [Mode] }",
    [
      "8:11 error pack/contradiction this condition never holds, so the rule is never applied"
    ]),
  PackCase(
    "a when that always holds", "when: \"'a' in ['a']\"\nthen: { required: [Mode] }",
    [
      "8:11 warning pack/useless this condition always holds; leave 'when' out"
    ]),
  PackCase(
    "a then that never holds", "then: 'false'",
    [
      "8:11 error pack/contradiction no value satisfies this, so every request fails"
    ]),
  PackCase(
    "a then that always holds", "then: size('abc') == 3",
    [
      "8:11 warning pack/useless every value satisfies this, so the rule never fails"
    ]),
  PackCase(
    "a misspelt member in a message",
    "then: { required: [Mode] }\nmessage: It is {{ self.Mod }} here",
    [
      "9:28 error pack/bad-expression the model has no member 'Mod' here; did you mean 'Mode'?"
    ]),
  PackCase(
    "every fault of a message",
    "then: { required: [Mode] }\nmessage: It is {{ self.Mod }} and {{ nix }} and {{ self.Mode",
    [
      "9:28 error pack/bad-expression the model has no member 'Mod' here; did you mean 'Mode'?",
      "9:42 error pack/bad-expression unknown name 'nix'",
      "9:53 error pack/bad-message '{{' is not followed by '}}'",
    ]),
  PackCase(
    "a message that does not end", "then: { required: [Mode] }\nmessage: It is {{ self.Mode here",
    [
      "9:20 error pack/bad-message '{{' is not followed by '}}'"
    ]),
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
    [
      "5:3 warning pack/unused-parameter nothing reads the parameter 'least'; leave it out, or use it as params.least or { $param: least }"
    ]),
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
    [
      "8:32 error pack/unknown-parameter the pack declares no parameter 'mots'; did you mean 'most'?",
      "9:32 error pack/unknown-parameter the pack declares no parameter 'moost'; did you mean 'most'?",
    ]),
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
    [
      "7:34 error pack/unknown-parameter the pack declares no parameter 'mots'; did you mean 'most'?"
    ]),
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
    [
      "4:35 error schema/wrong-type maxLength takes a whole number of at least 0; this is the default of the parameter 'most'"
    ]),
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
    [
      "7:24 error schema/contradiction minLength 4 is over maxLength 3; no value is between"
    ]),
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
    [
      "14:11 error pack/bad-example this stands under 'pass', but the rule 'r' refuses it: no element of the list is \"text/plain\"",
      "17:11 error pack/bad-example this stands under 'fail', but the rule 'r' finds nothing wrong with it",
    ])
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
