import CEL
package import Documents
import RequestDecoding
import SourceText

extension Evaluator {
  /// A request as fixes of this pack see and change it.
  package func valueTree(of request: Request) -> ValueTree {
    let casing = request.binding.casing
    var tree = ValueTree(request, symbols: plan.program.symbols)
    if casing != .wire, casing != .auto {
      let (model, symbols) = (plan.ruleTable.model, plan.program.symbols)
      tree.spelling = { name in
        let symbol = symbols.symbol(of: name)
        guard symbol != .unknown else { return name }
        let text = String(decoding: name, as: UTF8.self)
        return Array(model.name(text, of: symbol, in: casing).utf8)
      }
    }
    return tree
  }

  /// How a failure is fixed, or nil where there is no way: where an operation does not apply, or
  /// nothing would change.
  package mutating func evaluatedFix(
    _ source: FixSource, in tree: ValueTree, values: ValueText
  ) -> EvaluatedFix? {
    switch source {
    case .rule(let index, let node):
      guard plan.ruleTable.rules.indices.contains(index), let fix = plan.ruleTable.rules[index].fix
      else { return nil }
      lendSteps()
      defer { takeBackSteps() }
      return expressions.evaluatedFix(fix, node, in: tree, values: values)
    case .respelling(let name, let expected):
      return EvaluatedFix(
        description: "rename it to \"\(expected)\"", isSafe: true,
        change: .rename(name, Array(expected.utf8)),
        isTellable: !values.isSensitive(value: name, in: tree.request))
    case .surplus(let name, let isSafe):
      return EvaluatedFix(
        description: "remove the member", isSafe: isSafe, change: .remove(memberNamed: name),
        isTellable: !values.isSensitive(value: name, in: tree.request))
    }
  }
}

extension ExpressionRunner {
  /// What the programs of one fix read.
  private struct Reading {
    var isTellable = true
    let values: ValueText
  }

  /// The value that a fix makes of a node, or nil where it does not apply.
  mutating func evaluatedFix(
    _ fix: FixTemplate, _ node: NodeID, in tree: ValueTree, values: ValueText
  ) -> EvaluatedFix? {
    var reading = Reading(values: values)
    setVariables(self: node, in: tree.request)
    var operations: [JSONPatch.Operation] = []
    for operation in fix.operations {
      guard let path = pointer(operation.path, in: tree, &reading) else { return nil }
      var made = JSONPatch.Operation(operation.kind, at: path)
      if let from = operation.from {
        guard let from = pointer(from, in: tree, &reading) else { return nil }
        made.from = from
      }
      if let value = operation.value {
        guard let value = self.value(value, in: tree, &reading) else { return nil }
        made.value = value
      }
      operations.append(made)
    }
    guard let value = try? JSONPatch(operations).applied(to: .node(node), in: tree),
      !tree.equal(value, .node(node))
    else { return nil }
    return EvaluatedFix(
      description: fix.description, isSafe: fix.isSafe, change: .value(node, value),
      isTellable: reading.isTellable)
  }

  // MARK: - Filling in

  /// Recursion is as deep as the pack's value nests, which its reader limits.
  private mutating func value(
    _ template: FixTemplate.ValueTemplate, in tree: ValueTree, _ reading: inout Reading
  ) -> JSONValue? {
    switch template {
    case .constant(let value): return value
    case .expression(let index):
      guard let value = evaluate(index, in: tree.request, &reading) else { return nil }
      return Self.value(value, in: tree)
    case .text(let template):
      return text(template, in: tree, &reading) { $0 }.map { .string($0) }
    case .array(let elements):
      var values: [JSONValue] = []
      for element in elements {
        guard let value = value(element, in: tree, &reading) else { return nil }
        values.append(value)
      }
      return .array(values)
    case .object(let members):
      var values: [JSONValue.Member] = []
      for member in members {
        guard let value = value(member.value, in: tree, &reading) else { return nil }
        values.append(.init(name: member.name, value: value))
      }
      return .object(values)
    }
  }

