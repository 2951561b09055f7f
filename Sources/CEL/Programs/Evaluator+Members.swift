import Documents

// Members, elements, lists and maps.

extension CELEvaluator {
  /// Goes from a variable by members of members; nothing is copied where the document holds them.
  mutating func path(
    _ slot: Int32, _ first: Int32, _ count: Int32, _ at: Int32, _ program: CELProgram,
    _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    cost &+= Int(count)
    if case .node(var node) = slots[Int(slot)] {
      for step in Int(first)..<Int(first &+ count) {
        let count = request.childCount(of: node)
        if count > 64 { cost &+= count &>> 4 }
        guard let member = request.value(of: program.stepSymbols[step], in: node),
          request.kind(of: member) != .absent
        else {
          throw Fault(
            kind: .absentMember(step: Int32(truncatingIfNeeded: step)), instruction: at,
            container: node)
        }
        node = member
      }
      note(node)
      return .node(node)
    }
    current = at
    var value = slots[Int(slot)]
    for step in first..<(first + count) {
      value = try member(step, of: value, program, request, symbols)
    }
    return value
  }

  /// The member that a map has under a step's name, or nil; throws where the value is no map.
  private mutating func find(
    _ step: Int32, in container: CELValue, _ program: CELProgram, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue? {
    switch container {
    case .node(let node):
      let count = request.childCount(of: node)
      if count > 64 { try charge(count / 16) }
      guard let member = request.value(of: program.stepSymbols[Int(step)], in: node),
        request.kind(of: member) != .absent
      else { return nil }
      note(member)
      return .node(member)
    case .map(let map):
      let name = program.stepNames[Int(step)]
      if map.isSorted { return map.value(named: name) }
      try charge(map.entries.count)
      for entry in map.entries {
        if case .string(let key) = entry.key, key == name { return entry.value }
        if case .name(let node) = entry.key,
          CELValue.text(ofName: node, in: request, symbols).elementsEqual(name)
        {
          return entry.value
        }
      }
      return nil
    default: throw fault(.unsupported)
    }
  }

  mutating func member(
    _ step: Int32, of container: CELValue, _ program: CELProgram, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if case .optional = container {
      return try optionalMember(step, of: container, program, request, symbols)
    }
    guard let member = try find(step, in: container, program, request, symbols) else {
      throw fault(.absentMember(step: step), in: container)
    }
    return member
  }

  mutating func optionalMember(
    _ step: Int32, of container: CELValue, _ program: CELProgram, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var target = container
    if case .optional(let optional) = container {
      guard let wrapped = optional.value else { return container }
      target = wrapped
    }
    if case .node(let node) = target, request.kind(of: node) != .object {
      throw fault(.absentMember(step: step), in: target)
    }
    return try limited(
      .optional(CELOptional(try find(step, in: target, program, request, symbols))))
  }

  mutating func presence(
    _ step: Int32, of container: CELValue, _ program: CELProgram, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    if case .optional(let optional) = container {
      guard let wrapped = optional.value else { return false }
      return try find(step, in: wrapped, program, request, symbols) != nil
    }
    return try find(step, in: container, program, request, symbols) != nil
  }

  // MARK: Elements

  /// The position that a number stands for; nil for a number with a fraction and for all else.
  private mutating func position(
    _ key: CELValue, _ request: Request
  ) throws(Fault) -> Int64? {
    switch try read(key, request) {
    case .integer(let value): return value
    case .unsigned(let value): return Int64(exactly: value)
    case .double(let value): return Int64(exactly: value)
    default: return nil
    }
  }

  /// The element of a list or map, or nil where there is none; throws where the value is neither.
  private mutating func find(
    _ key: CELValue, in container: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue? {
    switch container {
    case .list(let list):
      guard let position = try position(key, request) else { throw fault(.unsupported) }
      guard position >= 0, position < list.elements.count else { return nil }
      return list.elements[Int(position)]
    case .map(let map):
      for entry in map.entries where try equal(entry.key, key, request, symbols) {
        return entry.value
      }
      return nil
    case .node(let node) where request.kind(of: node) == .array:
      guard let position = try position(key, request) else { throw fault(.unsupported) }
      guard position >= 0, position < request.childCount(of: node) else { return nil }
      try charge(Int(position))
      var index = node.index + 1
      for _ in 0..<position { index = request.end(of: NodeID(index)) }
      note(NodeID(index))
      return .node(NodeID(index))
    case .node(let node) where request.kind(of: node) == .object:
      guard let name = try readText(key, request, symbols),
        let member = try find(name, in: node, request, symbols)
      else { return nil }
      note(member)
      return .node(member)
    default: throw fault(.unsupported)
    }
  }

  /// The member of an object under a name that was not known beforehand.
  mutating func find(
    _ name: ArraySlice<UInt8>, in object: NodeID, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> NodeID? {
    for member in request.members(of: object) {
      try charge(1)
      let text = CELValue.text(ofName: member.name, in: request, symbols)
      if text.elementsEqual(name) { return member.value }
    }
    return nil
  }

  mutating func element(
    _ key: CELValue, of container: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if case .optional = container {
      return try optionalElement(key, of: container, request, symbols)
    }
    if let element = try find(key, in: container, request, symbols) { return element }
    guard container.isList(in: request) else { throw fault(.absentKey, in: container) }
    throw fault(
      .indexOutOfRange(
        try position(key, request) ?? 0, count: container.elementCount(in: request) ?? 0),
      in: container)
  }

  mutating func optionalElement(
    _ key: CELValue, of container: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var target = container
    if case .optional(let optional) = container {
      guard let wrapped = optional.value else { return container }
      target = wrapped
    }
    let element = try find(key, in: target, request, symbols)
    return try limited(.optional(CELOptional(element)))
  }

  /// Whether a list has an element equal to a value, or a map such a key.
  mutating func isElement(
    _ element: CELValue, of container: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    if var cursor = ListCursor(container, in: request) {
      while let other = cursor.next(in: request) {
        try charge(1)
        if try equal(element, other, request, symbols) {
          if case .node(let node) = other { note(node) }
          return true
        }
      }
      return false
    }
    guard container.isMap(in: request) else { throw fault(.unsupported) }
    return try find(element, in: container, request, symbols) != nil
  }

  // MARK: Lists and maps of one's own

  /// What an item contributes: nil for an optional item without a value.
  private func item(_ value: CELValue, isOptional: Bool) throws(Fault) -> CELValue? {
    guard isOptional else { return value }
    guard case .optional(let optional) = value else { throw fault(.unsupported) }
    return optional.value
  }

  mutating func list(
    _ first: Int32, _ count: Int32, _ at: Int32, _ program: CELProgram, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var elements: [CELValue] = []
    elements.reserveCapacity(Int(count))
    for index in 0..<Int(count) {
      let place = Int(first) + index * 2
      let element = try value(program.operands[place], program, request, symbols)
      current = at
      if let element = try item(element, isOptional: program.operands[place + 1] == 1) {
        elements.append(element)
      }
    }
    return try limited(.list(CELList(elements)))
  }

  mutating func map(
    _ first: Int32, _ count: Int32, _ at: Int32, _ program: CELProgram, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var entries: [CELMap.Entry] = []
    entries.reserveCapacity(Int(count))
    var keys = ValueSet()
    for index in 0..<Int(count) {
      let place = Int(first) + index * 3
      let key = try value(program.operands[place], program, request, symbols)
      let element = try value(program.operands[place + 1], program, request, symbols)
      current = at
      guard let element = try item(element, isOptional: program.operands[place + 2] == 1) else {
        continue
      }
      try insert(key, element, into: &entries, &keys, request, symbols)
    }
    return try limited(.map(CELMap(entries)))
  }

  /// Adds an entry; throws where its key is of a wrong type or there already.
  mutating func insert(
    _ key: CELValue, _ value: CELValue, into entries: inout [CELMap.Entry],
    _ keys: inout ValueSet, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) {
    let key = try read(key, request)
    switch key.kind(in: request) {
    case .boolean, .integer, .unsigned, .string: break
    default: throw fault(.unsupportedKey)
    }
    if try !insert(key, into: &keys, request, symbols) { throw fault(.duplicateKey) }
    entries.append(CELMap.Entry(key: key, value: value))
  }
}
