import Documents
import Evaluation

extension Keyword {
  /// `minTotalBytes`, our own.
  static let minTotalBytes = Keyword(
    name: "minTotalBytes",
    summary: "All names and strings together take at least this many bytes of UTF-8.",
    vocabulary: .requisite, types: [.object, .array],
    value: .count, bound: .lower(.totalBytes), mutation: .bound,
    rule: Rule(
      "The names and strings of a value have at least as many UTF-8 bytes as the model requires.",
      help: "Add members, or write longer strings."),
    cases: [
      .init(
        #"{"minTotalBytes": 3}"#, valid: [#"{"a": "é"}"#, "1"], invalid: [#"{"a": "b"}"#, "[1]"])
    ]
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.minTotalBytes(count)) }
  }
}
