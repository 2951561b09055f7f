import Documents
import Evaluation

extension Keyword {
  /// `oneOf` (JSON Schema 2020-12 core, section 10.2.1.3).
  static let oneOf = Keyword(
    name: "oneOf", summary: "The value satisfies exactly one of these schemas.",
    vocabulary: .applicator, subschemas: .list
  ) { use, compiler in
    if let index = compiler.inPlaceSchemas(use) { compiler.emit(.oneOf(index: index)) }
  }
}
