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
      of: entry.value, owner, unsupported: [.requests])
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
      fix: fix(fields[.fix]),
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

  // MARK: - Examples

  private mutating func examples(_ member: Document.Member?) -> [RulePack.Example] {
    guard let member, isMapping(member, "a mapping with the lists 'pass' and 'fail'") else {
      return []
    }
    let fields: Fields<ExampleField> = fields(of: member.value, .examples)
    var examples: [RulePack.Example] = []
    for expectation in RulePack.Example.Expectation.allCases {
      let field: ExampleField =
        switch expectation {
        case .pass: .pass
        case .fail: .fail
        }
      guard let list = fields[field] else { continue }
      guard document.kind(of: list.value) == .array else {
        wrongType(list, "a list of requests")
        continue
      }
      for node in document.elements(of: list.value) where areRepetitionsWellFormed(in: node) {
        examples.append(RulePack.Example(node: node, expectation: expectation))
      }
    }
    return examples.sorted { $0.node < $1.node }
  }

  /// Checks every `$repeat` of an example, and how much they make together.
  private mutating func areRepetitionsWellFormed(in example: NodeID) -> Bool {
    var total = 0
    var isWellFormed = true
    for index in example.index..<document.end(of: example) {
      let name = NodeID(index)
      guard document.kind(of: name) == .name, document.text(of: name, equals: Repetition.name)
      else { continue }
      let mapping = NodeID(index - 1)
      let operand = NodeID(index + 1)
      guard document.kind(of: mapping) == .object, document.childCount(of: mapping) == 1 else {
        report(.notAlone("$repeat"), at: name)
        isWellFormed = false
        continue
      }
      guard let repetition = Repetition(operand: operand, in: document) else {
        if document.kind(of: operand) != .absent {
          report(.badRepetition(found: shown(operand)), at: operand)
        }
        isWellFormed = false
        continue
      }
      let count = document.utf8Count(of: repetition.text)
      let (made, overflows) = count.multipliedReportingOverflow(by: repetition.count)
      let (sum, carries) = total.addingReportingOverflow(made)
      guard !overflows, !carries, sum <= RulePack.Example.repetitionLimit else {
        report(
          .longRepetition(limit: RulePack.Example.repetitionLimit), at: operand,
          range: document.range(of: NodeID(document.end(of: repetition.text))))
        return false
      }
      total = sum
    }
    return isWellFormed
  }
}
