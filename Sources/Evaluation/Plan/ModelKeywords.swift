/// The rules of a request's model, derived from the compiled model.
extension Plan {
  /// The keywords K for which a request can have a finding of `PACK/schema/K`, sorted.
  ///
  /// Keywords that only decide about others (in `not`, in `if`, in alternatives, in `contains`) have
  /// no findings of their own. `limit` is always among them, since it needs no model.
  package var modelKeywords: [String] {
    var keywords: Set<String> = [Failure.limitKeyword]
    if let modelSchema = ruleTable.modelSchema {
      keywords.formUnion(self.keywords(ofFailuresOf: modelSchema))
      // An explicit null, and a member in another spelling, of any model.
      keywords.formUnion(["casing", "type"])
    }
    return keywords.sorted()
  }

  /// The keywords of all failures that explaining a schema can give.
  package func keywords(ofFailuresOf schema: SchemaID) -> Set<String> {
    var keywords: Set<String> = []
    var isSeen = [Bool](repeating: false, count: program.schemas.count)
    var work = [schema]
    isSeen[schema.index] = true
    while let next = work.popLast() {
      for index in program.schemas[next.index].instructions {
        let reach = reach(of: program.instructions[index])
        keywords.formUnion(reach.keywords)
        for schema in reach.schemas where !isSeen[schema.index] {
          isSeen[schema.index] = true
          work.append(schema)
        }
      }
    }
    return keywords
  }

  /// What explaining an instruction leads to: failures under its own keywords, and those of schemas.
  private func reach(of instruction: Instruction) -> (keywords: [String], schemas: [SchemaID]) {
    switch instruction {
    case .types, .integerWidth: (["type"], [])
    case .constant: (["const"], [])
    case .enumeration: (["enum"], [])
    case .minimum(_, let isExclusive): ([isExclusive ? "exclusiveMinimum" : "minimum"], [])
    case .maximum(_, let isExclusive): ([isExclusive ? "exclusiveMaximum" : "maximum"], [])
    case .multipleOf: (["multipleOf"], [])
    case .minLength: (["minLength"], [])
    case .maxLength: (["maxLength"], [])
    case .minBytes: (["minBytes"], [])
    case .maxBytes: (["maxBytes"], [])
    case .pattern: (["pattern"], [])
    case .characters: (["characters"], [])
    case .format: (["format"], [])
    case .content(let index): reach(of: program.contents[index])
    case .minItems: (["minItems"], [])
    case .maxItems: (["maxItems"], [])
    case .uniqueItems: (["uniqueItems"], [])
    case .contains(let index): (keywords(of: program.containsTable[index]), [])
    case .items(let index): reach(of: program.itemsTable[index])
    case .containsAll: (["containsAll"], [])
    case .minProperties: (["minProperties"], [])
    case .maxProperties: (["maxProperties"], [])
    case .required: (["required"], [])
    case .members(let index): reach(of: program.memberTables[index])
    case .propertyNames(let names): ([], [names])
    case .dependentRequired: (["dependentRequired"], [])
    case .dependentSchemas(let index): ([], program.dependentSchemas[index].map(\.schema))
    case .presence(let index): ([program.presences[index].keyword.rawValue], [])
    case .minTotalBytes: (["minTotalBytes"], [])
    case .maxTotalBytes: (["maxTotalBytes"], [])
    case .allOf(let index): ([], program.schemaLists[index])
    case .anyOf: (["anyOf"], [])
    case .oneOf: (["oneOf"], [])
    case .not: (["not"], [])
    case .conditional(let index):
      (
        [],
        [program.conditionals[index].consequence, program.conditionals[index].alternative]
          .compactMap { $0 }
      )
    case .reference(let schema): ([], [schema])
    case .dynamicReference(let index):
      (
        [],
        [program.dynamicReferences[index].fallback]
          + program.dynamicReferences[index].targets.values
      )
    case .unevaluatedItems(let rest): reach(of: rest, "unevaluatedItems")
    case .unevaluatedProperties(let rest): reach(of: rest, "unevaluatedProperties")
    case .custom(let index): ([program.customAssertions[index].keyword], [])
    case .never: (["false"], [])
    }
  }

  /// A schema for what is left over; where nothing satisfies it, the keyword itself fails.
  private func reach(
    of rest: SchemaID, _ keyword: String
  ) -> (keywords: [String], schemas: [SchemaID]) {
    program.schemas[rest.index].isNever(in: program) ? ([keyword], []) : ([], [rest])
  }

  private func reach(of content: Content) -> (keywords: [String], schemas: [SchemaID]) {
    (
      (content.isBase64 ? ["contentEncoding"] : []) + (content.isJSON ? ["contentMediaType"] : []),
      content.schema.map { [$0] } ?? []
    )
  }

  private func reach(of items: Items) -> (keywords: [String], schemas: [SchemaID]) {
    guard let rest = items.rest else { return ([], items.prefix) }
    let further = reach(of: rest, items.restKeyword)
    return (further.keywords, items.prefix + further.schemas)
  }

  private func reach(of members: MemberTable) -> (keywords: [String], schemas: [SchemaID]) {
    let schemas = members.named.map(\.schema) + members.patterns.map(\.schema)
    if members.forbidsAdditional { return (["additionalProperties"], schemas) }
    return ([], schemas + (members.additional.map { [$0] } ?? []))
  }

  private func keywords(of contains: Contains) -> [String] {
    var keywords: [String] = []
    if contains.minimum == 1 { keywords.append("contains") }
    if contains.minimum > 1 { keywords.append("minContains") }
    if contains.maximum != nil { keywords.append("maxContains") }
    return keywords
  }
}
