import Documents
import Evaluation

extension Keyword {
  /// `$ref` (JSON Schema 2020-12 core, section 8.2.3.1).
  static let reference = Keyword(
    name: "$ref",
    summary: "The value satisfies the referenced schema, in this file or another one of the pack.",
    vocabulary: .core,
    value: .string, mutation: .drop,
    cases: [
      .init(
        ##"{"$ref": "#/$defs/a", "$defs": {"a": {"minimum": 1}}}"##, valid: ["1"], invalid: ["0"],
        fails: ["minimum"])
    ]
  ) { use, compiler in
    guard let text = compiler.string(use) else { return }
    guard let target = compiler.resources.target(of: text, from: use.schema) else {
      compiler.reportUnknownReference(text, use)
      return
    }
    let schema = compiler.inPlaceSchema(at: target)
    compiler.emit(.reference(schema))
  }
}
