import Documents
import Evaluation

extension Keyword {
  /// `atLeastOneOf`, our own.
  static let atLeastOneOf = Keyword(
    name: "atLeastOneOf", summary: "At least one of these members is present.",
    vocabulary: .requisite, types: .object
  ) { use, compiler in
    compiler.emitPresence(.atLeastOneOf, use)
  }
}
