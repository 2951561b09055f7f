import Documents
import Evaluation

extension Keyword {
  /// `additionalItems` (2019-09 core, section 9.3.1.2).
  static let additionalItems = Keyword(
    name: "additionalItems", summary: "Every element after those of items satisfies this schema.",
    drafts: [.draft7, .draft2019],
    vocabulary: .applicator, types: .array, subschemas: .one
  ) { use, compiler in
    // It counts only behind a list of schemas, with which `items` takes it up.
    _ = (use, compiler)
  }
}
