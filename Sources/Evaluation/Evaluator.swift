package import Documents
package import Findings
package import RequestDecoding
import SourceText

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
  /// Failures by their places in the list with this one: it says nothing new where of each of these
  /// lists one is reported.
  ///
  /// Empty where it always does.
  package var covers: [[Int]] = []

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
  var failing: [Int] = []
  var modelFails = false
  /// What the model told of the last document, in its own words or in those of a named rule.
  var modelFaults: Set<FaultKey> = []
  /// What was being evaluated of the last document when it took more steps than it may.
  var limitPlace: LimitPlace?

  enum LimitPlace {
    case detect
    case model
    case rule(Int)
  }

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
  /// Binds the document's names. A document that the pack does not apply to is not evaluated. `spent` is how many steps other packs took of those that the request has.
  package mutating func check(
    _ document: inout Document, applicability: Applicability = .always, spent: Int = 0
  ) -> Outcome {
    let detects = applicability == .whenDetected
    guard !document.isEmpty else { return detects ? .unfit : .clean }
    if detects, plan.detectsObjectsOnly, document.kind(of: .root) != .object { return .unfit }
    let request = decoder.decode(&document)
    checker.reset()
    checker.stepLimit = plan.stepLimit
    limitPlace = nil
    if detects {
      guard let detect = plan.detect, checker.holds(detect, .root, in: document) else {
        return .unfit
      }
      if checker.isOverLimit { limitPlace = .detect }
    }
    checker.steps &+= spent
    failing.removeAll(keepingCapacity: true)
    modelFails = plan.modelSchema.map { !checker.holds($0, .root, in: document) } ?? false
    if checker.isOverLimit, limitPlace == nil { limitPlace = .model }
    schedule.reset()
    for index in schedule.entries.indices {
      // What is not evaluated is not said to hold: the limit is a finding.
      if checker.isOverLimit { break }
      let holds = holds(schedule.entries[index], in: document)
      let rule = schedule.entries[index].rule
      // Without steps, nobody knows whether the rule holds.
      if checker.isOverLimit {
        limitPlace = .rule(rule)
      } else if !holds, failing.last != rule {
        failing.append(rule)
      }
    }
    let isClean = request.isClean && failing.isEmpty && !modelFails && limitPlace == nil
    return isClean ? .clean : .failing
  }

  /// The nodes whose values are never shown by this pack's word.
  ///
  /// Binds the document's names.
  package mutating func sensitiveNodes(in document: inout Document) -> [NodeID] {
    guard !document.isEmpty else { return [] }
    _ = decoder.decode(&document)
    // Apart from the steps of rules, or a costly rule would keep back everything.
    expressions.remaining = plan.queryStepLimit
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
    expressions.remaining = plan.queryStepLimit
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
  /// is shown, and no text of `strings`, which hold something that `text` finds; `disclosure` says what is shown of the others. At most `failureLimit`
  /// failures are reported, and one more that says so.
  package mutating func failures(
    in document: inout Document, sensitive: [NodeID], strings: [NodeID] = [],
    text: SensitiveText? = nil, disclosure: Disclosure = .full
  ) -> [RuleFailure] {
    let request = decoder.decode(&document)
    requestCasing = request.casing
    // Telling has half as many steps as asking had, also where those were too few.
    checker.reset()
    checker.stepLimit = plan.stepLimit / 2
    let values = ValueText(
      sensitive: sensitive, strings: strings, in: document, text: text, disclosure: disclosure)
    var failures = explain(request, in: document, values: values)
    if failures.count > Self.failureLimit {
      failures.removeLast(failures.count - Self.failureLimit)
      failures.append(
        limitFailure(
          "more than \(Self.failureLimit.grouped) findings of this pack in the request; the others are not reported"
        ))
    }
    leaveOutLongPointers(of: &failures, in: document)
    findCovers(of: &failures)
    return failures
  }

  /// Leaves out failures whose pointers, together with those before them, are too long to be reported.
  ///
  /// A name of a megabyte is in the pointer of every finding below it.
  private func leaveOutLongPointers(of failures: inout [RuleFailure], in document: Document) {
    let hasLongNames = (0..<document.nodeCount).contains { index in
      document.kind(of: NodeID(index)) == .name
        && document.utf8(of: NodeID(index)).count > Self.longName
    }
    guard hasLongNames, failures.count > 1 else { return }
    let paths = DocumentPaths(document)
    var length = 0
    let affordable = failures.prefix { failure in
      for node in paths.path(to: failure.failure.anchor).dropFirst() {
        let name = document.kind(of: node) == .name ? node : NodeID(node.index - 1)
        if document.kind(of: name) == .name { length &+= document.utf8(of: name).count }
      }
      return length <= Self.pointerLimit
    }.count
    guard affordable < failures.count else { return }
    failures.removeLast(failures.count - max(affordable, 1))
    failures.append(
      limitFailure(
        "pointers of this pack's findings take more than \(Self.pointerLimit >> 20) MiB; the other findings are not reported"
      ))
  }

  /// Names of more bytes may make pointers that are too long.
  private static let longName = 256
  /// How many bytes the names in the pointers of one request's failures may have together.
  static let pointerLimit = 1 << 23

  /// The failures of a document by this pack alone; nil where the pack does not apply to it.
  package mutating func failures(
    in document: inout Document, applicability: Applicability = .always
  ) -> [RuleFailure]? {
    switch check(&document, applicability: applicability) {
    case .unfit: return nil
    case .clean: return []
    case .failing:
      let sensitive = sensitiveNodes(in: &document)
      return failures(in: &document, sensitive: sensitive)
    }
  }

  /// The maximum number of failures reported for one request.
  package static let failureLimit = 1_000

  /// Whether the last document exceeded its budget of steps.
  package var isOverBudget: Bool { limitPlace != nil }

  /// How many steps the last document took so far, those of other packs included.
  package var requestSteps: Int { checker.steps }

  /// The style that a document spells its members in; binds its names.
  mutating func decodedCasing(of document: inout Document) -> Casing {
    decoder.decode(&document).casing
  }

  // MARK: - Asking

  private mutating func holds(
    _ entry: RuleSchedule.Entry, in document: Document
  ) -> Bool {
    guard let path = entry.path else {
      guard let nodes = select(entry.query, in: document) else { return false }
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
      switch self.condition(index, node, in: document) {
      case .isFalse: return true
      case .isTrue: break
      case .fails: return false
      }
    }
    switch assertion {
    case .none: return true
    case .schema(let schema): return checker.holds(schema, node, in: document)
    case .expression(let index):
      lendSteps()
      defer { takeBackSteps() }
      if case .isTrue = expressions.assertion(index, node, in: document) { return true }
      return false
    }
  }

  /// Whether a rule's condition holds of a node.
  mutating func condition(
    _ index: Int, _ node: NodeID, in document: Document
  ) -> ExpressionRunner.Verdict {
    lendSteps()
    defer { takeBackSteps() }
    return expressions.condition(index, node, in: document)
  }

  /// The nodes that a query selects; nil where it takes too many steps.
  mutating func select(_ query: Int, in document: Document) -> [NodeID]? {
    lendSteps()
    defer { takeBackSteps() }
    return expressions.select(query, in: document)
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
