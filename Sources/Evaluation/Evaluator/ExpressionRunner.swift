import CEL
import Documents
import JSONPath
import RequestDecoding
import SourceText

/// Runs a plan's expressions and queries on one request after another.
struct ExpressionRunner: ~Copyable {
  /// What an expression says of a node.
  enum Verdict {
    /// It is true.
    case isTrue
    /// It is false, or reads a member that is not there.
    case isFalse
    /// It could not be evaluated.
    case fails(EvaluationFailure)
  }

  /// Why an expression could not be evaluated.
  struct EvaluationFailure {
    /// The reason, in words.
    var message: String
    /// Whether it took more steps than it may.
    var isLimit: Bool
    /// The same as in `Failure`.
    var causes: [[FaultKey]] = []
  }

  private let plan: Plan
  /// Made for the first document with something to report.
  private(set) lazy var guardedNames = GuardedNames(plan)
  /// The programs one by one, so that running one does not copy it.
  private let programs: [Program]
  private var evaluator: CELEvaluator
  private var queryCaches: [JSONPathCache]
  /// The values of variables: those of messages are behind those of rules.
  private var variables: [CELValue]
  /// How many steps may be taken, all expressions and queries together.
  var remaining = Int.max
  /// Whether something was given up since no steps remained, and not by a limit of its own.
  var isExhausted = false
  /// Whether programs of several packs know different parameters.
  private let hasSeveralParameters: Bool

  /// A program that is shared, not copied.
  private final class Program: Sendable {
    let program: CELProgram

    /// Whether it reads the path of the finding, which messages alone know.
    let namesPath: Bool

    init(_ program: CELProgram) {
      self.program = program
      namesPath = program.references.contains { $0.variable == ExpressionRunner.pathVariable }
    }

    /// Whether the expression holds; here, since what a class holds is lent to its own methods only.
    func verdict(
      by evaluator: inout CELEvaluator, _ variables: [CELValue], in request: Request,
      _ symbols: SymbolTable
    ) -> CELVerdict {
      evaluator.verdict(of: program, variables: variables, in: request, symbols: symbols)
    }

    /// The value of the expression.
    func value(
      by evaluator: inout CELEvaluator, _ variables: [CELValue], in request: Request,
      _ symbols: SymbolTable
    ) throws(CELError) -> CELValue {
      try evaluator.evaluate(program, variables: variables, in: request, symbols: symbols)
    }

    /// The faults of the last evaluation.
    func faultReports(by evaluator: inout CELEvaluator) -> [CELFaultReport]? {
      evaluator.faultReports(of: program)
    }
  }

  /// The names that expressions of rules may use, in the order in which their values are given.
  static let variableCount = 3
  /// The path of a finding among the variables of messages.
  private static let pathVariable = 5

  init(plan: Plan) {
    self.plan = plan
    evaluator = CELEvaluator(costLimit: plan.limits.cost)
    programs = plan.expressions.programs.map { Program($0) }
    queryCaches = plan.expressions.queries.map { _ in JSONPathCache() }
    variables = [.null, .node(.root), plan.expressions.parameters[0], .null, .null, .null]
    hasSeveralParameters = plan.expressions.parameters.count > 1
  }

  // MARK: - Queries

  /// The distinct nodes that a query selects, in its order; nil where it takes too many steps.
  mutating func select(_ query: Int, in request: Request) -> [NodeID]? {
    let limit = min(plan.limits.querySteps, max(remaining, 0))
    var steps = 0
    defer { remaining &-= steps }
    guard
      let nodes = try? plan.expressions.queries[query].select(
        in: request, stepLimit: limit, steps: &steps, cache: &queryCaches[query])
    else {
      if limit < plan.limits.querySteps { isExhausted = true }
      return nil
    }
    guard nodes.count > 1 else { return nodes }
    return Self.distinct(nodes, in: request)
  }

  private static func distinct(_ nodes: [NodeID], in request: Request) -> [NodeID] {
    guard nodes.count > request.nodeCount / 64 else {
      var seen: Set<NodeID> = []
      return nodes.filter { seen.insert($0).inserted }
    }
    var seen = [Bool](repeating: false, count: request.nodeCount)
    return nodes.filter { node in
      defer { seen[node.index] = true }
      return !seen[node.index]
    }
  }

