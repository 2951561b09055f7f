import Documents
import Evaluation

extension Keyword {
  /// `$recursiveRef` (2019-09 core, section 8.2.4.2).
  static let recursiveReference = Keyword(
    name: "$recursiveRef",
    summary: "The value satisfies the outermost schema with $recursiveAnchor.",
    drafts: [.draft2019],
    vocabulary: .core,
    value: .string, mutation: .drop,
    cases: [
      .init(
        ##"{"$schema": "https://json-schema.org/draft/2019-09/schema", "minimum": 1, "properties": {"a": {"$recursiveRef": "#"}}}"##,
        valid: [#"{"a": 1}"#], invalid: [#"{"a": 0}"#], fails: ["minimum"])
    ]
  ) { use, compiler in
    guard let text = compiler.string(use),
      let target = compiler.resources.target(of: text, from: use.schema)
    else { return }
    let fallback = compiler.inPlaceSchema(at: target)
    let resource = compiler.resources.resource(of: target)
    guard compiler.resources.resources[resource].isRecursiveAnchor else {
      compiler.emit(.reference(fallback))
      return
    }
    compiler.addDynamicReference(fallback: fallback, to: .recursiveAnchor)
  }
}
