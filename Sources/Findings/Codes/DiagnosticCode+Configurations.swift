extension DiagnosticCode {
  /// The configuration file.
  static let configurations: [DiagnosticCode] = [
    DiagnosticCode(
      "config/bad-path", "A path in a configuration is not allowed, or leads out of the project.",
      why: "A cloned repository must not read or write files elsewhere.",
      fix: "Use a relative path with forward slashes that stays in the project.",
      example: "baseline: .requisite-baseline.jsonl"),
    DiagnosticCode(
      "config/bad-pattern", "A path pattern is malformed.",
      why: "It would match no file.",
      fix: "Write a pattern as in .gitignore. '!' and '..' are not supported.",
      example: "exclude: [ vendor, '*.generated.json' ]"),
    DiagnosticCode(
      "config/bad-value", "A key has a value that is not supported.",
      why: "The setting would have no effect.",
      fix: "Write one of the values that the message names.",
      example: "fail-on: warning"),
    DiagnosticCode(
      "config/cycle", "Configurations extend each other in a cycle.",
      why: "It cannot be decided which of them overrides the other.",
      fix: "Remove one 'extends' of the cycle.",
      example: "extends: ../.requisite.yaml"),
    DiagnosticCode(
      "config/duplicate-key", "A mapping has the same key twice.",
      why: "Only one of the two values could count.",
      fix: "Merge the two values, and remove one key.",
      example: "exclude: [ vendor, build ]"),
    DiagnosticCode(
      "config/fixed-rule", "The severity of this rule cannot be overridden.",
      why: "A text that is malformed or was not checked completely must never pass as clean.",
      fix: "Remove the entry. A single finding can be suppressed with a reason.",
      example:
        "requisite ignore --rule json/syntax --at request.json --reason 'test of broken input'"),
    DiagnosticCode(
      "config/missing-key", "The configuration does not begin with its format version.",
      why: "Keys may have another meaning in another version.",
      fix: "Write 'requisite: 1' as the first line.",
      example: "requisite: 1"),
    DiagnosticCode(
      "config/outside", "An extended configuration is outside of the project.",
      why: "The result must not depend on files beside the project.",
      fix: "Move the file into the project, or set the project root with --root.",
      example: "requisite check --root .. requests/"),
    DiagnosticCode(
      "config/syntax", "The configuration is malformed YAML.",
      why: "It cannot be read, so no file that it applies to is checked.",
      fix: "Correct the marked place. Look for indentation, an open quote or a tab.",
      example: "exclude: [ '*.generated.json' ]"),
    DiagnosticCode(
      "config/too-deep", "Configurations extend each other more levels deep than the limit.",
      why: "The chain is probably a mistake.",
      fix: "Extend a configuration nearer to the root.",
      example: "extends: ../../.requisite.yaml"),
    DiagnosticCode(
      "config/two-files", "A folder has both .requisite.yaml and .requisite.yml.",
      why: "It cannot be decided which of them counts.",
      fix: "Remove one of the files.",
      example: "rm .requisite.yml"),
    DiagnosticCode(
      "config/unknown-file", "There is no configuration file at the path under 'extends'.",
      why: "Its settings would be missing.",
      fix: "Correct the path. It is relative to the file that it is in.",
      example: "extends: ../.requisite.yaml"),
    DiagnosticCode(
      "config/unknown-format", "The report format is not supported.",
      why: "The report would be missing.",
      fix: "Use text, compact, json or sarif.",
      example: "formats: [ text, sarif=out/requisite.sarif ]"),
    DiagnosticCode(
      "config/unknown-key", "The configuration has no key of this name.",
      why: "A misspelled key would have no effect.",
      fix: "Use the key that the message suggests, or remove it.",
      example: "exclude: [ vendor ]   # not excludes"),
    DiagnosticCode(
      "config/unknown-operation", "No pack in use has a request with this operation.",
      why: "The files would not be checked.",
      fix: "Correct the operation, or add the pack that has it.",
      example: "files: { 'chat/*.json': { operation: StartChatContact } }"),
    DiagnosticCode(
      "config/unknown-parameter", "No pack in use has a parameter of this name.",
      why: "The value would have no effect.",
      fix: "Write PACK.NAME, where PACK declares the parameter.",
      example: "parameters: { aws-connect-chat.maxAttributeBytes: 16384 }"),
    DiagnosticCode(
      "config/unknown-rule", "No pack in use has a rule of this id.",
      why: "A misspelled id would make nothing stricter.",
      fix: "Use an id that 'requisite rules' prints.",
      example: "rules: { aws-connect-chat/client-token-recommended: off }"),
    DiagnosticCode(
      "config/unreadable", "The configuration cannot be read.",
      why: "No file that it applies to is checked.",
      fix: "Check the path, the permissions and, if it is a link, what it leads to.",
      example: "requisite config request.json"),
    DiagnosticCode(
      "config/unselectable-pack",
      "Nothing can select a pack here: it has a request, but no 'detect'.",
      why: "The pack would check nothing.",
      fix: "Add 'detect' to the pack, or choose the pack with --pack or under 'files'.",
      example: "request: { operation: PlaceOrder, detect: { required: [ items ] } }   # in the pack"
    ),
    DiagnosticCode(
      "config/unsupported", "The configuration requires another version of the program.",
      why: "Its keys could be unknown here, or mean another thing.",
      fix:
        "Install a version that 'requires' allows, or change 'requires' if this one is good enough.",
      example: "requires: '>=0.2'"),
    DiagnosticCode(
      "config/untrusted-folder",
      "A configuration is ignored because other users can write to its folder.",
      why: "Another user could switch off your checks.",
      fix: "Name the configuration with --config to use it.",
      example: "requisite check --config /tmp/.requisite.yaml /tmp/request.json"),
    DiagnosticCode(
      "config/unused-pattern", "A pattern under 'files' matches no file.",
      why: "Its settings have no effect.",
      fix: "Correct or remove the pattern.",
      example: "files: { 'requests/**': { casing: snake } }"),
    DiagnosticCode(
      "config/wrong-type", "A key has a value of the wrong type.",
      why: "The setting cannot be read.",
      fix: "Write a value of the type that the message names.",
      example: "packs: [ aws-connect-chat ]"),
  ]
}
