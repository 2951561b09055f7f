import Documents
import SourceText

// Names, members and indices.

extension ProgramBuilder {
  /// Lays out `a`, `a.b` or `expression.b`: the longest row of names that is a variable, then members.
  mutating func compileNames(_ id: ExpressionID) -> Compiled {
    // The selections from the outermost inwards, down to what they select from.
    var selections: [ExpressionID] = []
    var base = id
    while case .select(let operand, _, _) = tree[base].kind {
      selections.append(base)
      base = operand
    }
    selections.reverse()

    var result: Compiled
    var used = 0
    if case .identifier(let name, let isAbsolute) = tree[base].kind {
      (result, used) = resolve(name, isAbsolute: isAbsolute, base, selections)
    } else {
      result = compile(base)
    }
    for selection in selections.dropFirst(used) {
      guard case .select(_, let name, let isOptional) = tree[selection].kind else { continue }
      result = select(result, name, isOptional: isOptional, tree[selection].range)
    }
    return result
  }

  /// Lays out the variable or type that a row of names begins with; says how many selections it took.
  private mutating func resolve(
    _ name: Name, isAbsolute: Bool, _ base: ExpressionID, _ selections: [ExpressionID]
  ) -> (Compiled, used: Int) {
    if !isAbsolute, let local = local(named: name.text) {
      let instruction = emit(.variable(slot: local.slot), tree[base].range)
      return (Compiled(instruction: instruction, type: local.type), 0)
    }
    var rows = [name.text]
    for selection in selections {
      guard case .select(_, let member, isOptional: false) = tree[selection].kind else { break }
      rows.append("\(rows[rows.count - 1]).\(member.text)")
    }
    for (used, row) in rows.enumerated().reversed() {
      let range = tree[used == 0 ? base : selections[used - 1]].range
      if let index = environment.variable(row, isAbsolute: isAbsolute) {
        return (variable(index, range), used)
      }
      if let kind = CELKind(rawValue: row) {
        return (
          Compiled(instruction: constant(.type(kind), range), type: .type(.dyn)), used
        )
      }
    }
    let known = environment.variables.map(\.name) + locals.map(\.name).filter { $0.first != "@" }
    report(
      .unknownName(
        name.text, nearest: NearestName.nearest(to: name.text, among: known),
        hint: ForeignWords.hint(forName: name.text)), name.range)
    return (failure(.unbound(name.text), name.range), 0)
  }

  func local(named name: String) -> Local? {
    locals.last { $0.name.utf8.elementsEqual(name.utf8) }
  }

  private mutating func variable(_ index: Int, _ range: TextRange) -> Compiled {
    let variable = environment.variables[index]
    let instruction: Int32
    if let value = variable.constant {
      instruction = constant(value, range)
    } else {
      instruction = emit(.variable(slot: Int32(index)), range)
    }
    program.references.append(
      CELProgram.Reference(variable: index, members: [], range: range))
    openReference(program.references.count - 1, at: instruction)
    return Compiled(instruction: instruction, type: variable.type)
  }

  /// The number of the step to a member.
  private mutating func step(_ name: String) -> Int32 {
    program.stepSymbols.append(symbols.intern(name))
    program.stepNames.append(Array(name.utf8))
    return Int32(program.stepSymbols.count - 1)
  }

  /// Lays out the selection of a member.
  mutating func select(
    _ operand: Compiled, _ name: Name, isOptional: Bool, _ range: TextRange
  ) -> Compiled {
    let type = memberType(of: operand, name, isOptional: isOptional)
    if isOptional {
      let step = step(name.text)
      return Compiled(
        instruction: emit(.optionalSelect(operand.instruction, step: step), range), type: type)
    }
    let reference = reference(at: operand.instruction)
    if let reference {
      program.references[reference].members.append(name.text)
      program.references[reference].range = range
    }
    let instruction = selection(from: operand.instruction, name.text, range)
    if let reference, instruction != operand.instruction {
      openReference(reference, at: instruction)
    }
    return Compiled(instruction: instruction, type: type)
  }

  /// A selection: one more step of a path where the operand is one, else an instruction of its own.
  private mutating func selection(
    from operand: Int32, _ name: String, _ range: TextRange
  ) -> Int32 {
    switch program.instructions[Int(operand)] {
    case .variable(let slot):
      let step = step(name)
      program.instructions[Int(operand)] = .path(slot: slot, first: step, count: 1)
      program.ranges[Int(operand)] = range
      return operand
    case .path(let slot, let first, let count) where Int(first + count) == program.stepSymbols.count:
      _ = step(name)
      program.instructions[Int(operand)] = .path(slot: slot, first: first, count: count + 1)
      program.ranges[Int(operand)] = range
      return operand
    default:
      let step = step(name)
      return emitFolding(.select(operand, step: step), range, operands: [operand])
    }
  }

  /// The type of a member; reports a member that cannot be there.
  private mutating func memberType(
    of operand: Compiled, _ name: Name, isOptional: Bool
  ) -> CELType {
    let type = types.resolved(operand.type)
    if case .optional(let wrapped) = type {
      return .optional(memberType(of: wrapped, operand.instruction, name))
    }
    let member = memberType(of: type, operand.instruction, name)
    return isOptional ? .optional(member) : member
  }

