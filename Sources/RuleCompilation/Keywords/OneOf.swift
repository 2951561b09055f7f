import Documents
import Evaluation

extension Keyword {
  /// `oneOf` (JSON Schema 2020-12 core, section 10.2.1.3).
  static let oneOf = Keyword(
    name: "oneOf", summary: "The value satisfies exactly one of these schemas.",
    vocabulary: .applicator,
    value: .schemas, subschemas: .list, mutation: .alternatives(otherwise: "anyOf"),
    rule: Rule(
      "A value is exactly one of the alternatives that the model allows.",
      help:
        "The message describes the closest alternative, or lists the alternatives that match. Write a value that matches exactly one."
    ),
    cases: [
      .init(#"{"oneOf": [{"minimum": 2}, {"maximum": 3}]}"#, valid: ["1", "4"], invalid: ["2"])
    ]
  ) { use, compiler in
    if let index = compiler.inPlaceSchemas(use) { compiler.emit(.oneOf(index: index)) }
  }
}
