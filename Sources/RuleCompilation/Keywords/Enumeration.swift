import Documents
import Evaluation

extension Keyword {
  /// `enum` (JSON Schema 2020-12 validation, section 6.1.2).
  static let enumeration = Keyword(
    name: "enum", summary: "The value is one of these.",
    value: .values, mutation: .values,
    rule: Rule(
      "A member with a fixed list of values has one of them.",
      help: "Values are compared exactly. Use one of the values that the message lists."),
    cases: [
      .init(#"{"enum": ["a", 1]}"#, valid: [#""a""#, "1.0"], invalid: [#""b""#, "2"])
    ]
  ) { use, compiler in
    guard let places = compiler.list(use, of: "values") else { return }
    let values = places.map { compiler.constant(at: compiler.substituted($0)) }
    compiler.plan.program.enumerations.append(Enumeration(values: values))
    compiler.emit(.enumeration(index: compiler.plan.program.enumerations.count - 1))
  }
}
