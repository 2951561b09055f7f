import Documents
import Evaluation

extension Keyword {
  /// `maxTotalBytes`, our own.
  static let maxTotalBytes = Keyword(
    name: "maxTotalBytes",
    summary: "All names and strings together take at most this many bytes of UTF-8.",
    vocabulary: .requisite, types: [.object, .array],
    value: .count, bound: .upper(.totalBytes), mutation: .bound,
    rule: Rule(
      "The names and strings of a value have no more UTF-8 bytes than the model allows.",
      help: "Shorten or remove members; names and string values count together."),
    cases: [
      .init(
        #"{"maxTotalBytes": 3}"#, valid: [#"{"a": "é"}"#, #""abcd""#], invalid: [#"{"a": "éé"}"#])
    ]
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.maxTotalBytes(count)) }
  }
}
