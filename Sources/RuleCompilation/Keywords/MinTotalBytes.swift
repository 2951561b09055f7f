import Documents
import Evaluation

extension Keyword {
  /// `minTotalBytes`, our own.
  static let minTotalBytes = Keyword(
    name: "minTotalBytes",
    summary: "All names and strings together take at least this many bytes of UTF-8.",
    vocabulary: .requisite, types: [.object, .array]
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.minTotalBytes(count)) }
  }
}
