import Documents
import Evaluation

extension Keyword {
  /// `allOf` (JSON Schema 2020-12 core, section 10.2.1.1).
  static let allOf = Keyword(
    name: "allOf", summary: "The value satisfies all of these schemas.",
    vocabulary: .applicator, subschemas: .list
  ) { use, compiler in
    if let index = compiler.inPlaceSchemas(use) { compiler.emit(.allOf(index: index)) }
  }
}
