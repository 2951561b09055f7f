import Documents
import Evaluation

extension Keyword {
  /// `unevaluatedItems` (JSON Schema 2020-12 core, section 11.2).
  static let unevaluatedItems = Keyword(
    name: "unevaluatedItems",
    summary: "Every element that no other keyword evaluated satisfies this schema.",
    drafts: [.draft2019, .draft2020],
    vocabulary: .unevaluated, types: .array, subschemas: .one
  ) { use, compiler in
    let schema = compiler.schema(at: use.value)
    compiler.emitLast(.unevaluatedItems(schema))
  }
}
