import Documents

/// What of a value the keywords beside `unevaluatedItems` and `unevaluatedProperties` looked at.
///
/// Found by going once more through the applicators that hold (JSON Schema 2020-12 core, section 11),
/// so that nothing needs to be noted down for the many schemas that never ask.
extension SchemaChecker {
  /// The elements of an array that no other keyword of the schema evaluated.
  mutating func unevaluatedItems(
    _ node: NodeID, of schema: SchemaID, in document: Document
  ) -> [NodeID] {
    var evaluated: Set<NodeID> = []
    markItems(schema, node, in: document, into: &evaluated, isOutermost: true)
    return document.elements(of: node).filter { !evaluated.contains($0) }
  }

  /// The names of an object's members that no other keyword of the schema evaluated.
  mutating func unevaluatedNames(
    _ node: NodeID, of schema: SchemaID, in document: Document
  ) -> [NodeID] {
    var evaluated: Set<NodeID> = []
    markNames(schema, node, in: document, into: &evaluated, isOutermost: true)
    return document.members(of: node).map(\.name).filter { !evaluated.contains($0) }
  }

  private mutating func markItems(
    _ schema: SchemaID, _ node: NodeID, in document: Document, into evaluated: inout Set<NodeID>,
    isOutermost: Bool = false
  ) {
    guard enter() else { return }
    defer { depth &-= 1 }
    for index in plan.schemas[schema.index].instructions {
      switch plan.instructions[index] {
      case .items(let table):
        let items = plan.itemsTable[table]
        for (position, element) in document.elements(of: node).enumerated()
        where position < items.prefix.count || items.rest != nil {
          evaluated.insert(element)
        }
      case .contains(let table):
        guard plan.containsTable[table].marksItems else { continue }
        for element in document.elements(of: node)
        where holds(plan.containsTable[table].schema, element, in: document) {
          evaluated.insert(element)
        }
      case .unevaluatedItems:
        guard !isOutermost else { continue }
        for element in document.elements(of: node) { evaluated.insert(element) }
      case let instruction:
        for branch in branches(of: instruction, node, in: document) {
          markItems(branch, node, in: document, into: &evaluated)
        }
      }
    }
  }

  private mutating func markNames(
    _ schema: SchemaID, _ node: NodeID, in document: Document, into evaluated: inout Set<NodeID>,
    isOutermost: Bool = false
  ) {
    guard enter() else { return }
    defer { depth &-= 1 }
    for index in plan.schemas[schema.index].instructions {
      switch plan.instructions[index] {
      case .members(let table):
        for member in document.members(of: node) {
          var isEvaluated =
            plan.memberTables[table].additional != nil
            || plan.memberTables[table].schema(for: document.symbol(of: member.name)) != nil
          for entry in plan.memberTables[table].patterns where !isEvaluated {
            isEvaluated = matches(entry.pattern, member.name, in: document)
          }
          if isEvaluated { evaluated.insert(member.name) }
        }
      case .unevaluatedProperties:
        guard !isOutermost else { continue }
        for member in document.members(of: node) { evaluated.insert(member.name) }
      case let instruction:
        for branch in branches(of: instruction, node, in: document) {
          markNames(branch, node, in: document, into: &evaluated)
        }
      }
    }
  }

  /// The schemas that an instruction applies to the value itself, and that the value satisfies.
  private mutating func branches(
    of instruction: Instruction, _ node: NodeID, in document: Document
  ) -> [SchemaID] {
    switch instruction {
    case .allOf(let index), .anyOf(let index), .oneOf(let index):
      var branches: [SchemaID] = []
      for branch in plan.schemaLists[index] where holds(branch, node, in: document) {
        branches.append(branch)
      }
      return branches
    case .conditional(let index):
      let conditional = plan.conditionals[index]
      if holds(conditional.condition, node, in: document) {
        return [conditional.condition] + (conditional.consequence.map { [$0] } ?? [])
      }
      return conditional.alternative.map { [$0] } ?? []
    case .dependentSchemas(let index):
      return plan.dependentSchemas[index]
        .filter { document.name(of: $0.name.symbol, in: node) != nil }.map(\.schema)
    case .reference(let schema): return [schema]
    case .dynamicReference(let index): return [target(of: plan.dynamicReferences[index])]
    case .never, .types, .integerWidth, .constant, .enumeration, .minimum, .maximum, .multipleOf,
      .minLength, .maxLength, .minBytes, .maxBytes, .pattern, .characters, .format, .content,
      .minItems, .maxItems, .uniqueItems, .contains, .items, .containsAll, .minProperties,
      .maxProperties, .required, .members, .propertyNames, .dependentRequired, .presence,
      .minTotalBytes, .maxTotalBytes, .not, .unevaluatedItems, .unevaluatedProperties:
      return []
    }
  }
}
