import Documents
import Evaluation

extension Keyword {
  /// `not` (JSON Schema 2020-12 core, section 10.2.1.4).
  static let not = Keyword(
    name: "not", summary: "The value does not satisfy this schema.",
    vocabulary: .applicator,
    value: .schema, subschemas: .one, mutation: .drop,
    rule: Rule(
      "A value is not one that the model forbids.",
      help: "The message says what the value must not be. Use another value."),
    cases: [
      .init(#"{"not": {"minimum": 1}}"#, valid: ["0"], invalid: ["1"])
    ]
  ) { use, compiler in
    let schema = compiler.inPlaceSchema(at: use.value)
    compiler.emit(.not(schema))
  }
}
