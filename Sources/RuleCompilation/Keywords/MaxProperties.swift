import Documents
import Evaluation

extension Keyword {
  /// `maxProperties` (JSON Schema 2020-12 validation, section 6.5.1).
  static let maxProperties = Keyword(
    name: "maxProperties", summary: "The object has at most this many members.", types: .object,
    value: .count, bound: .upper(.members), mutation: .bound,
    rule: Rule(
      "An object has no more members than the model allows.",
      help: "Remove members from the object."),
    cases: [
      .init(
        #"{"maxProperties": 1}"#, valid: [#"{"a": 1}"#, "[1, 2]"], invalid: [#"{"a": 1, "b": 2}"#])
    ]
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.maxProperties(count)) }
  }
}
