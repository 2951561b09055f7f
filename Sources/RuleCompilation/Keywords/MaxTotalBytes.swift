import Documents
import Evaluation

extension Keyword {
  /// `maxTotalBytes`, our own.
  static let maxTotalBytes = Keyword(
    name: "maxTotalBytes",
    summary: "All names and strings together take at most this many bytes of UTF-8.",
    vocabulary: .requisite, types: [.object, .array]
  ) { use, compiler in
    if let count = compiler.count(use) { compiler.emit(.maxTotalBytes(count)) }
  }
}
