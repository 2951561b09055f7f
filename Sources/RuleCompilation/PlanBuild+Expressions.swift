import CEL
import Documents
import Evaluation
import RulePacks
import SourceText

/// CEL of a pack: conditions, and the expressions in messages.
extension PlanBuild {
  /// The names that expressions may use; those of messages come last.
  private mutating func environment(_ selfShape: Int, isMessage: Bool) -> CELEnvironment {
    let (shapes, parametersShape) = knownShapes()
    var variables: [CELEnvironment.Variable] = [
      .init(name: "self", type: shapes.type(of: model.shapes[selfShape].expressionShape)),
      .init(name: "root", type: shapes.type(of: model.shapes[visibleRootShape].expressionShape)),
      .init(
        name: "params", type: shapes.type(of: parametersShape),
        constant: schemas.plan.expressions.parameters[member]),
    ]
    if isMessage {
      variables += [
        .init(name: "key", type: .dyn), .init(name: "value", type: .dyn),
        .init(name: "path", type: .string),
      ]
    }
    var environment = CELEnvironment(variables: variables, shapes: shapes)
    environment.suggestsMembers = schemas.wantsHints
    return environment
  }

  /// The shapes that the pack at hand knows, made when they are asked for first.
  @discardableResult
  mutating func knownShapes() -> (shapes: CELShapes, parameters: Int) {
    let known = expressionShapes[member] ?? shapesWithParameters()
    expressionShapes[member] = known
    return known
  }

  /// The shapes of the model, and behind them that of the parameters that the pack at hand knows.
  private mutating func shapesWithParameters() -> (shapes: CELShapes, parameters: Int) {
    var shapes = model.expressionShapes
    var parameters: [String: Int] = [:]
    let visible = composition.visibleParameters(of: member)
    schemas.spend(CompilationCost.parameter * visible.count)
    for (name, parameter) in visible {
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
    return (shapes, shapes.add(.object(.init(members: parameters, others: nil))))
  }

  /// Compiles an expression that begins at an offset of a node's text; errors are at their column.
  mutating func program(
    _ text: String, at node: NodeID, offset: Int, _ selfShape: Int, isCondition: Bool,
    isMessage: Bool = false
  ) -> Int? {
    schemas.spend(CompilationCost.expressionByte * text.utf8.count)
    guard schemas.budget.isLeftForCompilation else { return nil }
    let compilation = CELCompiler.compile(
      text, environment: environment(selfShape, isMessage: isMessage),
      symbols: &schemas.plan.program.symbols)
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
        "expected a condition that is true or false, found an expression of type \(program.type)",
        at: place(of: node))
      return nil
    }
    schemas.plan.expressions.programs.append(program)
    schemas.plan.expressions.parametersOfPrograms.append(member)
    return schemas.plan.expressions.programs.count - 1
  }

  /// Reads a message: text with `{{ expression }}` in it; nil where any of it is faulty, all of
  /// which is reported.
  mutating func template(
    _ message: Located<String>, _ selfShape: Int
  ) -> MessageTemplate? {
    template(message, selfShape, code: "pack/bad-message", isMessage: true)
  }

  /// Reads a text of a message or a fix; errors but those of expressions go by `code`.
  mutating func template(
    _ text: Located<String>, _ selfShape: Int, code: String, isMessage: Bool
  ) -> MessageTemplate? {
    let bytes = Array(text.value.utf8)
    let scan = TemplateScan(bytes)
    var parts: [MessageTemplate.Part] = []
    var isSound = true
    for part in scan.parts {
      switch part {
      case .text(let range): parts.append(.text(String(decoding: bytes[range], as: UTF8.self)))
      case .expression(let range):
        if let program = program(
          String(decoding: bytes[range], as: UTF8.self), at: text.node, offset: range.lowerBound,
          selfShape, isCondition: false, isMessage: isMessage)
        {
          parts.append(.expression(index: program))
        } else {
          isSound = false
        }
      }
    }
    if let open = scan.unclosed {
      schemas.mistake(
        code, "'{{' is never closed; add '}}'", at: place(of: text.node),
        part: pack.file.sourceRange(of: open..<(open + 2), in: text.node))
      return nil
    }
    return isSound ? MessageTemplate(parts: parts) : nil
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
