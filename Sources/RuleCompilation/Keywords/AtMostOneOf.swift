import Documents
import Evaluation

extension Keyword {
  /// `atMostOneOf`, our own.
  static let atMostOneOf = Keyword(
    name: "atMostOneOf", summary: "At most one of these members is present.",
    vocabulary: .requisite, types: .object,
    value: .names, mutation: .presence(others: ["exactlyOneOf"]),
    rule: Rule(
      "An object has at most one of the members that the model lists.",
      help: "Keep one of the members that the message lists, and remove the others."),
    cases: [
      .init(
        #"{"atMostOneOf": ["a", "b"]}"#, valid: [#"{"a": 1}"#, "{}", "1"],
        invalid: [#"{"a": 1, "b": 2}"#])
    ]
  ) { use, compiler in
    compiler.emitPresence(.atMostOneOf, use)
  }
}
