import Documents
import Evaluation

extension Keyword {
  /// `pattern` (JSON Schema 2020-12 validation, section 6.3.3).
  static let pattern = Keyword(
    name: "pattern",
    summary: "The pattern, in ECMA-262 with the flag u, matches somewhere in the string.",
    types: .string,
    value: .string, mutation: .pattern,
    rule: Rule(
      "A string matches the pattern of the model.",
      help: "Write a string that matches the pattern."),
    cases: [
      .init(#"{"pattern": "^a"}"#, valid: [#""ab""#, "1"], invalid: [#""ba""#])
    ]
  ) { use, compiler in
    if let text = compiler.string(use), let index = compiler.pattern(text, at: use.value) {
      compiler.emit(.pattern(index: index))
    }
  }
}
