import Documents
import Evaluation

extension Keyword {
  /// `properties` (JSON Schema 2020-12 core, section 10.3.2.1).
  static let properties = Keyword(
    name: "properties", summary: "The members with these names satisfy these schemas.",
    vocabulary: .applicator, types: .object, subschemas: .map
  ) { use, compiler in
    compiler.emitMembers(use)
  }
}
