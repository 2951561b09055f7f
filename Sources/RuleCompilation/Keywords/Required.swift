import Documents
import Evaluation

extension Keyword {
  /// `required` (JSON Schema 2020-12 validation, section 6.5.3).
  static let required = Keyword(
    name: "required", summary: "The object has these members.", types: .object,
    value: .names, mutation: .names,
    rule: Rule(
      "The request has every member that its model requires.",
      help:
        "The service rejects a request without this member. Add it; an explicit null does not count as a value."
    ),
    cases: [
      .init(#"{"required": ["a"]}"#, valid: [#"{"a": 1}"#, "[]"], invalid: [#"{"b": 1}"#])
    ]
  ) { use, compiler in
    if compiler.kind(of: use.value) == .boolean {
      compiler.mistake(
        "schema/wrong-type",
        "required takes a list of member names: write required: [NAME] beside the properties of the object",
        at: use.value)
      return
    }
    guard let names = compiler.names(use), !names.isEmpty else { return }
    compiler.plan.program.nameLists.append(names)
    compiler.emit(.required(index: compiler.plan.program.nameLists.count - 1))
  }
}
