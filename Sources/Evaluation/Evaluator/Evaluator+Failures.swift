import Documents
package import Findings

/// What is known of a request while it is explained.
struct Explaining {
  let request: Request
  let values: ValueText
  var failures: [RuleFailure] = []
  /// What the model said of the request, in its own words or in those of a named rule.
  var modelFaults: Set<FaultKey> = []
  /// What was being evaluated or explained when the request took more steps than it may.
  var limit: Unmet.LimitPlace?

  init(_ request: Request, values: ValueText, limit: Unmet.LimitPlace? = nil) {
    self.request = request
    self.values = values
    self.limit = limit
  }
}

/// What the rules and the model say of a request that they do not hold of.
extension Evaluator {
  mutating func explain(_ unmet: Unmet, _ explaining: inout Explaining) {
    explainRules(unmet.rules, &explaining)
    explainModel(unmet.model, &explaining)
    if checker.isOverLimit, explaining.limit == nil { explaining.limit = .model }
    explainNames(&explaining)
    if let limit = explaining.limit {
      let place =
        switch limit {
        case .detect: "'detect'"
        case .model: "the model"
        case .rule(let index): "the rule '\(plan.ruleTable.rules[index].id)'"
        }
      explaining.failures.append(
        limitFailure(
          "evaluating the request took more than \(plan.limits.steps) steps or nested too deep, in \(place); not all rules were evaluated",
          of: explaining.request))
    }
  }

  /// A failure that says that not everything is reported.
  func limitFailure(_ message: String, of request: Request) -> RuleFailure {
    RuleFailure(
      rule: RuleID(pack: plan.ruleTable.packName, rule: "schema/limit"), severity: .error,
      failure: Failure(keyword: Failure.limitKeyword, anchor: request.root, message: message))
  }

  /// Reports what of the model does not hold, unless a named rule reports the same fault.
  ///
  /// The rule's words say more, but they must not make less of it.
  private mutating func explainModel(
    _ places: [FailedPlace], _ explaining: inout Explaining
  ) {
    guard !places.isEmpty else { return }
    let request = explaining.request
    var told: [FaultKey: Severity] = [:]
    func tell(_ failure: Failure, _ severity: Severity) {
      guard !failure.keyword.isEmpty else { return }
      told[FaultKey(failure), default: severity] = max(
        told[FaultKey(failure)] ?? severity, severity)
      // What is out of the range of its type is also out of any other range.
      guard failure.alias == nil, let key = FaultKey(aliasOf: failure) else { return }
      told[key, default: severity] = max(told[key] ?? severity, severity)
    }
    for failure in explaining.failures { tell(failure.failure, failure.severity) }
    var explanation = Explanation(
      values: explaining.values, model: plan.ruleTable.model, casing: request.binding.casing)
    checker.explain(places, in: request, into: &explanation)
    var own: Set<FaultKey> = []
    var aliases: [FaultKey: Severity] = [:]
    for failure in explanation.failures where failure.alias == nil {
      guard let severity = plan.severity(ofModelRule: failure.keyword),
        let key = FaultKey(aliasOf: failure)
      else { continue }
      aliases[key] = max(aliases[key] ?? severity, severity)
    }
    for failure in explanation.failures {
      guard let severity = plan.severity(ofModelRule: failure.keyword) else { continue }
      let key = FaultKey(failure)
      explaining.modelFaults.insert(key)
      if let known = told[key], known >= severity { continue }
      if failure.alias != nil, let alias = FaultKey(aliasOf: failure),
        let known = told[alias].map({ max($0, aliases[alias] ?? $0) }) ?? aliases[alias],
        known >= severity
      {
        continue
      }
      if own.insert(key).inserted { addModelFailure(failure, &explaining) }
    }
  }

