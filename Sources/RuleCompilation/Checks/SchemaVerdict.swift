import Evaluation

/// Whether compiled schemas say anything: some are satisfied by every value, some by none.
struct SchemaVerdicts {
  /// What a schema says of values.
  enum Verdict {
    /// Every value satisfies it.
    case always
    /// No value satisfies it.
    case never
    /// That depends on the value, as far as can be told.
    case depends

    /// What the schema's negation says.
    var negated: Verdict {
      switch self {
      case .always: .never
      case .never: .always
      case .depends: .depends
      }
    }
  }

  private let plan: Plan
  /// What was found out; a schema that is being looked at is taken to depend on the value.
  private var known: [Int: Verdict] = [:]
  private var depth = 0

  /// How deep schemas within schemas are followed.
  private static let depthLimit = 64

  init(plan: Plan) {
    self.plan = plan
  }

  /// What a schema says of values; recursion is bounded by `depthLimit`.
  mutating func verdict(of schema: SchemaID) -> Verdict {
    if let verdict = known[schema.index] { return verdict }
    guard depth < Self.depthLimit else { return .depends }
    depth += 1
    known[schema.index] = .depends
    var verdicts: [Verdict] = []
    for index in plan.schemas[schema.index].instructions {
      verdicts.append(verdict(of: plan.instructions[index]))
    }
    depth -= 1
    let verdict = Self.all(verdicts)
    known[schema.index] = verdict
    return verdict
  }

  private static func all(_ verdicts: [Verdict]) -> Verdict {
    if verdicts.contains(.never) { return .never }
    return verdicts.contains(.depends) ? .depends : .always
  }

  private static func any(_ verdicts: [Verdict]) -> Verdict {
    if verdicts.contains(.always) { return .always }
    return verdicts.contains(.depends) ? .depends : .never
  }

  /// The verdict on parts of a value: where there are none, they cannot fail.
  private static func parts(_ verdicts: [Verdict]) -> Verdict {
    verdicts.allSatisfy { $0 == .always } ? .always : .depends
  }

  private mutating func verdicts(of list: [SchemaID]) -> [Verdict] {
    var verdicts: [Verdict] = []
    for schema in list { verdicts.append(verdict(of: schema)) }
    return verdicts
  }

  private mutating func verdict(of instruction: Instruction) -> Verdict {
    switch instruction {
    case .never: return .never
    case .types(let types):
      if types.isEmpty { return .never }
      let every = TypeSet.named.reduce(into: TypeSet()) { $0.formUnion($1.type) }
      return types.union(types.contains(.number) ? .integer : []) == every ? .always : .depends
    case .enumeration(let index): return plan.enumerations[index].values.isEmpty ? .never : .depends
    case .minLength(0), .minBytes(0), .minItems(0), .minProperties(0), .minTotalBytes(0):
      return .always
    case .reference(let schema): return verdict(of: schema)
    case .not(let schema): return verdict(of: schema).negated
    case .allOf(let index): return Self.all(verdicts(of: plan.schemaLists[index]))
    case .anyOf(let index): return Self.any(verdicts(of: plan.schemaLists[index]))
    case .oneOf(let index):
      let verdicts = verdicts(of: plan.schemaLists[index])
      if verdicts.allSatisfy({ $0 == .never }) { return .never }
      return verdicts.count { $0 == .always } > 1 ? .never : .depends
    case .conditional(let index):
      let conditional = plan.conditionals[index]
      let consequence = conditional.consequence.map { verdict(of: $0) } ?? .always
      let alternative = conditional.alternative.map { verdict(of: $0) } ?? .always
      switch verdict(of: conditional.condition) {
      case .always: return consequence
      case .never: return alternative
      case .depends: return consequence == alternative ? consequence : .depends
      }
    case .members(let index):
      let table = plan.memberTables[index]
      return Self.parts(
        verdicts(
          of: table.named.map(\.schema) + table.patterns.map(\.schema)
            + (table.additional.map { [$0] } ?? [])))
    case .items(let index):
      let items = plan.itemsTable[index]
      return Self.parts(verdicts(of: items.prefix + (items.rest.map { [$0] } ?? [])))
    case .propertyNames(let schema), .unevaluatedItems(let schema),
      .unevaluatedProperties(let schema):
      return Self.parts(verdicts(of: [schema]))
    case .dependentSchemas(let index):
      return Self.parts(verdicts(of: plan.dependentSchemas[index].map(\.schema)))
    case .contains(let index):
      let contains = plan.containsTable[index]
      return contains.minimum == 0 && contains.maximum == nil ? .always : .depends
    case .content(let index):
      let content = plan.contents[index]
      return content.isBase64 || content.isJSON || content.schema != nil ? .depends : .always
    case .integerWidth, .constant, .minimum, .maximum, .multipleOf, .minLength, .maxLength,
      .minBytes, .maxBytes, .pattern, .characters, .format, .minItems, .maxItems, .uniqueItems,
      .containsAll, .minProperties, .maxProperties, .required, .dependentRequired, .presence,
      .minTotalBytes, .maxTotalBytes, .dynamicReference:
      return .depends
    }
  }
}
