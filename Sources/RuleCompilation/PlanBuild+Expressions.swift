import CEL
import Documents
import Evaluation
import RulePacks
import SourceText

/// CEL of a pack: conditions, and the expressions in messages.
extension PlanBuild {
  /// The names that expressions may use; those of messages come last.
  private func environment(_ selfShape: Int, isMessage: Bool) -> CELEnvironment {
    var shapes = model.expressionShapes
    var parameters: [String: Int] = [:]
    for (name, parameter) in composition.visibleParameters(of: member) {
      let shape: CELShapes.Shape =
        switch parameter.parameter.type {
        case .integer: .integer
        case .number: .number
        case .string: .string
        case .boolean: .boolean
        case .array: .list(element: CELShapes.any)
        case .object: .map(value: CELShapes.any)
        }
      parameters[name] = shapes.add(shape)
    }
    let parametersShape = shapes.add(.object(.init(members: parameters, others: nil)))
    var variables: [CELEnvironment.Variable] = [
      .init(name: "self", type: shapes.type(of: model.shapes[selfShape].expressionShape)),
      .init(name: "root", type: shapes.type(of: model.shapes[visibleRootShape].expressionShape)),
      .init(
        name: "params", type: shapes.type(of: parametersShape),
        constant: schemas.plan.parameters[member]),
    ]
    if isMessage {
      variables += [
        .init(name: "key", type: .dyn), .init(name: "value", type: .dyn),
        .init(name: "path", type: .string),
      ]
    }
    return CELEnvironment(variables: variables, shapes: shapes)
  }

  /// Compiles an expression that begins at an offset of a node's text; mistakes stand at their column.
  mutating func program(
    _ text: String, at node: NodeID, offset: Int, _ selfShape: Int, isCondition: Bool
  ) -> Int? {
    let compilation = CELCompiler.compile(
      text, environment: environment(selfShape, isMessage: !isCondition),
      symbols: &schemas.plan.symbols)
    for error in compilation.errors {
      let (code, message) = words(for: error, in: text)
      schemas.mistake(
        code, message, at: place(of: node),
        part: pack.file.sourceRange(
          of: (error.range.lowerBound + offset)..<(error.range.upperBound + offset), in: node))
    }
    guard let program = compilation.program else {
      hasFaultyExpressions = true
      return nil
    }
    if isCondition, program.type != .boolean, program.type != .dyn {
      schemas.mistake(
        "pack/bad-expression",
        "this gives a value of type \(program.type); a condition is true or false",
        at: place(of: node))
      return nil
    }
    schemas.plan.programs.append(program)
    schemas.plan.parametersOfPrograms.append(member)
    return schemas.plan.programs.count - 1
  }

  /// Reads a message: text with `{{ expression }}` in it; nil where any of it is faulty, all of
  /// which is told.
  mutating func template(
    _ message: Located<String>, _ selfShape: Int
  ) -> MessageTemplate? {
    let bytes = Array(message.value.utf8)
    var parts: [MessageTemplate.Part] = []
    var index = 0
    var isSound = true
    while index < bytes.count {
      guard let open = bytes.firstIndex(of: "{{", from: index) else { break }
      let close = bytes.firstIndex(of: "}}", from: open + 2)
      if open > index { parts.append(.text(String(decoding: bytes[index..<open], as: UTF8.self))) }
      guard let close else {
        schemas.mistake(
          "pack/bad-message", "'{{' is not followed by '}}'",
          at: place(of: message.node),
          part: pack.file.sourceRange(of: open..<(open + 2), in: message.node))
        return nil
      }
      let text = String(decoding: bytes[(open + 2)..<close], as: UTF8.self)
      if let program = program(
        text, at: message.node, offset: open + 2, selfShape, isCondition: false)
      {
        parts.append(.expression(index: program))
      } else {
        isSound = false
      }
      index = close + 2
    }
    guard isSound else { return nil }
    if index < bytes.count {
      parts.append(.text(String(decoding: bytes[index...], as: UTF8.self)))
    }
    return MessageTemplate(parts: parts)
  }

  /// A value of the pack as expressions know it.
  ///
  /// Recursion is as deep as the value nests, which the pack's reader limits.
  static func value(of node: NodeID, in document: Document) -> CELValue {
    switch document.kind(of: node) {
    case .null, .absent: .null
    case .boolean: .boolean(document.isTrue(node))
    case .number:
      switch document.number(of: node) {
      case .integer(let value): .integer(value)
      case .decimal: .double(document.number(of: node).double)
      }
    case .string, .name: .string(Array(document.utf8(of: node)))
    case .array: .list(CELList(document.elements(of: node).map { value(of: $0, in: document) }))
    case .object:
      .map(
        CELMap(
          document.members(of: node).map {
            .init(
              key: .string(Array(document.utf8(of: $0.name))),
              value: value(of: $0.value, in: document))
          }))
    }
  }
}

extension [UInt8] {
  fileprivate func firstIndex(of text: String, from start: Int) -> Int? {
    let pair = Array(text.utf8)
    guard start <= count - pair.count else { return nil }
    return (start...(count - pair.count)).first { self[$0...].starts(with: pair) }
  }
}
