import Documents
import Evaluation

extension Keyword {
  /// `multipleOf` (JSON Schema 2020-12 validation, section 6.2.1).
  static let multipleOf = Keyword(
    name: "multipleOf", summary: "The number is a whole multiple of this.",
    types: [.number, .integer]
  ) { use, compiler in
    guard let index = compiler.number(use) else { return }
    guard compiler.plan.numbers[index] > .integer(0) else {
      compiler.mistake(
        "schema/bad-value", "multipleOf takes a number greater than 0", at: use.value)
      return
    }
    compiler.emit(.multipleOf(index: index))
  }
}
