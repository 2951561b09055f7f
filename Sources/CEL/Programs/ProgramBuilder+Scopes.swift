import SourceText

// Expressions that bring variables of their own.

extension ProgramBuilder {
  /// Puts a variable in reach; it takes the next free slot.
  private mutating func enter(_ name: Name, _ type: CELType) -> Int32 {
    let slot = program.variableCount + locals.count
    locals.append(Local(name: name.text, slot: Int32(slot), type: type))
    program.slotCount = max(program.slotCount, slot + 1)
    return Int32(slot)
  }

  mutating func compileComprehension(
    _ comprehension: Comprehension, _ range: TextRange
  ) -> Compiled {
    let operand = compile(comprehension.range)
    let (first, second) = variableTypes(
      operand, hasSecond: comprehension.second != nil, tree[comprehension.range].range)
    let slot = enter(comprehension.first, first)
    if let name = comprehension.second { _ = enter(name, second) }
    var condition: Compiled?
    if let id = comprehension.condition {
      let compiled = compile(id)
      requireBoolean(compiled, "the condition", tree[id].range)
      condition = compiled
    }
    let body: Compiled
    if comprehension.kind == .filter, let condition {
      body = condition
    } else {
      body = compile(comprehension.body)
    }
    locals.removeLast(comprehension.second == nil ? 1 : 2)

    let type: CELType
    switch comprehension.kind {
    case .all, .exists, .existsOne:
      requireBoolean(body, "the condition", tree[comprehension.body].range)
      type = .boolean
    case .list: type = .list(body.type)
    case .filter: type = .list(first)
    case .map: type = .map(first, body.type)
    case .entries:
      if !types.assign(body.type, to: .map(types.fresh(), types.fresh())) {
        report(
          .noOverload(
            function: "transformMapEntry", arguments: [name(of: body.type)], known: []),
          tree[comprehension.body].range)
      }
      type = body.type
    }
    program.loops.append(
      Loop(
        kind: comprehension.kind, range: operand.instruction, slot: slot,
        hasSecond: comprehension.second != nil, condition: condition?.instruction,
        body: body.instruction))
    let instruction = emit(.comprehension(Int32(program.loops.count - 1)), range)
    return Compiled(instruction: instruction, type: type)
  }

  /// The types of a loop's variables: elements of a list or keys of a map; two are index or key, and value.
  private mutating func variableTypes(
    _ operand: Compiled, hasSecond: Bool, _ range: TextRange
  ) -> (CELType, CELType) {
    switch environment.shapes.opened(types.resolved(operand.type)) {
    case .list(let element): return hasSecond ? (.integer, element) : (element, .dyn)
    case .map(let key, let value): return (key, value)
    case .dyn, .parameter: return (.dyn, .dyn)
    case .shape: return (.string, .dyn)
    case let other:
      report(
        .noOverload(
          function: "for each", arguments: [name(of: other)], known: ["a list", "a map"]), range)
      return (.dyn, .dyn)
    }
  }

  mutating func compileBinding(
    _ name: Name, _ valueID: ExpressionID, body bodyID: ExpressionID, _ range: TextRange
  ) -> Compiled {
    let value = compile(valueID)
    let slot = enter(name, value.type)
    let body = compile(bodyID)
    locals.removeLast()
    return Compiled(
      instruction: emit(
        .binding(slot: slot, value.instruction, body: body.instruction), range),
      type: body.type)
  }

  mutating func compileOptionalMap(
    _ targetID: ExpressionID, _ name: Name, body bodyID: ExpressionID, isFlat: Bool,
    _ range: TextRange
  ) -> Compiled {
    let target = compile(targetID)
    let wrapped = types.fresh()
    if !types.assign(target.type, to: .optional(wrapped)) {
      report(
        .noOverload(
          function: isFlat ? "optFlatMap" : "optMap", arguments: [self.name(of: target.type)],
          known: ["optional_type(A)"]),
        tree[targetID].range)
    }
    let slot = enter(name, wrapped)
    let body = compile(bodyID)
    locals.removeLast()
    if isFlat, !types.assign(body.type, to: .optional(types.fresh())) {
      report(
        .noOverload(
          function: "optFlatMap", arguments: [self.name(of: body.type)],
          known: ["optional_type(A)"]),
        tree[bodyID].range)
    }
    return Compiled(
      instruction: emit(
        .optionalMap(
          target.instruction, slot: slot, body: body.instruction, isFlat: isFlat), range),
      type: isFlat ? body.type : .optional(body.type))
  }
}
