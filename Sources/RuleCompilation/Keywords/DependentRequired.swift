import Documents
import Evaluation

extension Keyword {
  /// `dependentRequired` (JSON Schema 2020-12 validation, section 6.5.4).
  static let dependentRequired = Keyword(
    name: "dependentRequired",
    summary: "If a member is present, so are the members that it requires.",
    drafts: [.draft2019, .draft2020], types: .object,
    value: .namesByName, mutation: .namesByName,
    rule: Rule(
      "An object has the members that its other members require.",
      help: "Add the member that the message names, or remove the one that requires it."),
    cases: [
      .init(
        #"{"dependentRequired": {"a": ["b"]}}"#, valid: [#"{"a": 1, "b": 2}"#, "{}"],
        invalid: [#"{"a": 1}"#])
    ]
  ) { use, compiler in
    guard let entries = compiler.mapping(use, of: "lists of member names") else { return }
    var table: [(name: MemberName, required: [MemberName])] = []
    for entry in entries {
      var inner = use
      inner.value = entry.value
      guard let names = compiler.names(inner) else { continue }
      table.append((compiler.memberName(entry.name), names))
    }
    compiler.plan.program.dependentNames.append(table)
    compiler.emit(.dependentRequired(index: compiler.plan.program.dependentNames.count - 1))
  }
}
