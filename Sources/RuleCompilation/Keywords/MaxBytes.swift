import Documents
import Evaluation

extension Keyword {
  /// `maxBytes`, our own.
  static let maxBytes = Keyword(
    name: "maxBytes", summary: "The string takes at most this many bytes of UTF-8.",
    vocabulary: .requisite, types: .string,
    value: .count, bound: .upper(.bytes), mutation: .bound,
    rule: Rule(
      "A string has no more UTF-8 bytes than the model allows.",
      help:
        "Shorten the string. Bytes are counted in UTF-8, so a character outside of ASCII counts two to four."
    ),
    cases: [
      .init(#"{"maxBytes": 2}"#, valid: [#""é""#, "123"], invalid: [#""aé""#])
    ]
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.maxBytes(count)) }
  }
}