  /// Finds failures of expressions that could not be evaluated because of what the model reports.
  func findCovers(of failures: inout [RuleFailure], _ modelFaults: Set<FaultKey>) {
    guard failures.contains(where: { !$0.failure.causes.isEmpty }) else { return }
    var places: [FaultKey: [Int]] = [:]
    for (place, failure) in failures.enumerated() where failure.failure.causes.isEmpty {
      let key = FaultKey(failure.failure)
      if modelFaults.contains(key) { places[key, default: []].append(place) }
    }
    for index in failures.indices where !failures[index].failure.causes.isEmpty {
      let severity = failures[index].severity
      let covers = failures[index].failure.causes.map { keys in
        keys.flatMap { places[$0] ?? [] }.filter { failures[$0].severity >= severity }
      }
      if covers.allSatisfy({ !$0.isEmpty }) { failures[index].covers = covers }
    }
  }

  private func addModelFailure(
    _ failure: Failure, fix: FixSource? = nil, _ explaining: inout Explaining
  ) {
    guard let severity = plan.severity(ofModelRule: failure.keyword) else { return }
    explaining.modelFaults.insert(FaultKey(failure))
    explaining.failures.append(
      RuleFailure(
        rule: RuleID(pack: plan.ruleTable.packName, rule: "schema/\(failure.keyword)"),
        severity: severity,
        failure: failure, fix: fix))
  }

  /// What the names of a request are reported for: spelling, explicit nulls.
  private func explainNames(_ explaining: inout Explaining) {
    let request = explaining.request
    let values = explaining.values
    for respelling in request.binding.respelled.prefix(Self.failureLimit + 1) {
      let name = values.words(for: respelling.name, in: request)
      addModelFailure(
        Failure(
          keyword: "casing", anchor: respelling.name,
          message: respelling.isRedundant
            ? "\(name) repeats the member \"\(respelling.expected)\" in another spelling"
            : "\(name) must be spelled \"\(respelling.expected)\""),
        fix: respelling.isRedundant
          ? .surplus(name: respelling.name, isSafe: false)
          : .respelling(name: respelling.name, expected: respelling.expected),
        &explaining)
    }
    for null in request.binding.nulls.prefix(Self.failureLimit + 1) {
      addModelFailure(
        Failure(
          keyword: "type", anchor: null,
          message: "explicit null is not a value for this member; omit the member"),
        fix: .surplus(name: NodeID(null.index - 1), isSafe: true), &explaining)
    }
    for (name, first) in request.binding.duplicates.prefix(Self.failureLimit + 1) {
      explaining.failures.append(
        RuleFailure(
          rule: Self.duplicateNameRule, severity: .error,
          failure: Failure(
            keyword: "duplicate-name", anchor: name,
            message:
              "duplicate name \(values.words(for: name, in: request)) in the object; most readers keep only the last value",
            related: [.init(first, "first used here")])))
    }
  }

  /// The name of the rule of reading against duplicate names, which is no rule of the pack.
  package static let duplicateNameRule = RuleID(pack: "json", rule: "duplicate-name")

  /// Explains rules, each of the nodes that it does not hold of.
  private mutating func explainRules(
    _ places: [Unmet.RulePlace], _ explaining: inout Explaining
  ) {
    var explained: (rule: Int, nodes: Set<NodeID>) = (-1, [])
    for place in places {
      if explaining.failures.count > Self.failureLimit || checker.isOverLimit { return }
      if explained.rule != place.rule { explained = (place.rule, []) }
      guard let node = place.node else {
        explainUnselected(place.rule, &explaining)
        continue
      }
      // Two selectors of a rule may lead to one node.
      guard explained.nodes.insert(node).inserted else { continue }
      explain(place.rule, node, &explaining)
      if checker.isOverLimit, explaining.limit == nil { explaining.limit = .rule(place.rule) }
    }
  }

  /// Says that finding a rule's nodes took too many steps.
  func explainUnselected(_ number: Int, _ explaining: inout Explaining) {
    explaining.failures.append(
      RuleFailure(
        rule: plan.ruleTable.rules[number].id, severity: .error,
        failure: Failure(
          keyword: Failure.limitKeyword, anchor: explaining.request.root,
          message: "selecting the nodes of this rule took too many steps")))
  }

