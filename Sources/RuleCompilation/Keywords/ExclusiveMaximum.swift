import Documents
import Evaluation

extension Keyword {
  /// `exclusiveMaximum` (JSON Schema 2020-12 validation, section 6.2.3).
  static let exclusiveMaximum = Keyword(
    name: "exclusiveMaximum", summary: "The number is less than this.", types: [.number, .integer]
  ) { use, compiler in
    if let advice = compiler.advice(onExclusive: use, beside: "maximum") {
      compiler.mistake("schema/wrong-type", advice, at: use.value)
      return
    }
    if let index = compiler.number(use) {
      compiler.emit(.maximum(index: index, isExclusive: true))
    }
  }
}
