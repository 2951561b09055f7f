import Documents
import Evaluation

extension Keyword {
  /// `containsAll`, our own.
  static let containsAll = Keyword(
    name: "containsAll", summary: "The array has each of these values.",
    vocabulary: .requisite, types: .array
  ) { use, compiler in
    guard let places = compiler.list(use, of: "values") else { return }
    let values = places.map { compiler.constant(at: compiler.substituted($0)) }
    compiler.plan.valueLists.append(values)
    compiler.emit(.containsAll(index: compiler.plan.valueLists.count - 1))
  }
}
