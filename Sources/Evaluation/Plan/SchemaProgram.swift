package import Documents
package import RequisitePatterns

/// The schemas of a plan: instructions, and the tables that they refer to by index.
package struct SchemaProgram: Sendable {
  /// The names that the rules and the model mention.
  package var symbols = SymbolTable()
  /// All compiled schemas.
  package var schemas: [CompiledSchema] = []
  /// The instructions of all schemas.
  package var instructions: [Instruction] = []
  /// The documents that constants are in.
  package var constantDocuments: [Request] = []
  /// Whether any schema refers by dynamic anchor, so that evaluation has to keep a stack of resources.
  package var hasDynamicReferences = false

  // The tables that instructions refer to by index.

  /// The values of `const`.
  package var constants: [Constant] = []
  /// The values of each `enum`.
  package var enumerations: [Enumeration] = []
  /// Bounds and divisors, exact.
  package var numbers: [ExactNumber] = []
  /// The patterns of `pattern` and `patternProperties`.
  package var patterns: [Pattern] = []
  /// The classes of `characters`.
  package var classes: [CharacterClass] = []
  /// `contentEncoding`, `contentMediaType` and `contentSchema`, an entry for each schema with them.
  package var contents: [Content] = []
  /// `contains` with its bounds.
  package var containsTable: [Contains] = []
  /// `prefixItems` and `items`, an entry for each schema with them.
  package var itemsTable: [Items] = []
  /// The values of each `containsAll`.
  package var valueLists: [[Constant]] = []
  /// The names of each `required`.
  package var nameLists: [[MemberName]] = []
  /// `properties`, `patternProperties` and `additionalProperties`, an entry for each schema with them.
  package var memberTables: [MemberTable] = []
  /// The members of each `dependentRequired`, with the members that they require.
  package var dependentNames: [[(name: MemberName, required: [MemberName])]] = []
  /// The members of each `dependentSchemas`, with the schema of the object that has them.
  package var dependentSchemas: [[(name: MemberName, schema: SchemaID)]] = []
  /// The names of each `exactlyOneOf`, `atLeastOneOf` and `atMostOneOf`.
  package var presences: [Presence] = []
  /// The alternatives of each `allOf`, `anyOf` and `oneOf`.
  package var schemaLists: [[SchemaID]] = []
  /// `if`, `then` and `else`, an entry for each schema with them.
  package var conditionals: [Conditional] = []
  /// The assertions that have no instruction of their own.
  package var customAssertions: [CustomAssertion] = []
  /// `$dynamicRef` and `$recursiveRef`, with their targets by resource.
  package var dynamicReferences: [DynamicReference] = []
}

/// A schema's stretch of instructions.
package struct CompiledSchema: Sendable {
  /// Its instructions.
  package var instructions: Range<Int>
  /// The schema resource that it belongs to.
  package var resource: Int
  /// Its own name for itself (`title`), for messages about branches.
  package var title: String?

  /// Creates an entry.
  package init(instructions: Range<Int>, resource: Int, title: String? = nil) {
    self.instructions = instructions
    self.resource = resource
    self.title = title
  }
}

/// A value of the pack.
package struct Constant: Sendable {
  /// Which of the plan's documents it lies in.
  package var document: Int
  /// Where.
  package var node: NodeID
  /// Its bytes, if it is a string.
  package var string: [UInt8]?

  /// Creates a constant.
  package init(document: Int, node: NodeID, string: [UInt8]?) {
    self.document = document
    self.node = node
    self.string = string
  }
}

/// A list of allowed values.
package struct Enumeration: Sendable {
  /// The values in the order of the pack.
  package var values: [Constant]
  /// Whether all are strings.
  package var isAllStrings: Bool

  /// Creates a list.
  package init(values: [Constant]) {
    self.values = values
    isAllStrings = values.allSatisfy { $0.string != nil }
  }
}

/// What a string holds (JSON Schema 2020-12 validation, section 8).
package struct Content: Sendable {
  /// Whether the string is base64 of the content.
  package var isBase64: Bool
  /// Whether the content is JSON.
  package var isJSON: Bool
  /// What the JSON must satisfy.
  package var schema: SchemaID?

  /// Creates an entry.
  package init(isBase64: Bool, isJSON: Bool, schema: SchemaID?) {
    self.isBase64 = isBase64
    self.isJSON = isJSON
    self.schema = schema
  }
}

