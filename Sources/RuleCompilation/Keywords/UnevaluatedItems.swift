import Documents
import Evaluation

extension Keyword {
  /// `unevaluatedItems` (JSON Schema 2020-12 core, section 11.2).
  static let unevaluatedItems = Keyword(
    name: "unevaluatedItems",
    summary: "Every element that no other keyword evaluated satisfies this schema.",
    drafts: [.draft2019, .draft2020],
    vocabulary: .unevaluated, types: .array,
    value: .schema, subschemas: .one,
    rule: Rule(
      "A list has no elements that its model does not describe.",
      help: "Remove the elements that the message names."),
    cases: [
      .init(
        #"{"prefixItems": [true], "unevaluatedItems": false}"#, valid: ["[1]", "1"],
        invalid: ["[1, 2]"])
    ]
  ) { use, compiler in
    let schema = compiler.schema(at: use.value)
    compiler.emitLast(.unevaluatedItems(schema))
  }
}
