package import Documents
import Formats
import Patterns
import SourceText

/// Answers whether values satisfy compiled schemas, without saying why not.
///
/// This is the path that every valid request takes: no allocation for a value, no message. It stops
/// at the first instruction that fails. `SchemaExplainer` runs the same instructions to say more.
package struct SchemaChecker: ~Copyable {
  let plan: Plan
  private let tables: CompactTables
  var patternCaches: [PatternCache]
  /// The schema resources entered so far, outermost first; kept only for dynamic references.
  var scope: [Int] = []
  /// How many schemas were applied to values of the request at hand.
  var steps = 0
  /// Whether the request took more steps, or nested deeper, than it may.
  var isOverLimit = false
  var depth = 0

  /// How deep schemas may be applied within one another.
  ///
  /// A request nests 512 levels at most, of which each takes a few schemas.
  static let depthLimit = 4_096

  /// Creates a checker for a plan's schemas.
  package init(plan: Plan) {
    self.plan = plan
    tables = CompactTables(plan)
    patternCaches = (0..<plan.patterns.count).map { _ in PatternCache() }
  }

  /// Forgets what the last request took.
  mutating func reset() {
    steps = 0
    depth = 0
    isOverLimit = false
    scope.removeAll(keepingCapacity: true)
  }

  /// Whether a value satisfies a schema.
  package mutating func holds(
    _ schema: SchemaID, _ node: NodeID, in document: Document
  ) -> Bool {
    guard enter() else { return true }
    defer { depth &-= 1 }
    let bounds = tables.bounds[schema.index]
    let entersResource = plan.hasDynamicReferences && scope.last != Int(bounds.resource)
    if entersResource { scope.append(Int(bounds.resource)) }
    defer { if entersResource { scope.removeLast() } }
    var index = Int(bounds.start)
    while index < Int(bounds.end) {
      if !holds(plan.instructions[index], node, in: document, of: schema) { return false }
      index &+= 1
    }
    return true
  }

  /// Counts one step; false where a limit is reached, after which everything holds.
  mutating func enter() -> Bool {
    steps &+= 1
    depth &+= 1
    if steps > plan.stepLimit || depth > Self.depthLimit {
      isOverLimit = true
      depth &-= 1
      return false
    }
    return true
  }

  /// Whether a value satisfies one instruction of a schema.
  mutating func holds(
    _ instruction: Instruction, _ node: NodeID, in document: Document, of schema: SchemaID
  ) -> Bool {
    let kind = document.kind(of: node)
    switch instruction {
    case .never: return false
    case .types(let types): return Self.type(of: node, in: document, isIn: types)
    case .integerWidth(let bits):
      guard kind == .number else { return true }
      return Self.fits(document.number(of: node), bits: bits)
    case .constant(let index): return equals(plan.constants[index], node, in: document)
    case .enumeration(let index): return isListed(index, node, in: document)

    case .minimum(let index, let isExclusive):
      guard kind == .number else { return true }
      let (value, bound) = (document.number(of: node), plan.numbers[index])
      return isExclusive ? value > bound : value >= bound
    case .maximum(let index, let isExclusive):
      guard kind == .number else { return true }
      let (value, bound) = (document.number(of: node), plan.numbers[index])
      return isExclusive ? value < bound : value <= bound
    case .multipleOf(let index):
      guard kind == .number else { return true }
      return document.number(of: node).isMultiple(of: plan.numbers[index])

    case .minLength(let count):
      guard kind.isText else { return true }
      return document.scalarCount(of: node) >= count
    case .maxLength(let count):
      guard kind.isText else { return true }
      // A string never has more characters than its source text has bytes between the quotes.
      if document.isVerbatim(node), document.range(of: node).count - 2 <= count { return true }
      return document.scalarCount(of: node) <= count
    case .minBytes(let count):
      guard kind.isText else { return true }
      return document.utf8Count(of: node) >= count
    case .maxBytes(let count):
      guard kind.isText else { return true }
      return document.utf8Count(of: node) <= count
    case .pattern(let index):
      guard kind.isText else { return true }
      return matches(index, node, in: document)
    case .characters(let index):
      guard kind.isText else { return true }
      return plan.classes[index].firstOutside(document.utf8(of: node).span) == nil
    case .format(let format):
      guard kind.isText else { return true }
      return format.fault(in: document.utf8(of: node)) == nil
    case .content(let index):
      guard kind.isText else { return true }
      return contentHolds(index, node, in: document)

    case .minItems(let count):
      guard kind == .array else { return true }
      return document.childCount(of: node) >= count
    case .maxItems(let count):
      guard kind == .array else { return true }
      return document.childCount(of: node) <= count
    case .uniqueItems:
      guard kind == .array else { return true }
      return document.firstRepetition(in: node) == nil
    case .contains(let index):
      guard kind == .array else { return true }
      let contains = plan.containsTable[index]
      let count = matchCount(of: contains, node, in: document)
      return count >= contains.minimum && contains.maximum.map { count <= $0 } ?? true
    case .items(let index):
      guard kind == .array else { return true }
      return itemsHold(plan.itemsTable[index], node, in: document)
    case .containsAll(let index):
      guard kind == .array else { return true }
      for value in plan.valueLists[index] where !contains(value, node, in: document) {
        return false
      }
      return true

    case .minProperties(let count):
      guard kind == .object else { return true }
      return document.memberCount(of: node) >= count
    case .maxProperties(let count):
      guard kind == .object else { return true }
      return document.memberCount(of: node) <= count
    case .required(let index):
      guard kind == .object else { return true }
      for place in tables.names[index]
      where document.name(of: tables.symbols[place], in: node) == nil {
        return false
      }
      return true
    case .members(let index):
      guard kind == .object else { return true }
      return membersHold(index, node, in: document)
    case .propertyNames(let names):
      guard kind == .object else { return true }
      for member in document.members(of: node) where !holds(names, member.name, in: document) {
        return false
      }
      return true
    case .dependentRequired(let index):
      guard kind == .object else { return true }
      for entry in plan.dependentNames[index]
      where document.name(of: entry.name.symbol, in: node) != nil {
        for name in entry.required where document.name(of: name.symbol, in: node) == nil {
          return false
        }
      }
      return true
    case .dependentSchemas(let index):
      guard kind == .object else { return true }
      for entry in plan.dependentSchemas[index]
      where document.name(of: entry.name.symbol, in: node) != nil {
        if !holds(entry.schema, node, in: document) { return false }
      }
      return true
    case .presence(let index):
      guard kind == .object else { return true }
      var count = 0
      for place in tables.presences[index]
      where document.name(of: tables.symbols[place], in: node) != nil {
        count += 1
      }
      switch plan.presences[index].keyword {
      case .exactlyOneOf: return count == 1
      case .atMostOneOf: return count <= 1
      case .atLeastOneOf: return count >= 1
      }

    case .minTotalBytes(let count):
      guard kind == .object || kind == .array else { return true }
      return document.totalUTF8Count(of: node) >= count
    case .maxTotalBytes(let count):
      guard kind == .object || kind == .array else { return true }
      // Decoded text is never longer than its source, but for what a reader kept beside it.
      if document.isJSONText, document.range(of: node).count <= count { return true }
      return document.totalUTF8Count(of: node) <= count

    case .allOf(let index):
      for branch in plan.schemaLists[index] where !holds(branch, node, in: document) {
        return false
      }
      return true
    case .anyOf(let index):
      for branch in plan.schemaLists[index] where holds(branch, node, in: document) {
        return true
      }
      return false
    case .oneOf(let index):
      var count = 0
      for branch in plan.schemaLists[index] where holds(branch, node, in: document) {
        count += 1
        if count > 1 { return false }
      }
      return count == 1
    case .not(let schema): return !holds(schema, node, in: document)
    case .conditional(let index):
      let conditional = plan.conditionals[index]
      let branch =
        holds(conditional.condition, node, in: document)
        ? conditional.consequence : conditional.alternative
      return branch.map { holds($0, node, in: document) } ?? true
    case .reference(let schema): return holds(schema, node, in: document)
    case .dynamicReference(let index):
      return holds(target(of: plan.dynamicReferences[index]), node, in: document)
    case .unevaluatedItems(let rest):
      guard kind == .array else { return true }
      for element in unevaluatedItems(node, of: schema, in: document)
      where !holds(rest, element, in: document) {
        return false
      }
      return true
    case .unevaluatedProperties(let rest):
      guard kind == .object else { return true }
      for name in unevaluatedNames(node, of: schema, in: document)
      where !holds(rest, NodeID(name.index + 1), in: document) {
        return false
      }
      return true
    }
  }

  // MARK: - Scalars

  static func type(of node: NodeID, in document: Document, isIn types: TypeSet) -> Bool {
    switch document.kind(of: node) {
    case .null: types.contains(.null)
    case .boolean: types.contains(.boolean)
    case .string, .name: types.contains(.string)
    case .array: types.contains(.array)
    case .object: types.contains(.object)
    case .number:
      types.contains(.number)
        || types.contains(.integer)
          && (document.isPlainInteger(node) || document.number(of: node).isInteger)
    case .absent: true
    }
  }

  static func fits(_ number: ExactNumber, bits: Int) -> Bool {
    guard number.isInteger else { return true }
    guard case .integer(let value) = number else { return false }
    return bits >= 64 || (value >= -(1 << (bits - 1)) && value < 1 << (bits - 1))
  }

  mutating func matches(_ pattern: Int, _ node: NodeID, in document: Document) -> Bool {
    plan.patterns[pattern].hasMatch(
      in: document.utf8(of: node).span, cache: &patternCaches[pattern])
  }

  func equals(_ constant: Constant, _ node: NodeID, in document: Document) -> Bool {
    if let string = constant.string {
      return document.kind(of: node).isText && document.text(of: node, equals: string)
    }
    return Document.equal(
      plan.constantDocuments[constant.document], constant.node, document, node)
  }

  func isListed(_ enumeration: Int, _ node: NodeID, in document: Document) -> Bool {
    for place in tables.enumerations[enumeration] {
      let value = tables.values[place]
      if value.constant >= 0 {
        if equals(tables.constants[Int(value.constant)], node, in: document) { return true }
      } else if document.kind(of: node).isText,
        document.text(
          of: node, equals: tables.bytes, from: Int(value.start), count: Int(value.count))
      {
        return true
      }
    }
    return false
  }

  private mutating func contentHolds(
    _ index: Int, _ node: NodeID, in document: Document
  ) -> Bool {
    guard var embedded = EmbeddedContent.read(plan.contents[index], node, in: document) else {
      return false
    }
    guard let schema = plan.contents[index].schema, plan.contents[index].isJSON else { return true }
    embedded.bindNames(to: plan.symbols)
    return holds(schema, .root, in: embedded.document)
  }

  // MARK: - Arrays and objects

  mutating func matchCount(of contains: Contains, _ node: NodeID, in document: Document) -> Int {
    var count = 0
    for element in document.elements(of: node)
    where holds(contains.schema, element, in: document) {
      count += 1
      if contains.maximum == nil, count >= contains.minimum { break }
    }
    return count
  }

  func contains(_ value: Constant, _ array: NodeID, in document: Document) -> Bool {
    for element in document.elements(of: array) where equals(value, element, in: document) {
      return true
    }
    return false
  }

  private mutating func itemsHold(_ items: Items, _ node: NodeID, in document: Document) -> Bool {
    var position = 0
    for element in document.elements(of: node) {
      if position < items.prefix.count {
        if !holds(items.prefix[position], element, in: document) { return false }
      } else if let rest = items.rest {
        if !holds(rest, element, in: document) { return false }
      } else {
        return true
      }
      position &+= 1
    }
    return true
  }

  private mutating func membersHold(_ index: Int, _ node: NodeID, in document: Document) -> Bool {
    let table = tables.members[index]
    for member in document.members(of: node) {
      let schema = tables.schema(of: document.symbol(of: member.name), in: table)
      var isNamed = schema >= 0
      if isNamed, !holds(SchemaID(Int(schema)), member.value, in: document) { return false }
      if table.hasPatterns {
        for entry in plan.memberTables[index].patterns
        where matches(entry.pattern, member.name, in: document) {
          isNamed = true
          if !holds(entry.schema, member.value, in: document) { return false }
        }
      }
      if !isNamed, table.additional >= 0,
        !holds(SchemaID(Int(table.additional)), member.value, in: document)
      {
        return false
      }
    }
    return true
  }

  /// The names of a list that an object has.
  func presentNames(
    of presence: Presence, _ object: NodeID, in document: Document
  ) -> [NodeID] {
    var names: [NodeID] = []
    for name in presence.names {
      if let found = document.name(of: name.symbol, in: object) { names.append(found) }
    }
    return names
  }

  /// The schema that a dynamic reference means in the resources entered so far.
  func target(of reference: DynamicReference) -> SchemaID {
    for resource in scope {
      if let target = reference.targets[resource] { return target }
    }
    return reference.fallback
  }
}

extension NodeKind {
  /// Whether the node is a string, or a name, to which the keywords for strings apply as well.
  var isText: Bool { self == .string || self == .name }
}
