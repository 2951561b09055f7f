import Documents
import Evaluation

extension Keyword {
  /// `minBytes`, our own.
  static let minBytes = Keyword(
    name: "minBytes", summary: "The string takes at least this many bytes of UTF-8.",
    vocabulary: .requisite, types: .string,
    value: .count, bound: .lower(.bytes), mutation: .bound,
    rule: Rule(
      "A string has at least as many UTF-8 bytes as the model requires.",
      help: "Write a longer string, or omit the member if the model allows that."),
    cases: [
      .init(#"{"minBytes": 2}"#, valid: [#""é""#, "1"], invalid: [#""a""#])
    ]
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.minBytes(count)) }
  }
}
