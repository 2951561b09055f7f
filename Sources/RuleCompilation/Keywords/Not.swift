import Documents
import Evaluation

extension Keyword {
  /// `not` (JSON Schema 2020-12 core, section 10.2.1.4).
  static let not = Keyword(
    name: "not", summary: "The value does not satisfy this schema.",
    vocabulary: .applicator, subschemas: .one
  ) { use, compiler in
    let schema = compiler.inPlaceSchema(at: use.value)
    compiler.emit(.not(schema))
  }
}
