import Documents
import Evaluation

extension Keyword {
  /// `minContains` (JSON Schema 2020-12 validation, section 6.4.5); `contains` takes it up.
  static let minContains = Keyword(
    name: "minContains", summary: "At least this many elements satisfy the schema of contains.",
    drafts: [.draft2019, .draft2020], vocabulary: .core,
    value: .count, bound: .lower(.matchingElements), needs: ["contains"], mutation: .bound,
    rule: Rule(
      "A list has at least as many elements of a kind as the model requires.",
      help: "Add elements that satisfy what the message describes."),
    cases: [
      .init(
        #"{"contains": {"const": 1}, "minContains": 2}"#, valid: ["[1, 1]", "1"],
        invalid: ["[1, 2]"])
    ]
  ) { use, compiler in compiler.check(use, is: .count) }
}
