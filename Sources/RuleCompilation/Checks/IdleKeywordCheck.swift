import Documents
import Evaluation

/// Keywords that forbid everything or nothing.
extension PlanBuild {
  /// Looks for `not` of `not`.
  ///
  /// A `not` of everything forbids the value, as `false` does, which is for the whole condition to judge.
  mutating func checkNegation(_ schema: CheckedSchema) {
    guard let entry = schema.keywords["not"], schemas.kind(of: entry.value) == .object,
      case let document = schema.document(of: entry.value),
      document.childCount(of: entry.value.node) == 1,
      document.value(named: "not", in: entry.value.node) != nil
    else { return }
    reportUseless(
      "double negation; write the inner schema without 'not'", at: entry.name)
  }

  /// The lower bounds that every value keeps if they are 0; of `minContains`, 0 changes what is asked.
  private static let zeros = KeywordList.all.compactMap { keyword -> String? in
    guard let bound = keyword.bound, !bound.isUpper else { return nil }
    return bound.measure == .number || bound.measure == .matchingElements ? nil : keyword.name
  }

  /// Whether a lower bound is one that every value keeps.
  func isIdle(_ keyword: String, _ bound: ExactNumber) -> Bool {
    Self.zeros.contains(keyword) && bound == .integer(0)
  }

  /// The keywords that say something only if they are `true`.
  private static let flags = Keyword.names { if case .boolean = $0 { true } else { false } }

  /// The keywords that say something only beside another.
  private static let companions = KeywordList.all.filter { !$0.needs.isEmpty }
    .map { (name: $0.name, needs: $0.needs) }

  /// Looks for keywords that every value satisfies.
  mutating func checkIdleKeywords(_ schema: CheckedSchema) {
    for name in Self.zeros {
      guard let entry = schema.keywords[name], let bound = schema.number(name),
        isIdle(name, bound)
      else { continue }
      reportUseless("\(name) 0 has no effect: no value has less", at: entry.value)
    }
    for (name, needs) in Self.companions {
      guard let entry = schema.keywords[name],
        !needs.contains(where: { schema.keywords[$0] != nil })
      else { continue }
      reportUseless(
        "\(name) has no effect without \(needs.joined(separator: " or "))", at: entry.name)
    }
    for name in Self.flags where schema.boolean(name) == false {
      guard let entry = schema.keywords[name] else { continue }
      reportUseless("\(name): false has no effect", at: entry.value)
    }
    if schema.boolean("not") == false, let entry = schema.keywords["not"] {
      reportUseless("every value satisfies this, since no value satisfies false", at: entry.name)
    }
    if let entry = schema.keywords["required"], schemas.kind(of: entry.value) == .array,
      schema.elements("required").isEmpty
    {
      reportUseless("empty required has no effect", at: entry.value)
    }
  }
}
