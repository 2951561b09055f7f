import Documents
import Evaluation

extension Keyword {
  /// `if` (JSON Schema 2020-12 core, section 10.2.2.1).
  static let condition = Keyword(
    name: "if", summary: "Whether then or else applies.",
    vocabulary: .applicator,
    value: .schema, subschemas: .one, needs: ["then", "else"],
    cases: [
      .init(
        #"{"if": {"minimum": 1}, "then": {"maximum": 2}, "else": {"maximum": -1}}"#,
        valid: ["1", "-1"], invalid: ["3", "0"], fails: ["maximum"])
    ]
  ) { use, compiler in
    let document = compiler.resources.document(of: use.schema)
    func branch(_ name: String) -> SchemaPlace? {
      document.value(named: name, in: use.schema.node)
        .map { SchemaPlace(file: use.schema.file, node: $0) }
    }
    let condition = compiler.inPlaceSchema(at: use.value)
    let consequence = branch("then").map { compiler.inPlaceSchema(at: $0) }
    let alternative = branch("else").map { compiler.inPlaceSchema(at: $0) }
    compiler.plan.program.conditionals.append(
      Conditional(condition: condition, consequence: consequence, alternative: alternative))
    compiler.emit(.conditional(index: compiler.plan.program.conditionals.count - 1))
  }
}
