import Documents
import Evaluation

extension Keyword {
  /// `patternProperties` (JSON Schema 2020-12 core, section 10.3.2.2).
  static let patternProperties = Keyword(
    name: "patternProperties", summary: "The members whose names match satisfy these schemas.",
    vocabulary: .applicator, types: .object,
    value: .schemasByPattern, subschemas: .map, mutation: .patternNames,
    cases: [
      .init(
        #"{"patternProperties": {"^a": {"minimum": 1}}}"#, valid: [#"{"b": 0}"#, "0"],
        invalid: [#"{"ab": 0}"#], fails: ["minimum"])
    ]
  ) { use, compiler in
    guard compiler.sibling("properties", of: use) == nil else { return }
    compiler.emitMembers(use)
  }
}
