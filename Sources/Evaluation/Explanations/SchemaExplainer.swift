package import Documents
import Formats
import RequisitePatterns
import SourceText

/// Telling why a value does not satisfy a schema.
///
/// The functions here are kept apart from each other, `@inline(never)`: those that call each other for
/// a schema lie on the stack as often as schemas are nested, and must not bring the others' frames.
extension SchemaChecker {
  /// Reports every leaf keyword of a schema that does not hold of a value.
  @inline(never)
  package mutating func explain(
    _ schema: SchemaID, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    guard enter() else { return }
    defer { depth -= 1 }
    let entersResource = enterResource(of: schema)
    defer { if entersResource { scope.removeLast() } }
    var failed = FailedKeywords()
    for index in program.schemas[schema.index].instructions {
      let instruction = program.instructions[index]
      if failed.implies(instruction) { continue }
      if !instruction.isTellingByParts, holds(instruction, node, in: request, of: schema) {
        continue
      }
      let count = result.failures.count
      explain(instruction, node, in: request, of: schema, into: &result)
      guard result.failures.count > count else { continue }
      // Telling costs more than asking.
      steps += 16
      failed.insert(instruction)
    }
  }

  /// Reports what fails at places: of each, nothing but the part that failed is looked at.
  package mutating func explain(
    _ places: [FailedPlace], in request: Request, into result: inout Explanation
  ) {
    var known: KnownMembers?
    defer { scope.removeAll(keepingCapacity: true) }
    for place in places where !result.isFull {
      explain(place, &known, in: request, into: &result)
    }
  }

  private mutating func explain(
    _ place: FailedPlace, _ known: inout KnownMembers?, in request: Request,
    into result: inout Explanation
  ) {
    guard enter() else { return }
    defer { depth -= 1 }
    steps += 16
    scope = place.scope
    switch place.part {
    case .instruction(let index, let schema):
      explain(
        program.instructions[index], place.node, in: request, of: schema, into: &result)
    case .element(let items, let element):
      addSurplus(items, element, in: request, into: &result)
    case .member(let table, let name):
      explainUnknown(name, of: place.node, table, &known, in: request, into: &result)
    }
  }

  /// Reports why one instruction does not hold.
  ///
  /// What leads to further schemas has a function of its own: the frames of this one pile up.
  @inline(never)
  private mutating func explain(
    _ instruction: Instruction, _ node: NodeID, in request: Request, of schema: SchemaID,
    into result: inout Explanation
  ) {
    switch instruction {
    case .content(let index): explainContent(index, node, in: request, into: &result)
    case .contains(let index): explainContains(index, node, in: request, into: &result)
    case .items(let index): explainItems(index, node, in: request, into: &result)
    case .members(let index): explainMembers(index, node, in: request, into: &result)
    case .propertyNames(let names): explainNames(names, node, in: request, into: &result)
    case .dependentSchemas(let index):
      explainDependentSchemas(index, node, in: request, into: &result)
    case .allOf(let index): explainAll(index, node, in: request, into: &result)
    case .anyOf(let index): explainAny(index, node, in: request, into: &result)
    case .oneOf(let index): explainOne(index, node, in: request, into: &result)
    case .not(let schema): explainNot(schema, node, in: request, into: &result)
    case .conditional(let index): explainConditional(index, node, in: request, into: &result)
    case .reference(let schema): explain(schema, node, in: request, into: &result)
    case .dynamicReference(let index):
      explain(dynamicTarget(index), node, in: request, into: &result)
    case .unevaluatedItems(let rest):
      explainUnevaluated(rest, "unevaluatedItems", node, of: schema, in: request, into: &result)
    case .unevaluatedProperties(let rest):
      explainUnevaluated(
        rest, "unevaluatedProperties", node, of: schema, in: request, into: &result)
    case .never, .types, .integerWidth, .constant, .enumeration, .minimum, .maximum, .multipleOf,
      .minLength, .maxLength, .minBytes, .maxBytes, .pattern, .characters, .format, .minItems,
      .maxItems, .uniqueItems, .containsAll, .minProperties, .maxProperties, .required,
      .dependentRequired, .presence, .minTotalBytes, .maxTotalBytes, .custom:
      explainValue(instruction, node, in: request, into: &result)
    }
  }

