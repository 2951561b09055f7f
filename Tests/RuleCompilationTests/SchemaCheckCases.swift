/// Schemas and conditions that can never hold.
let contradictionCases: [PackCase] = [
  PackCase(
    "bounds of numbers", "given: $.Note\nthen: { minimum: 10, maximum: 9.5 }",
    ["9:22 error schema/contradiction"]),
  PackCase(
    "bounds that touch", "given: $.Note\nthen: { exclusiveMinimum: 10, maximum: 1e1 }",
    ["9:31 error schema/contradiction"]),
  PackCase(
    "bounds of lengths",
    "given: $.Note\nthen: { minLength: 3, maxLength: 2, minBytes: 9, maxBytes: 8 }",
    ["9:24 error schema/contradiction", "9:51 error schema/contradiction"]),
  PackCase(
    "bounds of counts",
    "given: $.Note\nthen: { minItems: 3, maxItems: 2, minProperties: 9, maxProperties: 8 }",
    ["9:23 error schema/contradiction", "9:54 error schema/contradiction"]),
  PackCase(
    "bounds of contains",
    "given: $.Note\nthen: { contains: { type: string }, minContains: 3, maxContains: 2 }",
    ["9:54 error schema/contradiction"]),
  PackCase(
    "more required than may be", "given: $.Note\nthen: { required: [a, b], maxProperties: 1 }",
    ["9:13 error schema/contradiction"]),
  PackCase(
    "a keyword beside its type", "given: $.Note\nthen: { type: string, minimum: 3 }",
    ["9:27 error schema/contradiction"]),
  PackCase(
    "a keyword and the model's type", "given: $.InstanceId\nthen: { minimum: 3 }",
    ["9:13 error schema/contradiction"]),
  PackCase(
    "a type and the model's type", "given: $.InstanceId\nthen: { type: [integer, array] }",
    ["9:13 error schema/contradiction"]),
  PackCase(
    "a type in a list of ways",
    "given: $.InstanceId\nthen: { anyOf: [ { type: integer }, { maxLength: 9 } ] }",
    ["9:30 warning schema/contradiction"]),
  PackCase(
    "no type at all", "given: $.Note\nthen: { type: [] }",
    ["9:13 error schema/contradiction"]),
  PackCase(
    "values under a type", "given: $.Note\nthen: { type: string, enum: [1, 2] }",
    ["9:34 error schema/contradiction", "9:37 error schema/contradiction"]),
  PackCase(
    "a value under a type", "given: $.Note\nthen: { type: string, enum: [a, 2] }",
    ["9:37 warning schema/contradiction"]),
  PackCase(
    "a constant and the model's type", "given: $.Minutes\nthen: { const: '60' }",
    ["9:20 error schema/contradiction"]),
  PackCase(
    "no values", "given: $.Note\nthen: { enum: [] }",
    ["9:13 error schema/contradiction"]),
  PackCase(
    "required and forbidden",
    "given: $.Note\nthen: { required: [a], properties: { a: false } }",
    ["9:24 error schema/contradiction"]),
  PackCase(
    "required and not allowed",
    "given: $.Note\nthen: { required: [colr], properties: { color: true }, additionalProperties: false }",
    ["9:24 error schema/contradiction"]),
  PackCase(
    "required and forbidden by not",
    "given: $.Note\nthen: { required: [a, b], properties: { a: { not: {} }, b: { not: true } } }",
    ["9:24 error schema/contradiction", "9:27 error schema/contradiction"]),
  PackCase(
    "required and closed by not",
    "given: $.Note\nthen: { required: [a], additionalProperties: { not: {} } }",
    ["9:24 error schema/contradiction"]),
  PackCase(
    "a bound beyond the model's", "given: $.Minutes\nthen: { minimum: 20000 }",
    ["9:22 error schema/contradiction"]),
  PackCase(
    "a length below the model's", "given: $.InstanceId\nthen: { maxLength: 0 }",
    ["9:24 error schema/contradiction"]),
  PackCase(
    "a then of false", "then: false",
    ["8:11 error pack/contradiction"]),
  PackCase(
    "a then of none", "then: { allOf: [ { oneOf: [ {}, {} ] } ] }",
    ["8:5 error pack/contradiction"]),
  PackCase(
    "a when of false", "when: false\nthen: { required: [Mode] }",
    ["8:11 error pack/contradiction"]),
]

