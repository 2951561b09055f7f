extension DiagnosticCode {
  /// Schemas in packs: `when`, `then`, `detect`, parameters and models.
  static let schemas: [DiagnosticCode] = [
    DiagnosticCode(
      "schema/bad-pattern",
      "A regular expression or character class is malformed or not supported.",
      why: "The keyword could not be evaluated in linear time.",
      fix:
        "Write an ECMA-262 pattern without back-references. Escape backslashes in double quotes, or use single quotes.",
      example: "pattern: '^[a-z]+$'"),
    DiagnosticCode(
      "schema/bad-value", "A keyword has a value that is not supported.",
      why: "The keyword has no meaning with this value.",
      fix: "Write one of the values that the message names.",
      example: "type: [ string, 'null' ]"),
    DiagnosticCode(
      "schema/contradiction", "A schema demands what cannot be satisfied.",
      why: "Every value fails, or the keyword never applies to a value of this type.",
      fix: "Correct the bound, type, value or member that the message marks.",
      example: "minimum: 1, maximum: 99   # not minimum: 99, maximum: 1"),
    DiagnosticCode(
      "schema/deprecated-keyword", "A keyword has another name in JSON Schema 2020-12.",
      why: "It works, but other tools may ignore it.",
      fix: "Use the keyword that the message names, or declare an older draft with $schema.",
      example: "$defs: { … }   # not definitions"),
    DiagnosticCode(
      "schema/endless-reference", "A schema refers to itself for the same value.",
      why: "Its evaluation would never end.",
      fix:
        "Remove the reference, or move it into a keyword that goes down into the value, such as properties.",
      example: "$defs: { node: { properties: { next: { $ref: '#/$defs/node' } } } }"),
    DiagnosticCode(
      "schema/too-many-files", "Schemas refer to more files than the limit.",
      why: "The remaining files are not read.",
      fix: "Merge some of the files.",
      example: "$ref: common.yaml#/$defs/id"),
    DiagnosticCode(
      "schema/unknown-dialect", "The value of $schema is not a supported draft.",
      why: "Keywords could have another meaning in it.",
      fix: "Use the address of draft 2020-12, 2019-09 or 7, or leave $schema out.",
      example: "$schema: https://json-schema.org/draft/2020-12/schema"),
    DiagnosticCode(
      "schema/unknown-encoding", "The value of contentEncoding is not checked.",
      why: "Only base64 is decoded and checked.",
      fix: "Use base64, or remove the keyword.",
      example: "contentEncoding: base64"),
    DiagnosticCode(
      "schema/unknown-format", "The format is not supported.",
      why: "A misspelled format would check nothing.",
      fix: "Use a format that 'requisite list formats' prints.",
      example: "format: date-time"),
    DiagnosticCode(
      "schema/unknown-keyword", "The draft has no keyword of this name.",
      why: "A misspelled keyword would check nothing.",
      fix: "Use a keyword that 'requisite list keywords' prints. Names of your own begin with x-.",
      example: "pattern: '^[a-z]+$'   # not patern"),
    DiagnosticCode(
      "schema/unknown-member", "A keyword names a member that the model does not have.",
      why: "The member is always absent, so the keyword always or never fails.",
      fix: "Correct the name, or add the member to the model.",
      example: "required: [ quantity ]   # not quantty"),
    DiagnosticCode(
      "schema/unknown-reference", "A reference leads to no schema of the pack.",
      why: "The schema is incomplete. Nothing is fetched from the network.",
      fix: "Correct the path or the fragment. Files must be in the pack's folder or below it.",
      example: "$ref: shared/common.yaml#/$defs/id"),
    DiagnosticCode(
      "schema/unknown-vocabulary", "A meta-schema requires a vocabulary that is not supported.",
      why: "Its keywords would check nothing.",
      fix: "Use a standard meta-schema, or make the vocabulary optional.",
      example: "$vocabulary: { 'https://example.com/vocab': false }"),
    DiagnosticCode(
      "schema/useless", "A keyword has no effect.",
      why: "Its author expects a check that does not happen.",
      fix: "Correct it or remove it.",
      example: "contains: { const: a }, maxContains: 1   # maxContains needs contains"),
    DiagnosticCode(
      "schema/wrong-type", "A keyword has a value of the wrong type.",
      why: "The keyword cannot be evaluated.",
      fix: "Write a value of the type that the message names.",
      example: "maxLength: 10   # not '10'"),
  ]
}
