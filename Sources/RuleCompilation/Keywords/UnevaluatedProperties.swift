import Documents
import Evaluation

extension Keyword {
  /// `unevaluatedProperties` (JSON Schema 2020-12 core, section 11.3).
  static let unevaluatedProperties = Keyword(
    name: "unevaluatedProperties",
    summary: "Every member that no other keyword evaluated satisfies this schema.",
    drafts: [.draft2019, .draft2020],
    vocabulary: .unevaluated, types: .object,
    value: .schema, subschemas: .one,
    rule: Rule(
      "A request has only members that its model describes.",
      help: "Correct the name if it is misspelled, or remove the member."),
    cases: [
      .init(
        #"{"properties": {"a": true}, "unevaluatedProperties": false}"#,
        valid: [#"{"a": 1}"#, "1"], invalid: [#"{"b": 1}"#])
    ]
  ) { use, compiler in
    let schema = compiler.schema(at: use.value)
    compiler.emitLast(.unevaluatedProperties(schema))
  }
}