  @inline(never)
  private mutating func explainAll(
    _ index: Int, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    for branch in program.schemaLists[index] { explain(branch, node, in: request, into: &result) }
  }

  @inline(never)
  private mutating func explainNames(
    _ names: SchemaID, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    for member in request.members(of: node) {
      explain(names, member.name, in: request, into: &result)
    }
  }

  @inline(never)
  private mutating func explainUnevaluated(
    _ rest: SchemaID, _ keyword: String, _ node: NodeID, of schema: SchemaID,
    in request: Request, into result: inout Explanation
  ) {
    let isNever = program.schemas[rest.index].isNever(in: program)
    for child in unevaluatedChildren(node, of: schema, in: request) {
      let isName = request.kind(of: child) == .name
      if isNever {
        addUnevaluated(keyword, isName ? "member" : "element", child, in: request, into: &result)
      } else {
        explain(rest, isName ? NodeID(child.index + 1) : child, in: request, into: &result)
      }
    }
  }

  @inline(never)
  private func addUnevaluated(
    _ keyword: String, _ noun: String, _ node: NodeID, in request: Request,
    into result: inout Explanation
  ) {
    result.add(
      keyword, node,
      "unexpected \(noun) \(result.values.words(for: node, in: request)); no schema allows it")
  }

  // MARK: - Elements and members

  @inline(never)
  private mutating func explainItems(
    _ index: Int, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    for (position, element) in request.elements(of: node).enumerated() {
      if position < program.itemsTable[index].prefix.count {
        explain(program.itemsTable[index].prefix[position], element, in: request, into: &result)
      } else if let rest = program.itemsTable[index].rest {
        if program.schemas[rest.index].isNever(in: program) {
          addSurplus(index, element, in: request, into: &result)
        } else {
          explain(rest, element, in: request, into: &result)
        }
      }
    }
  }

  @inline(never)
  private func addSurplus(
    _ index: Int, _ element: NodeID, in request: Request, into result: inout Explanation
  ) {
    let items = program.itemsTable[index]
    let shown = result.values.words(for: element, in: request)
    result.add(
      items.restKeyword, element,
      items.prefix.isEmpty
        ? "expected an empty list, found the element \(shown)"
        : "expected at most \(ValueText.count(items.prefix.count, "element")); \(shown) is one too many"
    )
  }

  @inline(never)
  private mutating func explainMembers(
    _ index: Int, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    var known: KnownMembers?
    for member in request.members(of: node) {
      if result.isFull { return }
      var isNamed = false
      if let schema = program.memberTables[index].schema(for: request.symbol(of: member.name)) {
        isNamed = true
        explain(schema, member.value, in: request, into: &result)
      }
      for entry in program.memberTables[index].patterns
      where matches(entry.pattern, member.name, in: request) {
        isNamed = true
        explain(entry.schema, member.value, in: request, into: &result)
      }
      guard !isNamed, let additional = program.memberTables[index].additional else { continue }
      if program.memberTables[index].forbidsAdditional {
        explainUnknown(member.name, of: node, index, &known, in: request, into: &result)
      } else {
        explain(additional, member.value, in: request, into: &result)
      }
    }
  }

  /// How many names are compared at most, for all suggestions in the findings of one request.
  static let suggestionLimit = 100_000

  /// Whether a name may still be compared with so many others to suggest the nearest.
  mutating func maySuggest(among count: Int) -> Bool {
    guard comparedNames + count <= Self.suggestionLimit else { return false }
    comparedNames += count
    return true
  }

