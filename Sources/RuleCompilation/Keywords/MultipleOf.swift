import Documents
import Evaluation

extension Keyword {
  /// `multipleOf` (JSON Schema 2020-12 validation, section 6.2.1).
  static let multipleOf = Keyword(
    name: "multipleOf", summary: "The number is a whole multiple of this.",
    types: [.number, .integer],
    value: .number, mutation: .positiveNumber,
    rule: Rule(
      "A number is a multiple of the number in the model.",
      help: "Write a multiple of the number that the message names."),
    cases: [
      .init(#"{"multipleOf": 0.5}"#, valid: ["1.5", #""a""#], invalid: ["1.25"])
    ]
  ) { use, compiler in
    guard let index = compiler.number(use) else { return }
    guard compiler.plan.program.numbers[index] > .integer(0) else {
      compiler.mistake(
        "schema/bad-value", "multipleOf takes a number greater than 0", at: use.value)
      return
    }
    compiler.emit(.multipleOf(index: index))
  }
}
