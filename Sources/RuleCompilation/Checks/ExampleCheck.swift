import Documents
package import Evaluation
package import Findings
package import RulePacks
import SourceText

/// Tries packs' examples: each does what it stands under.
struct ExampleCheck {
  /// How many bytes all examples may have, so that trying them takes a bounded time.
  static let byteLimit = 1 << 24

  let composition: PackComposition
  let checkings: [PackChecking]
  let plan: Plan
  private(set) var diagnostics: [Diagnostic] = []
  private var byteCount = 0
  private var lines: [Int: LineIndex] = [:]

  init(composition: PackComposition, checkings: [PackChecking], plan: Plan) {
    self.composition = composition
    self.checkings = checkings
    self.plan = plan
  }

  /// Tries the examples of all rules, those of rules that are off included.
  mutating func check(_ rules: [PackComposition.ComposedRule]) {
    guard checkings.contains(.all) else { return }
    let compiled = plan.rulesByID
    for rule in rules {
      let examples = rule.examples.filter { example in
        checkings[example.pack] == .all && composition.members[example.pack].isWhole
          && composition.isAsLeft(by: example.pack, rule)
      }
      guard !examples.isEmpty, var alone = compiled[rule.id] else { continue }
      alone.severity = .error
      var plan = plan
      plan.rules = [alone]
      plan.modelSchema = nil
      var evaluator = Evaluator(plan: plan)
      var hasMended = false
      for example in examples {
        guard tryOut(example, of: rule, &evaluator, &hasMended) else { return }
      }
      if let fix = rule.fix, !hasMended,
        examples.contains(where: { $0.pack == fix.pack && $0.value.expectation == .fail })
      {
        add(
          "pack/idle-fix", .warning,
          "this fix applies to none of the examples under 'fail', so that nothing shows what it does",
          at: fix.value.node, of: fix.pack)
      }
    }
  }

  /// Tries one example; false where there were too many.
  private mutating func tryOut(
    _ example: PackComposition.Sourced<RulePack.Example>, of rule: PackComposition.ComposedRule,
    _ evaluator: inout Evaluator, _ hasMended: inout Bool
  ) -> Bool {
    let text = example.value.json(in: composition.members[example.pack].pack)
    byteCount += text.count
    guard byteCount <= Self.byteLimit else {
      add(
        "pack/too-many-examples", .warning,
        "the examples hold more than \(Self.byteLimit) bytes; from here on they are not tried",
        at: example)
      return false
    }
    var document = JSONReader.read(text).document
    let failures = (evaluator.failures(in: &document) ?? []).filter { $0.rule == rule.id }
    switch (example.value.expectation, failures.first) {
    case (.pass, nil): break
    case (.fail, _?):
      tryFixes(of: failures, rule, on: document, &evaluator, example, &hasMended)
    case (.pass, let failure?):
      add(
        "pack/bad-example", .error,
        "this stands under 'pass', but the rule '\(rule.id.rule)' refuses it: "
          + failure.failure.message, at: example)
    case (.fail, nil):
      add(
        "pack/bad-example", .error,
        "this stands under 'fail', but the rule '\(rule.id.rule)' finds nothing wrong with it",
        at: example)
    }
    return true
  }

  /// How many nodes of one example are mended.
  private static let fixLimit = 50

  /// Mends one failing node after another, each in the example as it stands: the rule then holds of
  /// that node.
  private mutating func tryFixes(
    of failures: [RuleFailure], _ rule: PackComposition.ComposedRule, on document: Document,
    _ evaluator: inout Evaluator, _ example: PackComposition.Sourced<RulePack.Example>,
    _ hasMended: inout Bool
  ) {
    var document = document
    let tree = evaluator.valueTree(of: &document)
    let values = ValueText(sensitive: [], in: document)
    var tried: Set<FixSource> = []
    for source in failures.compactMap(\.fix) where tried.insert(source).inserted {
      guard tried.count <= Self.fixLimit, case .rule(_, let node) = source,
        let mend = evaluator.mend(source, in: tree, values: values),
        case .value(_, let value) = mend.change
      else { continue }
      hasMended = true
      let text = tree.compactText(of: .node(.root), replacing: node, by: value)
      byteCount += text.count
      var mended = JSONReader.read(text).document
      let pointer = document.pointer(to: node)
      let left = (evaluator.failures(in: &mended) ?? []).first { failure in
        guard case .rule(_, let other)? = failure.fix else { return false }
        return mended.pointer(to: other) == pointer
      }
      if let left {
        add(
          "pack/bad-fix", .error,
          "the fix of the rule '\(rule.id.rule)' leaves this example failing: "
            + left.failure.message, at: example)
        return
      }
    }
  }

  private mutating func add(
    _ code: String, _ severity: Severity, _ message: String,
    at example: PackComposition.Sourced<RulePack.Example>
  ) {
    add(code, severity, message, at: example.value.node, of: example.pack)
  }

  private mutating func add(
    _ code: String, _ severity: Severity, _ message: String, at node: NodeID, of member: Int
  ) {
    let file = composition.members[member].pack.file
    let index = lines[member] ?? file.source.lineIndex()
    lines[member] = index
    diagnostics.append(
      Diagnostic(
        code, severity: severity, message, at: file.location(of: node, lines: index)))
  }
}

extension PackComposition {
  /// Whether a rule says what it said when a pack was done with it.
  ///
  /// Only then must the pack's examples do what they stand under: a pack that extends it may have
  /// replaced the rule's parts, or set parameters.
  package func isAsLeft(by member: Int, _ rule: ComposedRule) -> Bool {
    let isReplaced = rule.overrides.contains { entry in
      entry.pack > member
        && (entry.value.given != nil || entry.value.when != nil || entry.value.then != nil)
    }
    let isTuned = parameters.contains { parameter in
      parameter.pack <= member && (parameter.source.map { $0 > member } ?? true)
    }
    return !isReplaced && !isTuned
  }
}

extension Plan {
  /// The rules by their ids.
  package var rulesByID: [RuleID: PlanRule] {
    Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
