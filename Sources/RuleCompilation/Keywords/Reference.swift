import Documents
import Evaluation

extension Keyword {
  /// `$ref` (JSON Schema 2020-12 core, section 8.2.3.1).
  static let reference = Keyword(
    name: "$ref", summary: "The value satisfies the referenced schema.",
    vocabulary: .core
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
