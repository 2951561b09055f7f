import Documents
import Evaluation

extension Keyword {
  /// `maxBytes`, our own.
  static let maxBytes = Keyword(
    name: "maxBytes", summary: "The string takes at most this many bytes of UTF-8.",
    vocabulary: .requisite, types: .string
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.maxBytes(count)) }
  }
}
