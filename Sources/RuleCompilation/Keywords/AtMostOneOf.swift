import Documents
import Evaluation

extension Keyword {
  /// `atMostOneOf`, our own.
  static let atMostOneOf = Keyword(
    name: "atMostOneOf", summary: "At most one of these members is present.",
    vocabulary: .requisite, types: .object
  ) { use, compiler in
    compiler.emitPresence(.atMostOneOf, use)
  }
}
