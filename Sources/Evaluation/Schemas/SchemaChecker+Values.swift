import Documents
import Formats
import RequisitePatterns
import SourceText

/// The instructions that look at a value without applying further schemas.
extension SchemaChecker {
  /// Whether a value satisfies an instruction that leads to no further schema; `kind` is the value's.
  mutating func valueHolds(
    _ instruction: Instruction, _ node: NodeID, _ kind: NodeKind, in request: Request
  ) -> Bool {
    switch instruction {
    case .never: return false
    case .types(let types):
      guard kind == .number else { return !types.isDisjoint(with: kind.types) }
      if !request.isPlainInteger(node) { addParsing(of: node, in: request) }
      return types.contains(.number)
        || types.contains(.integer)
          && (request.isPlainInteger(node) || request.number(of: node).isInteger)
    case .integerWidth(let bits):
      guard kind == .number else { return true }
      addParsing(of: node, in: request)
      return Self.fits(request.number(of: node), bits: bits)
    case .constant(let index):
      // To read numbers, or trees, takes longer than to look at bytes.
      let value = tables.singleValues[index]
      if value.constant >= 0 { steps &+= 3 }
      return equals(value, node, in: request)
    case .enumeration(let index): return isListed(index, node, in: request)

    case .minimum(let index, let isExclusive):
      guard kind == .number else { return true }
      addParsing(of: node, in: request)
      let (value, bound) = (request.number(of: node), program.numbers[index])
      return isExclusive ? value > bound : value >= bound
    case .maximum(let index, let isExclusive):
      guard kind == .number else { return true }
      addParsing(of: node, in: request)
      let (value, bound) = (request.number(of: node), program.numbers[index])
      return isExclusive ? value < bound : value <= bound
    case .multipleOf(let index):
      guard kind == .number else { return true }
      addParsing(of: node, in: request)
      let value = request.number(of: node)
      return spend(value.multipleSteps(of: program.numbers[index]))
        ? value.isMultiple(of: program.numbers[index]) : true

    case .minLength(let count):
      guard kind.isText else { return true }
      // A character takes four bytes at most.
      if request.isVerbatim(node), (request.range(of: node).count - 2) >> 2 >= count { return true }
      addDecoding(of: node, in: request)
      return request.scalarCount(of: node) >= count
    case .maxLength(let count):
      guard kind.isText else { return true }
      // A string never has more characters than its source text has bytes between the quotes.
      if request.isVerbatim(node), request.range(of: node).count - 2 <= count { return true }
      addDecoding(of: node, in: request)
      return request.scalarCount(of: node) <= count
    case .minBytes(let count):
      guard kind.isText else { return true }
      addDecoding(of: node, in: request)
      return request.utf8Count(of: node) >= count
    case .maxBytes(let count):
      guard kind.isText else { return true }
      addDecoding(of: node, in: request)
      return request.utf8Count(of: node) <= count
    case .pattern(let index):
      guard kind.isText else { return true }
      return matches(index, node, in: request)
    case .characters(let index):
      guard kind.isText else { return true }
      addWork(of: node, in: request)
      return request.withUTF8(of: node) {
        tables.classes[index].firstIndex(in: $0, isInside: false) == nil
      }
    case .format(let format):
      guard kind.isText else { return true }
      addParsing(of: node, in: request)
      return request.withUTF8(of: node) { format.fault(in: $0) == nil }

    case .minItems(let count):
      guard kind == .array else { return true }
      return request.childCount(of: node) >= count
    case .maxItems(let count):
      guard kind == .array else { return true }
      return request.childCount(of: node) <= count
    case .uniqueItems:
      guard kind == .array else { return true }
      return !hasRepetition(node, in: request)
    case .containsAll(let index):
      guard kind == .array else { return true }
      return missingValues(index, node, in: request, limit: 1).isEmpty

    case .minProperties(let count):
      guard kind == .object else { return true }
      return request.memberCount(of: node) >= count
    case .maxProperties(let count):
      guard kind == .object else { return true }
      return request.memberCount(of: node) <= count
    case .required(let index):
      guard kind == .object else { return true }
      let names = tables.names[index]
      if isSearchedBySet(names.count, in: node, of: request) {
        return manyNamesHold(names, node, in: request)
      }
      for place in names where request.name(of: tables.symbols[place], in: node) == nil {
        return false
      }
      return true
    case .dependentRequired(let index):
      guard kind == .object else { return true }
      return dependentNamesHold(index, node, in: request)
    case .presence(let index):
      guard kind == .object else { return true }
      return presenceHolds(index, node, in: request)

    case .minTotalBytes(let count):
      guard kind == .object || kind == .array else { return true }
      addWork(of: node, in: request)
      return request.totalUTF8Count(of: node) >= count
    case .maxTotalBytes(let count):
      guard kind == .object || kind == .array else { return true }
      // Decoded text is never longer than its source, but for what a reader kept beside it.
      if request.document.isJSONText, request.range(of: node).count <= count { return true }
      addWork(of: node, in: request)
      return request.totalUTF8Count(of: node) <= count

    case .custom(let index): return customHolds(index, node, in: request)

    // What leads to further schemas is not asked here.
    case .contains, .items, .members, .propertyNames, .dependentSchemas, .content, .allOf, .anyOf,
      .oneOf, .not, .conditional, .reference, .dynamicReference, .unevaluatedItems,
      .unevaluatedProperties:
      return true
    }
  }

