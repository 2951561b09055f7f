import Documents
import Evaluation

extension Keyword {
  /// `maxContains` (JSON Schema 2020-12 validation, section 6.4.4); `contains` takes it up.
  static let maxContains = Keyword(
    name: "maxContains", summary: "At most this many elements satisfy the schema of contains.",
    drafts: [.draft2019, .draft2020], vocabulary: .core,
    value: .count, bound: .upper(.matchingElements), needs: ["contains"], mutation: .bound,
    rule: Rule(
      "A list has no more elements of a kind than the model allows.",
      help: "Remove some of the elements that the message counts."),
    cases: [
      .init(
        #"{"contains": {"const": 1}, "maxContains": 1}"#, valid: ["[1, 2]", "1"],
        invalid: ["[1, 1]"])
    ]
  ) { use, compiler in compiler.check(use, is: .count) }
}
