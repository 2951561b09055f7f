import Documents
import Evaluation

extension Keyword {
  /// `minProperties` (JSON Schema 2020-12 validation, section 6.5.2).
  static let minProperties = Keyword(
    name: "minProperties", summary: "The object has at least this many members.", types: .object,
    value: .count, bound: .lower(.members), mutation: .bound,
    rule: Rule(
      "An object has at least as many members as the model requires.",
      help: "Add members, or omit the object if the model allows that."),
    cases: [
      .init(#"{"minProperties": 1}"#, valid: [#"{"a": 1}"#, "[]"], invalid: ["{}"])
    ]
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.minProperties(count)) }
  }
}
