package import Documents
package import Findings
import RequestDecoding
import SourceText

/// A failure together with the rule that it belongs to.
///
/// A class, as it has many parts and is handed on from list to list.
package final class RuleFailure {
  /// The rule, such as `aws-connect-chat/attributes-size` or `aws-connect-chat/schema/type`.
  package let rule: RuleID
  /// How much it matters.
  package let severity: Severity
  /// The rule's own message, if it has one.
  package let message: String?
  /// What failed, and where.
  package let failure: Failure
  /// What there may be a fix for.
  package let fix: FixSource?
  /// Whether the fix changes nothing that could have been meant otherwise.
  package let isFixSafe: Bool
  /// Failures by their places in the list with this one: it says nothing new where of each of these
  /// lists one is reported.
  ///
  /// Empty where it always does.
  package internal(set) var covers: [[Int]] = []

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
///
/// What it keeps from request to request is room and caches: no result depends on what came before.
package struct Evaluator: ~Copyable {
  /// The plan.
  package let plan: Plan
  var checker: SchemaChecker
  var decoder: RequestDecoder
  var expressions: ExpressionRunner
  private var schedule: RuleSchedule
  /// The room of a binding that is no longer needed.
  private var spare = Binding()
  /// What rules that were evaluated one by one took, before the last one.
  var spentSteps = 0
  /// What finding the reasons took for which rules apply to the request that is explained.
  var reasonSteps = 0
  /// Reads and evaluates in one pass; made when it is asked for first.
  var guide: GuidedEvaluator?
  /// How many requests are read before there is a guide.
  private var guidesAfter: Int
  /// Whether there is no guide for the plan, or none is wanted.
  private var isUnguided: Bool

  /// Creates an evaluator of a plan for requests spelled in a style.
  ///
  /// Requests are read and evaluated in one pass once `guidesAfter` were read: to prepare for it takes as
  /// long as a few of them.
  package init(plan: Plan, casing: Casing = .auto, guidesAfter: Int = 0) {
    self.plan = plan
    checker = SchemaChecker(plan: plan)
    decoder = RequestDecoder(
      model: plan.ruleTable.model, symbols: plan.program.symbols, casing: casing)
    expressions = ExpressionRunner(plan: plan)
    schedule = RuleSchedule(plan.ruleTable.rules)
    self.guidesAfter = guidesAfter
    // In other spellings, names are looked at one by one.
    isUnguided = casing != .auto && casing != .wire
  }

  /// Makes what reads requests and evaluates them in one pass; false where the plan has none, or not yet.
  mutating func makeGuide() -> Bool {
    if guide != nil { return true }
    if isUnguided { return false }
    guard guidesAfter <= 0 else {
      guidesAfter -= 1
      return false
    }
    if let table = PlaceTableCompiler.table(of: plan) {
      guide = GuidedEvaluator(table, ruleCount: plan.ruleTable.rules.count)
    }
    isUnguided = guide == nil
    return !isUnguided
  }

  // MARK: - Binding

  /// A value of a document as the plan's request: its names are bound.
  package mutating func bind(_ document: Document, root: NodeID = .root) -> Request {
    var binding = Binding()
    swap(&binding, &spare)
    decoder.bind(document, from: root, into: &binding)
    return Request(document, root: root, binding: binding)
  }

  /// A document that `read` said is told as the plan's request: its names are known.
  package mutating func bindTold(_ document: Document) -> Request {
    var binding = Binding()
    swap(&binding, &spare)
    decoder.adopt(document, into: &binding)
    return Request(document, binding: binding)
  }

  /// Takes a request back that is no longer needed, whose room the next one uses.
  package mutating func recycle(_ request: consuming Request) {
    request.exchangeBinding(with: &spare)
  }

  // MARK: - Evaluating

  /// Evaluates all rules on a request, without a word on what does not hold.
  ///
  /// A request that the plan does not apply to is not evaluated. `steps` are those that other plans
  /// took of what the request may take; those of this one are added. `isTold` says that it is the request
  /// that `read` said is told.
  package mutating func evaluate(
    _ request: Request, applicability: Applicability = .always, steps: inout Int,
    isTold: Bool = false
  ) -> Evaluation {
    let detects = applicability == .whenDetected
    if isTold, let suspects = guide?.suspects, suspects.areFaithful(to: request),
      let evaluation = evaluate(request, suspects, detects: detects)
    {
      return evaluation
    }
    guard !request.isEmpty else { return detects ? .notApplicable : .clean }
    checker.reset()
    checker.stepLimit = plan.limits.steps
    var unmet = Unmet()
    if detects {
      guard isDetected(request) else { return .notApplicable }
      if checker.isOverLimit { unmet.limit = .detect }
    }
    checker.steps &+= steps
    if let model = plan.ruleTable.modelSchema {
      unmet.model = checker.failures(of: model, request.root, in: request)
    }
    if checker.isOverLimit, unmet.limit == nil { unmet.limit = .model }
    schedule.reset()
    for index in schedule.entries.indices {
      // What is not evaluated is not said to hold: the limit is a finding.
      if checker.isOverLimit { break }
      evaluate(schedule.entries[index], on: request, into: &unmet)
    }
    steps = checker.steps
    let isClean =
      request.binding.isClean && unmet.rules.isEmpty && unmet.model.isEmpty && unmet.limit == nil
    return isClean ? .clean : .failed(unmet)
  }

  /// Evaluates only what may not hold; nil where that takes too many steps, so that all is to be evaluated.
  private mutating func evaluate(
    _ request: Request, _ suspects: GuidedEvaluator.Suspects, detects: Bool
  ) -> Evaluation? {
    checker.reset()
    checker.stepLimit = plan.limits.steps
    var unmet = Unmet()
    if detects, suspects.hasDetect, !isDetected(request) { return .notApplicable }
    if suspects.hasModel, let model = plan.ruleTable.modelSchema {
      unmet.model = checker.failures(of: model, request.root, in: request, doubts: suspects.doubts)
    }
    if suspects.ruleCount > 0 {
      schedule.reset()
      for index in schedule.entries.indices where suspects.rules[schedule.entries[index].rule] {
        evaluate(schedule.entries[index], on: request, into: &unmet)
      }
    }
    // What was found out by reading takes steps as well where all is evaluated.
    guard !checker.isOverLimit, suspects.stepsOfOthers <= plan.limits.steps - checker.steps else {
      return nil
    }
    return unmet.rules.isEmpty && unmet.model.isEmpty ? .clean : .failed(unmet)
  }

  /// Whether a value of a document looks like the plan's request.
  package mutating func detects(_ root: NodeID, in document: Document) -> Bool {
    // Names need not be bound of what is no object.
    if plan.ruleTable.detectsObjectsOnly, document.kind(of: root) != .object { return false }
    let request = bind(document, root: root)
    defer { recycle(request) }
    checker.reset()
    checker.stepLimit = plan.limits.steps
    return isDetected(request)
  }

  private mutating func isDetected(_ request: Request) -> Bool {
    guard let detect = plan.ruleTable.detect else { return false }
    if plan.ruleTable.detectsObjectsOnly, request.kind(of: request.root) != .object { return false }
    return checker.holds(detect, request.root, in: request)
  }

  /// Evaluates a document by itself.
  package mutating func evaluate(
    _ document: Document, applicability: Applicability = .always
  ) -> Evaluation {
    let request = bind(document)
    defer { recycle(request) }
    var steps = 0
    return evaluate(request, applicability: applicability, steps: &steps)
  }

  private mutating func evaluate(
    _ entry: RuleSchedule.Entry, on request: Request, into unmet: inout Unmet
  ) {
    guard let path = entry.path else {
      guard let nodes = select(entry.query, in: request) else {
        return add(entry.rule, nil, to: &unmet)
      }
      for node in nodes { evaluate(entry, node, in: request, into: &unmet) }
      return
    }
    guard let node = schedule.node(along: path, in: request) else { return }
    guard entry.thenEach else { return evaluate(entry, node, in: request, into: &unmet) }
    var place = node.index &+ 1
    let end = request.end(of: node)
    if request.kind(of: node) == .array {
      while let child = request.nextElement(&place, before: end) {
        evaluate(entry, child, in: request, into: &unmet)
      }
    } else if request.kind(of: node) == .object {
      while let name = request.nextMember(&place, before: end) {
        evaluate(entry, NodeID(name.index &+ 1), in: request, into: &unmet)
      }
    }
  }

  /// Whether a rule of the schedule holds of all its nodes.
  mutating func holds(entry: Int, in request: Request) -> Bool {
    var unmet = Unmet()
    schedule.reset()
    evaluate(schedule.entries[entry], on: request, into: &unmet)
    return unmet.rules.isEmpty && unmet.limit == nil
  }

  @inline(__always)
  private mutating func evaluate(
    _ entry: RuleSchedule.Entry, _ node: NodeID, in request: Request, into unmet: inout Unmet
  ) {
    guard !checker.isOverLimit else { return }
    let holds = holds(entry.condition, entry.assertion, node, in: request)
    if !holds || checker.isOverLimit { add(entry.rule, node, to: &unmet) }
  }

  /// Notes that a rule does not hold; without steps, nobody knows whether it does.
  private mutating func add(_ rule: Int, _ node: NodeID?, to unmet: inout Unmet) {
    if checker.isOverLimit {
      if unmet.limit == nil { unmet.limit = .rule(rule) }
    } else if unmet.rules.count <= Self.failureLimit {
      unmet.rules.append(.init(rule: rule, node: node))
    }
  }

  /// The nodes whose values are never shown by this pack's word.
  package mutating func sensitiveNodes(in request: Request) -> [NodeID] {
    guard !request.isEmpty else { return [] }
    // Apart from the steps of rules, or a costly rule would keep back everything.
    expressions.remaining = plan.limits.querySteps
    return expressions.sensitiveNodes(in: request)
  }

  /// The names that say all of what this pack keeps back; nil where a query or the whole request is.
  package var guardedNames: GuardedNames? {
    mutating get {
      let isPlain = plan.privacy.sensitive.allSatisfy { path in
        if case .path(let steps) = path { !steps.isEmpty } else { false }
      }
      return isPlain ? expressions.guardedNames : nil
    }
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
  /// Elements without that member are left out.
  package mutating func identities(in request: Request) -> [ElementIdentity] {
    guard !plan.ruleTable.identities.isEmpty, !request.isEmpty else { return [] }
    var found: [ElementIdentity] = []
    expressions.remaining = plan.limits.querySteps
    for identity in plan.ruleTable.identities {
      var arrays: [NodeID] = []
      switch identity.arrays {
      case .path(let symbols, let thenEach):
        if let node = request.node(along: symbols) {
          arrays = thenEach ? request.children(of: node) : [node]
        }
      case .query(let index): arrays = expressions.select(index, in: request) ?? []
      }
      for array in arrays where request.kind(of: array) == .array {
        for element in request.elements(of: array) where request.kind(of: element) == .object {
          guard let value = request.value(of: identity.member.symbol, in: element) else {
            continue
          }
          switch request.kind(of: value) {
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

  // MARK: - Explaining

  /// What there is to say of a request that does not hold.
  ///
  /// Duplicate names are among it, under a rule of reading. `values` decides what of the request is
  /// shown, `needs` what of a finding is. At most `failureLimit` failures are reported, and one more that
  /// says so.
  package mutating func explain(
    _ unmet: Unmet, of request: Request, values: ValueText,
    needs: FindingNeeds = [.details, .related]
  ) -> Explained {
    // Explaining has half as many steps as evaluating had, also where those were too few.
    checker.reset()
    checker.stepLimit = plan.limits.steps / 2
    reasonSteps = 0
    var explaining = Explaining(
      explanation(of: request, values: values), limit: unmet.limit,
      wantsDetails: needs.contains(.details) || needs.contains(.related),
      wantsReasons: needs.contains(.related))
    explain(unmet, of: request, &explaining)
    var failures = explaining.failures
    explaining.failures = []
    if failures.count > Self.failureLimit {
      failures.removeLast(failures.count - Self.failureLimit)
      failures.append(
        limitFailure(
          "more than \(Self.failureLimit.grouped) findings of this pack in the request; the others are not reported",
          of: request))
    }
    leaveOutLongPointers(of: &failures, in: request)
    findCovers(of: &failures, explaining.modelFaults)
    return Explained(failures: failures, isOverBudget: explaining.limit != nil)
  }

  /// The check that says that a member of the root is missing, where nothing else is wrong with the request
  /// that was read last; nil for any other request.
  ///
  /// Requests with the same check have the same failures.
  package var missingRootMember: Int32? {
    mutating get { guide?.suspects.missingRootMember }
  }

  /// An explanation of a request without any failure.
  func explanation(of request: Request, values: ValueText) -> Explanation {
    Explanation(values: values, model: plan.ruleTable.model, casing: request.binding.casing)
  }

  /// The failures of a document by this pack alone; nil where the pack does not apply to it.
  package mutating func failures(
    of document: Document, applicability: Applicability = .always
  ) -> [RuleFailure]? {
    let request = bind(document)
    defer { recycle(request) }
    var steps = 0
    switch evaluate(request, applicability: applicability, steps: &steps) {
    case .notApplicable: return nil
    case .clean: return []
    case .failed(let unmet):
      let values = ValueText(sensitive: sensitiveNodes(in: request), in: request)
      return explain(unmet, of: request, values: values).failures
    }
  }

  /// Leaves out failures whose pointers, together with those before them, are too long to be reported.
  ///
  /// A name of a megabyte is in the pointer of every finding below it.
  private func leaveOutLongPointers(of failures: inout [RuleFailure], in request: Request) {
    guard failures.count > 1 else { return }
    let hasLongNames = (0..<request.nodeCount).contains { index in
      request.kind(of: NodeID(index)) == .name
        && request.utf8(of: NodeID(index)).count > Self.longName
    }
    guard hasLongNames else { return }
    let paths = DocumentPaths(request.document)
    var length = 0
    let affordable = failures.prefix { failure in
      for node in paths.path(to: failure.failure.anchor).dropFirst() {
        let name = request.kind(of: node) == .name ? node : NodeID(node.index - 1)
        if request.kind(of: name) == .name { length &+= request.utf8(of: name).count }
      }
      return length <= Self.pointerLimit
    }.count
    guard affordable < failures.count else { return }
    failures.removeLast(failures.count - max(affordable, 1))
    failures.append(
      limitFailure(
        "pointers of this pack's findings take more than \(Self.pointerLimit >> 20) MiB; the other findings are not reported",
        of: request))
  }

  /// Names of more bytes may make pointers that are too long.
  private static let longName = 256
  /// How many bytes the names in the pointers of one request's failures may have together.
  static let pointerLimit = 1 << 23

  /// The maximum number of failures reported for one request.
  package static let failureLimit = 1_000

  // MARK: - Asking

  /// Whether a rule holds of one node; an expression that cannot be evaluated does not hold.
  mutating func holds(
    _ condition: RuleSchedule.Check, _ assertion: RuleSchedule.Check, _ node: NodeID,
    in request: Request
  ) -> Bool {
    switch condition {
    case .none: break
    case .schema(let schema):
      if !checker.holds(schema, node, in: request) { return true }
    case .expression(let index):
      switch self.condition(index, node, in: request) {
      case .isFalse: return true
      case .isTrue: break
      case .fails: return false
      }
    }
    switch assertion {
    case .none: return true
    case .schema(let schema): return checker.holds(schema, node, in: request)
    case .expression(let index):
      lendSteps()
      defer { takeBackSteps() }
      if case .isTrue = expressions.assertion(index, node, in: request) { return true }
      return false
    }
  }

  /// Whether a rule's condition holds of a node.
  mutating func condition(
    _ index: Int, _ node: NodeID, in request: Request
  ) -> ExpressionRunner.Verdict {
    lendSteps()
    defer { takeBackSteps() }
    return expressions.condition(index, node, in: request)
  }

  /// The nodes that a query selects; nil where it takes too many steps.
  mutating func select(_ query: Int, in request: Request) -> [NodeID]? {
    lendSteps()
    defer { takeBackSteps() }
    return expressions.select(query, in: request)
  }

  // MARK: - Steps

  /// Lets expressions take the steps that the request has left: one budget for all its rules.
  @inline(__always)
  mutating func lendSteps() {
    expressions.remaining = checker.stepLimit &- checker.steps
    expressions.isExhausted = false
  }

  /// Counts the steps that expressions took.
  @inline(__always)
  mutating func takeBackSteps() {
    checker.steps = checker.stepLimit &- expressions.remaining
    if expressions.isExhausted {
      checker.isOverLimit = true
      checker.steps = max(checker.steps, checker.stepLimit)
    }
  }
}

extension Request {
  /// The node that a path of member names leads to from the root.
  package func node(along path: [Symbol]) -> NodeID? {
    var node = root
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
