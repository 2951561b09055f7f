import Documents

// Members, elements, lists and maps.

extension CELEvaluator {
  /// Goes from a variable by members of members; nothing is copied where the document holds them.
  mutating func path(
    _ slot: Int32, _ first: Int32, _ count: Int32, _ at: Int32, _ program: CELProgram,
    _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    cost &+= Int(count)
    if case .node(var node) = slots[Int(slot)] {
      for step in Int(first)..<Int(first &+ count) {
        let count = document.childCount(of: node)
        if count > 64 { cost &+= count &>> 4 }
        guard let member = document.value(of: program.stepSymbols[step], in: node),
          document.kind(of: member) != .absent
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
      value = try member(step, of: value, program, document, symbols)
    }
    return value
  }

  /// The member that a map has under a step's name, or nil; throws where the value is no map.
  private mutating func find(
    _ step: Int32, in container: CELValue, _ program: CELProgram, _ document: Document,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue? {
    switch container {
    case .node(let node):
      let count = document.childCount(of: node)
      if count > 64 { try charge(count / 16) }
      guard let member = document.value(of: program.stepSymbols[Int(step)], in: node),
        document.kind(of: member) != .absent
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
          CELValue.text(ofName: node, in: document, symbols).elementsEqual(name)
        {
          return entry.value
        }
      }
      return nil
    default: throw fault(.unsupported)
    }
  }

  mutating func member(
    _ step: Int32, of container: CELValue, _ program: CELProgram, _ document: Document,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if case .optional = container {
      return try optionalMember(step, of: container, program, document, symbols)
    }
    guard let member = try find(step, in: container, program, document, symbols) else {
      throw fault(.absentMember(step: step), in: container)
    }
    return member
  }

  mutating func optionalMember(
    _ step: Int32, of container: CELValue, _ program: CELProgram, _ document: Document,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var target = container
    if case .optional(let optional) = container {
      guard let wrapped = optional.value else { return container }
      target = wrapped
    }
    if case .node(let node) = target, document.kind(of: node) != .object {
      throw fault(.absentMember(step: step), in: target)
    }
    return try limited(
      .optional(CELOptional(try find(step, in: target, program, document, symbols))))
  }

  mutating func presence(
    _ step: Int32, of container: CELValue, _ program: CELProgram, _ document: Document,
    _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    if case .optional(let optional) = container {
      guard let wrapped = optional.value else { return false }
      return try find(step, in: wrapped, program, document, symbols) != nil
    }
    return try find(step, in: container, program, document, symbols) != nil
  }

  // MARK: Elements

  /// The position that a number stands for; nil for a number with a fraction and for all else.
  private mutating func position(
    _ key: CELValue, _ document: Document
  ) throws(Fault) -> Int64? {
    switch try read(key, document) {
    case .integer(let value): return value
    case .unsigned(let value): return Int64(exactly: value)
    case .double(let value): return Int64(exactly: value)
    default: return nil
    }
  }

  /// The element of a list or map, or nil where there is none; throws where the value is neither.
  private mutating func find(
    _ key: CELValue, in container: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue? {
    switch container {
    case .list(let list):
      guard let position = try position(key, document) else { throw fault(.unsupported) }
      guard position >= 0, position < list.elements.count else { return nil }
      return list.elements[Int(position)]
    case .map(let map):
      for entry in map.entries where try equal(entry.key, key, document, symbols) {
        return entry.value
      }
      return nil
    case .node(let node) where document.kind(of: node) == .array:
      guard let position = try position(key, document) else { throw fault(.unsupported) }
      guard position >= 0, position < document.childCount(of: node) else { return nil }
      try charge(Int(position))
      var index = node.index + 1
      for _ in 0..<position { index = document.end(of: NodeID(index)) }
      note(NodeID(index))
      return .node(NodeID(index))
    case .node(let node) where document.kind(of: node) == .object:
      guard let name = try readText(key, document, symbols),
        let member = try find(name, in: node, document, symbols)
      else { return nil }
      note(member)
      return .node(member)
    default: throw fault(.unsupported)
    }
  }

  /// The member of an object under a name that was not known beforehand.
  mutating func find(
    _ name: ArraySlice<UInt8>, in object: NodeID, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> NodeID? {
    for member in document.members(of: object) {
      try charge(1)
      let text = CELValue.text(ofName: member.name, in: document, symbols)
      if text.elementsEqual(name) { return member.value }
    }
    return nil
  }

  mutating func element(
    _ key: CELValue, of container: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if case .optional = container {
      return try optionalElement(key, of: container, document, symbols)
    }
    if let element = try find(key, in: container, document, symbols) { return element }
    guard container.isList(in: document) else { throw fault(.absentKey, in: container) }
    throw fault(
      .indexOutOfRange(
        try position(key, document) ?? 0, count: container.elementCount(in: document) ?? 0),
      in: container)
  }

  mutating func optionalElement(
    _ key: CELValue, of container: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var target = container
    if case .optional(let optional) = container {
      guard let wrapped = optional.value else { return container }
      target = wrapped
    }
    let element = try find(key, in: target, document, symbols)
    return try limited(.optional(CELOptional(element)))
  }

  /// Whether a list has an element equal to a value, or a map such a key.
  mutating func isElement(
    _ element: CELValue, of container: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    if var cursor = ListCursor(container, in: document) {
      while let other = cursor.next(in: document) {
        try charge(1)
        if try equal(element, other, document, symbols) {
          if case .node(let node) = other { note(node) }
          return true
        }
      }
      return false
    }
    guard container.isMap(in: document) else { throw fault(.unsupported) }
    return try find(element, in: container, document, symbols) != nil
  }

  // MARK: Lists and maps of one's own

  /// What an item contributes: nil for an optional item without a value.
  private func item(_ value: CELValue, isOptional: Bool) throws(Fault) -> CELValue? {
    guard isOptional else { return value }
    guard case .optional(let optional) = value else { throw fault(.unsupported) }
    return optional.value
  }

  mutating func list(
    _ first: Int32, _ count: Int32, _ at: Int32, _ program: CELProgram, _ document: Document,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var elements: [CELValue] = []
    elements.reserveCapacity(Int(count))
    for index in 0..<Int(count) {
      let place = Int(first) + index * 2
      let element = try value(program.operands[place], program, document, symbols)
      current = at
      if let element = try item(element, isOptional: program.operands[place + 1] == 1) {
        elements.append(element)
      }
    }
    return try limited(.list(CELList(elements)))
  }

  mutating func map(
    _ first: Int32, _ count: Int32, _ at: Int32, _ program: CELProgram, _ document: Document,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var entries: [CELMap.Entry] = []
    entries.reserveCapacity(Int(count))
    var keys = ValueSet()
    for index in 0..<Int(count) {
      let place = Int(first) + index * 3
      let key = try value(program.operands[place], program, document, symbols)
      let element = try value(program.operands[place + 1], program, document, symbols)
      current = at
      guard let element = try item(element, isOptional: program.operands[place + 2] == 1) else {
        continue
      }
      try insert(key, element, into: &entries, &keys, document, symbols)
    }
    return try limited(.map(CELMap(entries)))
  }

  /// Adds an entry; throws where its key is of a wrong type or there already.
  mutating func insert(
    _ key: CELValue, _ value: CELValue, into entries: inout [CELMap.Entry],
    _ keys: inout ValueSet, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) {
    let key = try read(key, document)
    switch key.kind(in: document) {
    case .boolean, .integer, .unsigned, .string: break
    default: throw fault(.unsupportedKey)
    }
    if try !insert(key, into: &keys, document, symbols) { throw fault(.duplicateKey) }
    entries.append(CELMap.Entry(key: key, value: value))
  }
}
