import Documents
import Evaluation

extension Keyword {
  /// `atLeastOneOf`, our own.
  static let atLeastOneOf = Keyword(
    name: "atLeastOneOf", summary: "At least one of these members is present.",
    vocabulary: .requisite, types: .object,
    value: .names, mutation: .presence(others: ["exactlyOneOf"]),
    rule: Rule(
      "An object has at least one of the members that the model lists.",
      help: "Add one of the members that the message lists."),
    cases: [
      .init(#"{"atLeastOneOf": ["a", "b"]}"#, valid: [#"{"a": 1, "b": 2}"#, "1"], invalid: ["{}"])
    ]
  ) { use, compiler in
    compiler.emitPresence(.atLeastOneOf, use)
  }
}
