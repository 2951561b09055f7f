import Documents
import Evaluation

extension Keyword {
  /// `unevaluatedProperties` (JSON Schema 2020-12 core, section 11.3).
  static let unevaluatedProperties = Keyword(
    name: "unevaluatedProperties",
    summary: "Every member that no other keyword evaluated satisfies this schema.",
    drafts: [.draft2019, .draft2020],
    vocabulary: .unevaluated, types: .object, subschemas: .one
  ) { use, compiler in
    let schema = compiler.schema(at: use.value)
    compiler.emitLast(.unevaluatedProperties(schema))
  }
}
