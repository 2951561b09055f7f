import Documents
import Evaluation

extension Keyword {
  /// `anyOf` (JSON Schema 2020-12 core, section 10.2.1.2).
  static let anyOf = Keyword(
    name: "anyOf", summary: "The value satisfies at least one of these schemas.",
    vocabulary: .applicator, subschemas: .list
  ) { use, compiler in
    if let index = compiler.inPlaceSchemas(use) { compiler.emit(.anyOf(index: index)) }
  }
}
