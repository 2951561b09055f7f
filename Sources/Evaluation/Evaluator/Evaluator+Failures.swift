import Documents
package import Findings

/// What is known of a request while it is explained.
struct Explaining {
  var failures: [RuleFailure] = []
  /// What the model said of the request, in its own words or in those of a named rule.
  ///
  /// Empty where no failure depends on it.
  var modelFaults: Set<FaultKey> = []
  /// What was being evaluated or explained when the request took more steps than it may.
  var limit: Unmet.LimitPlace?
  /// What keywords say, rule by rule.
  var explanation: Explanation
  /// Whether somebody reads what keywords say where rules have messages of their own.
  let wantsDetails: Bool
  /// Whether somebody reads what brought a rule in.
  let wantsReasons: Bool

  init(
    _ explanation: Explanation, limit: Unmet.LimitPlace? = nil, wantsDetails: Bool = true,
    wantsReasons: Bool = true
  ) {
    self.explanation = explanation
    self.limit = limit
    self.wantsDetails = wantsDetails
    self.wantsReasons = wantsReasons
  }

  /// Whether the model's faults tell which failures say nothing new.
  var dependsOnModel: Bool { failures.contains { !$0.failure.causes.isEmpty } }
}

/// What the rules and the model say of a request that they do not hold of.
extension Evaluator {
  mutating func explain(_ unmet: Unmet, of request: Request, _ explaining: inout Explaining) {
    explainRules(unmet.rules, of: request, &explaining)
    explainModel(unmet.model, of: request, &explaining)
    if checker.isOverLimit, explaining.limit == nil { explaining.limit = .model }
    if !request.binding.isClean { explainNames(of: request, &explaining) }
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
          of: request))
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
    _ places: [FailedPlace], of request: Request, _ explaining: inout Explaining
  ) {
    guard !places.isEmpty else { return }
    explaining.explanation.isWordless = false
    checker.explain(places, in: request, into: &explaining.explanation)
    let found = explaining.explanation.takeFailures()
    if explaining.failures.isEmpty, found.count == 1 {
      return addModelFailure(found[0], &explaining)
    }
    var told = FaultTable()
    for failure in explaining.failures where !failure.failure.keyword.isEmpty {
      told.insert(FaultKey(failure.failure), failure.severity)
      // What is out of the range of its type is also out of any other range.
      guard failure.failure.alias == nil, let key = FaultKey(aliasOf: failure.failure) else {
        continue
      }
      told.insert(key, failure.severity)
    }
    let dependsOnModel = explaining.dependsOnModel
    var own = FaultTable()
    var aliases = FaultTable()
    for failure in found where failure.alias == nil {
      guard let severity = plan.severity(ofModelRule: failure.keyword),
        let key = FaultKey(aliasOf: failure)
      else { continue }
      aliases.insert(key, severity)
    }
    for failure in found {
      guard let severity = plan.severity(ofModelRule: failure.keyword) else { continue }
      let key = FaultKey(failure)
      if dependsOnModel { explaining.modelFaults.insert(key) }
      if let known = told[key], known >= severity { continue }
      if failure.alias != nil, let alias = FaultKey(aliasOf: failure),
        let known = told[alias].map({ max($0, aliases[alias] ?? $0) }) ?? aliases[alias],
        known >= severity
      {
        continue
      }
      if own.insert(key, severity) { addModelFailure(failure, &explaining) }
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
    if explaining.dependsOnModel { explaining.modelFaults.insert(FaultKey(failure)) }
    explaining.failures.append(
      RuleFailure(
        rule: RuleID(pack: plan.ruleTable.packName, rule: "schema/\(failure.keyword)"),
        severity: severity, failure: failure, fix: fix))
  }

  /// What the names of a request are reported for: spelling, explicit nulls.
  private func explainNames(of request: Request, _ explaining: inout Explaining) {
    let values = explaining.explanation.values
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
    _ places: [Unmet.RulePlace], of request: Request, _ explaining: inout Explaining
  ) {
    for (position, place) in places.enumerated() {
      if explaining.failures.count > Self.failureLimit || checker.isOverLimit { return }
      guard let node = place.node else {
        explainUnselected(place.rule, of: request, &explaining)
        continue
      }
      // Two selectors of a rule may lead to one node.
      let isRepeated = places[..<position].reversed().prefix { $0.rule == place.rule }
        .contains { $0.node == node }
      if isRepeated { continue }
      explain(place.rule, node, in: request, &explaining)
      if checker.isOverLimit, explaining.limit == nil { explaining.limit = .rule(place.rule) }
    }
  }

  /// Says that finding a rule's nodes took too many steps.
  func explainUnselected(
    _ number: Int, of request: Request, _ explaining: inout Explaining
  ) {
    explaining.failures.append(
      RuleFailure(
        rule: plan.ruleTable.rules[number].id, severity: .error,
        failure: Failure(
          keyword: Failure.limitKeyword, anchor: request.root,
          message: "selecting the nodes of this rule took too many steps")))
  }

  /// What a rule says of a node that it does not hold of.
  mutating func explain(
    _ number: Int, _ node: NodeID, in request: Request, _ explaining: inout Explaining
  ) {
    guard let severity = plan.ruleTable.rules[number].severity else { return }
    explaining.explanation.isWordless =
      !explaining.wantsDetails && plan.ruleTable.rules[number].message != nil
    addFailures(
      of: number, node, in: request, wantsReasons: explaining.wantsReasons,
      to: &explaining.explanation)
    let fixIsSafe = plan.ruleTable.rules[number].fixIsSafe
    for failure in explaining.explanation.takeFailures()
    where !failure.isLimit || !checker.isOverLimit {
      let message = message(
        ofRule: number, failure, node, in: request, values: explaining.explanation.values)
      explaining.failures.append(
        RuleFailure(
          rule: plan.ruleTable.rules[number].id, severity: failure.isLimit ? .error : severity,
          message: message, failure: failure,
          fix: fixIsSafe == nil || failure.isLimit ? nil : .rule(index: number, node: node),
          isFixSafe: fixIsSafe ?? true))
    }
  }

  /// A rule's own words for a failure; none for one of which nobody knows whether they are true.
  private mutating func message(
    ofRule number: Int, _ failure: Failure, _ node: NodeID, in request: Request,
    values: ValueText
  ) -> String? {
    guard !failure.isEvaluationError, !failure.isLimit else { return nil }
    if let message = plan.ruleTable.rules[number].message {
      if let constant = message.constant { return constant }
      lendSteps()
      defer { takeBackSteps() }
      return expressions.text(message, failure, node: node, in: request, values: values)
    }
    return failure.keyword.isEmpty ? plan.ruleTable.rules[number].summary : nil
  }

  /// The failure of an expression that could not be evaluated.
  private func failure(
    _ evaluation: ExpressionRunner.EvaluationFailure, ofRule number: Int, _ part: String,
    _ node: NodeID
  ) -> Failure {
    let what = plan.ruleTable.rules[number].summary.map { "\"\($0)\"" } ?? "the \(part) of the rule"
    var failure = Failure(
      keyword: evaluation.isLimit ? Failure.limitKeyword : "", anchor: node,
      message: "cannot evaluate \(what): \(evaluation.message)")
    failure.isEvaluationError = true
    failure.causes = evaluation.causes
    return failure
  }

  private mutating func explained(
    _ index: Int, _ node: NodeID, isCondition: Bool, in request: Request, _ values: ValueText
  ) -> ExpressionRunner.Verdict {
    lendSteps()
    defer { takeBackSteps() }
    return expressions.explained(
      index, node, isCondition: isCondition, in: request, values, model: plan.ruleTable.model)
  }

  private mutating func reasons(
    for index: Int, _ node: NodeID, in request: Request
  ) -> [NodeID] {
    lendSteps()
    defer { takeBackSteps() }
    return expressions.reasons(for: index, node, in: request)
  }

  /// Finds reasons for which a rule applies, with steps of their own.
  ///
  /// So what is reported does not depend on whether a format shows them. None are found once these steps are
  /// taken.
  private mutating func findReasons(_ find: (inout Evaluator) -> [NodeID]) -> [NodeID] {
    let (steps, isOverLimit) = (checker.steps, checker.isOverLimit)
    (checker.steps, checker.isOverLimit) = (reasonSteps, false)
    let found = find(&self)
    let isCut = checker.isOverLimit
    reasonSteps = checker.steps
    (checker.steps, checker.isOverLimit) = (steps, isOverLimit)
    return isCut ? [] : found
  }

  /// Adds what one rule says of one node of which it does not hold.
  private mutating func addFailures(
    of number: Int, _ node: NodeID, in request: Request, wantsReasons: Bool,
    to explanation: inout Explanation
  ) {
    var reasons: [NodeID] = []
    switch plan.ruleTable.rules[number].condition {
    case nil: break
    case .schema(let schema)?:
      if wantsReasons {
        reasons = findReasons { $0.checker.supports(of: schema, node, in: request) }
      }
    case .expression(let index)?:
      switch explained(index, node, isCondition: true, in: request, explanation.values) {
      case .isFalse: return
      case .isTrue:
        if wantsReasons {
          reasons = findReasons { $0.reasons(for: index, node, in: request) }
        }
      case .fails(let evaluation):
        explanation.failures = [failure(evaluation, ofRule: number, "condition", node)]
        return
      }
    }
    switch plan.ruleTable.rules[number].assertion {
    case .schema(let schema): checker.explain(schema, node, in: request, into: &explanation)
    case .expression(let index):
      let values = explanation.values
      switch explained(index, node, isCondition: false, in: request, values) {
      case .isTrue: break
      case .isFalse:
        explanation.add(
          "", node,
          words:
            "\(values.words(for: node, in: request)) does not satisfy the rule's expression")
      case .fails(let evaluation):
        explanation.failures = [failure(evaluation, ofRule: number, "expression", node)]
      }
    }
    guard !reasons.isEmpty else { return }
    for index in explanation.failures.indices {
      let anchor = explanation.failures[index].anchor
      let known = Set(explanation.failures[index].related.map(\.node) + [anchor])
      for reason in reasons where !known.contains(reason) {
        explanation.failures[index].related.append(
          .init(reason, "the rule applies because of this value"))
      }
    }
  }
}