  // MARK: - Steps

  /// Counts the reading of a long text as the many steps that it is.
  @inline(__always)
  mutating func addWork(of node: NodeID, in request: Request) {
    steps &+= request.range(of: node).count &>> 6
  }

  /// Counts reading that takes more time for each byte, such as that of a number or of embedded JSON.
  @inline(__always)
  mutating func addParsing(of node: NodeID, in request: Request) {
    steps &+= request.range(of: node).count &>> 3
  }

  /// Counts the decoding of a text that is not in the source as it is.
  @inline(__always)
  private mutating func addDecoding(of node: NodeID, in request: Request) {
    if !request.isPlainASCII(node) { addWork(of: node, in: request) }
  }

  /// The symbols of an object's members, where many are searched for among many; nil where searching is
  /// no more work.
  @inline(__always)
  mutating func presentSymbols(
    in object: NodeID, of request: Request, for count: Int
  ) -> Set<Symbol>? {
    isSearchedBySet(count, in: object, of: request)
      ? symbols(in: object, of: request, for: count) : nil
  }

  /// Whether so many symbols are searched for among so many members that a set of these is less work.
  @inline(__always)
  private func isSearchedBySet(_ count: Int, in object: NodeID, of request: Request) -> Bool {
    count > 8 && request.childCount(of: object) > 8
  }

  /// Whether an object has all members of a stretch of names.
  @inline(never)
  private mutating func manyNamesHold(
    _ names: Range<Int>, _ object: NodeID, in request: Request
  ) -> Bool {
    let present = symbols(in: object, of: request, for: names.count)
    return names.allSatisfy { present.contains(tables.symbols[$0]) }
  }

  @inline(never)
  private mutating func symbols(
    in object: NodeID, of request: Request, for count: Int
  ) -> Set<Symbol> {
    steps &+= request.childCount(of: object) &+ count
    return Set(request.members(of: object).map { request.symbol(of: $0.name) })
  }

  /// Whether an object has the member of a symbol.
  @inline(__always)
  func has(
    _ symbol: Symbol, _ object: NodeID, in request: Request, _ present: Set<Symbol>?
  ) -> Bool {
    if let present { return present.contains(symbol) }
    return request.name(of: symbol, in: object) != nil
  }

  /// Counts steps that are about to be taken; false where they are more than are left, after which
  /// everything holds.
  @inline(never)
  mutating func spend(_ count: Int) -> Bool {
    let (sum, overflows) = steps.addingReportingOverflow(count)
    steps = overflows ? .max / 2 : sum
    guard steps > stepLimit else { return true }
    isOverLimit = true
    return false
  }

  // MARK: - Scalars

  private static func fits(_ number: ExactNumber, bits: Int) -> Bool {
    guard case .integer(let value) = number else { return false }
    return bits >= 64 || (value >= -(1 << (bits - 1)) && value < 1 << (bits - 1))
  }

  mutating func matches(_ pattern: Int, _ node: NodeID, in request: Request) -> Bool {
    addWork(of: node, in: request)
    let isMatch = request.withUTF8(of: node) {
      program.patterns[pattern].hasMatch(in: $0, cache: &patternCaches[pattern])
    }
    let visits = patternCaches[pattern].spent
    return visits == 0 ? isMatch : addVisits(visits, of: pattern) || isMatch
  }

  /// Counts the work of a pattern that could not be looked up; whether it was given up.
  ///
  /// Then a limit is reached, after which everything holds.
  @inline(never)
  private mutating func addVisits(_ visits: Int, of pattern: Int) -> Bool {
    steps &+= visits / PatternCache.visitsPerStep
    guard patternCaches[pattern].isExhausted else { return false }
    isOverLimit = true
    steps = max(steps, stepLimit)
    return true
  }

