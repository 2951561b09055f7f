import Documents
import Evaluation

extension Keyword {
  /// `propertyNames` (JSON Schema 2020-12 core, section 10.3.2.4).
  static let propertyNames = Keyword(
    name: "propertyNames", summary: "Every member name satisfies this schema.",
    vocabulary: .applicator, types: .object,
    value: .schema, subschemas: .one,
    cases: [
      .init(
        #"{"propertyNames": {"maxLength": 1}}"#, valid: [#"{"a": 1}"#, "[]"],
        invalid: [#"{"ab": 1}"#], fails: ["maxLength"])
    ]
  ) { use, compiler in
    let schema = compiler.schema(at: use.value)
    compiler.emit(.propertyNames(schema))
  }
}
