import Documents
import Evaluation
import Findings
import RuleCompilation
import RulePacks
import SourceText
import Testing

/// A pack to evaluate requests with.
///
/// The tests know the evaluator only through this file.
struct Trial: ~Copyable {
  /// What a request is to the pack.
  enum Outcome: Hashable {
    case unfit, clean, failing
  }

  /// What was evaluated of one request.
  struct Evaluated: Hashable {
    var outcome: Outcome
    /// What does not hold, as `RULE POINTER`, in the order of the text.
    var failures: [String] = []
    var messages: [String] = []
    /// The pointers of values that failures refer to, as `POINTER: MESSAGE`.
    var related: [String] = []
    /// How many steps it took to see whether everything holds.
    var steps: Int
  }

  private var evaluator: Evaluator
  /// Whether the last request was told by places, and not by plain evaluation alone.
  private(set) var isTold = false

  /// Compiles a pack with these fields and rules, in JSON.
  init(
    _ rules: String?, request: String? = nil, model: String? = nil, casing: Casing = .auto,
    costLimit: Int? = nil
  ) throws {
    var text = #"{"requisite": 1, "name": "p""#
    if let rules { text += #", "rules": \#(rules)"# }
    if let request { text += #", "request": \#(request)"# }
    text += "}"
    let reading = RulePackReader.read(SourceFile(path: "p.json", bytes: Array(text.utf8))) {
      (path) throws(Diagnostic) in
      SourceFile(path: path, bytes: Array((model ?? "{}").utf8))
    }
    let compilation = RuleCompiler.compile(reading, checking: .none)
    #expect(compilation.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
    var plan = try #require(compilation.plan)
    if let costLimit { plan.limitCost(to: costLimit) }
    evaluator = Evaluator(plan: plan, casing: casing)
  }

  /// Evaluates a request: a text, or the value at a pointer of it.
  mutating func evaluate(
    _ text: String, at pointer: String = "", applicability: Applicability = .always,
    disclosure: Disclosure = .full, spent: Int = 0
  ) -> Evaluated {
    let document = JSONReader.read(Array(text.utf8)).document
    let root = JSONPointer(pointer).flatMap { document.node(at: $0) } ?? .root
    let request = evaluator.bind(document, root: root)
    defer { evaluator.recycle(request) }
    var found = Evaluated(outcome: .clean, steps: spent)
    let evaluation = evaluator.evaluate(
      request, applicability: applicability, steps: &found.steps)
    switch evaluation {
    case .notApplicable: found.outcome = .unfit
    case .clean: break
    case .failed(let unmet):
      found.outcome = .failing
      explain(unmet, of: request, disclosure, into: &found)
    }
    if root == .root, spent == 0 { checkGuided(text, document, applicability, found, disclosure) }
    return found
  }

  /// Reads the request by the table of places as well: what it says and leaves must be the same.
  private mutating func checkGuided(
    _ text: String, _ plain: Document, _ applicability: Applicability, _ found: Evaluated,
    _ disclosure: Disclosure
  ) {
    var document = Document(source: Array(text.utf8))
    let reading = evaluator.read(
      TextRange(0, document.source.count), into: &document,
      depthLimit: JSONReader.defaultDepthLimit, applicability: applicability)
    if reading == .clean { #expect(found.outcome == .clean, "\(text)") }
    isTold = reading.isTold
    if isTold {
      let request = reading == .told ? evaluator.bindTold(document) : evaluator.bind(document)
      defer { evaluator.recycle(request) }
      let bound = evaluator.bind(document)
      for index in 0..<document.nodeCount {
        #expect(request.symbol(of: NodeID(index)) == bound.symbol(of: NodeID(index)))
      }
      evaluator.recycle(bound)
      var told = Evaluated(outcome: .clean, steps: found.steps)
      var steps = 0
      switch evaluator.evaluate(
        request, applicability: applicability, steps: &steps, isTold: true)
      {
      case .notApplicable: told.outcome = .unfit
      case .clean: break
      case .failed(let unmet):
        told.outcome = .failing
        explain(unmet, of: request, disclosure, into: &told)
      }
      #expect(told == found, "\(text)")
    }
    if reading != .unread { #expect(document.dump() == plain.dump(), "\(text)") }
  }

  private mutating func explain(
    _ unmet: Unmet, of request: Request, _ disclosure: Disclosure, into found: inout Evaluated
  ) {
    let values = ValueText(
      sensitive: evaluator.sensitiveNodes(in: request), in: request, disclosure: disclosure)
    let failures = evaluator.explain(unmet, of: request, values: values).failures
      .sorted { left, right in
        (left.failure.anchor.index, left.rule.description, left.failure.keyword)
          < (right.failure.anchor.index, right.rule.description, right.failure.keyword)
      }
    for failure in failures {
      let pointer = request.document.pointer(to: failure.failure.anchor)
      found.failures.append("\(failure.rule.rule) \(pointer)")
      found.messages.append(failure.message ?? failure.failure.message)
      found.related += failure.failure.related.map {
        "\(request.document.pointer(to: $0.node)): \($0.message)"
      }
    }
  }
}
