import Documents
import Evaluation

extension Keyword {
  /// `minimum` (JSON Schema 2020-12 validation, section 6.2.4).
  static let minimum = Keyword(
    name: "minimum", summary: "The number is at least this.", types: [.number, .integer],
    value: .number, bound: .lower(.number), mutation: .bound,
    rule: Rule(
      "A number is at least the minimum of the model.",
      help: "Write a number within the bounds."),
    cases: [
      .init(#"{"minimum": 2}"#, valid: ["2", #""a""#], invalid: ["1.5"])
    ]
  ) { use, compiler in
    if let index = compiler.number(use) {
      compiler.emit(.minimum(index: index, isExclusive: false))
    }
  }
}
