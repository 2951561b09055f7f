import Documents
import Evaluation

extension Keyword {
  /// `exclusiveMaximum` (JSON Schema 2020-12 validation, section 6.2.3).
  static let exclusiveMaximum = Keyword(
    name: "exclusiveMaximum", summary: "The number is less than this.", types: [.number, .integer],
    value: .number, bound: .upper(.number, isExclusive: true), mutation: .bound,
    rule: Rule(
      "A number is less than its exclusive maximum.",
      help: "Write a smaller number."),
    cases: [
      .init(#"{"exclusiveMaximum": 2}"#, valid: ["1.5", #""a""#], invalid: ["2"])
    ]
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
