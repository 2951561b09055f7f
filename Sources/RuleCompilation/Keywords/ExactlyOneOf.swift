import Documents
import Evaluation

extension Keyword {
  /// `exactlyOneOf`, our own.
  static let exactlyOneOf = Keyword(
    name: "exactlyOneOf", summary: "Exactly one of these members is present.",
    vocabulary: .requisite, types: .object,
    value: .names, mutation: .presence(others: ["atMostOneOf", "atLeastOneOf"]),
    rule: Rule(
      "An object has exactly one of the members that the model lists.",
      help: "Keep exactly one of the members that the message lists."),
    cases: [
      .init(
        #"{"exactlyOneOf": ["a", "b"]}"#, valid: [#"{"a": 1}"#, "1"],
        invalid: ["{}", #"{"a": 1, "b": 2}"#])
    ]
  ) { use, compiler in
    compiler.emitPresence(.exactlyOneOf, use)
  }
}
