import Documents
import Evaluation

extension Keyword {
  /// `minItems` (JSON Schema 2020-12 validation, section 6.4.2).
  static let minItems = Keyword(
    name: "minItems", summary: "The array has at least this many elements.", types: .array
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.minItems(count)) }
  }
}
