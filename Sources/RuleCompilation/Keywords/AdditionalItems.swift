import Documents
import Evaluation

extension Keyword {
  /// `additionalItems` (2019-09 core, section 9.3.1.2).
  static let additionalItems = Keyword(
    name: "additionalItems", summary: "Every element after those of items satisfies this schema.",
    drafts: [.draft7, .draft2019],
    vocabulary: .applicator, types: .array,
    value: .schema, subschemas: .one, needs: ["items"],
    rule: Rule(
      "A list has no more elements than its model describes.",
      help: "Remove the elements that the message names."),
    cases: [
      .init(
        #"{"$schema": "https://json-schema.org/draft/2019-09/schema", "items": [true], "additionalItems": false}"#,
        valid: ["[1]", "1"], invalid: ["[1, 2]"])
    ]
  ) { use, compiler in
    // It counts only behind a list of schemas, with which `items` takes it up.
    compiler.checkUnused(use)
  }
}
