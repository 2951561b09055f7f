import Documents
import Evaluation
import Findings

/// Types that never agree: `type` with keywords beside it, and both with the request's model.
extension PlanBuild {
  mutating func checkTypes(_ schema: CheckedSchema) {
    let declared = schema.declaredTypes
    let modelled = modelTypes(schema)
    if let declared, let place = schema.keywords["type"] {
      if declared.isEmpty {
        reportContradiction(
          "empty type: no value has any of these types", at: place.value)
        return
      }
      if schema.stance != .refusal, let modelled,
        declared.widened.isDisjoint(with: modelled.widened)
      {
        reportContradiction(
          "value is never \(declared.words): the model has \(modelled.words) here",
          at: place.value, severity: schema.stance.severity)
        return
      }
    }
    for (name, entry) in schema.inOrder {
      guard let keyword = KeywordList.byName[name], !keyword.types.isEmpty else { continue }
      // The formats of numbers say which integers fit.
      if name == "format", ["int32", "int64"].contains(schema.text(name)) { continue }
      let takes = keyword.types.contains(.number) ? .number : keyword.types
      if let declared {
        if keyword.types.widened.isDisjoint(with: declared.widened) {
          reportContradiction(
            "\(name) has no effect: it applies to \(takes.words), but type allows only \(declared.words)",
            at: entry.name)
        }
      } else if let modelled, keyword.types.widened.isDisjoint(with: modelled.widened) {
        reportContradiction(
          "\(name) has no effect: it applies to \(takes.words), but the model has \(modelled.words) here",
          at: entry.name, severity: schema.stance == .alternative ? .warning : .error)
      }
    }
  }
}
