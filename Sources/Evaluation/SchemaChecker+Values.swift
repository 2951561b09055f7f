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
    case .types(let types): return Self.type(of: node, in: document, isIn: types)
    case .integerWidth(let bits):
      guard kind == .number else { return true }
      return Self.fits(document.number(of: node), bits: bits)
    case .constant(let index): return equals(plan.constants[index], node, in: document)
    case .enumeration(let index): return isListed(index, node, in: document)

    case .minimum(let index, let isExclusive):
      guard kind == .number else { return true }
      addWork(of: node, in: document)
      let (value, bound) = (document.number(of: node), plan.numbers[index])
      return isExclusive ? value > bound : value >= bound
    case .maximum(let index, let isExclusive):
      guard kind == .number else { return true }
      addWork(of: node, in: document)
      let (value, bound) = (document.number(of: node), plan.numbers[index])
      return isExclusive ? value < bound : value <= bound
    case .multipleOf(let index):
      guard kind == .number else { return true }
      addWork(of: node, in: document)
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
      addWork(of: node, in: document)
      return plan.classes[index].firstOutside(document.utf8(of: node).span) == nil
    case .format(let format):
      guard kind.isText else { return true }
      addWork(of: node, in: document)
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

  /// Counts the reading of a long text as the many steps that it is.
  @inline(__always)
  mutating func addWork(of node: NodeID, in document: Document) {
    steps &+= document.range(of: node).count &>> 6
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
    guard number.isInteger else { return true }
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
    steps = max(steps, plan.stepLimit)
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
    steps &+= tables.enumerations[enumeration].count &>> 3
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

  // MARK: - Arrays and objects

  /// Whether two elements of an array are equal.
  private mutating func hasRepetition(_ array: NodeID, in document: Document) -> Bool {
    let count = document.childCount(of: array)
    guard count > 1 else { return false }
    addWork(of: array, in: document)
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

  mutating func contains(_ value: Constant, _ array: NodeID, in document: Document) -> Bool {
    steps &+= document.childCount(of: array) &>> 3
    for element in document.elements(of: array) where equals(value, element, in: document) {
      return true
    }
    return false
  }

  private func dependentNamesHold(
    _ index: Int, _ object: NodeID, in document: Document
  ) -> Bool {
    for entry in plan.dependentNames[index]
    where document.name(of: entry.name.symbol, in: object) != nil {
      for name in entry.required where document.name(of: name.symbol, in: object) == nil {
        return false
      }
    }
    return true
  }

  private func presenceHolds(_ index: Int, _ object: NodeID, in document: Document) -> Bool {
    var count = 0
    for place in tables.presences[index]
    where document.name(of: tables.symbols[place], in: object) != nil {
      count &+= 1
    }
    switch plan.presences[index].keyword {
    case .exactlyOneOf: return count == 1
    case .atMostOneOf: return count <= 1
    case .atLeastOneOf: return count >= 1
    }
  }
}