  /// Limits what the next evaluation may cost to what remains.
  private mutating func beginEvaluation() {
    evaluator.costLimit = min(plan.limits.cost, max(remaining, 0))
  }

  private mutating func endEvaluation(isOverLimit: Bool) {
    remaining &-= evaluator.cost
    if isOverLimit, evaluator.costLimit < plan.limits.cost { isExhausted = true }
  }

  /// The nodes whose values are never shown.
  ///
  /// Members that do not count, and members of a sensitive name that stand where they do not belong,
  /// are guarded as well: what is hidden from rules must not come to light in an excerpt.
  mutating func sensitiveNodes(in request: Request) -> [NodeID] {
    guard !plan.privacy.sensitive.isEmpty else { return [] }
    var nodes: [NodeID] = []
    var shown: Request?
    for path in plan.privacy.sensitive {
      switch path {
      case .path(let symbols): if symbols.isEmpty { nodes.append(request.root) }
      case .query(let index, _, _):
        let whole = shown ?? request.withoutHidden()
        shown = whole
        guard let selected = select(index, in: whole) else {
          // Rather nothing is shown than something sensitive.
          return [request.root]
        }
        nodes += selected
      }
    }
    guardedNames.addValues(in: request, to: &nodes)
    nodes.sort()
    var last: NodeID?
    nodes.removeAll { node in
      defer { last = node }
      return node == last
    }
    return request.document.aliases.isEmpty ? nodes : nodes + aliases(of: Set(nodes), in: request)
  }

  /// The nodes elsewhere in the tree whose text is that of a sensitive one: aliases of YAML.
  private func aliases(of nodes: Set<NodeID>, in request: Request) -> [NodeID] {
    guard !nodes.isEmpty else { return [] }
    var covers: [TextRange] = []
    for range in nodes.map({ request.range(of: $0) }).sorted() where !range.isEmpty {
      if covers.last?.contains(range) != true { covers.append(range) }
    }
    var found: [NodeID] = []
    var index = 0
    while index < request.nodeCount {
      let node = NodeID(index)
      if nodes.contains(node) {
        index = request.end(of: node)
        continue
      }
      index += 1
      let range = request.range(of: node)
      var (low, high) = (0, covers.count)
      while low < high {
        let middle = low + (high - low) / 2
        if covers[middle].lowerBound <= range.lowerBound { low = middle + 1 } else { high = middle }
      }
      if low > 0, !range.isEmpty, covers[low - 1].contains(range) { found.append(node) }
    }
    return found
  }

  // MARK: - Expressions

  /// Whether a rule's condition holds of a node: an absent member makes it not hold.
  mutating func condition(_ index: Int, _ node: NodeID, in request: Request) -> Verdict {
    switch verdict(index, node, in: request) {
    case .holds: .isTrue
    case .fails, .absent: .isFalse
    case .error(let error):
      .fails(EvaluationFailure(message: error.message, isLimit: error.isCostLimit))
    }
  }

  /// Whether a rule's assertion holds of a node; an absent member makes it fail.
  mutating func assertion(_ index: Int, _ node: NodeID, in request: Request) -> Verdict {
    switch verdict(index, node, in: request) {
    case .holds: .isTrue
    case .fails: .isFalse
    case .absent: .fails(EvaluationFailure(message: "missing member", isLimit: false))
    case .error(let error):
      .fails(EvaluationFailure(message: error.message, isLimit: error.isCostLimit))
    }
  }

  /// The same as a condition or an assertion says, with what a failure is about.
  mutating func explained(
    _ index: Int, _ node: NodeID, isCondition: Bool, in request: Request, _ values: ValueText,
    model: RequestModel
  ) -> Verdict {
    evaluator.isExplaining = true
    evaluator.recordsTouched = true
    defer {
      evaluator.isExplaining = false
      evaluator.recordsTouched = false
    }
    let verdict =
      isCondition
      ? condition(index, node, in: request) : assertion(index, node, in: request)
    guard case .fails(var failure) = verdict, !failure.isLimit else { return verdict }
    guard let reports = programs[index].faultReports(by: &evaluator), let first = reports.first
    else { return verdict }
    let words = FaultWords(values: values, model: model, casing: request.binding.casing)
    let isTainted = evaluator.touched.contains { values.holdsSensitive($0, in: request) }
    failure.message = words.message(
      for: first, isTainted: isTainted, in: request, plan.program.symbols)
    failure.causes = reports.map { words.causes(of: $0, in: request) }
    if failure.causes.contains(where: \.isEmpty) { failure.causes = [] }
    return .fails(failure)
  }

