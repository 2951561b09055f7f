extension DiagnosticCode {
  /// Packs and their rules.
  static let packs: [DiagnosticCode] = [
    DiagnosticCode(
      "pack/ambiguous-parameter", "Several inherited packs have a parameter of this name.",
      why: "The value could be meant for any of them.",
      fix: "Write the parameter with its pack: PACK.NAME.",
      example: "parameters: { aws-connect-chat.maxAttributeBytes: 16384 }"),
    DiagnosticCode(
      "pack/ambiguous-rule", "Several inherited packs have a rule of this name.",
      why: "The override could be meant for any of them.",
      fix: "Write the rule with its pack: PACK/RULE.",
      example: "rules: { aws-connect-chat/attributes-size: warning }"),
    DiagnosticCode(
      "pack/bad-example", "An example contradicts its heading, or the findings that it expects.",
      why: "The rule or the example is wrong.",
      fix: "Correct the rule, or move the example to the other list.",
      example: "then: { maximum: 99 }\nexamples: { pass: [{ a: 99 }], fail: [{ a: 100 }] }"),
    DiagnosticCode(
      "pack/bad-expression", "A CEL expression is malformed, or its types do not fit.",
      why: "The rule cannot be evaluated.",
      fix:
        "Correct the expression at the marked place. 'requisite list functions' prints the functions.",
      example: "when: has(self.Attributes) && size(self.Attributes) > 0"),
    DiagnosticCode(
      "pack/bad-fix", "A fix is malformed, or leaves its failing example failing.",
      why: "It would change requests without resolving their findings.",
      fix:
        "Correct the operations of the fix. Paths are JSON Pointers from the node that the rule selects.",
      example: "fix: [{ op: replace, path: '', value: 60 }]"),
    DiagnosticCode(
      "pack/bad-message", "A message has a '{{' without its '}}'.",
      why: "The expression in it has no end.",
      fix: "Close the braces, and quote the text in YAML if it begins with one.",
      example: "message: \"{{ value }} is too long\""),
    DiagnosticCode(
      "pack/bad-parameter", "A parameter has a value that its declaration does not allow.",
      why: "A rule would run with a limit that its author excluded.",
      fix: "Set a value within the bounds of the declaration.",
      example: "parameters: { maxQuantity: { type: integer, minimum: 1, default: 99 } }"),
    DiagnosticCode(
      "pack/bad-path", "A JSONPath is malformed.",
      why: "The rule selects nothing.",
      fix: "Correct the path (RFC 9535). It begins with '$'.",
      example: "given: $.items[?@.quantity > 10].sku"),
    DiagnosticCode(
      "pack/bad-value", "A field of a pack has a value that is not supported.",
      why: "The field has no meaning with this value.",
      fix: "Write one of the values that the message names.",
      example: "severity: warning"),
    DiagnosticCode(
      "pack/contradiction", "A condition never holds, or nothing satisfies an assertion.",
      why: "The rule never applies, or every request fails it.",
      fix: "Correct the 'when' or 'then' that the message marks.",
      example: "then: { minimum: 1, maximum: 99 }   # not minimum: 99, maximum: 1"),
    DiagnosticCode(
      "pack/cycle", "Packs extend each other in a cycle.",
      why: "It cannot be decided which of them overrides the other.",
      fix: "Remove one 'extends' of the cycle.",
      example: "a.yaml extends b.yaml, and b.yaml extends a.yaml"),
    DiagnosticCode(
      "pack/duplicate-key", "A mapping has the same key twice.",
      why: "Only one of the two values could count.",
      fix: "Remove or rename one of them.",
      example: "rules: { a: off, b: off }   # not a twice"),
    DiagnosticCode(
      "pack/duplicate-rule", "The pack already has a rule of this name.",
      why: "'requisite new rule' never replaces a rule.",
      fix: "Choose another name, or edit the existing rule.",
      example: "requisite new rule orders.yaml quantity-minimum --given '$.quantity'"),
    DiagnosticCode(
      "pack/idle-example", "A rule selects nothing in any of its passing examples.",
      why: "They pass whatever the rule demands. The path or the examples are probably misspelled.",
      fix: "Add the selected value to one of the examples, or correct 'given'.",
      example: "given: $.items[*].quantity\nexamples: { pass: [{ items: [{ quantity: 1 }] }] }"),
    DiagnosticCode(
      "pack/idle-fix", "A fix applies to none of the failing examples.",
      why: "Nothing shows what the fix does.",
      fix: "Add a failing example that the fix resolves.",
      example: "examples: { fail: [{ quantity: 0 }] }"),
    DiagnosticCode(
      "pack/integrity", "The content of an extended pack differs from its pinned digest.",
      why: "The pack was changed after it was reviewed.",
      fix: "Review the change, then copy the digest from the message.",
      example: "extends: [{ pack: base.yaml, integrity: sha256-… }]"),
    DiagnosticCode(
      "pack/limit", "Loading the packs takes more steps than the limit.",
      why:
        "Rules that were not compiled check nothing, and examples that were not tried prove nothing.",
      fix: "Simplify the rule that the message names, or raise the limit with --cost-limit.",
      example: "requisite check --cost-limit 50000000 --pack large.yaml requests/"),
    DiagnosticCode(
      "pack/missing-field", "A required field is missing.",
      why: "The pack or rule is incomplete.",
      fix: "Add the field that the message names.",
      example: "requisite: 1\nname: orders\nrules: { … }"),
    DiagnosticCode(
      "pack/no-place", "A rule cannot be added to the file automatically.",
      why: "The file is JSON, or its rules are written between braces.",
      fix: "Add the rule by hand.",
      example: "rules:\n  quantity-limit:\n    then: { maximum: 99 }"),
    DiagnosticCode(
      "pack/outside", "An extended pack is outside of the folder that packs must stay in.",
      why: "A pack must mean the same on every machine.",
      fix: "Move the pack into the folder of the configuration or of the pack on the command line.",
      example: "extends: [ base/base.yaml ]"),
    DiagnosticCode(
      "pack/same-name", "Two different packs have the same name.",
      why: "Their rule ids could not be distinguished.",
      fix: "Rename one of them, or choose only one.",
      example: "name: acme-orders"),
    DiagnosticCode(
      "pack/syntax", "The pack is malformed YAML or JSON.",
      why: "It cannot be read.",
      fix: "Correct the marked place. In YAML, look for indentation, an open quote or a tab.",
      example: "given: '$.items[*]'   # quote text that begins with a special character"),
    DiagnosticCode(
      "pack/too-many", "There are more packs, or more errors in one pack, than the limit.",
      why: "The rest is not read or not reported.",
      fix: "Fix the reported errors first, or load fewer packs.",
      example: "requisite list limits"),
    DiagnosticCode(
      "pack/too-many-examples", "The examples of a pack are larger than the limit.",
      why: "The remaining examples are not tried.",
      fix: "Shorten the examples, or split the pack.",
      example: "Attributes: { k: { $repeat: [a, 32768] } }"),
    DiagnosticCode(
      "pack/unknown", "There is no pack of this name or path.",
      why: "A misspelled pack would otherwise check nothing.",
      fix: "Use the name of a built-in pack or the path of a pack file.",
      example: "requisite check --pack aws-connect-chat --pack packs/acme.yaml requests/"),
    DiagnosticCode(
      "pack/unknown-field", "A field is not supported here.",
      why: "A misspelled field would have no effect.",
      fix: "Use the field that the message suggests, or remove it.",
      example: "severity: warning   # not sevrity"),
    DiagnosticCode(
      "pack/unknown-member", "The model has no member of this name.",
      why: "The elements could not be told apart by it.",
      fix: "Name a member of the array's elements in the model.",
      example: "identity: { '$.items': sku }"),
    DiagnosticCode(
      "pack/unknown-parameter", "No parameter of this name is declared or inherited.",
      why: "The rule or setting refers to nothing.",
      fix: "Declare the parameter, or correct its name.",
      example: "parameters: { maxQuantity: { type: integer, default: 99 } }"),
    DiagnosticCode(
      "pack/unknown-request", "The pack neither has nor inherits the request that a rule names.",
      why: "The rule would never apply.",
      fix: "Correct the operation under 'requests'.",
      example: "requests: [ StartChatContact ]"),
    DiagnosticCode(
      "pack/unknown-rule", "An override names a rule that no extended pack has.",
      why: "The override has no effect.",
      fix: "Correct the name. For a new rule, add 'then'.",
      example: "extends: [ aws-connect-chat ]\nrules: { client-token-recommended: error }"),
    DiagnosticCode(
      "pack/unreachable-path", "A path selects nothing in any request that the model allows.",
      why: "The rule never applies, although it looks like a check.",
      fix: "Correct the name in the path, or add the member to the model.",
      example: "given: $.items[*].quantity   # not quantty"),
    DiagnosticCode(
      "pack/unreadable", "A file of a pack cannot be read.",
      why: "The pack is incomplete, so nothing is checked with it.",
      fix: "Check the path and the permissions. All files of a pack are in its folder or below it.",
      example: "request: { schema: orders.schema.yaml }"),
    DiagnosticCode(
      "pack/unsupported", "The pack has a format version that is not supported.",
      why: "Fields may have another meaning in it.",
      fix: "Write 'requisite: 1', or use a newer version of the program.",
      example: "requisite: 1"),
    DiagnosticCode(
      "pack/unused-parameter", "No rule uses the parameter.",
      why: "Setting it has no effect.",
      fix: "Remove it, or use it as params.NAME or { $param: NAME }.",
      example: "then: { maximum: { $param: maxQuantity } }"),
    DiagnosticCode(
      "pack/useless", "A part of a rule has no effect.",
      why:
        "A 'when' that always holds, a 'then' that cannot fail or an override that changes nothing is probably a mistake.",
      fix: "Correct it or remove it.",
      example: "then: { minLength: 1 }   # not minLength: 0"),
    DiagnosticCode(
      "pack/wrong-type", "A field of a pack has a value of the wrong type.",
      why: "The field cannot be read.",
      fix: "Write a value of the type that the message names.",
      example: "tags: [ limits ]   # a list, not a string"),
  ]
}