/// Conditions that no value satisfies, however that is said.
let impossibleConditions = [
  "false", "{ not: {} }", "{ not: true }", "{ not: { not: false } }", "{ allOf: [false] }",
  "{ allOf: [{}, { not: {} }] }", "{ anyOf: [false, { not: {} }] }", "{ oneOf: [false] }",
  "{ oneOf: [true, {}] }", "{ oneOf: [{ type: string }, false, { type: string }], type: string }",
  "{ allOf: [{ type: string }, { type: integer }] }",
  "{ type: integer, not: { type: number } }", "{ const: 1, not: { type: integer } }",
  "{ if: {}, then: false }", "{ if: false, else: false }",
  "{ if: { type: string }, then: false, else: false }",
  "{ type: array, contains: false }", "{ type: 'null', not: { const: null } }",
  "{ type: boolean, not: { enum: [true, false] } }",
  "{ anyOf: [{ type: string }], not: { type: string } }",
]

/// Schemas within conditions that no value satisfies, which forbid something; these are legal.
let forbiddingConditions = [
  "{ properties: { a: false } }", "{ properties: { a: { not: {} } } }",
  "{ properties: { a: { allOf: [false] } } }", "{ additionalProperties: { not: {} } }",
  "{ items: { not: true } }", "{ propertyNames: { not: {} } }",
  "{ patternProperties: { '^x': { not: {} } } }",
  "{ anyOf: [{ required: [b] }, { not: {} }] }", "{ if: { required: [a] }, then: { not: {} } }",
  "{ unevaluatedProperties: { not: {} } }", "{ prefixItems: [{ not: {} }] }",
  "{ dependentSchemas: { a: { not: {} } } }", "{ contains: { not: {} } }",
  "{ not: { type: string } }",
  "{ type: [string, 'null'], not: { const: a } }",
  "{ oneOf: [{ type: string }, { minLength: 1 }] }",
]

/// Conditions that every value satisfies, however that is said.
let idleConditions = [
  "true", "{}", "{ not: { not: {} } }", "{ not: false }", "{ anyOf: [{ type: string }, {}] }",
  "{ anyOf: [{ type: string }, { not: { type: string } }] }", "{ allOf: [true, {}] }",
  "{ oneOf: [false, true] }", "{ oneOf: [{ type: string }, { not: { type: string } }] }",
  "{ if: { type: string }, then: true }", "{ properties: { a: { not: { not: {} } } } }",
  "{ not: { allOf: [{ type: string }, { type: array }] } }",
  "{ anyOf: [{ minLength: 1 }, { type: string }] }",
]

/// Schemas and conditions that say nothing.
let uselessCases: [PackCase] = [
  PackCase(
    "a then of true", "then: true",
    ["8:11 warning pack/useless"]),
  PackCase(
    "an empty then", "then: {}",
    ["8:5 warning pack/useless"]),
  PackCase(
    "a then of annotations", "then: { description: Nothing to see }",
    ["8:5 warning pack/useless"]),
  PackCase(
    "a then of nothings",
    "then: { properties: { Mode: {}, Note: true }, anyOf: [ {}, { type: object } ] }",
    ["8:5 warning pack/useless"]),
  PackCase(
    "a when of everything", "when: {}\nthen: { required: [Mode] }",
    ["8:5 warning pack/useless"]),
  PackCase(
    "a ban", "given: $.Note\nthen: false",
    ["9:11 error pack/contradiction"]),
  PackCase(
    "zeros", "given: $.Note\nthen: { minLength: 0, maxLength: 5, minItems: 0 }",
    ["9:24 warning schema/useless", "9:51 warning schema/useless"]),
  PackCase(
    "only a zero", "given: $.InstanceId\nthen: { minLength: 0 }",
    ["9:24 warning schema/useless"]),
  PackCase(
    "a bound looser than the model's", "given: $.Minutes\nthen: { maximum: 99999 }",
    ["9:22 warning schema/useless"]),
  PackCase(
    "keywords alone", "given: $.Note\nthen: { then: { minimum: 1 }, maxContains: 3, maxLength: 5 }",
    ["9:13 warning schema/useless", "9:35 warning schema/useless"]),
  PackCase(
    "an if alone", "given: $.Note\nthen: { if: { minimum: 1 }, maxLength: 5 }",
    ["9:13 warning schema/useless"]),
  PackCase(
    "repetitions", "then: { required: [Mode, Note, Mode] }",
    ["8:36 warning schema/useless"]),
  PackCase(
    "equal values", "given: $.Mode\nthen: { enum: [COMPLETE, COMPLETE] }",
    ["9:30 warning schema/useless"]),
  PackCase(
    "unique or not", "given: $.Types\nthen: { uniqueItems: false }",
    ["9:26 warning schema/useless"]),
  PackCase(
    "not of not", "given: $.Types\nthen: { not: { not: { minItems: 1 } } }",
    ["9:13 warning schema/useless"]),
  PackCase(
    "not of not, deeper",
    "given: $.Note\nthen: { properties: { a: { not: { not: { type: string } } } } }",
    ["9:32 warning schema/useless"]),
  PackCase(
    "not of nothing", "given: $.Types\nthen: { not: false }",
    ["9:13 warning schema/useless"]),
]
