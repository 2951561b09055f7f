import Documents
import Evaluation

extension Keyword {
  /// `patternProperties` (JSON Schema 2020-12 core, section 10.3.2.2).
  static let patternProperties = Keyword(
    name: "patternProperties", summary: "The members whose names match satisfy these schemas.",
    vocabulary: .applicator, types: .object, subschemas: .map
  ) { use, compiler in
    guard compiler.sibling("properties", of: use) == nil else { return }
    compiler.emitMembers(use)
  }
}
