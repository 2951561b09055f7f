import Documents
import Evaluation

extension Keyword {
  /// `maximum` (JSON Schema 2020-12 validation, section 6.2.2).
  static let maximum = Keyword(
    name: "maximum", summary: "The number is at most this.", types: [.number, .integer],
    value: .number, bound: .upper(.number), mutation: .bound,
    rule: Rule(
      "A number is at most the maximum of the model.",
      help: "Write a number within the bounds."),
    cases: [
      .init(#"{"maximum": 2}"#, valid: ["2", #""a""#], invalid: ["2.5"])
    ]
  ) { use, compiler in
    if let index = compiler.number(use) {
      compiler.emit(.maximum(index: index, isExclusive: false))
    }
  }
}
