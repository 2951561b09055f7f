import Documents
package import Findings
import RequestDecoding

/// What the rules and the model say of a document that they do not hold of.
extension Evaluator {
  mutating func explain(
    _ request: Request, in document: Document, values: ValueText
  ) -> [RuleFailure] {
    var failures: [RuleFailure] = []
    for index in failing where failures.count <= Self.failureLimit && !checker.isOverLimit {
      explain(index, in: document, values: values, into: &failures)
      if checker.isOverLimit, limitPlace == nil { limitPlace = .rule(index) }
    }
    modelFaults.removeAll(keepingCapacity: true)
    if modelFails { explainModel(in: document, values: values, into: &failures) }
    if checker.isOverLimit, limitPlace == nil { limitPlace = .model }
    explainNames(request, in: document, values: values, into: &failures)
    if let limitPlace {
      let place =
        switch limitPlace {
        case .detect: "'detect'"
        case .model: "the model"
        case .rule(let index): "the rule '\(plan.rules[index].id)'"
        }
      failures.append(
        limitFailure(
          "evaluating the request took more than \(plan.stepLimit) steps or nested too deep, in \(place); not all rules were evaluated"
        ))
    }
    return failures
  }

  /// A failure that says that not everything is reported.
  func limitFailure(_ message: String) -> RuleFailure {
    RuleFailure(
      rule: RuleID(pack: plan.packName, rule: "schema/limit"), severity: .error,
      failure: Failure(keyword: Failure.limitKeyword, anchor: .root, message: message))
  }

