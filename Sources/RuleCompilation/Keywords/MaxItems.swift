import Documents
import Evaluation

extension Keyword {
  /// `maxItems` (JSON Schema 2020-12 validation, section 6.4.1).
  static let maxItems = Keyword(
    name: "maxItems", summary: "The array has at most this many elements.", types: .array
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.maxItems(count)) }
  }
}