/// How many elements must satisfy a schema.
package struct Contains: Sendable {
  /// The schema.
  package var schema: SchemaID
  /// At least so many.
  package var minimum: Int
  /// At most so many, if there is a limit.
  package var maximum: Int?
  /// Whether elements that satisfy it count as evaluated (from draft 2020-12 on).
  package var marksItems: Bool

  /// Creates an entry.
  package init(schema: SchemaID, minimum: Int, maximum: Int?, marksItems: Bool = true) {
    self.schema = schema
    self.minimum = minimum
    self.maximum = maximum
    self.marksItems = marksItems
  }
}

/// Schemas for an array's elements.
package struct Items: Sendable {
  /// For the first elements, one each.
  package var prefix: [SchemaID]
  /// For the rest.
  package var rest: SchemaID?
  /// The keyword that gave `rest`.
  package var restKeyword: String

  /// Creates an entry.
  package init(prefix: [SchemaID], rest: SchemaID?, restKeyword: String = "items") {
    self.prefix = prefix
    self.rest = rest
    self.restKeyword = restKeyword
  }
}

/// A member's name with its symbol.
package struct MemberName: Sendable, Hashable {
  /// The symbol.
  package var symbol: Symbol
  /// The name.
  package var text: String

  /// Creates a name.
  package init(symbol: Symbol, text: String) {
    self.symbol = symbol
    self.text = text
  }
}

/// Schemas for an object's members.
package struct MemberTable: Sendable {
  /// The schemas by name.
  package var named: [(name: MemberName, schema: SchemaID)]
  /// The places in `named` by symbol, of which the last one counts where several are the same.
  private var places: [(symbol: Symbol, place: Int)]
  /// The schemas by pattern.
  package var patterns: [(pattern: Int, schema: SchemaID)]
  /// For all other members.
  package var additional: SchemaID?
  /// Whether `additional` is `false`, so that the finding is at the name.
  package var forbidsAdditional: Bool

  /// Creates a table.
  package init(
    named: [(name: MemberName, schema: SchemaID)], patterns: [(pattern: Int, schema: SchemaID)],
    additional: SchemaID?, forbidsAdditional: Bool
  ) {
    self.named = named
    self.patterns = patterns
    self.additional = additional
    self.forbidsAdditional = forbidsAdditional
    places = named.enumerated().map { ($0.element.name.symbol, $0.offset) }
    places.sort { ($0.symbol.id, $0.place) < ($1.symbol.id, $1.place) }
  }

  /// The schema for a name, or nil.
  func schema(for symbol: Symbol) -> SchemaID? {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].symbol.id <= symbol.id { low = middle + 1 } else { high = middle }
    }
    guard low > 0, places[low - 1].symbol == symbol else { return nil }
    return named[places[low - 1].place].schema
  }
}

/// How many of some members must be present.
package struct Presence: Sendable {
  /// The keyword: exactlyOneOf, atMostOneOf or atLeastOneOf.
  package var keyword: Keyword
  /// The members.
  package var names: [MemberName]

  /// Which count is asked for.
  package enum Keyword: String, Sendable {
    /// One, no more and no less.
    case exactlyOneOf
    /// None or one.
    case atMostOneOf
    /// One or more.
    case atLeastOneOf
  }

  /// Creates an entry.
  package init(keyword: Keyword, names: [MemberName]) {
    self.keyword = keyword
    self.names = names
  }
}

/// `if`, `then` and `else`.
package struct Conditional: Sendable {
  /// The condition.
  package var condition: SchemaID
  /// What must hold if it does.
  package var consequence: SchemaID?
  /// What must hold if it does not.
  package var alternative: SchemaID?

  /// Creates an entry.
  package init(condition: SchemaID, consequence: SchemaID?, alternative: SchemaID?) {
    self.condition = condition
    self.consequence = consequence
    self.alternative = alternative
  }
}

/// A reference by dynamic anchor (JSON Schema 2020-12 core, section 8.2.3.2).
package struct DynamicReference: Sendable {
  /// The schema where no resource in the dynamic scope has the anchor.
  package var fallback: SchemaID
  /// For each resource that has the anchor, its schema.
  package var targets: [Int: SchemaID]

  /// Creates an entry.
  package init(fallback: SchemaID, targets: [Int: SchemaID]) {
    self.fallback = fallback
    self.targets = targets
  }
}
