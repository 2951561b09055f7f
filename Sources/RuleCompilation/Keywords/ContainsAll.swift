import Documents
import Evaluation

extension Keyword {
  /// `containsAll`, our own.
  static let containsAll = Keyword(
    name: "containsAll", summary: "The array has each of these values.",
    vocabulary: .requisite, types: .array,
    value: .values, mutation: .requiredValues,
    rule: Rule(
      "A list has all elements that the model requires.",
      help: "Add the elements that the message lists."),
    cases: [
      .init(#"{"containsAll": ["a", 1]}"#, valid: [#"[1.0, "b", "a"]"#, "1"], invalid: [#"["a"]"#])
    ]
  ) { use, compiler in
    guard let places = compiler.list(use, of: "values") else { return }
    let values = places.map { compiler.constant(at: compiler.substituted($0)) }
    compiler.plan.program.valueLists.append(values)
    compiler.emit(.containsAll(index: compiler.plan.program.valueLists.count - 1))
  }
}
