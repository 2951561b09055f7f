import Documents
import Evaluation

extension Keyword {
  /// `uniqueItems` (JSON Schema 2020-12 validation, section 6.4.3).
  static let uniqueItems = Keyword(
    name: "uniqueItems", summary: "No two elements of the array are equal.", types: .array,
    value: .boolean, mutation: .flag,
    rule: Rule(
      "A list whose elements must be unique has no duplicates.",
      help: "Remove the duplicate element."),
    cases: [
      .init(#"{"uniqueItems": true}"#, valid: ["[1, 2]", "1"], invalid: ["[1, 1.0]"])
    ]
  ) { use, compiler in
    if compiler.flag(use) { compiler.emit(.uniqueItems) }
  }
}
