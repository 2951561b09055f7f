import Documents
import Evaluation

extension Keyword {
  /// `exactlyOneOf`, our own.
  static let exactlyOneOf = Keyword(
    name: "exactlyOneOf", summary: "Exactly one of these members is present.",
    vocabulary: .requisite, types: .object
  ) { use, compiler in
    compiler.emitPresence(.exactlyOneOf, use)
  }
}
