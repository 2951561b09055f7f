import Documents
import Evaluation

extension Keyword {
  /// `anyOf` (JSON Schema 2020-12 core, section 10.2.1.2).
  static let anyOf = Keyword(
    name: "anyOf", summary: "The value satisfies at least one of these schemas.",
    vocabulary: .applicator,
    value: .schemas, subschemas: .list, mutation: .alternatives,
    rule: Rule(
      "A value is one of the alternatives that the model allows.",
      help: "The message describes the closest alternative. Write a value that matches one of them."
    ),
    cases: [
      .init(#"{"anyOf": [{"minimum": 3}, {"maximum": 1}]}"#, valid: ["1", "3"], invalid: ["2"])
    ]
  ) { use, compiler in
    if let index = compiler.inPlaceSchemas(use) { compiler.emit(.anyOf(index: index)) }
  }
}
