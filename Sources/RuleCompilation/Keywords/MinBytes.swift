import Documents
import Evaluation

extension Keyword {
  /// `minBytes`, our own.
  static let minBytes = Keyword(
    name: "minBytes", summary: "The string takes at least this many bytes of UTF-8.",
    vocabulary: .requisite, types: .string
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.minBytes(count)) }
  }
}