  /// Which of the members that an object may have are there.
  private struct KnownMembers {
    /// The object.
    let object: NodeID
    /// The table of the members that it may have.
    let table: Int
    /// By symbol.
    var arePresent: [Bool]
  }

  private func knownMembers(
    _ table: Int, of object: NodeID, in request: Request
  ) -> KnownMembers {
    var arePresent = [Bool](repeating: false, count: program.symbols.count + 1)
    for member in request.members(of: object) {
      arePresent[Int(request.symbol(of: member.name).id)] = true
    }
    return KnownMembers(object: object, table: table, arePresent: arePresent)
  }

  /// The names of a table of members, as a request spells them.
  private mutating func spelledNames(_ table: Int, in result: Explanation) -> FoldedNames {
    let key = SpelledTable(table: table, casing: result.casing)
    if let known = spelledTables[key] { return known }
    let names = FoldedNames(program.memberTables[table].named.map { result.spelled($0.name) })
    spelledTables[key] = names
    return names
  }

  /// Reports a member that an object may not have; `known` is kept from one member to the next.
  @inline(never)
  private mutating func explainUnknown(
    _ name: NodeID, of object: NodeID, _ table: Int, _ lastKnown: inout KnownMembers?,
    in request: Request, into result: inout Explanation
  ) {
    let shown = result.values.words(for: name, in: request)
    let members = program.memberTables[table].named
    guard !result.values.isGuarded(name), maySuggest(among: 2 * members.count) else {
      return result.add("additionalProperties", name, "unknown member \(shown)")
    }
    let known: KnownMembers
    if let last = lastKnown, last.object == object, last.table == table {
      known = last
    } else {
      known = knownMembers(table, of: object, in: request)
      lastKnown = known
    }
    func isPresent(_ member: Int) -> Bool { known.arePresent[Int(members[member].name.symbol.id)] }
    let names = spelledNames(table, in: result)
    let text = request.text(of: name)
    // A member that is there was hardly meant once more.
    let words =
      if let nearest = names.nearest(to: text, where: { !isPresent($0) }) {
        Suggestion.words(for: nearest)
      } else if let nearest = names.nearest(to: text, where: isPresent) {
        " next to \"\(nearest)\"; remove it or correct its name"
      } else {
        ""
      }
    result.add("additionalProperties", name, "unknown member \(shown)\(words)")
  }

  @inline(never)
  private mutating func explainDependentSchemas(
    _ index: Int, _ node: NodeID, in request: Request, into result: inout Explanation
  ) {
    for entry in program.dependentSchemas[index] {
      guard let trigger = request.name(of: entry.name.symbol, in: node) else { continue }
      let start = result.failures.count
      explain(entry.schema, node, in: request, into: &result)
      result.add(
        .init(
          node: node, related: [.init(trigger, "required by this member")],
          words: "applies because \"\(result.spelled(entry.name))\" is present"), from: start)
    }
  }
}

/// A table of members as requests of a style spell them.
struct SpelledTable: Hashable {
  let table: Int
  let casing: Casing
}

/// What is said of a value that is none of an enumeration's.
struct EnumerationWords {
  /// The values that are allowed, in few words.
  let list: String
  /// Those that are strings, to suggest one of them.
  let texts: FoldedNames
}

extension Instruction {
  /// Whether all that the instruction has to tell is what further schemas tell, which is nothing where
  /// they hold; asking first whether it holds would make the work grow with the depth.
  fileprivate var isTellingByParts: Bool {
    switch self {
    case .items, .members, .propertyNames, .dependentSchemas, .allOf, .anyOf, .oneOf,
      .conditional, .reference, .dynamicReference:
      true
    default: false
    }
  }
}

extension CompiledSchema {
  /// Whether the schema is `false`.
  func isNever(in program: SchemaProgram) -> Bool {
    guard instructions.count == 1, case .never = program.instructions[instructions.lowerBound]
    else {
      return false
    }
    return true
  }
}
