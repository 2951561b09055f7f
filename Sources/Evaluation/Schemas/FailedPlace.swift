package import Documents

/// A place of a schema that does not hold, and the node that it does not hold of: all that explaining
/// visits.
package struct FailedPlace: Sendable {
  /// The value.
  var node: NodeID
  /// What of the schema does not hold of it.
  var part: Part
  /// The schema resources entered on the way, which say what dynamic references mean.
  var scope: [Int]

  /// A part of a schema.
  enum Part: Sendable {
    /// An instruction of a schema, by its index in the program.
    case instruction(Int, of: SchemaID)
    /// That an array has no more elements than a table of items allows; with the surplus element.
    case element(items: Int, NodeID)
    /// That an object has no other members than those of a table; with the name of the surplus one.
    case member(table: Int, NodeID)
  }
}

/// Finding all that does not hold of a value, in the one pass that finds out whether anything does not.
///
/// The walks over members and elements are apart from those of `holds`, which end at the first failure:
/// one walk with a flag for both took 1,300 to 3,000 instructions more for a request without a failure.
extension SchemaChecker {
  /// Where a value does not satisfy a schema; empty where it does.
  ///
  /// Every instruction is asked once, as by `holds`. What must hold as a whole is followed into its
  /// parts; what chooses among schemas is a place by itself. No more places are noted than an
  /// explanation keeps failures.
  package mutating func failures(
    of schema: SchemaID, _ node: NodeID, in request: Request
  ) -> [FailedPlace] {
    failures(of: schema, node, in: request, doubts: nil)
  }

  /// The same, where everything is known to hold of values that no doubts are about.
  mutating func failures(
    of schema: SchemaID, _ node: NodeID, in request: Request, doubts: Doubts?
  ) -> [FailedPlace] {
    self.doubts = doubts
    defer { self.doubts = nil }
    collect(schema, node, in: request)
    guard !places.isEmpty else { return [] }
    defer { places = [] }
    return places
  }

  @inline(never)
  private mutating func collect(_ schema: SchemaID, _ node: NodeID, in request: Request) {
    guard enter() else { return }
    defer { depth &-= 1 }
    let entersResource = enterResource(of: schema)
    defer { if entersResource { scope.removeLast() } }
    let bounds = tables.bounds[schema.index]
    let kind = request.kind(of: node)
    var failed = FailedKeywords()
    var index = Int(bounds.start)
    while index < Int(bounds.end) {
      let instruction = program.instructions[index]
      let isHeld: Bool
      if case .types(let types) = instruction, kind != .number {
        isHeld = !types.isDisjoint(with: kind.types)
      } else {
        switch tables.roles[index] {
        case .assertion: isHeld = valueHolds(instruction, node, kind, in: request)
        case .choice: isHeld = holds(instruction, node, in: request, of: schema)
        case .conjunction:
          collect(instruction, node, kind, in: request)
          isHeld = true
        }
      }
      if !isHeld { note(index, of: schema, node, &failed) }
      index &+= 1
    }
  }

  /// Asks an instruction whose parts must all hold.
  private mutating func collect(
    _ instruction: Instruction, _ node: NodeID, _ kind: NodeKind, in request: Request
  ) {
    switch instruction {
    case .members(let index): if kind == .object { collectMembers(index, node, in: request) }
    case .items(let index): if kind == .array { collectItems(index, node, in: request) }
    case .allOf(let index):
      for branch in program.schemaLists[index] { collect(branch, node, in: request) }
    case .reference(let schema): collect(schema, node, in: request)
    case .dynamicReference(let index): collect(dynamicTarget(index), node, in: request)
    default: return
    }
  }

  private mutating func collectMembers(_ index: Int, _ node: NodeID, in request: Request) {
    let table = tables.members[index]
    var place = node.index &+ 1
    let end = request.end(of: node)
    while let name = request.nextMember(&place, before: end) {
      let value = NodeID(name.index &+ 1)
      let isDoubted = doubts?.meet(value, in: request) ?? true
      let schema = tables.schema(of: request.symbol(of: name), in: index)
      var isNamed = schema >= 0
      if isNamed, isDoubted { collect(SchemaID(schema), value, in: request) }
      if table.hasPatterns {
        for entry in program.memberTables[index].patterns
        where matches(entry.pattern, name, in: request) {
          isNamed = true
          if isDoubted { collect(entry.schema, value, in: request) }
        }
      }
      guard !isNamed, table.additional >= 0 else { continue }
      if program.memberTables[index].forbidsAdditional {
        note(.member(table: index, name), node)
      } else if isDoubted {
        collect(SchemaID(Int(table.additional)), value, in: request)
      }
    }
  }

  private mutating func collectItems(_ index: Int, _ node: NodeID, in request: Request) {
    let prefixCount = program.itemsTable[index].prefix.count
    var position = 0
    var place = node.index &+ 1
    let end = request.end(of: node)
    while let element = request.nextElement(&place, before: end) {
      let isDoubted = doubts?.meet(element, in: request) ?? true
      if position < prefixCount {
        if isDoubted { collect(program.itemsTable[index].prefix[position], element, in: request) }
      } else if let rest = program.itemsTable[index].rest {
        if program.schemas[rest.index].isNever(in: program) {
          note(.element(items: index, element), node)
        } else if isDoubted {
          collect(rest, element, in: request)
        }
      } else {
        return
      }
      position &+= 1
    }
  }

  /// Notes that an instruction does not hold, unless that says nothing new.
  @inline(never)
  private mutating func note(
    _ index: Int, of schema: SchemaID, _ node: NodeID, _ failed: inout FailedKeywords
  ) {
    let instruction = program.instructions[index]
    guard !failed.implies(instruction) else { return }
    failed.insert(instruction)
    note(.instruction(index, of: schema), node)
  }

  /// Notes a place; without steps, nobody knows whether it holds.
  @inline(never)
  private mutating func note(_ part: FailedPlace.Part, _ node: NodeID) {
    guard !isOverLimit, places.count < Explanation.limit else { return }
    places.append(FailedPlace(node: node, part: part, scope: scope))
  }
}