  /// How many names a misspelled one is compared with.
  private static let hintLimit = 1_000

  private func nearestMember(to name: String, among names: () -> [String]) -> String? {
    environment.suggestsMembers ? NearestName.nearest(to: name, among: names()) : nil
  }

  private mutating func memberType(
    of type: CELType, _ instruction: Int32, _ name: Name
  ) -> CELType {
    if case .map(let map)? = constantValue(instruction), reference(at: instruction) != nil {
      // A variable whose members are all known, such as a pack's parameters.
      if let value = map.value(named: Array(name.text.utf8)) {
        // What is declared as a number is one, whether its value is whole or not.
        if let object = environment.shapes.object(type), let member = object.members[name.text],
          environment.shapes.type(of: member) == .number
        {
          return .number
        }
        return CELType(of: value)
      }
      let nearest = nearestMember(to: name.text) {
        map.entries.prefix(Self.hintLimit).compactMap { entry -> String? in
          guard case .string(let bytes) = entry.key else { return nil }
          return String(decoding: bytes, as: UTF8.self)
        }
      }
      report(.unknownMember(name.text, nearest: nearest, hint: nil), name.range)
      return .dyn
    }
    switch environment.shapes.opened(type) {
    case .dyn, .parameter: return .dyn
    case .map(let key, let value):
      if !types.assign(.string, to: key) {
        report(
          .notSelectable(environment.shapes.name(of: type), member: name.text, hint: nil),
          name.range)
      }
      return value
    case .shape:
      guard let object = environment.shapes.object(type) else { return .dyn }
      if let member = object.members[name.text] { return environment.shapes.type(of: member) }
      if let others = object.others { return environment.shapes.type(of: others) }
      report(
        .unknownMember(
          name.text,
          nearest: nearestMember(to: name.text) {
            Array(object.members.keys.sorted().prefix(Self.hintLimit))
          },
          hint: ForeignWords.hint(forMember: name.text)),
        name.range)
      return .dyn
    default:
      report(
        .notSelectable(
          environment.shapes.name(of: type), member: name.text,
          hint: ForeignWords.hint(forMember: name.text)), name.range)
      return .dyn
    }
  }

  mutating func compilePresence(
    _ operand: ExpressionID, _ name: Name, isOptional: Bool, _ range: TextRange
  ) -> Compiled {
    let operand = compile(operand)
    _ = memberType(of: operand, name, isOptional: isOptional)
    if let reference = reference(at: operand.instruction) {
      program.references[reference].members.append(name.text)
      program.references[reference].range = range
    }
    let step = step(name.text)
    return Compiled(
      instruction: emitFolding(
        .presence(operand.instruction, step: step), range, operands: [operand.instruction]),
      type: .boolean)
  }

  mutating func compileIndex(
    _ operandID: ExpressionID, _ keyID: ExpressionID, isOptional: Bool, _ range: TextRange
  ) -> Compiled {
    let operand = compile(operandID)
    if case .literal(.string(let bytes)) = tree[keyID].kind, isSelectable(operand.type) {
      let name = Name(text: String(decoding: bytes, as: UTF8.self), range: tree[keyID].range)
      return select(operand, name, isOptional: isOptional, range)
    }
    let key = compile(keyID)
    var type = types.resolved(operand.type)
    var isWrapped = isOptional
    if case .optional(let wrapped) = type {
      type = wrapped
      isWrapped = true
    }
    var element = elementType(of: type, key: key.type, range)
    if isWrapped { element = .optional(element) }
    let instruction: Instruction =
      isOptional
      ? .optionalIndex(operand.instruction, key.instruction)
      : .index(operand.instruction, key.instruction)
    return Compiled(
      instruction: emitFolding(
        instruction, range, operands: [operand.instruction, key.instruction]),
      type: element)
  }

  /// Whether a string in brackets after a value of the type is a member's name.
  private func isSelectable(_ type: CELType) -> Bool {
    var type = types.resolved(type)
    if case .optional(let wrapped) = type { type = wrapped }
    switch environment.shapes.opened(type) {
    case .dyn, .parameter, .shape, .map(.string, _), .map(.dyn, _), .map(.parameter, _):
      return true
    default: return false
    }
  }

  private mutating func elementType(
    of type: CELType, key: CELType, _ range: TextRange
  ) -> CELType {
    let key = types.resolved(key)
    switch environment.shapes.opened(type) {
    case .dyn, .parameter: return .dyn
    case .list(let element):
      if !types.assign(key, to: .integer) { reportIndex(type, key, range) }
      return element
    case .map(let wanted, let value):
      let wanted = types.resolved(wanted)
      if !(key.isNumeric && wanted.isNumeric), !types.assign(key, to: wanted) {
        reportIndex(type, key, range)
      }
      return value
    case .shape:
      if !types.assign(key, to: .string) { reportIndex(type, key, range) }
      return .dyn
    default:
      reportIndex(type, key, range)
      return .dyn
    }
  }

  private mutating func reportIndex(_ type: CELType, _ key: CELType, _ range: TextRange) {
    let names = [type, key].map { environment.shapes.name(of: $0) }
    report(
      .noOverload(
        function: "[ ]", arguments: names, known: ["list[int]", "map[key]", "object[string]"]),
      range)
  }
}
