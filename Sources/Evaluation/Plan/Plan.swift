package import CEL
package import Findings
package import JSONPath
package import RequestDecoding

/// A compiled pack: flat tables of numbers, shared by all tasks.
///
/// It has no text of a rule language, and names are symbols, so that requests are compared by number.
package struct Plan: Sendable {
  /// The schemas, compiled.
  package var program = SchemaProgram()
  /// The request, its model and the rules.
  package var ruleTable: RuleTable
  /// The expressions and queries, compiled.
  package var expressions = ExpressionTable()
  /// What is never shown.
  package var privacy = Privacy()
  /// How much work a request may take.
  package var limits = Limits()

  /// Creates an empty plan of a pack.
  package init(packName: String) {
    ruleTable = RuleTable(packName: packName)
  }
}

/// The request that a plan is for: how it is told, its model, and the rules.
package struct RuleTable: Sendable {
  /// The name of the pack that the request belongs to.
  package var packName: String
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
  /// The members that identify elements of arrays.
  package var identities: [ArrayIdentity] = []

  /// Creates a table without rules.
  init(packName: String) { self.packName = packName }
}

/// The expressions and queries of a plan.
package struct ExpressionTable: Sendable {
  /// Selectors that are not plain paths.
  package var queries: [JSONPathQuery] = []
  /// Compiled expressions.
  package var programs: [CELProgram] = []
  /// The parameters of each pack of the composition, as the maps that expressions read as `params`.
  package var parameters = [CELValue.map(CELMap([]))]
  /// For each program, the index of its parameters in `parameters`.
  package var parametersOfPrograms: [Int] = []
}

/// What a plan keeps out of reports.
package struct Privacy: Sendable {
  /// The paths of values that are never shown.
  package var sensitive: [SensitivePath] = []
}

/// How much work a request may take.
package struct Limits: Sendable {
  /// How many steps one request may take, all rules together: schema applications, steps of queries and
  /// the cost of expressions, each about as long as another.
  package var steps = Self.steps(forCost: CELEvaluator.defaultCostLimit)
  /// The maximum number of steps of one query, in those of `JSONPathQuery`.
  package var querySteps = JSONPathQuery.defaultStepLimit
  /// The maximum cost of one evaluation of an expression, in steps of `CELEvaluator`.
  package var cost = CELEvaluator.defaultCostLimit

  /// Creates the limits of a request where none are given.
  package init() {}

  /// The limits of a request whose expressions may cost `cost` each.
  static func inProportion(toCost cost: Int) -> Limits {
    var limits = Limits()
    limits.cost = cost
    limits.steps = steps(forCost: cost)
    limits.querySteps = querySteps(forCost: cost)
    return limits
  }

  /// How many steps all rules together may take on one request, where one expression may cost `limit`.
  static func steps(forCost limit: Int) -> Int {
    let (steps, overflows) = limit.multipliedReportingOverflow(by: 5)
    return overflows ? .max / 2 : min(max(steps, JSONPathQuery.leastSteps), .max / 2)
  }

  /// How many steps one path may take, where one expression may cost `limit`.
  static func querySteps(forCost limit: Int) -> Int {
    let (steps, overflows) = limit.multipliedReportingOverflow(by: 2)
    return overflows ? .max / 2 : min(max(steps, JSONPathQuery.leastSteps), .max / 2)
  }
}

extension Plan {
  /// Sets what one expression may cost, and what a request may take in proportion to it.
  package mutating func limitCost(to limit: Int) { limits = .inProportion(toCost: limit) }

  /// The severity of the rule of the model for a keyword; nil for one that is off.
  package func severity(ofModelRule keyword: String) -> Severity? {
    ruleTable.modelSeverities[keyword] ?? .error
  }
}

extension Plan {
  /// Whether an array may look like the plan's request, as far as the types tell that `detect` asks for.
  package var mayDetectArrays: Bool {
    guard !ruleTable.detectsObjectsOnly, let detect = ruleTable.detect else { return false }
    return !program.schemas[detect.index].instructions.contains { index in
      if case .types(let types) = program.instructions[index] {
        !types.contains(.array)
      } else {
        false
      }
    }
  }
}
