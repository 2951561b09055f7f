import Documents
import Evaluation

extension Keyword {
  /// `minLength` (JSON Schema 2020-12 validation, section 6.3.2).
  static let minLength = Keyword(
    name: "minLength",
    summary: "The string has at least this many characters, which are Unicode code points.",
    types: .string,
    value: .count, bound: .lower(.characters), mutation: .bound,
    rule: Rule(
      "A string has at least as many characters as the model requires.",
      help:
        "Characters are Unicode code points of the decoded string. Write a longer string, or omit the member if the model allows that."
    ),
    cases: [
      .init(#"{"minLength": 2}"#, valid: [#""ab""#, "1"], invalid: [#""é""#])
    ]
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.minLength(count)) }
  }
}
