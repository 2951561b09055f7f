import Documents
import Evaluation

extension Keyword {
  /// `minimum` (JSON Schema 2020-12 validation, section 6.2.4).
  static let minimum = Keyword(
    name: "minimum", summary: "The number is at least this.", types: [.number, .integer]
  ) { use, compiler in
    if let index = compiler.number(use) {
      compiler.emit(.minimum(index: index, isExclusive: false))
    }
  }
}
