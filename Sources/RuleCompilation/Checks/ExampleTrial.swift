package import Documents
package import Evaluation
package import RulePacks
package import Findings
import JSONPath
import SourceText

/// What an example should do and does not.
package struct ExampleFault: Sendable, Hashable {
  /// What was expected and what was found: one sentence without a full stop.
  package var message: String
  /// Where it is in the pack: the example, or what it says of its findings.
  package var node: NodeID
}

/// Tries examples of one rule, by itself: neither other rules nor the request's model have a say.
package struct ExampleTrial: ~Copyable {
  private var evaluator: Evaluator
  /// The places of the rules in the plan.
  private let places: [RuleID: Int]
  /// The severities that the rules' findings have; nil where one is off, and is tried all the same.
  private let severities: [Severity?]
  /// The place of the rule at hand.
  private var place = 0
  /// The rule at hand.
  private var rule: RuleID { evaluator.plan.ruleTable.rules[place].id }
  /// The severity of its findings.
  private var severity: Severity? { severities[place] }

  /// Prepares to try a rule of a plan.
  package init(of rule: PlanRule, in plan: Plan) {
    var plan = plan
    plan.ruleTable.rules = [rule]
    self.init(plan)
  }

  /// Prepares to try the rules of a plan one after another, which `turn(to:)` chooses.
  package init(_ plan: Plan) {
    var plan = plan
    severities = plan.ruleTable.rules.map(\.severity)
    for index in plan.ruleTable.rules.indices { plan.ruleTable.rules[index].severity = .error }
    plan.ruleTable.modelSchema = nil
    places = Dictionary(
      plan.ruleTable.rules.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { $1 }
    )
    evaluator = Evaluator(plan: plan)
  }

  /// Chooses the rule that is tried next; false where the plan has no such rule.
  package mutating func turn(to rule: RuleID) -> Bool {
    guard let place = places[rule] else { return false }
    self.place = place
    return true
  }

  /// What the rule demands.
  var assertion: Condition { evaluator.plan.ruleTable.rules[place].assertion }

  /// Whether the rule's paths have no filters.
  var goesByPlainPaths: Bool {
    evaluator.plan.ruleTable.rules[place].selectors.allSatisfy { selector in
      switch selector {
      case .path: true
      case .query(let index): !evaluator.plan.expressions.queries[index].hasFilters
      }
    }
  }

  /// How much work all trials so far took, in the steps of `Evaluator`.
  package var steps: Int { evaluator.steps }

  /// Whether the rule looks at any node of a request.
  package mutating func selects(in document: Document) -> Bool {
    let request = evaluator.bind(document)
    defer { evaluator.recycle(request) }
    return evaluator.selects(place, in: request) ?? true
  }

  /// Whether the rule refuses a request.
  package mutating func refuses(_ document: Document) -> Bool {
    let request = evaluator.bind(document)
    defer { evaluator.recycle(request) }
    return evaluator.fails(place, on: request)
  }

  /// What is wrong with an example, whose request is given as a document of its own.
  package mutating func fault(
    of example: RulePack.Example, _ document: Document
  ) -> ExampleFault? {
    let request = evaluator.bind(document)
    defer { evaluator.recycle(request) }
    // What fails is explained only where somebody reads it.
    if example.expectation == .pass || example.demands.areEmpty,
      evaluator.fails(place, on: request) == (example.expectation == .fail)
    {
      return nil
    }
    let failures = evaluator.failures(ofRule: place, in: request)
    switch (example.expectation, failures.first) {
    case (.pass, nil): return nil
    case (.pass, let failure?):
      return ExampleFault(
        message: "example contradicts its heading 'pass': the rule '\(rule.rule)' reports: "
          + failure.failure.message, node: example.node)
    case (.fail, nil):
      return ExampleFault(
        message:
          "example contradicts its heading 'fail': the rule '\(rule.rule)' reports nothing",
        node: example.node)
    case (.fail, _?):
      guard !example.demands.areEmpty else { return nil }
      return unmet(example.demands, by: failures, in: request)
    }
  }

  // MARK: - Fixes

  /// How many nodes of one example are fixed.
  static let fixLimit = 50

  /// Fixes one failing node after another, each in the example as it stands: the rule then holds of
  /// that node; if not, that is the fault.
  package mutating func faultOfFix(
    for example: RulePack.Example, _ document: Document, applies: inout Bool
  ) -> ExampleFault? {
    guard evaluator.plan.ruleTable.rules[place].fix != nil else { return nil }
    let request = evaluator.bind(document)
    let sources = evaluator.failures(ofRule: place, in: request).compactMap(\.fix)
    guard !sources.isEmpty else { return nil }
    let tree = evaluator.valueTree(of: request)
    let values = ValueText(sensitive: [], in: request)
    var tried: Set<FixSource> = []
    for source in sources where tried.insert(source).inserted {
      guard tried.count <= Self.fixLimit, case .rule(_, let node) = source,
        let fix = evaluator.evaluatedFix(source, in: tree, values: values),
        case .value(_, let value) = fix.change
      else { continue }
      applies = true
      let text = tree.compactText(of: .node(.root), replacing: node, by: value)
      let fixed = evaluator.bind(JSONReader.read(text).document)
      let pointer = document.pointer(to: node)
      let left = evaluator.failures(ofRule: place, in: fixed).first { failure in
        guard case .rule(_, let other)? = failure.fix else { return false }
        return fixed.document.pointer(to: other) == pointer
      }
      if let left {
        return ExampleFault(
          message: "example still fails after the fix of the rule '\(rule.rule)': "
            + left.failure.message, node: example.node)
      }
    }
    return nil
  }

  // MARK: - Demands

  /// One thing that a finding should have: what it is called, what is expected, what there is.
  private struct Comparison {
    var name: String
    var expected: String
    var found: String
    var node: NodeID

    var holds: Bool { expected.utf8.elementsEqual(found.utf8) }
  }

  /// How the findings differ from what is demanded, told of the one that is nearest to it.
  private mutating func unmet(
    _ demands: RulePack.Example.Demands, by failures: [RuleFailure], in request: Request
  ) -> ExampleFault? {
    if let count = demands.count, count.value != failures.count {
      let noun = count.value == 1 ? "finding" : "findings"
      return ExampleFault(
        message:
          "expected \(count.value) \(noun) of the rule '\(rule.rule)', found \(failures.count)",
        node: count.node)
    }
    let sensitive = Set(evaluator.sensitiveNodes(in: request))
    let paths = DocumentPaths(request.document)
    var nearest: [Comparison]?
    for failure in failures {
      let wrong = comparisons(demands, failure, paths, sensitive, in: request.document)
        .filter { !$0.holds }
      if wrong.isEmpty { return nil }
      if nearest.map({ wrong.count < $0.count }) ?? true { nearest = wrong }
    }
    guard let nearest, let first = nearest.first else { return nil }
    let words = nearest.map { "expected the \($0.name) \($0.expected), found \($0.found)" }
    let others = failures.count == 1 ? "" : " in the closest of \(failures.count) findings"
    return ExampleFault(message: words.joined(separator: "; ") + others, node: first.node)
  }

  private func comparisons(
    _ demands: RulePack.Example.Demands, _ failure: RuleFailure, _ paths: DocumentPaths,
    _ sensitive: Set<NodeID>, in document: Document
  ) -> [Comparison] {
    var comparisons: [Comparison] = []
    func add(_ name: String, _ demand: Located<String>?, _ found: String) {
      guard let demand else { return }
      comparisons.append(
        Comparison(
          name: name, expected: "\"\(demand.value)\"", found: "\"\(found)\"", node: demand.node))
    }
    if demands.pointer != nil {
      // What is kept back has the pointer of the value that it lies in, as in every report.
      let anchor = failure.failure.anchor
      let shown = paths.path(to: anchor).first { sensitive.contains($0) } ?? anchor
      var pointer = paths.pointer(to: shown, in: document)
      if let missing = failure.failure.missing { pointer = pointer.appending(missing) }
      add("pointer", demands.pointer, pointer.description)
    }
    add("message", demands.message, failure.message ?? failure.failure.message)
    add("detail", demands.detail, failure.failure.message)
    if let demand = demands.severity {
      comparisons.append(
        Comparison(
          name: "severity", expected: demand.value.rawValue,
          found: severity?.rawValue ?? "off", node: demand.node))
    }
    return comparisons
  }
}

extension JSONPathQuery {
  /// Whether a segment selects by what values hold.
  fileprivate var hasFilters: Bool {
    segments.contains { segment in
      segment.selectors.contains { selector in
        if case .filter = selector.kind { true } else { false }
      }
    }
  }
}
