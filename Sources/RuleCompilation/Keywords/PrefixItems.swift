import Documents
import Evaluation

extension Keyword {
  /// `prefixItems` (JSON Schema 2020-12 core, section 10.3.1.1).
  static let prefixItems = Keyword(
    name: "prefixItems", summary: "The first elements satisfy these schemas, one each.",
    drafts: [.draft2020],
    vocabulary: .applicator, types: .array,
    value: .schemas, subschemas: .list,
    cases: [
      .init(
        #"{"prefixItems": [{"minimum": 1}]}"#, valid: ["[1, 0]", "0"], invalid: ["[0]"],
        fails: ["minimum"])
    ]
  ) { use, compiler in
    // `items` beside it is for the elements that follow.
    guard compiler.sibling("items", of: use) == nil else { return }
    compiler.emitItems(prefix: use, rest: nil)
  }
}
