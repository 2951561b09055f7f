import Documents
import Evaluation

extension Keyword {
  /// `const` (JSON Schema 2020-12 validation, section 6.1.3).
  static let constant = Keyword(
    name: "const", summary: "The value equals this one.",
    value: .anything, mutation: .constant,
    rule: Rule(
      "A member with a single allowed value has that value.",
      help: "Write the value that the message names."),
    cases: [
      .init(#"{"const": {"a": 1}}"#, valid: [#"{"a": 1.0}"#], invalid: [#"{"a": 2}"#, "1"])
    ]
  ) { use, compiler in
    compiler.plan.program.constants.append(compiler.constant(at: use.value))
    compiler.emit(.constant(index: compiler.plan.program.constants.count - 1))
  }
}
