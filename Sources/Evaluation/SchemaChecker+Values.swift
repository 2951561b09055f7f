import Documents
import Formats
import Patterns
import SourceText

/// The instructions that look at a value without applying further schemas.
extension SchemaChecker {
  /// Whether a value satisfies an instruction that leads to no further schema.
  mutating func valueHolds(
    _ instruction: Instruction, _ node: NodeID, in document: Document
  ) -> Bool {
    let kind = document.kind(of: node)
    switch instruction {
    case .never: return false
    case .types(let types):
      if kind == .number, !document.isPlainInteger(node) { addParsing(of: node, in: document) }
      return Self.type(of: node, in: document, isIn: types)
    case .integerWidth(let bits):
      guard kind == .number else { return true }
      addParsing(of: node, in: document)
      return Self.fits(document.number(of: node), bits: bits)
    case .constant(let index):
      // To read numbers, or trees, takes longer than to look at bytes.
      if plan.constants[index].string == nil { steps &+= 3 }
      return equals(plan.constants[index], node, in: document)
    case .enumeration(let index): return isListed(index, node, in: document)

    case .minimum(let index, let isExclusive):
      guard kind == .number else { return true }
      addParsing(of: node, in: document)
      let (value, bound) = (document.number(of: node), plan.numbers[index])
      return isExclusive ? value > bound : value >= bound
    case .maximum(let index, let isExclusive):
      guard kind == .number else { return true }
      addParsing(of: node, in: document)
      let (value, bound) = (document.number(of: node), plan.numbers[index])
      return isExclusive ? value < bound : value <= bound
    case .multipleOf(let index):
      guard kind == .number else { return true }
      addParsing(of: node, in: document)
      let value = document.number(of: node)
      return spend(value.multipleSteps(of: plan.numbers[index]))
        ? value.isMultiple(of: plan.numbers[index]) : true

    case .minLength(let count):
      guard kind.isText else { return true }
      addDecoding(of: node, in: document)
      return document.scalarCount(of: node) >= count
    case .maxLength(let count):
      guard kind.isText else { return true }
      // A string never has more characters than its source text has bytes between the quotes.
      if document.isVerbatim(node), document.range(of: node).count - 2 <= count { return true }
      addDecoding(of: node, in: document)
      return document.scalarCount(of: node) <= count
    case .minBytes(let count):
      guard kind.isText else { return true }
      addDecoding(of: node, in: document)
      return document.utf8Count(of: node) >= count
    case .maxBytes(let count):
      guard kind.isText else { return true }
      addDecoding(of: node, in: document)
      return document.utf8Count(of: node) <= count
    case .pattern(let index):
      guard kind.isText else { return true }
      return matches(index, node, in: document)
    case .characters(let index):
      guard kind.isText else { return true }
      addWork(of: node, in: document)
      return plan.classes[index].firstOutside(document.utf8(of: node).span) == nil
    case .format(let format):
      guard kind.isText else { return true }
      addParsing(of: node, in: document)
      return format.fault(in: document.utf8(of: node)) == nil

    case .minItems(let count):
      guard kind == .array else { return true }
      return document.childCount(of: node) >= count
    case .maxItems(let count):
      guard kind == .array else { return true }
      return document.childCount(of: node) <= count
    case .uniqueItems:
      guard kind == .array else { return true }
      return !hasRepetition(node, in: document)
    case .containsAll(let index):
      guard kind == .array else { return true }
      return missingValues(index, node, in: document, limit: 1).isEmpty

    case .minProperties(let count):
      guard kind == .object else { return true }
      return document.memberCount(of: node) >= count
    case .maxProperties(let count):
      guard kind == .object else { return true }
      return document.memberCount(of: node) <= count
    case .required(let index):
      guard kind == .object else { return true }
      let present = presentSymbols(in: node, of: document, for: tables.names[index].count)
      for place in tables.names[index]
      where !has(tables.symbols[place], node, in: document, present) {
        return false
      }
      return true
    case .dependentRequired(let index):
      guard kind == .object else { return true }
      return dependentNamesHold(index, node, in: document)
    case .presence(let index):
      guard kind == .object else { return true }
      return presenceHolds(index, node, in: document)

    case .minTotalBytes(let count):
      guard kind == .object || kind == .array else { return true }
      addWork(of: node, in: document)
      return document.totalUTF8Count(of: node) >= count
    case .maxTotalBytes(let count):
      guard kind == .object || kind == .array else { return true }
      // Decoded text is never longer than its source, but for what a reader kept beside it.
      if document.isJSONText, document.range(of: node).count <= count { return true }
      addWork(of: node, in: document)
      return document.totalUTF8Count(of: node) <= count

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
  mutating func addWork(of node: NodeID, in document: Document) {
    steps &+= document.range(of: node).count &>> 6
  }

  /// Counts reading that takes more time for each byte, such as that of a number or of embedded JSON.
  @inline(__always)
  mutating func addParsing(of node: NodeID, in document: Document) {
    steps &+= document.range(of: node).count &>> 3
  }

  /// Counts the decoding of a text that is not in the source as it is.
  @inline(__always)
  private mutating func addDecoding(of node: NodeID, in document: Document) {
    if !document.isPlainASCII(node) { addWork(of: node, in: document) }
  }

  /// The symbols of an object's members, where many are searched for among many; nil where searching is
  /// no more work.
  @inline(__always)
  mutating func presentSymbols(
    in object: NodeID, of document: Document, for count: Int
  ) -> Set<Symbol>? {
    guard count > 8, document.childCount(of: object) > 8 else { return nil }
    return symbols(in: object, of: document, for: count)
  }

  @inline(never)
  private mutating func symbols(
    in object: NodeID, of document: Document, for count: Int
  ) -> Set<Symbol> {
    steps &+= document.childCount(of: object) &+ count
    return Set(document.members(of: object).map { document.symbol(of: $0.name) })
  }

  /// Whether an object has the member of a symbol.
  @inline(__always)
  func has(
    _ symbol: Symbol, _ object: NodeID, in document: Document, _ present: Set<Symbol>?
  ) -> Bool {
    if let present { return present.contains(symbol) }
    return document.name(of: symbol, in: object) != nil
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

  private static func type(of node: NodeID, in document: Document, isIn types: TypeSet) -> Bool {
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

  private static func fits(_ number: ExactNumber, bits: Int) -> Bool {
    guard case .integer(let value) = number else { return false }
    return bits >= 64 || (value >= -(1 << (bits - 1)) && value < 1 << (bits - 1))
  }

  mutating func matches(_ pattern: Int, _ node: NodeID, in document: Document) -> Bool {
    addWork(of: node, in: document)
    let isMatch = plan.patterns[pattern].hasMatch(
      in: document.utf8(of: node).span, cache: &patternCaches[pattern])
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

  func equals(_ constant: Constant, _ node: NodeID, in document: Document) -> Bool {
    if let string = constant.string {
      return document.kind(of: node).isText && document.text(of: node, equals: string)
    }
    return Document.equal(
      plan.constantDocuments[constant.document], constant.node, document, node)
  }

  private mutating func isListed(
    _ enumeration: Int, _ node: NodeID, in document: Document
  ) -> Bool {
    let places = tables.enumerations[enumeration]
    if places.count > ConstantIndex.threshold {
      return isListedInIndex(enumeration, node, in: document)
    }
    steps &+= places.count &>> 3
    if document.kind(of: node).isText, !document.isVerbatim(node) {
      // The text is decoded for each comparison.
      steps &+= (document.range(of: node).count &>> 6) &* places.count
    }
    for place in places {
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

  /// Whether a value is in a long list: found by its hash, in time that the list does not matter to.
  @inline(never)
  private mutating func isListedInIndex(
    _ enumeration: Int, _ node: NodeID, in document: Document
  ) -> Bool {
    addParsing(of: node, in: document)
    let index =
      enumerationIndexes[enumeration]
      ?? ConstantIndex(plan.enumerations[enumeration].values, in: plan)
    enumerationIndexes[enumeration] = index
    return index.constants(withHash: document.valueHash(of: node)).contains {
      equals(plan.enumerations[enumeration].values[$0], node, in: document)
    }
  }

  // MARK: - Arrays and objects

  /// Whether two elements of an array are equal.
  private mutating func hasRepetition(_ array: NodeID, in document: Document) -> Bool {
    let count = document.childCount(of: array)
    guard count > 1 else { return false }
    addParsing(of: array, in: document)
    // A few scalars are compared in place; whatever else needs a table.
    guard count <= 16, document.end(of: array) == array.index + 1 + count else {
      return document.firstRepetition(in: array) != nil
    }
    var index = array.index + 2
    while index <= array.index + count {
      var earlier = array.index + 1
      while earlier < index {
        if Document.equal(document, NodeID(earlier), document, NodeID(index)) { return true }
        earlier += 1
      }
      index += 1
    }
    return false
  }

  /// The first values of a list that are not among the elements of an array.
  mutating func missingValues(
    _ list: Int, _ array: NodeID, in document: Document, limit: Int = .max
  ) -> [Constant] {
    let values = plan.valueLists[list]
    let count = document.childCount(of: array)
    var missing: [Constant] = []
    if values.count <= ConstantIndex.threshold || count <= ConstantIndex.threshold {
      for value in values where missing.count < limit {
        steps &+= count &>> 3
        let isThere = document.elements(of: array).contains { equals(value, $0, in: document) }
        if !isThere { missing.append(value) }
      }
      return missing
    }
    addParsing(of: array, in: document)
    steps &+= values.count
    var elements: [Int: [NodeID]] = [:]
    for element in document.elements(of: array) {
      elements[document.valueHash(of: element), default: []].append(element)
    }
    for value in values where missing.count < limit {
      let hash = plan.constantDocuments[value.document].valueHash(of: value.node)
      let isThere = elements[hash]?.contains { equals(value, $0, in: document) } ?? false
      if !isThere { missing.append(value) }
    }
    return missing
  }

  private mutating func dependentNamesHold(
    _ index: Int, _ object: NodeID, in document: Document
  ) -> Bool {
    let entries = plan.dependentNames[index]
    let count = entries.reduce(entries.count) { $0 + $1.required.count }
    let present = presentSymbols(in: object, of: document, for: count)
    for entry in entries where has(entry.name.symbol, object, in: document, present) {
      for name in entry.required where !has(name.symbol, object, in: document, present) {
        return false
      }
    }
    return true
  }

  private mutating func presenceHolds(
    _ index: Int, _ object: NodeID, in document: Document
  ) -> Bool {
    let present = presentSymbols(in: object, of: document, for: tables.presences[index].count)
    var count = 0
    for place in tables.presences[index]
    where has(tables.symbols[place], object, in: document, present) {
      count &+= 1
    }
    switch plan.presences[index].keyword {
    case .exactlyOneOf: return count == 1
    case .atMostOneOf: return count <= 1
    case .atLeastOneOf: return count >= 1
    }
  }
}
