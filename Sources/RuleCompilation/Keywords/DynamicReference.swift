import Documents
import Evaluation

extension Keyword {
  /// `$dynamicRef` (JSON Schema 2020-12 core, section 8.2.3.2).
  static let dynamicReference = Keyword(
    name: "$dynamicRef",
    summary: "The value satisfies the schema of this anchor in the outermost schema that has it.",
    drafts: [.draft2020],
    vocabulary: .core,
    value: .string, mutation: .drop,
    cases: [
      .init(
        ##"{"$dynamicRef": "#a", "$defs": {"a": {"$dynamicAnchor": "a", "minimum": 1}}}"##,
        valid: ["1"], invalid: ["0"], fails: ["minimum"])
    ]
  ) { use, compiler in
    guard let text = compiler.string(use) else { return }
    guard let target = compiler.resources.target(of: text, from: use.schema) else {
      compiler.reportUnknownReference(text, use)
      return
    }
    let fallback = compiler.inPlaceSchema(at: target)
    guard let anchor = compiler.resources.dynamicAnchor(text, from: use.schema) else {
      compiler.emit(.reference(fallback))
      return
    }
    compiler.addDynamicReference(fallback: fallback, to: .dynamicAnchor(anchor))
  }
}