  private mutating func pointer(
    _ template: MessageTemplate, in tree: ValueTree, _ reading: inout Reading
  ) -> JSONPointer? {
    let text = text(template, in: tree, &reading) { token in
      // What an expression gives is the text of a name, not a path of its own.
      Array(JSONPointer(tokens: [token]).description.utf8.dropFirst())
    }
    return text.flatMap { JSONPointer(String(decoding: $0, as: UTF8.self)) }
  }

  private mutating func text(
    _ template: MessageTemplate, in tree: ValueTree, _ reading: inout Reading,
    escape: ([UInt8]) -> [UInt8]
  ) -> [UInt8]? {
    var text: [UInt8] = []
    for part in template.parts {
      switch part {
      case .text(let literal): text += literal.utf8
      case .expression(let index):
        guard let value = evaluate(index, in: tree.request, &reading) else { return nil }
        let shown = value.rendered(
          in: tree.request, symbols: tree.symbols, limit: Self.fixTextLimit
        ).text
        // What was cut is not what was meant.
        guard shown.utf8.count <= Self.fixTextLimit else { return nil }
        text += escape(Array(shown.utf8))
      }
    }
    return text
  }

  /// How many bytes one expression of a fix may make.
  static let fixTextLimit = 1 << 24

  private mutating func evaluate(
    _ index: Int, in request: Request, _ reading: inout Reading
  ) -> CELValue? {
    guard let (value, read) = tracedValue(of: index, in: request) else { return nil }
    if read.decided.contains(where: { reading.values.isSensitive(value: $0, in: request) })
      || read.copied.contains(where: { reading.values.holdsSensitive($0, in: request) })
      || Self.holdsSensitive(value, reading.values, in: request)
    {
      reading.isTellable = false
    }
    return value
  }

  private static func holdsSensitive(
    _ value: CELValue, _ values: ValueText, in request: Request
  ) -> Bool {
    switch value {
    case .node(let node), .name(let node): values.holdsSensitive(node, in: request)
    case .list(let list):
      list.elements.contains { holdsSensitive($0, values, in: request) }
    case .map(let map):
      map.entries.contains {
        holdsSensitive($0.key, values, in: request)
          || holdsSensitive($0.value, values, in: request)
      }
    case .optional(let optional):
      optional.value.map { holdsSensitive($0, values, in: request) } ?? false
    default: false
    }
  }

  /// A value of an expression as JSON has it, or nil where JSON has no such value.
  private static func value(_ value: CELValue, in tree: ValueTree) -> JSONValue? {
    switch value {
    case .node(let node): return .node(node)
    case .name(let name): return .string(tree.name(of: name))
    case .null: return .null
    case .boolean(let isTrue): return .boolean(isTrue)
    case .integer(let number): return .number(Array(String(number).utf8))
    case .unsigned(let number): return .number(Array(String(number).utf8))
    case .double(let number):
      guard number.isFinite else { return nil }
      let text = value.rendered(in: tree.request, symbols: tree.symbols).text
      return .number(Array(text.utf8))
    case .string(let text): return .string(text)
    case .list(let list):
      var elements: [JSONValue] = []
      for element in list.elements {
        guard let element = self.value(element, in: tree) else { return nil }
        elements.append(element)
      }
      return .array(elements)
    case .map(let map):
      var members: [JSONValue.Member] = []
      for entry in map.entries {
        guard case .string(let name)? = self.value(entry.key, in: tree),
          let value = self.value(entry.value, in: tree)
        else { return nil }
        members.append(.init(name: name, value: value))
      }
      return .object(members)
    case .optional(let optional): return optional.value.flatMap { self.value($0, in: tree) }
    case .bytes, .timestamp, .duration, .type, .address, .network: return nil
    }
  }
}
