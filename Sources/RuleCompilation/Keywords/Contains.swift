import Documents
import Evaluation

extension Keyword {
  /// `contains` (JSON Schema 2020-12 core, section 10.3.1.3).
  static let contains = Keyword(
    name: "contains",
    summary:
      "An element of the array satisfies this schema, or as many as the keywords beside it say.",
    vocabulary: .applicator, types: .array,
    value: .schema, subschemas: .one, mutation: .drop,
    rule: Rule(
      "A list has an element that the model requires.",
      help: "Add an element that satisfies what the message describes."),
    cases: [
      .init(#"{"contains": {"const": 1}}"#, valid: ["[2, 1]", "1"], invalid: ["[2]"])
    ]
  ) { use, compiler in
    let minimum = compiler.sibling("minContains", of: use).flatMap { compiler.count($0) }
    let maximum = compiler.sibling("maxContains", of: use).flatMap { compiler.count($0) }
    let schema = compiler.schema(at: use.value)
    compiler.plan.program.containsTable.append(
      Contains(
        schema: schema, minimum: minimum ?? 1, maximum: maximum,
        marksItems: use.draft == .draft2020))
    compiler.emit(.contains(index: compiler.plan.program.containsTable.count - 1))
  }
}
