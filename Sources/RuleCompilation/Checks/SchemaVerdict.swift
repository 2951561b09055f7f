import Documents
import Evaluation

/// Whether compiled schemas say anything: some are satisfied by every value, some by none.
struct SchemaVerdicts {
  /// What a schema says of values.
  enum Verdict {
    /// Every value satisfies it.
    case always
    /// No value satisfies it.
    case never
    /// That depends on the value, as far as can be known.
    case depends
  }

  /// The kinds of values that a schema is satisfied by, as far as can be known.
  private struct Satisfaction: Equatable {
    /// The kinds of which some value may satisfy it.
    var possible: Kinds
    /// The kinds of which every value satisfies it.
    var certain: Kinds

    static let always = Satisfaction(possible: .all, certain: .all)
    static let never = Satisfaction(possible: [], certain: [])
    static let depends = Satisfaction(possible: .all, certain: [])

    /// A keyword that says something of values of some kinds, and nothing of others.
    static func depends(for kinds: Kinds) -> Satisfaction {
      Satisfaction(possible: .all, certain: Kinds.all.subtracting(kinds))
    }

    /// Exactly the values of some kinds.
    static func exactly(_ kinds: Kinds) -> Satisfaction {
      Satisfaction(possible: kinds, certain: kinds)
    }

    var negated: Satisfaction {
      Satisfaction(
        possible: Kinds.all.subtracting(certain), certain: Kinds.all.subtracting(possible))
    }

    var verdict: Verdict {
      if possible.isEmpty { return .never }
      return certain == .all ? .always : .depends
    }

    func and(_ other: Satisfaction) -> Satisfaction {
      Satisfaction(
        possible: possible.intersection(other.possible),
        certain: certain.intersection(other.certain))
    }

    func or(_ other: Satisfaction) -> Satisfaction {
      Satisfaction(
        possible: possible.union(other.possible), certain: certain.union(other.certain))
    }
  }

  /// Kinds of values, of which each value has exactly one.
  private struct Kinds: OptionSet {
    let rawValue: UInt8

