import Documents

/// What of a value the keywords beside `unevaluatedItems` and `unevaluatedProperties` looked at.
///
/// Found by going once more through the applicators that hold (JSON Schema 2020-12 core, section 11),
/// so that nothing needs to be noted down for the many schemas that never ask.
extension SchemaChecker {
  mutating func unevaluatedItemsHold(
    _ rest: SchemaID, _ node: NodeID, of schema: SchemaID, in request: Request
  ) -> Bool {
    guard request.kind(of: node) == .array else { return true }
    let base = markEvaluated(schema, node, in: request)
    defer { marks.removeLast(marks.count - base) }
    var position = base
    for element in request.elements(of: node) {
      if !marks[position], !holds(rest, element, in: request) { return false }
      position &+= 1
    }
    return true
  }

  mutating func unevaluatedPropertiesHold(
    _ rest: SchemaID, _ node: NodeID, of schema: SchemaID, in request: Request
  ) -> Bool {
    guard request.kind(of: node) == .object else { return true }
    let base = markEvaluated(schema, node, in: request)
    defer { marks.removeLast(marks.count - base) }
    var position = base
    for member in request.members(of: node) {
      if !marks[position], !holds(rest, member.value, in: request) { return false }
      position &+= 1
    }
    return true
  }

  /// The elements of an array, or the names of an object, that no other keyword of a schema
  /// evaluated.
  mutating func unevaluatedChildren(
    _ node: NodeID, of schema: SchemaID, in request: Request
  ) -> [NodeID] {
    let base = markEvaluated(schema, node, in: request)
    defer { marks.removeLast(marks.count - base) }
    let children =
      request.kind(of: node) == .array
      ? Array(request.elements(of: node)) : request.members(of: node).map(\.name)
    var unevaluated: [NodeID] = []
    for (position, child) in children.enumerated() where !marks[base + position] {
      unevaluated.append(child)
    }
    return unevaluated
  }

  /// Adds a mark for each element or member of a value; the result is the place of the first.
  private mutating func markEvaluated(
    _ schema: SchemaID, _ node: NodeID, in request: Request
  ) -> Int {
    let base = marks.count
    for _ in 0..<request.childCount(of: node) { marks.append(false) }
    mark(schema, node, in: request, from: base, isOutermost: true)
    return base
  }

  /// Marks what a schema that holds evaluates of a value.
  private mutating func mark(
    _ schema: SchemaID, _ node: NodeID, in request: Request, from base: Int,
    isOutermost: Bool = false
  ) {
    guard enter() else { return }
    defer { depth &-= 1 }
    let entersResource = enterResource(of: schema)
    defer { if entersResource { scope.removeLast() } }
    let isArray = request.kind(of: node) == .array
    for index in program.schemas[schema.index].instructions {
      switch program.instructions[index] {
      case .items(let table): if isArray { markItems(table, node, in: request, from: base) }
      case .contains(let table): if isArray { markMatches(table, node, in: request, from: base) }
      case .members(let table): if !isArray { markMembers(table, node, in: request, from: base) }
      case .unevaluatedItems: if isArray, !isOutermost { markAll(from: base) }
      case .unevaluatedProperties: if !isArray, !isOutermost { markAll(from: base) }
      case .allOf(let list):
        // Each holds, or there would be nothing to mark.
        for branch in program.schemaLists[list] { mark(branch, node, in: request, from: base) }
      case .anyOf(let list), .oneOf(let list):
        for branch in program.schemaLists[list] where holds(branch, node, in: request) {
          mark(branch, node, in: request, from: base)
        }
      case .conditional(let table): markConditional(table, node, in: request, from: base)
      case .dependentSchemas(let table):
        for entry in program.dependentSchemas[table]
        where request.name(of: entry.name.symbol, in: node) != nil {
          mark(entry.schema, node, in: request, from: base)
        }
      case .reference(let target): mark(target, node, in: request, from: base)
      case .dynamicReference(let table):
        mark(dynamicTarget(table), node, in: request, from: base)
      case .never, .types, .integerWidth, .constant, .enumeration, .minimum, .maximum, .multipleOf,
        .minLength, .maxLength, .minBytes, .maxBytes, .pattern, .characters, .format, .content,
        .minItems, .maxItems, .uniqueItems, .containsAll, .minProperties, .maxProperties, .required,
        .propertyNames, .dependentRequired, .presence, .minTotalBytes, .maxTotalBytes, .custom,
        .not:
        break
      }
    }
  }

  private mutating func markAll(from base: Int) {
    guard spend(marks.count - base) else { return }
    for position in base..<marks.count { marks[position] = true }
  }

  private mutating func markItems(
    _ table: Int, _ node: NodeID, in request: Request, from base: Int
  ) {
    let prefix = program.itemsTable[table].prefix.count
    let hasRest = program.itemsTable[table].rest != nil
    guard spend(hasRest ? request.childCount(of: node) : prefix) else { return }
    for position in 0..<request.childCount(of: node) where hasRest || position < prefix {
      marks[base + position] = true
    }
  }

  private mutating func markMatches(
    _ table: Int, _ node: NodeID, in request: Request, from base: Int
  ) {
    guard program.containsTable[table].marksItems, spend(request.childCount(of: node)) else {
      return
    }
    let schema = program.containsTable[table].schema
    var position = base
    for element in request.elements(of: node) {
      if !marks[position], holds(schema, element, in: request) { marks[position] = true }
      position &+= 1
    }
  }

  private mutating func markMembers(
    _ table: Int, _ node: NodeID, in request: Request, from base: Int
  ) {
    let marksAll = program.memberTables[table].additional != nil
    guard spend(request.childCount(of: node)) else { return }
    var position = base
    for member in request.members(of: node) {
      if marksAll
        || program.memberTables[table].schema(for: request.symbol(of: member.name)) != nil
        || matchesAny(table, member.name, in: request)
      {
        marks[position] = true
      }
      position &+= 1
    }
  }

  private mutating func matchesAny(
    _ table: Int, _ name: NodeID, in request: Request
  ) -> Bool {
    for entry in program.memberTables[table].patterns
    where matches(entry.pattern, name, in: request) {
      return true
    }
    return false
  }

  private mutating func markConditional(
    _ table: Int, _ node: NodeID, in request: Request, from base: Int
  ) {
    let conditional = program.conditionals[table]
    if holds(conditional.condition, node, in: request) {
      mark(conditional.condition, node, in: request, from: base)
      if let branch = conditional.consequence { mark(branch, node, in: request, from: base) }
    } else if let branch = conditional.alternative {
      mark(branch, node, in: request, from: base)
    }
  }
}
