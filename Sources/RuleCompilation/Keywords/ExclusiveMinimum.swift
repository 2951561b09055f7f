import Documents
import Evaluation

extension Keyword {
  /// `exclusiveMinimum` (JSON Schema 2020-12 validation, section 6.2.5).
  static let exclusiveMinimum = Keyword(
    name: "exclusiveMinimum", summary: "The number is greater than this.",
    types: [.number, .integer],
    value: .number, bound: .lower(.number, isExclusive: true), mutation: .bound,
    rule: Rule(
      "A number is greater than its exclusive minimum.",
      help: "Write a greater number."),
    cases: [
      .init(#"{"exclusiveMinimum": 2}"#, valid: ["2.5", #""a""#], invalid: ["2"])
    ]
  ) { use, compiler in
    if let advice = compiler.advice(onExclusive: use, beside: "minimum") {
      compiler.mistake("schema/wrong-type", advice, at: use.value)
      return
    }
    if let index = compiler.number(use) {
      compiler.emit(.minimum(index: index, isExclusive: true))
    }
  }
}
