import Documents
import Evaluation

extension Keyword {
  /// `minProperties` (JSON Schema 2020-12 validation, section 6.5.2).
  static let minProperties = Keyword(
    name: "minProperties", summary: "The object has at least this many members.", types: .object
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.minProperties(count)) }
  }
}