  /// What a rule says of a node that it does not hold of.
  mutating func explain(_ number: Int, _ node: NodeID, _ explaining: inout Explaining) {
    let rule = plan.ruleTable.rules[number]
    guard let severity = rule.severity else { return }
    let (request, values) = (explaining.request, explaining.values)
    for failure in explain(rule, node, in: request, values: values)
    where !(failure.isLimit && checker.isOverLimit) {
      let message = message(of: rule, failure, node, in: request, values: values)
      explaining.failures.append(
        RuleFailure(
          rule: rule.id, severity: failure.isLimit ? .error : severity, message: message,
          failure: failure,
          fix: rule.fixIsSafe == nil || failure.isLimit
            ? nil : .rule(index: number, node: node),
          isFixSafe: rule.fixIsSafe ?? true))
    }
  }

  /// A rule's own words for a failure; none for one of which nobody knows whether they are true.
  private mutating func message(
    of rule: PlanRule, _ failure: Failure, _ node: NodeID, in request: Request,
    values: ValueText
  ) -> String? {
    guard !failure.isEvaluationError, !failure.isLimit else { return nil }
    if let message = rule.message {
      lendSteps()
      defer { takeBackSteps() }
      return expressions.text(message, failure, node: node, in: request, values: values)
    }
    return failure.keyword.isEmpty ? rule.summary : nil
  }

  /// The failure of an expression that could not be evaluated.
  private func failure(
    _ evaluation: ExpressionRunner.EvaluationFailure, of rule: PlanRule, _ part: String,
    _ node: NodeID
  ) -> Failure {
    let what = rule.summary.map { "\"\($0)\"" } ?? "the \(part) of the rule"
    var failure = Failure(
      keyword: evaluation.isLimit ? Failure.limitKeyword : "", anchor: node,
      message: "cannot evaluate \(what): \(evaluation.message)")
    failure.isEvaluationError = true
    failure.causes = evaluation.causes
    return failure
  }

  private mutating func explained(
    _ index: Int, _ node: NodeID, isCondition: Bool, in request: Request, _ words: FaultWords
  ) -> ExpressionRunner.Verdict {
    lendSteps()
    defer { takeBackSteps() }
    return expressions.explained(index, node, isCondition: isCondition, in: request, words)
  }

  private mutating func reasons(
    for index: Int, _ node: NodeID, in request: Request
  ) -> [NodeID] {
    lendSteps()
    defer { takeBackSteps() }
    return expressions.reasons(for: index, node, in: request)
  }

  /// What one rule says of one node of which it does not hold.
  private mutating func explain(
    _ rule: PlanRule, _ node: NodeID, in request: Request, values: ValueText
  ) -> [Failure] {
    var reasons: [NodeID] = []
    let words = FaultWords(
      values: values, model: plan.ruleTable.model, casing: request.binding.casing)
    switch rule.condition {
    case nil: break
    case .schema(let schema)?: reasons = checker.supports(of: schema, node, in: request)
    case .expression(let index)?:
      switch explained(index, node, isCondition: true, in: request, words) {
      case .isFalse: return []
      case .isTrue: reasons = self.reasons(for: index, node, in: request)
      case .fails(let evaluation): return [failure(evaluation, of: rule, "condition", node)]
      }
    }
    var failures: [Failure]
    switch rule.assertion {
    case .schema(let schema):
      var explanation = Explanation(
        values: values, model: plan.ruleTable.model, casing: request.binding.casing)
      checker.explain(schema, node, in: request, into: &explanation)
      failures = explanation.failures
    case .expression(let index):
      switch explained(index, node, isCondition: false, in: request, words) {
      case .isTrue: failures = []
      case .isFalse:
        failures = [
          Failure(
            keyword: "", anchor: node,
            message:
              "\(values.words(for: node, in: request)) does not satisfy the rule's expression"
          )
        ]
      case .fails(let evaluation): failures = [failure(evaluation, of: rule, "expression", node)]
      }
    }
    for index in failures.indices {
      let anchor = failures[index].anchor
      let known = Set(failures[index].related.map(\.node) + [anchor])
      for reason in reasons where !known.contains(reason) {
        failures[index].related.append(.init(reason, "the rule applies because of this value"))
      }
    }
    return failures
  }
}
