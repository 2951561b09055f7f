import Documents
import Evaluation

extension Keyword {
  /// `minLength` (JSON Schema 2020-12 validation, section 6.3.2).
  static let minLength = Keyword(
    name: "minLength", summary: "The string has at least this many characters.", types: .string
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.minLength(count)) }
  }
}
