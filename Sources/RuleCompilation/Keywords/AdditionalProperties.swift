import Documents
import Evaluation

extension Keyword {
  /// `additionalProperties` (JSON Schema 2020-12 core, section 10.3.2.3).
  static let additionalProperties = Keyword(
    name: "additionalProperties",
    summary:
      "Every member that properties and patternProperties do not match satisfies this schema.",
    vocabulary: .applicator, types: .object, subschemas: .one
  ) { use, compiler in
    guard compiler.sibling("properties", of: use) == nil,
      compiler.sibling("patternProperties", of: use) == nil
    else { return }
    compiler.emitMembers(use)
  }
}
