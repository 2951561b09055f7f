import Documents
import Evaluation

extension Keyword {
  /// `items` (JSON Schema 2020-12 core, section 10.3.1.2).
  static let items = Keyword(
    name: "items", summary: "Every element after those of prefixItems satisfies this schema.",
    vocabulary: .applicator, types: .array,
    value: .schemaOrSchemas, subschemas: .list,
    rule: Rule(
      "A list has no more elements than its model describes.",
      help: "Remove the elements that the message names."),
    cases: [
      .init(
        #"{"items": {"minimum": 1}}"#, valid: ["[1]", "0"], invalid: ["[1, 0]"], fails: ["minimum"]),
      .init(#"{"prefixItems": [true], "items": false}"#, valid: ["[1]"], invalid: ["[1, 2]"]),
    ]
  ) { use, compiler in
    if use.draft != .draft2020, compiler.kind(of: use.value) == .array {
      compiler.emitItems(prefix: use, rest: compiler.sibling("additionalItems", of: use))
    } else if use.draft == .draft2020, compiler.kind(of: use.value) == .array {
      compiler.mistake(
        "schema/wrong-type",
        "items takes one schema for all elements; use prefixItems for a list of schemas, one for each element",
        at: use.value)
    } else if use.draft == .draft2020 {
      compiler.emitItems(prefix: compiler.sibling("prefixItems", of: use), rest: use)
    } else {
      compiler.emitItems(prefix: nil, rest: use)
    }
  }
}
