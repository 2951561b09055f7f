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
      if !TextForms.isKebabCase(document.utf8(of: entry.name)) {
        report(
          .notKebabCase(what: "the name of a rule", name: shownText(entry.name)), at: entry.name)
      }
      guard let rule = rule(entry) else { continue }
      for case .schema(let node)? in [rule.when, rule.then] { schemas.append(node) }
      rules.append(rule)
    }
    return (rules, schemas)
  }

  private mutating func rule(_ entry: Document.Member) -> RulePack.Rule? {
    switch document.kind(of: entry.value) {
    case .object: break
    case .string where RulePack.RuleSeverity(rawValue: document.text(of: entry.value)) != nil:
      let setting = "\(shownText(entry.name)): \(shownText(entry.value))"
      report(.override(rule: setting), at: entry.value)
      return nil
    case .absent: return nil
    case .null, .boolean, .number, .string, .array, .name:
      wrongType(entry, "a mapping with 'then'")
      return nil
    }
    let owner = Mistake.Owner.rule(shownText(entry.name))
    let fields: Fields<RuleField> = fields(
      of: entry.value, owner, unsupported: [.requests, .fix])
    // A rule of a pack that extends others may replace parts of an inherited one.
    if !inherits {
      if fields[.then] == nil {
        report(.missingField(RuleField.then.rawValue, owner: owner), at: entry.value)
      }
    }
    return RulePack.Rule(
      name: Located(document.text(of: entry.name), at: entry.name),
      description: text(fields[.description]),
      severity: choice(fields[.severity]) ?? .error,
      given: given(fields[.given], rule: entry.name),
      when: condition(fields[.when]),
      then: condition(fields[.then]),
      message: located(fields[.message]),
      help: text(fields[.help]),
      url: address(fields[.url]),
      tags: tags(fields[.tags]),
      examples: examples(fields[.examples]))
  }

  private mutating func given(
    _ member: Document.Member?, rule name: NodeID
  ) -> [Located<String>] {
    let paths = member.map { texts($0, "a JSONPath or a list of them") } ?? []
    return paths.isEmpty ? [Located("$", at: name)] : paths
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
