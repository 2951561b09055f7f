import Documents
import Evaluation

extension Keyword {
  /// `minItems` (JSON Schema 2020-12 validation, section 6.4.2).
  static let minItems = Keyword(
    name: "minItems", summary: "The array has at least this many elements.", types: .array,
    value: .count, bound: .lower(.elements), mutation: .bound,
    rule: Rule(
      "A list has at least as many elements as the model requires.",
      help: "Add elements, or omit the member if the model allows that."),
    cases: [
      .init(#"{"minItems": 1}"#, valid: ["[1]", "{}"], invalid: ["[]"])
    ]
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.minItems(count)) }
  }
}
