import Documents
import Evaluation

extension Keyword {
  /// `maxProperties` (JSON Schema 2020-12 validation, section 6.5.1).
  static let maxProperties = Keyword(
    name: "maxProperties", summary: "The object has at most this many members.", types: .object
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.maxProperties(count)) }
  }
}