    static let null = Kinds(rawValue: 1)
    static let boolean = Kinds(rawValue: 2)
    static let integer = Kinds(rawValue: 4)
    static let fraction = Kinds(rawValue: 8)
    static let string = Kinds(rawValue: 16)
    static let array = Kinds(rawValue: 32)
    static let object = Kinds(rawValue: 64)
    static let all = Kinds(rawValue: 127)
    static let numbers: Kinds = [.integer, .fraction]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ types: TypeSet) {
      var kinds: Kinds = []
      if types.contains(.null) { kinds.insert(.null) }
      if types.contains(.boolean) { kinds.insert(.boolean) }
      if types.contains(.integer) { kinds.insert(.integer) }
      if types.contains(.number) { kinds.formUnion(.numbers) }
      if types.contains(.string) { kinds.insert(.string) }
      if types.contains(.array) { kinds.insert(.array) }
      if types.contains(.object) { kinds.insert(.object) }
      self = kinds
    }
  }

  private let plan: Plan
  /// What was found out; a schema that is being looked at is taken to depend on the value.
  private var known: [Int: Satisfaction] = [:]
  private var depth = 0

  /// How deep schemas within schemas are followed.
  private static let depthLimit = 64

  init(plan: Plan) {
    self.plan = plan
  }

  /// What a schema says of values.
  mutating func verdict(of schema: SchemaID) -> Verdict { satisfaction(of: schema).verdict }

  /// Recursion is bounded by `depthLimit`.
  private mutating func satisfaction(of schema: SchemaID) -> Satisfaction {
    if let found = known[schema.index] { return found }
    guard depth < Self.depthLimit else { return .depends }
    depth += 1
    known[schema.index] = .depends
    var result = Satisfaction.always
    for index in plan.program.schemas[schema.index].instructions {
      result = result.and(satisfaction(of: plan.program.instructions[index]))
    }
    depth -= 1
    known[schema.index] = result
    return result
  }

  private mutating func satisfactions(of list: [SchemaID]) -> [Satisfaction] {
    var results: [Satisfaction] = []
    for schema in list { results.append(satisfaction(of: schema)) }
    return results
  }

  /// What schemas for the parts of a value say: where there are no parts, they cannot fail.
  private mutating func parts(_ schemas: [SchemaID], of kind: Kinds) -> Satisfaction {
    for schema in schemas where satisfaction(of: schema) != .always { return .depends(for: kind) }
    return .always
  }

  /// Exactly one of several schemas: never where two of them always hold.
  private mutating func exactlyOne(_ schemas: [SchemaID]) -> Satisfaction {
    var possible: Kinds = []
    var possibleTwice: Kinds = []
    var certain: Kinds = []
    var certainTwice: Kinds = []
    for result in satisfactions(of: schemas) {
      possibleTwice.formUnion(possible.intersection(result.possible))
      possible.formUnion(result.possible)
      certainTwice.formUnion(certain.intersection(result.certain))
      certain.formUnion(result.certain)
    }
    // Certain is only what one schema always takes and no other ever does.
    return Satisfaction(
      possible: possible.subtracting(certainTwice), certain: certain.subtracting(possibleTwice))
  }

  /// The kind of a value of the pack.
  private func kind(of constant: Constant) -> Kinds {
    let document = plan.program.constantDocuments[constant.document]
    return switch document.kind(of: constant.node) {
    case .null, .absent: .null
    case .boolean: .boolean
    case .number: document.number(of: constant.node).isInteger ? .integer : .fraction
    case .string, .name: .string
    case .array: .array
    case .object: .object
    }
  }

  /// Some values: of null there is only one, and of booleans there are two.
  private func values(_ constants: [Constant]) -> Satisfaction {
    var kinds: Kinds = []
    var hasTrue = false
    var hasFalse = false
    for constant in constants {
      let kind = kind(of: constant)
      kinds.formUnion(kind)
      if kind == .boolean {
        let isTrue = plan.program.constantDocuments[constant.document].isTrue(constant.node)
        if isTrue { hasTrue = true } else { hasFalse = true }
      }
    }
    var certain = kinds.intersection(.null)
    if hasTrue, hasFalse { certain.insert(.boolean) }
    return Satisfaction(possible: kinds, certain: certain)
  }

  private mutating func satisfaction(of instruction: Instruction) -> Satisfaction {
    switch instruction {
    case .never: return .never
    case .types(let types): return .exactly(Kinds(types))
    case .integerWidth: return .depends(for: .numbers)
    case .constant(let index): return values([plan.program.constants[index]])
    case .enumeration(let index): return values(plan.program.enumerations[index].values)
    case .minLength(0), .minBytes(0), .minItems(0), .minProperties(0), .minTotalBytes(0):
      return .always
    case .reference(let schema): return satisfaction(of: schema)
    case .not(let schema): return satisfaction(of: schema).negated
    case .allOf(let index):
      return satisfactions(of: plan.program.schemaLists[index]).reduce(.always) { $0.and($1) }
    case .anyOf(let index):
      return satisfactions(of: plan.program.schemaLists[index]).reduce(.never) { $0.or($1) }
    case .oneOf(let index): return exactlyOne(plan.program.schemaLists[index])
    case .conditional(let index):
      let conditional = plan.program.conditionals[index]
      let condition = satisfaction(of: conditional.condition)
      let consequence = conditional.consequence.map { satisfaction(of: $0) } ?? .always
      let alternative = conditional.alternative.map { satisfaction(of: $0) } ?? .always
      let chosen = condition.and(consequence).or(condition.negated.and(alternative))
      // Where both branches say the same, the condition decides nothing.
      let either = consequence.and(alternative)
      return Satisfaction(
        possible: chosen.possible, certain: chosen.certain.union(either.certain))
    case .members(let index):
      let table = plan.program.memberTables[index]
      return parts(
        table.named.map(\.schema) + table.patterns.map(\.schema)
          + (table.additional.map { [$0] } ?? []), of: .object)
    case .items(let index):
      let items = plan.program.itemsTable[index]
      return parts(items.prefix + (items.rest.map { [$0] } ?? []), of: .array)
    case .propertyNames(let schema), .unevaluatedProperties(let schema):
      return parts([schema], of: .object)
    case .unevaluatedItems(let schema): return parts([schema], of: .array)
    case .dependentSchemas(let index):
      return parts(plan.program.dependentSchemas[index].map(\.schema), of: .object)
    case .contains(let index):
      let contains = plan.program.containsTable[index]
      if contains.minimum == 0, contains.maximum == nil { return .always }
      let isHopeless =
        contains.minimum > (contains.maximum ?? .max)
        || contains.minimum > 0 && satisfaction(of: contains.schema) == .never
      return isHopeless ? .exactly(Kinds.all.subtracting(.array)) : .depends(for: .array)
    case .content(let index):
      let content = plan.program.contents[index]
      return content.isBase64 || content.isJSON || content.schema != nil
        ? .depends(for: .string) : .always
    case .minimum, .maximum, .multipleOf: return .depends(for: .numbers)
    case .minLength, .maxLength, .minBytes, .maxBytes, .pattern, .characters, .format:
      return .depends(for: .string)
    case .minItems, .maxItems, .uniqueItems, .containsAll: return .depends(for: .array)
    case .minProperties, .maxProperties, .required, .dependentRequired, .presence:
      return .depends(for: .object)
    case .minTotalBytes, .maxTotalBytes: return .depends(for: [.array, .object])
    case .custom(let index):
      let types = plan.program.customAssertions[index].types
      return types.isEmpty ? .depends : .depends(for: Kinds(types))
    case .dynamicReference: return .depends
    }
  }
}