  /// The nodes whose values made a condition true.
  mutating func reasons(for index: Int, _ node: NodeID, in request: Request) -> [NodeID] {
    evaluator.isTracing = true
    defer { evaluator.isTracing = false }
    guard case .holds = verdict(index, node, in: request) else { return [] }
    var seen: Set<NodeID> = [request.root, node]
    return evaluator.trace.filter { seen.insert($0).inserted }
  }

  private mutating func verdict(
    _ index: Int, _ node: NodeID, in request: Request
  ) -> CELVerdict {
    variables[0] = .node(node)
    variables[1] = .node(request.root)
    chooseParameters(of: index)
    beginEvaluation()
    let verdict = programs[index].verdict(
      by: &evaluator, variables, in: request, plan.program.symbols)
    if case .error(let error) = verdict {
      endEvaluation(isOverLimit: error.isCostLimit)
    } else {
      endEvaluation(isOverLimit: false)
    }
    return verdict
  }

  /// Makes `params` those of the pack that a program comes from.
  private mutating func chooseParameters(of program: Int) {
    guard hasSeveralParameters else { return }
    variables[2] = plan.expressions.parameters[plan.expressions.parametersOfPrograms[program]]
  }

  // MARK: - Fixes

  /// Makes a node the one that expressions call `self`.
  mutating func setVariables(self node: NodeID, in request: Request) {
    variables[0] = .node(node)
    variables[1] = .node(request.root)
  }

  /// The value of an expression with the nodes that decided it, and those whose content it copied;
  /// nil where it cannot be evaluated.
  mutating func tracedValue(
    of index: Int, in request: Request
  ) -> (value: CELValue, read: (decided: [NodeID], copied: [NodeID]))? {
    chooseParameters(of: index)
    evaluator.isTracing = true
    evaluator.recordsTouched = true
    defer {
      evaluator.isTracing = false
      evaluator.recordsTouched = false
    }
    guard let value = try? value(of: index, in: request) else { return nil }
    return (value, (evaluator.trace, evaluator.touched))
  }

  /// The value of an expression, for the variables that are set.
  private mutating func value(of index: Int, in request: Request) throws(CELError) -> CELValue {
    beginEvaluation()
    do {
      let value = try programs[index].value(
        by: &evaluator, variables, in: request, plan.program.symbols)
      endEvaluation(isOverLimit: false)
      return value
    } catch {
      endEvaluation(isOverLimit: error.isCostLimit)
      throw error
    }
  }

  // MARK: - Messages

  /// The text of a message for one failure.
  mutating func text(
    _ template: MessageTemplate, _ failure: Failure, node: NodeID, in request: Request,
    values: ValueText
  ) -> String {
    let anchor = failure.anchor
    let isName = request.kind(of: anchor) == .name
    let isMember = anchor.index > 0 && request.kind(of: NodeID(anchor.index - 1)) == .name
    setVariables(self: node, in: request)
    variables[3] = isName ? .name(anchor) : isMember ? .name(NodeID(anchor.index - 1)) : .null
    variables[4] = .node(isName ? NodeID(anchor.index + 1) : anchor)
    let namesPath = template.parts.contains { part in
      guard case .expression(let index) = part else { return false }
      return programs[index].namesPath
    }
    variables[Self.pathVariable] =
      namesPath ? CELValue(values.shownPointer(to: anchor, in: request)) : .null
    var text = ""
    for part in template.parts {
      switch part {
      case .text(let literal): text += literal
      case .expression(let index): text += value(of: index, in: request, values: values)
      }
    }
    return text
  }

  private mutating func value(
    of index: Int, in request: Request, values: ValueText
  ) -> String {
    chooseParameters(of: index)
    evaluator.recordsTouched = true
    defer { evaluator.recordsTouched = false }
    do {
      let value = try value(of: index, in: request)
      if evaluator.touched.contains(where: { values.holdsSensitive($0, in: request) }) {
        return ValueText.redaction
      }
      return value.rendered(
        in: request, symbols: plan.program.symbols, limit: 200,
        isSensitive: { values.isSensitive(value: $0, in: request) }
      ).text
    } catch {
      return "‹\(error.message)›"
    }
  }
}
