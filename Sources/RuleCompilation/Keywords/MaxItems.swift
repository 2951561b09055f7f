import Documents
import Evaluation

extension Keyword {
  /// `maxItems` (JSON Schema 2020-12 validation, section 6.4.1).
  static let maxItems = Keyword(
    name: "maxItems", summary: "The array has at most this many elements.", types: .array,
    value: .count, bound: .upper(.elements), mutation: .bound,
    rule: Rule(
      "A list has no more elements than the model allows.",
      help: "Remove elements from the list."),
    cases: [
      .init(#"{"maxItems": 1}"#, valid: ["[1]", "{}"], invalid: ["[1, 2]"])
    ]
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.maxItems(count)) }
  }
}
