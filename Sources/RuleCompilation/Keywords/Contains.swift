import Documents
import Evaluation

extension Keyword {
  /// `contains` (JSON Schema 2020-12 core, section 10.3.1.3).
  static let contains = Keyword(
    name: "contains",
    summary:
      "An element of the array satisfies this schema, or as many as the keywords beside it say.",
    vocabulary: .applicator, types: .array, subschemas: .one
  ) { use, compiler in
    let minimum = compiler.sibling("minContains", of: use).flatMap { compiler.count($0) }
    let maximum = compiler.sibling("maxContains", of: use).flatMap { compiler.count($0) }
    let schema = compiler.schema(at: use.value)
    compiler.plan.containsTable.append(
      Contains(
        schema: schema, minimum: minimum ?? 1, maximum: maximum,
        marksItems: use.draft == .draft2020))
    compiler.emit(.contains(index: compiler.plan.containsTable.count - 1))
  }
}
