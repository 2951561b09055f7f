import Documents
import Evaluation

extension Keyword {
  /// `maxLength` (JSON Schema 2020-12 validation, section 6.3.1).
  static let maxLength = Keyword(
    name: "maxLength", summary: "The string has at most this many characters.", types: .string
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.maxLength(count)) }
  }
}
