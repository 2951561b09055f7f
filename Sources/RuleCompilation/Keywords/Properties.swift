import Documents
import Evaluation

extension Keyword {
  /// `properties` (JSON Schema 2020-12 core, section 10.3.2.1).
  static let properties = Keyword(
    name: "properties", summary: "The members with these names satisfy these schemas.",
    vocabulary: .applicator, types: .object,
    value: .schemasByName, subschemas: .map,
    cases: [
      .init(
        #"{"properties": {"a": {"minimum": 1}}}"#, valid: [#"{"a": 1, "b": 0}"#, "0"],
        invalid: [#"{"a": 0}"#], fails: ["minimum"])
    ]
  ) { use, compiler in
    compiler.emitMembers(use)
  }
}