  /// Whether a node equals a value of the tables.
  @inline(__always)
  private mutating func equals(
    _ value: CompactTables.Value, _ node: NodeID, in request: Request
  ) -> Bool {
    guard value.constant < 0 else {
      return equals(tables.constants[Int(value.constant)], node, in: request)
    }
    return request.kind(of: node).isText
      && request.text(
        of: node, equals: tables.bytes, from: Int(value.start), count: Int(value.count))
  }

  func equals(_ constant: Constant, _ node: NodeID, in request: Request) -> Bool {
    if let string = constant.string {
      return request.kind(of: node).isText && request.text(of: node, equals: string)
    }
    return Request.equal(
      program.constantDocuments[constant.document], constant.node, request, node)
  }

  private mutating func isListed(
    _ enumeration: Int, _ node: NodeID, in request: Request
  ) -> Bool {
    let places = tables.enumerations[enumeration]
    if places.count > ConstantIndex.threshold {
      return isListedInIndex(enumeration, node, in: request)
    }
    steps &+= places.count &>> 3
    if request.kind(of: node).isText, !request.isVerbatim(node) {
      // The text is decoded for each comparison.
      steps &+= (request.range(of: node).count &>> 6) &* places.count
    }
    for place in places where equals(tables.values[place], node, in: request) {
      return true
    }
    return false
  }

  /// Whether a value is in a long list: found by its hash, in time that the list does not matter to.
  @inline(never)
  private mutating func isListedInIndex(
    _ enumeration: Int, _ node: NodeID, in request: Request
  ) -> Bool {
    addParsing(of: node, in: request)
    let index =
      enumerationIndexes[enumeration]
      ?? ConstantIndex(program.enumerations[enumeration].values, in: program)
    enumerationIndexes[enumeration] = index
    return index.constants(withHash: request.valueHash(of: node)).contains {
      equals(program.enumerations[enumeration].values[$0], node, in: request)
    }
  }

  // MARK: - Arrays and objects

  /// Whether two elements of an array are equal.
  private mutating func hasRepetition(_ array: NodeID, in request: Request) -> Bool {
    let count = request.childCount(of: array)
    guard count > 1 else { return false }
    addParsing(of: array, in: request)
    // A few scalars are compared in place; whatever else needs a table.
    guard count <= 16, request.end(of: array) == array.index + 1 + count else {
      return request.firstRepetition(in: array) != nil
    }
    var index = array.index + 2
    while index <= array.index + count {
      var earlier = array.index + 1
      while earlier < index {
        if Request.equal(request, NodeID(earlier), request, NodeID(index)) { return true }
        earlier += 1
      }
      index += 1
    }
    return false
  }

  /// The first values of a list that are not among the elements of an array.
  mutating func missingValues(
    _ list: Int, _ array: NodeID, in request: Request, limit: Int = .max
  ) -> [Constant] {
    let values = program.valueLists[list]
    let count = request.childCount(of: array)
    var missing: [Constant] = []
    if values.count <= ConstantIndex.threshold || count <= ConstantIndex.threshold {
      for value in values where missing.count < limit {
        steps &+= count &>> 3
        let isThere = request.elements(of: array).contains { equals(value, $0, in: request) }
        if !isThere { missing.append(value) }
      }
      return missing
    }
    addParsing(of: array, in: request)
    steps &+= values.count
    var elements: [Int: [NodeID]] = [:]
    for element in request.elements(of: array) {
      elements[request.valueHash(of: element), default: []].append(element)
    }
    for value in values where missing.count < limit {
      let hash = program.constantDocuments[value.document].valueHash(of: value.node)
      let isThere = elements[hash]?.contains { equals(value, $0, in: request) } ?? false
      if !isThere { missing.append(value) }
    }
    return missing
  }

  private mutating func dependentNamesHold(
    _ index: Int, _ object: NodeID, in request: Request
  ) -> Bool {
    let entries = program.dependentNames[index]
    let count = entries.reduce(entries.count) { $0 + $1.required.count }
    let present = presentSymbols(in: object, of: request, for: count)
    for entry in entries where has(entry.name.symbol, object, in: request, present) {
      for name in entry.required where !has(name.symbol, object, in: request, present) {
        return false
      }
    }
    return true
  }

  private mutating func presenceHolds(
    _ index: Int, _ object: NodeID, in request: Request
  ) -> Bool {
    let present = presentSymbols(in: object, of: request, for: tables.presences[index].count)
    var count = 0
    for place in tables.presences[index]
    where has(tables.symbols[place], object, in: request, present) {
      count &+= 1
    }
    switch program.presences[index].keyword {
    case .exactlyOneOf: return count == 1
    case .atMostOneOf: return count <= 1
    case .atLeastOneOf: return count >= 1
    }
  }
}