  /// Reports what of the model does not hold, unless a named rule reports the same fault.
  ///
  /// The rule's words say more, but they must not make less of it.
  private mutating func explainModel(
    in document: Document, values: ValueText, into failures: inout [RuleFailure]
  ) {
    guard let schema = plan.modelSchema else { return }
    var told: [FaultKey: Severity] = [:]
    func tell(_ failure: Failure, _ severity: Severity) {
      guard !failure.keyword.isEmpty else { return }
      told[FaultKey(failure), default: severity] = max(
        told[FaultKey(failure)] ?? severity, severity)
      // What is out of the range of its type is also out of any other range.
      guard failure.alias == nil, let key = FaultKey(aliasOf: failure) else { return }
      told[key, default: severity] = max(told[key] ?? severity, severity)
    }
    for failure in failures { tell(failure.failure, failure.severity) }
    var explanation = Explanation(values: values, model: plan.model, casing: requestCasing)
    checker.explain(schema, .root, in: document, into: &explanation)
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
      modelFaults.insert(key)
      if let known = told[key], known >= severity { continue }
      if failure.alias != nil, let alias = FaultKey(aliasOf: failure),
        let known = told[alias].map({ max($0, aliases[alias] ?? $0) }) ?? aliases[alias],
        known >= severity
      {
        continue
      }
      if own.insert(key).inserted { addModelFailure(failure, into: &failures) }
    }
  }

  /// Finds failures of expressions that could not be evaluated because of what the model reports.
  func findCovers(of failures: inout [RuleFailure]) {
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

  private mutating func addModelFailure(
    _ failure: Failure, fix: FixSource? = nil, into failures: inout [RuleFailure]
  ) {
    guard let severity = plan.severity(ofModelRule: failure.keyword) else { return }
    modelFaults.insert(FaultKey(failure))
    failures.append(
      RuleFailure(
        rule: RuleID(pack: plan.packName, rule: "schema/\(failure.keyword)"), severity: severity,
        failure: failure, fix: fix))
  }

  /// What the names of a request are reported for: spelling, explicit nulls.
  private mutating func explainNames(
    _ request: Request, in document: Document, values: ValueText,
    into failures: inout [RuleFailure]
  ) {
    for respelling in request.respelled.prefix(Self.failureLimit + 1) {
      let name = values.words(for: respelling.name, in: document)
      addModelFailure(
        Failure(
          keyword: "casing", anchor: respelling.name,
          message: respelling.isRedundant
            ? "\(name) repeats the member \"\(respelling.expected)\" in another spelling"
            : "\(name) must be spelled \"\(respelling.expected)\""),
        fix: respelling.isRedundant
          ? .surplus(name: respelling.name, isSafe: false)
          : .respelling(name: respelling.name, expected: respelling.expected),
        into: &failures)
    }
    for null in request.nulls.prefix(Self.failureLimit + 1) {
      addModelFailure(
        Failure(
          keyword: "type", anchor: null,
          message: "explicit null is not a value for this member; omit the member"),
        fix: .surplus(name: NodeID(null.index - 1), isSafe: true), into: &failures)
    }
    for (name, first) in request.duplicates.prefix(Self.failureLimit + 1) {
      failures.append(
        RuleFailure(
          rule: Self.duplicateNameRule, severity: .error,
          failure: Failure(
            keyword: "duplicate-name", anchor: name,
            message:
              "duplicate name \(values.words(for: name, in: document)) in the object; most readers keep only the last value",
            related: [.init(first, "first used here")])))
    }
  }

  /// The name of the rule of reading against duplicate names, which is no rule of the pack.
  package static let duplicateNameRule = RuleID(pack: "json", rule: "duplicate-name")

  mutating func explain(
    _ number: Int, in document: Document, values: ValueText,
    into failures: inout [RuleFailure]
  ) {
    let rule = plan.rules[number]
    guard let severity = rule.severity else { return }
    var visited: Set<NodeID> = []
    for selector in rule.selectors {
      var nodes: [NodeID] = []
      switch selector {
      case .path(let symbols, let thenEach):
        if let node = document.node(along: symbols) {
          nodes = thenEach ? document.children(of: node) : [node]
        }
      case .query(let index):
        guard let selected = select(index, in: document) else {
          if checker.isOverLimit { return }
          failures.append(
            RuleFailure(
              rule: rule.id, severity: .error,
              failure: Failure(
                keyword: Failure.limitKeyword, anchor: .root,
                message: "selecting the nodes of this rule took too many steps")))
          continue
        }
        nodes = selected
      }
      let condition = RuleSchedule.Check(rule.condition)
      let assertion = RuleSchedule.Check(rule.assertion)
      for node in nodes
      where failures.count <= Self.failureLimit && visited.insert(node).inserted
        && !holds(condition, assertion, node, in: document)
      {
        // Without steps, nobody knows whether the rule holds of the node, nor of those that follow.
        if checker.isOverLimit { return }
        for failure in explain(rule, node, in: document, values: values)
        where !(failure.isLimit && checker.isOverLimit) {
          let message = message(of: rule, failure, node, in: document, values: values)
          failures.append(
            RuleFailure(
              rule: rule.id, severity: failure.isLimit ? .error : severity, message: message,
              failure: failure,
              fix: rule.fixIsSafe == nil || failure.isLimit
                ? nil : .rule(index: number, node: node),
              isFixSafe: rule.fixIsSafe ?? true))
        }
      }
    }
  }

  /// A rule's own words for a failure; none for one of which nobody knows whether they are true.
  private mutating func message(
    of rule: PlanRule, _ failure: Failure, _ node: NodeID, in document: Document,
    values: ValueText
  ) -> String? {
    guard !failure.isEvaluationError, !failure.isLimit else { return nil }
    if let message = rule.message {
      lendSteps()
      defer { takeBackSteps() }
      return expressions.text(message, failure, node: node, in: document, values: values)
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
    _ index: Int, _ node: NodeID, isCondition: Bool, in document: Document, _ words: FaultWords
  ) -> ExpressionRunner.Verdict {
    lendSteps()
    defer { takeBackSteps() }
    return expressions.explained(index, node, isCondition: isCondition, in: document, words)
  }

  private mutating func reasons(
    for index: Int, _ node: NodeID, in document: Document
  ) -> [NodeID] {
    lendSteps()
    defer { takeBackSteps() }
    return expressions.reasons(for: index, node, in: document)
  }

  /// What one rule says of one node of which it does not hold.
  private mutating func explain(
    _ rule: PlanRule, _ node: NodeID, in document: Document, values: ValueText
  ) -> [Failure] {
    var reasons: [NodeID] = []
    let words = FaultWords(values: values, model: plan.model, casing: requestCasing)
    switch rule.condition {
    case nil: break
    case .schema(let schema)?: reasons = checker.supports(of: schema, node, in: document)
    case .expression(let index)?:
      switch explained(index, node, isCondition: true, in: document, words) {
      case .isFalse: return []
      case .isTrue: reasons = self.reasons(for: index, node, in: document)
      case .fails(let evaluation): return [failure(evaluation, of: rule, "condition", node)]
      }
    }
    var failures: [Failure]
    switch rule.assertion {
    case .schema(let schema):
      var explanation = Explanation(
        values: values, model: plan.model, casing: requestCasing)
      checker.explain(schema, node, in: document, into: &explanation)
      failures = explanation.failures
    case .expression(let index):
      switch explained(index, node, isCondition: false, in: document, words) {
      case .isTrue: failures = []
      case .isFalse:
        failures = [
          Failure(
            keyword: "", anchor: node,
            message:
              "\(values.words(for: node, in: document)) does not satisfy the rule's expression"
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
