package import Documents
package import Findings
package import RequestDecoding

/// A failure together with the rule that it belongs to.
package struct RuleFailure: Sendable {
  /// The rule, such as `aws-connect-chat/attributes-size` or `aws-connect-chat/schema/type`.
  package var rule: RuleID
  /// How much it matters.
  package var severity: Severity
  /// The rule's own message, if it has one.
  package var message: String?
  /// What failed, and where.
  package var failure: Failure
  /// What there may be a fix for.
  package var fix: FixSource?
  /// Whether the fix changes nothing that could have been meant otherwise.
  package var isFixSafe: Bool

  /// Creates an entry.
  package init(
    rule: RuleID, severity: Severity, message: String? = nil, failure: Failure,
    fix: FixSource? = nil, isFixSafe: Bool = true
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.failure = failure
    self.fix = fix
    if case .surplus(_, let isSafe)? = fix {
      self.isFixSafe = isSafe
    } else {
      self.isFixSafe = isFixSafe
    }
  }
}

/// Runs a plan on requests, one after another; one evaluator for each task.
package struct Evaluator: ~Copyable {
  /// The plan.
  package let plan: Plan
  var checker: SchemaChecker
  var decoder: RequestDecoder
  var expressions: ExpressionRunner
  private var schedule: RuleSchedule
  /// How the request at hand spells the members of its model.
  var requestCasing = Casing.wire
  /// What rules that were evaluated one by one took, before the last one.
  var spentSteps = 0
  /// The rules that did not hold of the last document, and whether its model did not.
  private var failing: [Int] = []
  private var modelFails = false

  /// Creates an evaluator of a plan for requests spelled in a style.
  package init(plan: Plan, casing: Casing = .auto) {
    self.plan = plan
    checker = SchemaChecker(plan: plan)
    decoder = RequestDecoder(model: plan.model, symbols: plan.symbols, casing: casing)
    expressions = ExpressionRunner(plan: plan)
    schedule = RuleSchedule(plan)
  }

  /// What a document is to a pack.
  package enum Outcome: Sendable {
    /// It does not look like the pack's request.
    case unfit
    /// Everything holds of it.
    case clean
    /// Something does not hold; `failures` tells what.
    case failing
  }

  /// Evaluates all rules on a document, without a word on what does not hold.
  ///
  /// Binds the document's names. With `mustFit`, a document that does not look like the pack's
  /// request is not evaluated.
  package mutating func check(_ document: inout Document, mustFit: Bool = false) -> Outcome {
    guard !document.isEmpty else { return mustFit ? .unfit : .clean }
    if mustFit, plan.detectsObjectsOnly, document.kind(of: .root) != .object { return .unfit }
    let request = decoder.decode(&document)
    checker.reset()
    if mustFit {
      guard let detect = plan.detect, checker.holds(detect, .root, in: document) else {
        return .unfit
      }
    }
    failing.removeAll(keepingCapacity: true)
    modelFails = plan.modelSchema.map { !checker.holds($0, .root, in: document) } ?? false
    schedule.reset()
    for index in schedule.entries.indices where !holds(schedule.entries[index], in: document) {
      let rule = schedule.entries[index].rule
      if failing.last != rule { failing.append(rule) }
    }
    let isClean = request.isClean && failing.isEmpty && !modelFails && !checker.isOverLimit
    return isClean ? .clean : .failing
  }

  /// The nodes whose values are never shown by this pack's word.
  ///
  /// Binds the document's names.
  package mutating func sensitiveNodes(in document: inout Document) -> [NodeID] {
    guard !document.isEmpty else { return [] }
    _ = decoder.decode(&document)
    return expressions.sensitiveNodes(in: document)
  }

  /// An element of an array by what tells it apart from the others.
  package struct ElementIdentity: Sendable {
    /// The element.
    package var element: NodeID
    /// The member that tells it apart, as the pack names it.
    package var member: String
    /// The member's value: a scalar.
    package var value: NodeID
  }

  /// The elements of arrays for which the pack names a member that tells them apart.
  ///
  /// Elements without that member are left out. Binds the document's names.
  package mutating func identities(in document: inout Document) -> [ElementIdentity] {
    guard !plan.identities.isEmpty, !document.isEmpty else { return [] }
    _ = decoder.decode(&document)
    var found: [ElementIdentity] = []
    for identity in plan.identities {
      var arrays: [NodeID] = []
      switch identity.arrays {
      case .path(let symbols, let thenEach):
        if let node = document.node(along: symbols) {
          arrays = thenEach ? document.children(of: node) : [node]
        }
      case .query(let index): arrays = expressions.select(index, in: document) ?? []
      }
      for array in arrays where document.kind(of: array) == .array {
        for element in document.elements(of: array) where document.kind(of: element) == .object {
          guard let value = document.value(of: identity.member.symbol, in: element) else {
            continue
          }
          switch document.kind(of: value) {
          case .string, .number, .boolean:
            found.append(
              ElementIdentity(element: element, member: identity.member.text, value: value))
          case .null, .array, .object, .name, .absent: break
          }
        }
      }
    }
    return found
  }

  /// What does not hold of the document that `check` was asked of last, in no particular order.
  ///
  /// Duplicate names are among it, under a rule of reading. No value at or under a `sensitive` node
  /// is shown, and no text of `strings`, which hold something that `text` finds; with `showsKinds`, of the others no more than kinds and lengths. At most `failureLimit`
  /// failures are told, and one more that says so.
  package mutating func failures(
    in document: inout Document, sensitive: [NodeID], strings: [NodeID] = [],
    text: SensitiveText? = nil, showsKinds: Bool = false
  ) -> [RuleFailure] {
    let request = decoder.decode(&document)
    requestCasing = request.casing
    let values = ValueText(
      sensitive: sensitive, strings: strings, in: document, text: text, showsKinds: showsKinds)
    var failures = explain(request, in: document, values: values)
    if failures.count > Self.failureLimit {
      failures.removeLast(failures.count - Self.failureLimit)
      failures.append(
        limitFailure(
          "the request has more than \(ValueText.grouped(Self.failureLimit)) findings of this pack; the others are not told"
        ))
    }
    return failures
  }

  /// The failures of a document by this pack alone; nil where `mustFit` is true and it does not fit.
  package mutating func failures(
    in document: inout Document, mustFit: Bool = false
  ) -> [RuleFailure]? {
    switch check(&document, mustFit: mustFit) {
    case .unfit: return nil
    case .clean: return []
    case .failing:
      let sensitive = sensitiveNodes(in: &document)
      return failures(in: &document, sensitive: sensitive)
    }
  }

  /// How many failures of one request are told.
  package static let failureLimit = 1_000

  /// The style that a document spells its members in; binds its names.
  mutating func decodedCasing(of document: inout Document) -> Casing {
    decoder.decode(&document).casing
  }

  // MARK: - Asking

  private mutating func holds(
    _ entry: RuleSchedule.Entry, in document: Document
  ) -> Bool {
    guard let path = entry.path else {
      guard let nodes = expressions.select(entry.query, in: document) else { return false }
      for node in nodes where !holds(entry.condition, entry.assertion, node, in: document) {
        return false
      }
      return true
    }
    guard let node = schedule.node(along: path, in: document) else { return true }
    guard entry.thenEach else {
      return holds(entry.condition, entry.assertion, node, in: document)
    }
    if document.kind(of: node) == .array {
      for child in document.elements(of: node)
      where !holds(entry.condition, entry.assertion, child, in: document) {
        return false
      }
    } else {
      for member in document.members(of: node)
      where !holds(entry.condition, entry.assertion, member.value, in: document) {
        return false
      }
    }
    return true
  }

  /// Whether a rule holds of one node; an expression that cannot be evaluated does not hold.
  mutating func holds(
    _ condition: RuleSchedule.Check, _ assertion: RuleSchedule.Check, _ node: NodeID,
    in document: Document
  ) -> Bool {
    switch condition {
    case .none: break
    case .schema(let schema):
      if !checker.holds(schema, node, in: document) { return true }
    case .expression(let index):
      switch expressions.condition(index, node, in: document) {
      case .isFalse: return true
      case .isTrue: break
      case .fails: return false
      }
    }
    switch assertion {
    case .none: return true
    case .schema(let schema): return checker.holds(schema, node, in: document)
    case .expression(let index):
      if case .isTrue = expressions.assertion(index, node, in: document) { return true }
      return false
    }
  }

  // MARK: - Telling

  private mutating func explain(
    _ request: Request, in document: Document, values: ValueText
  ) -> [RuleFailure] {
    var failures: [RuleFailure] = []
    for index in failing where failures.count <= Self.failureLimit {
      explain(index, in: document, values: values, into: &failures)
    }
    // Where a named rule fails by a keyword, the model's failure by the same one is the same fault.
    var told: Set<FaultKey> = []
    for failure in failures where !failure.failure.keyword.isEmpty {
      told.insert(FaultKey(failure.failure))
    }
    if modelFails, let schema = plan.modelSchema {
      var explanation = Explanation(
        values: values, model: plan.model, casing: requestCasing)
      checker.explain(schema, .root, in: document, into: &explanation)
      for failure in explanation.failures where told.insert(FaultKey(failure)).inserted {
        addModelFailure(failure, into: &failures)
      }
    }
    explainNames(request, in: document, values: values, into: &failures)
    if checker.isOverLimit {
      let place = whatGoesOverLimit(in: document).map { " while evaluating \($0)" } ?? ""
      failures.append(
        limitFailure(
          "evaluating the request took more than \(plan.stepLimit) steps or nested too deep\(place); its rules were not all evaluated"
        ))
    }
    return failures
  }

  /// What was being evaluated when the limit was reached; nil where asking alone does not reach it.
  private mutating func whatGoesOverLimit(in document: Document) -> String? {
    checker.reset()
    if let schema = plan.modelSchema {
      _ = checker.holds(schema, .root, in: document)
      if checker.isOverLimit { return "its model" }
    }
    schedule.reset()
    for entry in schedule.entries {
      _ = holds(entry, in: document)
      if checker.isOverLimit { return "the rule '\(plan.rules[entry.rule].id)'" }
    }
    return nil
  }

  /// A failure that says that not everything is told.
  private func limitFailure(_ message: String) -> RuleFailure {
    RuleFailure(
      rule: RuleID(pack: plan.packName, rule: "schema/limit"), severity: .error,
      failure: Failure(keyword: Failure.limitKeyword, anchor: .root, message: message))
  }

  private struct FaultKey: Hashable {
    var keyword: String
    var anchor: NodeID
    var missing: String?

    init(_ failure: Failure) {
      keyword = failure.keyword
      anchor = failure.anchor
      missing = failure.missing
    }
  }

  private func addModelFailure(
    _ failure: Failure, fix: FixSource? = nil, into failures: inout [RuleFailure]
  ) {
    guard let severity = plan.severity(ofModelRule: failure.keyword) else { return }
    failures.append(
      RuleFailure(
        rule: RuleID(pack: plan.packName, rule: "schema/\(failure.keyword)"), severity: severity,
        failure: failure, fix: fix))
  }

  /// What the names of a request are told for: spelling, explicit nulls.
  private func explainNames(
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
            : "\(name) is spelled \"\(respelling.expected)\""),
        fix: respelling.isRedundant
          ? .surplus(name: respelling.name, isSafe: false)
          : .respelling(name: respelling.name, expected: respelling.expected),
        into: &failures)
    }
    for null in request.nulls.prefix(Self.failureLimit + 1) {
      addModelFailure(
        Failure(
          keyword: "type", anchor: null,
          message: "an explicit null is no value for this member; leave the member out"),
        fix: .surplus(name: NodeID(null.index - 1), isSafe: true), into: &failures)
    }
    for (name, first) in request.duplicates.prefix(Self.failureLimit + 1) {
      failures.append(
        RuleFailure(
          rule: Self.duplicateNameRule, severity: .error,
          failure: Failure(
            keyword: "duplicate-name", anchor: name,
            message:
              "the name \(values.words(for: name, in: document)) stands a second time in its object; most readers keep the last value only",
            related: [.init(first, "it stands here first")])))
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
        guard let selected = expressions.select(index, in: document) else {
          failures.append(
            RuleFailure(
              rule: rule.id, severity: .error,
              failure: Failure(
                keyword: Failure.limitKeyword, anchor: .root,
                message: "selecting the nodes of this rule took more steps than it may")))
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
        for failure in explain(rule, node, in: document, values: values) {
          let message = rule.message.map {
            expressions.text($0, failure, node: node, in: document, values: values)
          }
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

  /// What one rule says of one node of which it does not hold.
  private mutating func explain(
    _ rule: PlanRule, _ node: NodeID, in document: Document, values: ValueText
  ) -> [Failure] {
    var reasons: [NodeID] = []
    switch rule.condition {
    case nil: break
    case .schema(let schema)?: reasons = checker.supports(of: schema, node, in: document)
    case .expression(let index)?:
      switch expressions.condition(index, node, in: document) {
      case .isFalse: return []
      case .isTrue: reasons = expressions.reasons(for: index, node, in: document)
      case .fails(let message, let isLimit):
        return [
          Failure(
            keyword: isLimit ? Failure.limitKeyword : "", anchor: node,
            message: "the rule's condition fails: \(message)")
        ]
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
      switch expressions.assertion(index, node, in: document) {
      case .isTrue: failures = []
      case .isFalse:
        failures = [
          Failure(
            keyword: "", anchor: node,
            message:
              "\(values.words(for: node, in: document)) does not satisfy the rule's expression"
          )
        ]
      case .fails(let message, let isLimit):
        failures = [
          Failure(
            keyword: isLimit ? Failure.limitKeyword : "", anchor: node,
            message: "the rule's expression fails: \(message)")
        ]
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

extension Document {
  /// The node that a path of member names leads to from the root.
  package func node(along path: [Symbol]) -> NodeID? {
    var node = NodeID.root
    for symbol in path {
      guard let next = value(of: symbol, in: node) else { return nil }
      node = next
    }
    return node
  }

  /// The elements of an array, or the values of an object's members.
  package func children(of node: NodeID) -> [NodeID] {
    kind(of: node) == .array ? Array(elements(of: node)) : members(of: node).map(\.value)
  }
}
