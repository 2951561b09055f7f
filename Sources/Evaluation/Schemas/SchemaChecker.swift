package import Documents
import RequisitePatterns
import SourceText

/// Answers whether values satisfy compiled schemas, without saying why not.
///
/// This is the path that every valid request takes: no allocation for a value, no message. It stops
/// at the first instruction that fails, or, for `failures(of:_:in:)`, notes each place that does.
package struct SchemaChecker: ~Copyable {
  /// The schemas that values are held to.
  let program: SchemaProgram
  let tables: CompactTables
  var patternCaches: [PatternCache]
  /// Where the values of long enumerations are; made for those that are asked for.
  var enumerationIndexes: [Int: ConstantIndex] = [:]
  /// The names of tables of members that were looked for in misspelled ones, and the words for enumerations.
  var spelledTables: [SpelledTable: FoldedNames] = [:]
  var enumerationWords: [Int: EnumerationWords] = [:]
  /// How many steps a request may take.
  var stepLimit: Int
  /// The schema resources entered so far, outermost first; kept only for dynamic references.
  var scope: [Int] = []
  /// Which elements or members were looked at, of each value whose unevaluated ones matter now.
  var marks: [Bool] = []
  /// How much work the request at hand took: schemas applied, and the length of long texts searched.
  package internal(set) var steps = 0
  /// Whether the request took more steps, or nested deeper, than it may.
  package internal(set) var isOverLimit = false
  var depth = 0
  /// How many names were compared to suggest the nearest one.
  var comparedNames = 0
  /// Where the schema that was last asked for all its failures does not hold.
  var places: [FailedPlace] = []
  /// Where that schema may not hold; nil where nobody knows.
  var doubts: Doubts?

  /// How deep schemas may be applied within one another.
  ///
  /// A request nests 512 levels at most, of which each takes a few schemas. All of them together take
  /// no more than 2 MiB of stack, 5 MiB without optimization.
  package static let depthLimit = 2_048

  /// Creates a checker for a plan's schemas.
  package init(plan: Plan) {
    program = plan.program
    stepLimit = plan.limits.steps
    tables = CompactTables(plan.program)
    let budget = PatternCache.visits(forSteps: plan.limits.steps)
    patternCaches = (0..<program.patterns.count).map { _ in PatternCache(budget: budget) }
  }

  /// Forgets what the last request took.
  mutating func reset() {
    steps = 0
    depth = 0
    comparedNames = 0
    isOverLimit = false
    if !scope.isEmpty { scope.removeAll(keepingCapacity: true) }
    if !marks.isEmpty { marks.removeAll(keepingCapacity: true) }
  }

  /// Whether a value satisfies a schema.
  ///
  /// Never a part of its callers, which lie on the stack as often as schemas are nested.
  @inline(never)
  package mutating func holds(
    _ schema: SchemaID, _ node: NodeID, in request: Request
  ) -> Bool {
    guard enter() else { return true }
    defer { depth &-= 1 }
    let entersResource = enterResource(of: schema)
    defer { if entersResource { scope.removeLast() } }
    let bounds = tables.bounds[schema.index]
    let kind = request.kind(of: node)
    var index = Int(bounds.start)
    while index < Int(bounds.end) {
      let instruction = program.instructions[index]
      let isHeld =
        if case .types(let types) = instruction, kind != .number {
          // Most instructions are of this kind, and a bit answers them.
          !types.isDisjoint(with: kind.types)
        } else if tables.roles[index] == .assertion {
          valueHolds(instruction, node, kind, in: request)
        } else {
          holds(instruction, node, in: request, of: schema)
        }
      if !isHeld { return false }
      index &+= 1
    }
    return true
  }

  /// Counts one step; false where a limit is reached, after which everything holds.
  mutating func enter() -> Bool {
    steps &+= 1
    depth &+= 1
    if steps > stepLimit || depth > Self.depthLimit {
      isOverLimit = true
      depth &-= 1
      return false
    }
    return true
  }

  /// Notes the resource of a schema, where dynamic references ask; whether there is one to drop again.
  @inline(__always)
  mutating func enterResource(of schema: SchemaID) -> Bool {
    guard program.hasDynamicReferences else { return false }
    let resource = Int(tables.bounds[schema.index].resource)
    guard scope.last != resource else { return false }
    scope.append(resource)
    return true
  }

  /// Whether a value satisfies one instruction of a schema.
  ///
  /// What leads to further schemas has a function of its own: the frames of this one pile up.
  mutating func holds(
    _ instruction: Instruction, _ node: NodeID, in request: Request, of schema: SchemaID
  ) -> Bool {
    switch instruction {
    case .contains(let index): containsHolds(index, node, in: request)
    case .items(let index): itemsHold(index, node, in: request)
    case .members(let index): membersHold(index, node, in: request)
    case .propertyNames(let names): namesHold(names, node, in: request)
    case .dependentSchemas(let index): dependentSchemasHold(index, node, in: request)
    case .content(let index): contentHolds(index, node, in: request)
    case .allOf(let index): allHold(index, node, in: request)
    case .anyOf(let index): anyHolds(index, node, in: request)
    case .oneOf(let index): oneHolds(index, node, in: request)
    case .not(let schema): !holds(schema, node, in: request)
    case .conditional(let index): conditionalHolds(index, node, in: request)
    case .reference(let schema): holds(schema, node, in: request)
    case .dynamicReference(let index): holds(dynamicTarget(index), node, in: request)
    case .unevaluatedItems(let rest):
      unevaluatedItemsHold(rest, node, of: schema, in: request)
    case .unevaluatedProperties(let rest):
      unevaluatedPropertiesHold(rest, node, of: schema, in: request)
    case .never, .types, .integerWidth, .constant, .enumeration, .minimum, .maximum, .multipleOf,
      .minLength, .maxLength, .minBytes, .maxBytes, .pattern, .characters, .format, .minItems,
      .maxItems, .uniqueItems, .containsAll, .minProperties, .maxProperties, .required,
      .dependentRequired, .presence, .minTotalBytes, .maxTotalBytes, .custom:
      valueHolds(instruction, node, request.kind(of: node), in: request)
    }
  }

  // MARK: - Schemas for the value itself

  private mutating func allHold(_ index: Int, _ node: NodeID, in request: Request) -> Bool {
    for branch in program.schemaLists[index] where !holds(branch, node, in: request) {
      return false
    }
    return true
  }

  private mutating func anyHolds(_ index: Int, _ node: NodeID, in request: Request) -> Bool {
    for branch in program.schemaLists[index] where holds(branch, node, in: request) {
      return true
    }
    return false
  }

  private mutating func oneHolds(_ index: Int, _ node: NodeID, in request: Request) -> Bool {
    var isFound = false
    for branch in program.schemaLists[index] where holds(branch, node, in: request) {
      if isFound { return false }
      isFound = true
    }
    return isFound
  }

  private mutating func conditionalHolds(
    _ index: Int, _ node: NodeID, in request: Request
  ) -> Bool {
    let conditional = program.conditionals[index]
    let branch =
      holds(conditional.condition, node, in: request)
      ? conditional.consequence : conditional.alternative
    guard let branch else { return true }
    return holds(branch, node, in: request)
  }

  private mutating func dependentSchemasHold(
    _ index: Int, _ node: NodeID, in request: Request
  ) -> Bool {
    guard request.kind(of: node) == .object else { return true }
    let count = program.dependentSchemas[index].count
    let present = presentSymbols(in: node, of: request, for: count)
    for entry in program.dependentSchemas[index]
    where has(entry.name.symbol, node, in: request, present) {
      if !holds(entry.schema, node, in: request) { return false }
    }
    return true
  }

  /// The schema that a dynamic reference means in the resources entered so far.
  func dynamicTarget(_ index: Int) -> SchemaID {
    for resource in scope {
      if let target = program.dynamicReferences[index].targets[resource] { return target }
    }
    return program.dynamicReferences[index].fallback
  }

  private mutating func contentHolds(
    _ index: Int, _ node: NodeID, in request: Request
  ) -> Bool {
    guard request.kind(of: node).isText else { return true }
    addParsing(of: node, in: request)
    guard let embedded = EmbeddedContent.read(program.contents[index], node, in: request) else {
      return false
    }
    guard let schema = program.contents[index].schema, program.contents[index].isJSON else {
      return true
    }
    return holds(schema, .root, in: Request(embedded, bindingNamesTo: program.symbols))
  }

  // MARK: - Schemas for elements and members

  private mutating func containsHolds(
    _ index: Int, _ node: NodeID, in request: Request
  ) -> Bool {
    guard request.kind(of: node) == .array else { return true }
    let contains = program.containsTable[index]
    var count = 0
    var place = node.index &+ 1
    let end = request.end(of: node)
    while let element = request.nextElement(&place, before: end) {
      guard holds(contains.schema, element, in: request) else { continue }
      count &+= 1
      if contains.maximum == nil, count >= contains.minimum { break }
    }
    return count >= contains.minimum && contains.maximum.map { count <= $0 } ?? true
  }

  private mutating func itemsHold(_ index: Int, _ node: NodeID, in request: Request) -> Bool {
    guard request.kind(of: node) == .array else { return true }
    let prefixCount = program.itemsTable[index].prefix.count
    var position = 0
    var place = node.index &+ 1
    let end = request.end(of: node)
    while let element = request.nextElement(&place, before: end) {
      if position < prefixCount {
        if !holds(program.itemsTable[index].prefix[position], element, in: request) { return false }
      } else if let rest = program.itemsTable[index].rest {
        if !holds(rest, element, in: request) { return false }
      } else {
        return true
      }
      position &+= 1
    }
    return true
  }

  private mutating func membersHold(_ index: Int, _ node: NodeID, in request: Request) -> Bool {
    guard request.kind(of: node) == .object else { return true }
    let table = tables.members[index]
    var place = node.index &+ 1
    let end = request.end(of: node)
    while let name = request.nextMember(&place, before: end) {
      let value = NodeID(name.index &+ 1)
      let schema = tables.schema(of: request.symbol(of: name), in: index)
      var isNamed = schema >= 0
      if isNamed, !holds(SchemaID(schema), value, in: request) { return false }
      if table.hasPatterns {
        for entry in program.memberTables[index].patterns
        where matches(entry.pattern, name, in: request) {
          isNamed = true
          if !holds(entry.schema, value, in: request) { return false }
        }
      }
      if !isNamed, table.additional >= 0,
        !holds(SchemaID(Int(table.additional)), value, in: request)
      {
        return false
      }
    }
    return true
  }

  private mutating func namesHold(
    _ names: SchemaID, _ node: NodeID, in request: Request
  ) -> Bool {
    guard request.kind(of: node) == .object else { return true }
    var place = node.index &+ 1
    let end = request.end(of: node)
    while let name = request.nextMember(&place, before: end) {
      if !holds(names, name, in: request) { return false }
    }
    return true
  }
}

extension NodeKind {
  /// Whether the node is a string, or a name, to which the keywords for strings apply as well.
  @inline(__always)
  var isText: Bool { self == .string || self == .name }

  /// The types of its values; of a number, which may be whole, both.
  ///
  /// What could not be read is of any type: it is reported once, by the reader.
  @inline(__always)
  var types: TypeSet {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .number: [.number, .integer]
    case .string, .name: .string
    case .array: .array
    case .object: .object
    case .absent: TypeSet(rawValue: .max)
    }
  }
}
