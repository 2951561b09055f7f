import SourceText

// Operators and literals that are made of expressions.

extension ProgramBuilder {
  func name(of type: CELType) -> String {
    environment.shapes.name(of: types.resolved(type, isFinal: true))
  }

  /// Reports an operand that can never be a boolean.
  mutating func requireBoolean(_ operand: Compiled, _ place: String, _ range: TextRange) {
    if !types.assign(operand.type, to: .boolean) {
      report(.notBoolean(name(of: operand.type), place: place), range)
    }
  }

  mutating func compileUnary(
    _ operation: UnaryOperator, _ operandID: ExpressionID, _ range: TextRange
  ) -> Compiled {
    let operand = compile(operandID)
    switch operation {
    case .not:
      requireBoolean(operand, "'!'", tree[operandID].range)
      return Compiled(
        instruction: emitFolding(
          .not(operand.instruction), range, operands: [operand.instruction]),
        type: .boolean)
    case .negate:
      let type = types.resolved(operand.type)
      switch type {
      case .integer, .double, .number, .duration, .dyn, .parameter: break
      default:
        report(
          .noOverload(function: "-", arguments: [name(of: type)], known: ["-int", "-double"]),
          range)
      }
      return Compiled(
        instruction: emitFolding(
          .negate(operand.instruction), range, operands: [operand.instruction]),
        type: type)
    }
  }

  mutating func compileBinary(
    _ operation: BinaryOperator, _ leftID: ExpressionID, _ rightID: ExpressionID,
    at place: TextRange, _ range: TextRange
  ) -> Compiled {
    let left = compile(leftID)
    let right = compile(rightID)
    let operands = [left.instruction, right.instruction]
    let (first, second) = (left.instruction, right.instruction)
    switch operation {
    case .equal, .notEqual:
      if !canEqual(left.type, right.type) { reportIncomparable(operation, left, right, range) }
      return Compiled(
        instruction: emitFolding(
          .equal(first, second, isNegated: operation == .notEqual), range, operands: operands),
        type: .boolean)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      if !canOrder(left.type, right.type) { reportIncomparable(operation, left, right, range) }
      return Compiled(
        instruction: emitFolding(.order(operation, first, second), range, operands: operands),
        type: .boolean)
    case .contains:
      if !canContain(right.type, left.type) { reportIncomparable(operation, left, right, range) }
      return Compiled(
        instruction: emitFolding(.contains(first, second), range, operands: operands),
        type: .boolean)
    case .add, .subtract, .multiply, .divide, .remainder:
      if isMixed(left, leftID, right, rightID) {
        let doubles = [asDouble(left), asDouble(right)]
        let instruction: Instruction =
          operation == .remainder
          ? .remainder(doubles[0], doubles[1]) : .arithmetic(operation, doubles[0], doubles[1])
        return Compiled(
          instruction: emitFolding(instruction, range, operands: doubles), type: .double)
      }
      var type = arithmeticType(operation, left.type, right.type)
      if type == nil, operation == .add,
        case .list = environment.shapes.opened(types.resolved(left.type)),
        canEqual(left.type, right.type)
      {
        type = .list(.dyn)
      }
      if type == nil {
        report(
          .noOverload(
            function: operation.rawValue, arguments: [name(of: left.type), name(of: right.type)],
            known: []),
          range)
      }
      return Compiled(
        instruction: emitFolding(
          .arithmetic(operation, first, second), range, operands: operands),
        type: type ?? .dyn)
    }
  }

  /// Whether two operands are taken as doubles: numbers of which one is what a model calls `number`,
  /// or which are of different types and not both written out in the expression.
  private func isMixed(
    _ left: Compiled, _ leftID: ExpressionID, _ right: Compiled, _ rightID: ExpressionID
  ) -> Bool {
    switch (types.resolved(left.type), types.resolved(right.type)) {
    case (.number, let other), (let other, .number): other.isNumeric
    case (.integer, .double), (.double, .integer), (.unsigned, .double), (.double, .unsigned):
      !(isLiteral(leftID) && isLiteral(rightID))
    default: false
    }
  }

