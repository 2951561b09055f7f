import Documents
import Evaluation

extension Keyword {
  /// `additionalProperties` (JSON Schema 2020-12 core, section 10.3.2.3).
  static let additionalProperties = Keyword(
    name: "additionalProperties",
    summary:
      "Every member that properties and patternProperties do not match satisfies this schema.",
    vocabulary: .applicator, types: .object,
    value: .schema, subschemas: .one,
    rule: Rule(
      "The request has only members that its model defines.",
      help:
        "The service does not know this member: it rejects the request or ignores the member. Correct the name if it is misspelled, or remove the member."
    ),
    cases: [
      .init(
        #"{"properties": {"a": true}, "additionalProperties": false}"#,
        valid: [#"{"a": 1}"#, "[1]"], invalid: [#"{"b": 1}"#])
    ]
  ) { use, compiler in
    guard compiler.sibling("properties", of: use) == nil,
      compiler.sibling("patternProperties", of: use) == nil
    else { return }
    compiler.emitMembers(use)
  }
}
