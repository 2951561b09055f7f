import Documents
import Evaluation

extension Keyword {
  /// `maxLength` (JSON Schema 2020-12 validation, section 6.3.1).
  static let maxLength = Keyword(
    name: "maxLength",
    summary: "The string has at most this many characters, which are Unicode code points.",
    types: .string,
    value: .count, bound: .upper(.characters), mutation: .bound,
    rule: Rule(
      "A string has no more characters than the model allows.",
      help: "Characters are Unicode code points of the decoded string. Shorten the string."),
    cases: [
      .init(#"{"maxLength": 2}"#, valid: [#""éé""#, "123"], invalid: [#""abc""#])
    ]
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.maxLength(count)) }
  }
}
