package import CEL
package import Documents
package import Findings
package import JSONPath
package import RequisitePatterns
package import RequestDecoding

/// A compiled pack: flat tables of numbers, shared by all tasks.
///
/// It has no text of a rule language, and names are symbols, so that requests are compared by number.
package struct Plan: Sendable {
  /// The name of the pack that the request belongs to.
  package var packName: String
  /// The names that the rules and the model mention.
  package var symbols = SymbolTable()
  /// The members of the request's model.
  package var model = RequestModel()
  /// The schema that a document must satisfy to count as this pack's request; nil matches none.
  package var detect: SchemaID?
  /// Whether only objects can match `detect`, because it does not constrain the type.
  package var detectsObjectsOnly = true
  /// The request's model; its failures are rules named `schema/KEYWORD`.
  package var modelSchema: SchemaID?
  /// The pack's rules, those that are off included.
  package var rules: [PlanRule] = []
  /// The severity of each `schema/KEYWORD`, where it is not an error; nil for one that is off.
  package var modelSeverities: [String: Severity?] = [:]
  /// The paths of values that are never shown.
  package var sensitive: [SensitivePath] = []
  /// The members that identify elements of arrays.
  package var identities: [ArrayIdentity] = []

  /// All compiled schemas.
  package var schemas: [CompiledSchema] = []
  /// The instructions of all schemas.
  package var instructions: [Instruction] = []
  /// Selectors that are not plain paths.
  package var queries: [JSONPathQuery] = []
  /// Compiled expressions.
  package var programs: [CELProgram] = []
  /// The parameters of each pack of the composition, as the maps that expressions read as `params`.
  package var parameters = [CELValue.map(CELMap([]))]
  /// For each program, the index of its parameters in `parameters`.
  package var parametersOfPrograms: [Int] = []
  /// The documents that constants are in.
  package var constantDocuments: [Request] = []
  /// Whether any schema refers by dynamic anchor, so that evaluation has to keep a stack of resources.
  package var hasDynamicReferences = false
  /// How many steps one request may take, all rules together: schema applications, steps of queries and
  /// the cost of expressions, each about as long as another.
  package var stepLimit = Self.stepLimit(forCost: CELEvaluator.defaultCostLimit)
  /// The maximum number of steps of one query, in those of `JSONPathQuery`.
  package var queryStepLimit = JSONPathQuery.defaultStepLimit

  /// The maximum cost of one evaluation of an expression, in steps of `CELEvaluator`.
  package var costLimit = CELEvaluator.defaultCostLimit

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

  /// Creates an empty plan of a pack.
  package init(packName: String) {
    self.packName = packName
  }
}

/// One rule, ready to run.
package struct PlanRule: Sendable {
  /// The rule's full id.
  package var id: RuleID
  /// The severity of its findings; nil for a rule that is off.
  package var severity: Severity?
  /// The selectors of the nodes that it checks.
  package var selectors: [Selector]
  /// The condition of `when`, if any.
  package var condition: Condition?
  /// The assertion of `then`.
  package var assertion: Condition
  /// The rule's own message; nil to use the keyword's.
  package var message: MessageTemplate?
  /// What the rule demands, for findings of expressions; nil where the pack does not say.
  package var summary: String?
  /// How a node is fixed; nil where there is no way, or where fixes were not asked for.
  package var fix: FixTemplate?
  /// Whether the rule's fix is safe, compiled or not; nil for a rule without one.
  package var fixIsSafe: Bool?

  /// Creates a rule.
  package init(
    id: RuleID, severity: Severity?, selectors: [Selector], condition: Condition?,
    assertion: Condition, message: MessageTemplate?, summary: String? = nil,
    fix: FixTemplate? = nil, fixIsSafe: Bool? = nil
  ) {
    self.id = id
    self.severity = severity
    self.selectors = selectors
    self.condition = condition
    self.assertion = assertion
    self.message = message
    self.summary = summary
    self.fix = fix
    self.fixIsSafe = fixIsSafe
  }
}

/// Which nodes a rule looks at.
package enum Selector: Sendable {
  /// A path of member names from the root; then, perhaps, each element or member value.
  case path([Symbol], thenEach: Bool)
  /// A query of another shape.
  case query(index: Int)
}

/// Something that holds of a value or does not.
package enum Condition: Sendable {
  /// A schema.
  case schema(SchemaID)
  /// An expression.
  case expression(index: Int)
}

/// A message with places for values.
package struct MessageTemplate: Sendable {
  /// A part of a message.
  package enum Part: Sendable {
    /// Text as it is.
    case text(String)
    /// The value of an expression.
    case expression(index: Int)
  }

  /// The parts in order.
  package var parts: [Part]

  /// Creates a template from its parts.
  package init(parts: [Part]) { self.parts = parts }
}

/// A member by which the elements of some arrays are told apart.
package struct ArrayIdentity: Sendable {
  /// The arrays.
  package var arrays: Selector
  /// The member.
  package var member: MemberName

  /// Creates an identity.
  package init(arrays: Selector, member: MemberName) {
    self.arrays = arrays
    self.member = member
  }
}

/// Values that are never shown.
package enum SensitivePath: Sendable {
  /// What a plain path leads to; the last name is also guarded wherever else it stands.
  case path([Symbol])
  /// What a query selects; with the names that it ends in, and those of the innermost members that
  /// it goes through, for text in which nothing can be selected.
  case query(index: Int, last: [Symbol], innermost: [Symbol])
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

extension Plan {
  /// Sets what one expression may cost, and what a request may take in proportion to it.
  package mutating func limitCost(to limit: Int) {
    costLimit = limit
    stepLimit = Self.stepLimit(forCost: limit)
    queryStepLimit = Self.queryStepLimit(forCost: limit)
  }

  /// How many steps all rules together may take on one request, where one expression may cost `limit`.
  static func stepLimit(forCost limit: Int) -> Int {
    let (steps, overflows) = limit.multipliedReportingOverflow(by: 5)
    return overflows ? .max / 2 : min(max(steps, JSONPathQuery.leastSteps), .max / 2)
  }

  /// How many steps one path may take, where one expression may cost `limit`.
  static func queryStepLimit(forCost limit: Int) -> Int {
    let (steps, overflows) = limit.multipliedReportingOverflow(by: 2)
    return overflows ? .max / 2 : min(max(steps, JSONPathQuery.leastSteps), .max / 2)
  }

  /// The severity of the rule of the model for a keyword; nil for one that is off.
  package func severity(ofModelRule keyword: String) -> Severity? {
    modelSeverities[keyword] ?? .error
  }
}

extension Plan {
  /// Whether an array may look like the plan's request, as far as the types tell that `detect` asks for.
  package var mayDetectArrays: Bool {
    guard !detectsObjectsOnly, let detect else { return false }
    return !schemas[detect.index].instructions.contains { index in
      if case .types(let types) = instructions[index] { !types.contains(.array) } else { false }
    }
  }
}
