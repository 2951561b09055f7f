import Documents
import SourceText

extension PackParts {
  /// Reads the `fix` of a rule: a list of operations, or a mapping that holds one.
  mutating func fix(_ member: Document.Member?) -> RulePack.Fix? {
    guard let member else { return nil }
    switch document.kind(of: member.value) {
    case .array:
      return RulePack.Fix(
        node: member.name, description: nil, isSafe: true, operations: operations(member))
    case .object:
      let fields: Fields<FixField> = fields(of: member.value, .fix)
      guard let list = fields[.operations] else {
        report(.missingField(FixField.operations.rawValue, owner: .fix), at: member.value)
        return nil
      }
      guard document.kind(of: list.value) == .array else {
        wrongType(list, "a list of operations")
        return nil
      }
      return RulePack.Fix(
        node: member.name, description: text(fields[.description]),
        isSafe: isTrue(fields[.safe], unlessGiven: true), operations: operations(list))
    case .absent: return nil
    case .null, .boolean, .number, .string, .name:
      wrongType(member, "a list of operations, or a mapping with 'operations'")
      return nil
    }
  }

  private mutating func isTrue(_ member: Document.Member?, unlessGiven value: Bool) -> Bool {
    guard let member else { return value }
    guard document.kind(of: member.value) == .boolean else {
      wrongType(member, "true or false")
      return value
    }
    return document.isTrue(member.value)
  }

  private mutating func operations(_ list: Document.Member) -> [RulePack.FixOperation] {
    let count = document.childCount(of: list.value)
    if count == 0 { report(.empty(what: "'\(shownText(list.name))'"), at: list.value) }
    if count > JSONPatch.operationLimit {
      report(.tooManyOperations(limit: JSONPatch.operationLimit), at: list.value)
      return []
    }
    var operations: [RulePack.FixOperation] = []
    for node in document.elements(of: list.value) {
      guard document.kind(of: node) == .object else {
        wrongType(node, what: "an operation", "a mapping with 'op' and 'path'")
        continue
      }
      if let operation = operation(node) { operations.append(operation) }
    }
    return operations
  }

  private mutating func operation(_ node: NodeID) -> RulePack.FixOperation? {
    let fields: Fields<OperationField> = fields(of: node, .operation(nil))
    guard let op = fields[.op] else {
      report(.missingField(OperationField.op.rawValue, owner: .operation(nil)), at: node)
      return nil
    }
    guard let kind: JSONPatch.Kind = choice(op) else { return nil }
    let owner = Mistake.Owner.operation(kind.rawValue)
    let needed: [(OperationField, Bool)] = [
      (.path, true), (.from, kind.needsFrom), (.value, kind.needsValue),
    ]
    var isWhole = true
    for (field, isNeeded) in needed {
      if isNeeded, fields[field] == nil {
        report(.missingField(field.rawValue, owner: owner), at: node)
        isWhole = false
      } else if !isNeeded, let member = fields[field] {
        report(.uselessField(field.rawValue, owner: owner), at: member.name)
      }
    }
    let path = pointer(fields[.path])
    let from = kind.needsFrom ? pointer(fields[.from]) : nil
    guard isWhole, let path, !kind.needsFrom || from != nil else { return nil }
    return RulePack.FixOperation(
      node: node, kind: kind, path: path, from: from,
      value: kind.needsValue ? fields[.value]?.value : nil)
  }

  /// The text of a pointer, which may be empty.
  private mutating func pointer(_ member: Document.Member?) -> Located<String>? {
    guard let member else { return nil }
    guard document.kind(of: member.value) == .string else {
      wrongType(member, "a JSON Pointer, such as /name or /-")
      return nil
    }
    return Located(document.text(of: member.value), at: member.value)
  }
}
