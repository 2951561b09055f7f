import Documents
import Evaluation

extension Keyword {
  /// `maximum` (JSON Schema 2020-12 validation, section 6.2.2).
  static let maximum = Keyword(
    name: "maximum", summary: "The number is at most this.", types: [.number, .integer]
  ) { use, compiler in
    if let index = compiler.number(use) {
      compiler.emit(.maximum(index: index, isExclusive: false))
    }
  }
}
