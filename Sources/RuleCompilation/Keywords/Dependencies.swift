import Documents
import Evaluation

extension Keyword {
  /// `dependencies` (draft-07 validation, section 6.5.7).
  ///
  /// Later drafts have two keywords in its place; their meta-schemas still know it.
  static let dependencies = Keyword(
    name: "dependencies",
    summary: "If a member is present, so are others, or the object satisfies a schema.",
    vocabulary: .applicator, types: .object,
    value: .dependencies, subschemas: .map, mutation: .namesByName,
    cases: [
      .init(
        #"{"dependencies": {"a": ["b"]}}"#, valid: ["{}", "1"], invalid: [#"{"a": 1}"#],
        fails: ["dependentRequired"])
    ]
  ) { use, compiler in
    compiler.warnOfReplaced(use, by: "dependentRequired or dependentSchemas")
    guard let entries = compiler.mapping(use, of: "schemas or lists of member names") else {
      return
    }
    var schemas: [(name: MemberName, schema: SchemaID)] = []
    var names: [(name: MemberName, required: [MemberName])] = []
    for entry in entries {
      if compiler.kind(of: entry.value) == .array {
        var inner = use
        inner.value = entry.value
        guard let required = compiler.names(inner) else { continue }
        names.append((compiler.memberName(entry.name), required))
      } else {
        schemas.append((compiler.memberName(entry.name), compiler.inPlaceSchema(at: entry.value)))
      }
    }
    if !names.isEmpty {
      compiler.plan.program.dependentNames.append(names)
      compiler.emit(.dependentRequired(index: compiler.plan.program.dependentNames.count - 1))
    }
    if !schemas.isEmpty {
      compiler.plan.program.dependentSchemas.append(schemas)
      compiler.emit(.dependentSchemas(index: compiler.plan.program.dependentSchemas.count - 1))
    }
  }
}
