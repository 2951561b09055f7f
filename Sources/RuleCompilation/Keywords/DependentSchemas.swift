import Documents
import Evaluation

extension Keyword {
  /// `dependentSchemas` (JSON Schema 2020-12 core, section 10.2.2.4).
  static let dependentSchemas = Keyword(
    name: "dependentSchemas", summary: "If a member is present, the object satisfies a schema.",
    drafts: [.draft2019, .draft2020],
    vocabulary: .applicator, types: .object,
    value: .schemasByName, subschemas: .map,
    cases: [
      .init(
        #"{"dependentSchemas": {"a": {"required": ["b"]}}}"#, valid: ["{}", "1"],
        invalid: [#"{"a": 1}"#], fails: ["required"])
    ]
  ) { use, compiler in
    guard let entries = compiler.mapping(use, of: "schemas") else { return }
    var table: [(name: MemberName, schema: SchemaID)] = []
    for entry in entries {
      table.append((compiler.memberName(entry.name), compiler.inPlaceSchema(at: entry.value)))
    }
    compiler.plan.program.dependentSchemas.append(table)
    compiler.emit(.dependentSchemas(index: compiler.plan.program.dependentSchemas.count - 1))
  }
}
