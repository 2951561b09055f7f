import Documents
import Evaluation
import Findings
import SourceText

/// Values of `enum` and `const` that can never be there.
extension PlanBuild {
  mutating func checkValues(_ schema: CheckedSchema) {
    if let entry = schema.keywords["const"] {
      checkValues([entry.value], at: entry.value, of: schema)
    }
    if let entry = schema.keywords["enum"], schemas.kind(of: entry.value) == .array {
      let values = schema.elements("enum").map { schemas.substituted($0) }
      if values.isEmpty {
        reportContradiction("empty enum: no value satisfies it", at: entry.value)
      } else {
        checkValues(values, at: entry.name, of: schema)
      }
    }
  }

  /// Reports each value that is not admitted; it is a contradiction only where none is.
  private mutating func checkValues(
    _ values: [SchemaPlace], at place: SchemaPlace, of schema: CheckedSchema
  ) {
    var reasons: [(place: SchemaPlace, text: String)] = []
    for value in values where !hasManyMistakes {
      if let reason = reason(against: value, of: schema) { reasons.append((value, reason)) }
    }
    let isHopeless = reasons.count == values.count
    for reason in reasons {
      reportContradiction(
        reason.text, at: reason.place,
        severity: isHopeless ? schema.stance.severity : .warning)
    }
  }

  /// Why a value can never be there, or nil where it can.
  private mutating func reason(against value: SchemaPlace, of schema: CheckedSchema) -> String? {
    let type = schema.type(of: value)
    if let declared = schema.declaredTypes, type.widened.isDisjoint(with: declared.widened) {
      return "this is \(type.valueWords), but type allows only \(declared.words)"
    }
    if let modelled = modelTypes(schema), type.widened.isDisjoint(with: modelled.widened) {
      return "this is \(type.valueWords), but the model has \(modelled.words) here"
    }
    guard let known = modelSchema(schema) else { return nil }
    var allowed = known.elements("enum")
    schemas.spend(CompilationCost.shape * allowed.count)
    guard schemas.budget.isLeftForCompilation else { return nil }
    if let constant = known.keywords["const"]?.value { allowed = [constant] }
    let isAllowed = allowed.contains {
      Request.equal(
        Request(known.document(of: $0)), $0.node, Request(schema.document(of: value)), value.node)
    }
    guard !allowed.isEmpty, !isAllowed else { return nil }
    guard schemas.kind(of: value) == .string else {
      return "model does not allow this value here"
    }
    let text = schemas.text(of: value)
    let message = "model does not allow the value '\(text)' here"
    guard schemas.wantsHints else { return message }
    return message + ModelNames.hint(text, among: known.strings(allowed).map(\.text))
  }

  // MARK: - Repetitions

  /// The keywords whose lists are sets.
  private static let lists = Keyword.names { form in
    switch form {
    case .names, .values, .types: true
    default: false
    }
  }

  /// Looks for values that a list has twice.
  mutating func checkRepetitions(_ schema: CheckedSchema) {
    for name in Self.lists {
      // Strings only: that is what such lists are made of, and what is told apart at once.
      var seen: Set<[UInt8]> = []
      for entry in schema.names(name) where !seen.insert(Array(entry.text.utf8)).inserted {
        reportUseless("duplicate '\(entry.text)' in \(name)", at: entry.place)
      }
    }
  }
}

extension TypeSet {
  /// The type of one value in words.
  fileprivate var valueWords: String {
    contains(.number) ? TypeSet.number.words : words
  }
}