  /// Whether an expression is made of nothing but literals.
  private func isLiteral(_ id: ExpressionID) -> Bool {
    switch tree[id].kind {
    case .literal: true
    case .unary(_, let operand): isLiteral(operand)
    case .binary(_, let left, let right, _): isLiteral(left) && isLiteral(right)
    case .conditional(_, let first, let second): isLiteral(first) && isLiteral(second)
    default: false
    }
  }

  /// A number as a double.
  mutating func asDouble(_ operand: Compiled) -> Int32 {
    if types.resolved(operand.type) == .double { return operand.instruction }
    return emitFolding(
      .asDouble(operand.instruction), program.ranges[Int(operand.instruction)],
      operands: [operand.instruction])
  }

  private mutating func reportIncomparable(
    _ operation: BinaryOperator, _ left: Compiled, _ right: Compiled, _ range: TextRange
  ) {
    report(
      .incomparable(name(of: left.type), name(of: right.type), operation: operation.rawValue),
      range)
  }

  /// Whether values of two types can be equal; numbers of any kind can, and null is never refused.
  mutating func canEqual(_ left: CELType, _ right: CELType) -> Bool {
    let (resolvedLeft, resolvedRight) = (types.resolved(left), types.resolved(right))
    if resolvedLeft.isNumeric, resolvedRight.isNumeric { return true }
    if resolvedLeft == .null || resolvedRight == .null { return true }
    switch (environment.shapes.opened(resolvedLeft), environment.shapes.opened(resolvedRight)) {
    case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)):
      return canEqual(left, right)
    case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
      return canEqual(leftKey, rightKey) && canEqual(leftValue, rightValue)
    default: break
    }
    return types.assign(left, to: right) || types.assign(right, to: left)
  }

  private mutating func canOrder(_ left: CELType, _ right: CELType) -> Bool {
    let (left, right) = (types.resolved(left), types.resolved(right))
    if left.isNumeric, right.isNumeric { return true }
    switch (left, right) {
    case (.dyn, let other), (let other, .dyn), (.parameter, let other), (let other, .parameter):
      return isOrdered(other)
    default: return left == right && isOrdered(left)
    }
  }

  private func isOrdered(_ type: CELType) -> Bool {
    switch type {
    case .dyn, .parameter, .boolean, .integer, .unsigned, .double, .number, .string, .bytes,
      .timestamp, .duration:
      true
    case .null, .list, .map, .optional, .type, .shape, .opaque: false
    }
  }

  private mutating func canContain(_ container: CELType, _ element: CELType) -> Bool {
    switch environment.shapes.opened(types.resolved(container)) {
    case .dyn, .parameter: return true
    case .list(let elements): return canEqual(element, elements)
    case .map(let key, _): return canEqual(element, key)
    case .shape: return canEqual(element, .string)
    default: return false
    }
  }

  /// The type of the result, or nil where the operator takes no such types.
  private mutating func arithmeticType(
    _ operation: BinaryOperator, _ left: CELType, _ right: CELType
  ) -> CELType? {
    let isOpen = [left, right].contains { types.resolved($0) == .dyn }
    guard let type = overloadType(operation, left, right) else { return nil }
    // With a value of any type, a number may be a double where the other is an integer.
    return isOpen && type.isNumeric ? .dyn : type
  }

  private mutating func overloadType(
    _ operation: BinaryOperator, _ left: CELType, _ right: CELType
  ) -> CELType? {
    var result: CELType?
    for (first, second, sum) in Self.arithmetic(operation) {
      let before = types
      let places = types.instantiated([first, second, sum])
      guard types.assign([left, right], to: [places[0], places[1]]) else { continue }
      if let known = result {
        types = before
        if known != types.resolved(places[2]) {
          result = known.isNumeric && sum.isNumeric ? .number : .dyn
        }
      } else {
        result = types.resolved(places[2])
      }
    }
    return result
  }

  private static func arithmetic(_ operation: BinaryOperator) -> [(CELType, CELType, CELType)] {
    let numbers: [(CELType, CELType, CELType)] = [
      (.integer, .integer, .integer), (.unsigned, .unsigned, .unsigned),
      (.double, .double, .double),
    ]
    let list = CELType.list(.parameter(0))
    switch operation {
    case .add:
      return numbers + [
        (.string, .string, .string), (.bytes, .bytes, .bytes), (list, list, list),
        (.timestamp, .duration, .timestamp), (.duration, .timestamp, .timestamp),
        (.duration, .duration, .duration),
      ]
    case .subtract:
      return numbers + [
        (.timestamp, .duration, .timestamp), (.timestamp, .timestamp, .duration),
        (.duration, .duration, .duration),
      ]
    case .multiply, .divide: return numbers
    case .remainder: return Array(numbers.prefix(2))
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains: return []
    }
  }

  mutating func compileLogical(
    isAnd: Bool, _ operandIDs: [ExpressionID], _ range: TextRange
  ) -> Compiled {
    var operands: [Int32] = []
    for id in operandIDs {
      let operand = compile(id)
      requireBoolean(operand, isAnd ? "'&&'" : "'||'", tree[id].range)
      operands.append(operand.instruction)
    }
    let first = appendOperands(operands)
    let count = Int32(operands.count)
    return Compiled(
      instruction: emitFolding(
        isAnd ? .and(first: first, count: count) : .or(first: first, count: count), range,
        operands: operands),
      type: .boolean)
  }

  mutating func compileConditional(
    _ conditionID: ExpressionID, _ firstID: ExpressionID, _ secondID: ExpressionID,
    _ range: TextRange
  ) -> Compiled {
    let condition = compile(conditionID)
    requireBoolean(condition, "the condition of '? :'", tree[conditionID].range)
    let first = compile(firstID)
    let second = compile(secondID)
    var type = types.joined(first.type, second.type)
    if type == nil, isMixed(first, firstID, second, secondID) { type = .number }
    if type == nil {
      report(.differentBranches(name(of: first.type), name(of: second.type)), range)
    }
    return Compiled(
      instruction: emitFolding(
        .conditional(condition.instruction, first.instruction, second.instruction), range,
        operands: [condition.instruction, first.instruction, second.instruction]),
      type: type ?? .dyn)
  }

  // MARK: Lists and maps

  /// The type of all of several values, `dyn` where they are of different ones.
  private mutating func common(_ elements: [CELType]) -> CELType {
    guard var result = elements.first else { return types.fresh() }
    for element in elements.dropFirst() {
      guard let joined = types.joined(result, element) else { return .dyn }
      result = joined
    }
    return result
  }

  /// The type of what an optional item holds; reports an item that is no optional.
  private mutating func wrappedType(_ item: Compiled, _ range: TextRange) -> CELType {
    let wrapped = types.fresh()
    if !types.assign(item.type, to: .optional(wrapped)) {
      report(
        .noOverload(
          function: "?", arguments: [name(of: item.type)], known: ["?optional_type(A)"]), range)
      return .dyn
    }
    return wrapped
  }

  mutating func compileList(_ items: [ListItem], _ range: TextRange) -> Compiled {
    var operands: [Int32] = []
    var elements: [CELType] = []
    for item in items {
      let value = compile(item.value)
      operands.append(value.instruction)
      operands.append(item.isOptional ? 1 : 0)
      elements.append(
        item.isOptional ? wrappedType(value, tree[item.value].range) : value.type)
    }
    let values = stride(from: 0, to: operands.count, by: 2).map { operands[$0] }
    let first = appendOperands(operands)
    return Compiled(
      instruction: emitFolding(
        .list(first: first, count: Int32(items.count)), range, operands: values),
      type: .list(common(elements)))
  }

  mutating func compileMap(_ items: [MapItem], _ range: TextRange) -> Compiled {
    var operands: [Int32] = []
    var values: [Int32] = []
    var keyTypes: [CELType] = []
    var valueTypes: [CELType] = []
    for item in items {
      let key = compile(item.key)
      let value = compile(item.value)
      operands.append(contentsOf: [key.instruction, value.instruction, item.isOptional ? 1 : 0])
      values.append(contentsOf: [key.instruction, value.instruction])
      switch types.resolved(key.type) {
      case .boolean, .integer, .unsigned, .string, .number, .dyn, .parameter: break
      default: report(.unsupportedKey, tree[item.key].range)
      }
      keyTypes.append(key.type)
      valueTypes.append(
        item.isOptional ? wrappedType(value, tree[item.value].range) : value.type)
    }
    let first = appendOperands(operands)
    return Compiled(
      instruction: emitFolding(
        .map(first: first, count: Int32(items.count)), range, operands: values),
      type: .map(common(keyTypes), common(valueTypes)))
  }
}
