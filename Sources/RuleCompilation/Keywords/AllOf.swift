import Documents
import Evaluation

extension Keyword {
  /// `allOf` (JSON Schema 2020-12 core, section 10.2.1.1).
  static let allOf = Keyword(
    name: "allOf", summary: "The value satisfies all of these schemas.",
    vocabulary: .applicator,
    value: .schemas, subschemas: .list,
    cases: [
      .init(
        #"{"allOf": [{"minimum": 1}, {"maximum": 2}]}"#, valid: ["1"], invalid: ["0", "3"],
        fails: ["minimum", "maximum"])
    ]
  ) { use, compiler in
    if let index = compiler.inPlaceSchemas(use) { compiler.emit(.allOf(index: index)) }
  }
}
