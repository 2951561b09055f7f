import Documents
import SourceText

extension PackParts {
  /// Reads `rules`, and tells where the schemas in them are.
  mutating func rules(
    _ member: Document.Member?
  ) -> (rules: [RulePack.Rule], schemas: [NodeID]) {
    guard let member, isMapping(member, "a mapping from names to rules") else { return ([], []) }
    if document.childCount(of: member.value) == 0 {
      report(.empty(what: "'rules'"), at: member.value)
    }
    var rules: [RulePack.Rule] = []
    var schemas: [NodeID] = []
    for entry in document.members(of: member.value) {
      if !isRuleName(document.utf8(of: entry.name)) {
        report(
          .notKebabCase(what: "rule name", name: shownText(entry.name)), at: entry.name)
      }
      guard let rule = rule(entry) else { continue }
      for case .schema(let node)? in [rule.when, rule.then] { schemas.append(node) }
      rules.append(rule)
    }
    return (rules, schemas)
  }

  /// Whether a text names a rule: its own name, or that of an inherited one or of the model's.
  private func isRuleName(_ name: ArraySlice<UInt8>) -> Bool {
    guard let slash = name.firstIndex(of: UInt8(ascii: "/")) else {
      return TextForms.isKebabCase(name)
    }
    let rest = name[(slash + 1)...]
    return inherits && TextForms.isKebabCase(name[..<slash]) && !rest.isEmpty
      || name[..<slash].elementsEqual("schema".utf8) && !rest.isEmpty
  }

  private mutating func rule(_ entry: Document.Member) -> RulePack.Rule? {
    switch document.kind(of: entry.value) {
    case .object: break
    case .string where inherits || isModelRule(entry.name): return regrading(entry)
    case .string where RulePack.RuleSeverity(rawValue: document.text(of: entry.value)) != nil:
      let setting = "\(shownText(entry.name)): \(shownText(entry.value))"
      report(.nothingToRegrade(setting), at: entry.value)
      return nil
    case .absent: return nil
    case .null, .boolean, .number, .string, .array, .name:
      wrongType(
        entry, inherits ? "a mapping with 'then', or a severity" : "a mapping with 'then'")
      return nil
    }
    let owner = Mistake.Owner.rule(shownText(entry.name))
    let fields: Fields<RuleField> = fields(of: entry.value, owner)
    // A rule of a pack that extends others may replace parts of an inherited one.
    if !inherits, !isModelRule(entry.name), fields[.then] == nil {
      report(.missingField(RuleField.then.rawValue, owner: owner), at: entry.value)
    }
    return RulePack.Rule(
      name: Located(document.text(of: entry.name), at: entry.name),
      description: text(fields[.description]),
      severity: severity(fields[.severity]),
      requests: fields[.requests].map { texts($0, "an operation or a list of them") } ?? [],
      given: given(fields[.given]),
      when: condition(fields[.when]),
      then: condition(fields[.then]),
      message: located(fields[.message]),
      help: text(fields[.help]),
      url: address(fields[.url]),
      tags: tags(fields[.tags]),
      fix: fix(fields[.fix]),
      examples: examples(fields[.examples]))
  }

  /// Whether a name is that of a rule of a request's model, `schema/KEYWORD`.
  private func isModelRule(_ name: NodeID) -> Bool {
    document.utf8(of: name).starts(with: "schema/".utf8)
  }

  /// An entry that is a severity alone.
  private mutating func regrading(_ entry: Document.Member) -> RulePack.Rule? {
    guard let severity = severity(entry) else { return nil }
    return RulePack.Rule(
      name: Located(document.text(of: entry.name), at: entry.name), description: nil,
      severity: severity, requests: [], given: nil, when: nil, then: nil, message: nil, help: nil,
      url: nil, tags: [], fix: nil, examples: [])
  }

  private mutating func severity(
    _ member: Document.Member?
  ) -> Located<RulePack.RuleSeverity>? {
    guard let member, let choice: RulePack.RuleSeverity = choice(member) else { return nil }
    return Located(choice, at: member.value)
  }

  private mutating func given(_ member: Document.Member?) -> [Located<String>]? {
    guard let member else { return nil }
    let paths = texts(member, "a JSONPath or a list of them")
    return paths.isEmpty ? nil : paths
  }

  private mutating func condition(_ member: Document.Member?) -> RulePack.Condition? {
    guard let member else { return nil }
    switch document.kind(of: member.value) {
    case .object, .boolean: return .schema(member.value)
    case .string: return located(member).map { .expression($0) }
    case .null, .number, .array, .name, .absent:
      wrongType(member, "a JSON Schema or a CEL expression")
      return nil
    }
  }

  private mutating func tags(_ member: Document.Member?) -> [NodeID] {
    guard let member else { return [] }
    guard document.kind(of: member.value) == .array else {
      wrongType(member, "a list of strings")
      return []
    }
    return elements(member)
  }
}
