import Documents
import Evaluation
import Findings
import RulePacks
import SourceText

/// Tries a pack's examples: each does what it stands under.
struct ExampleCheck {
  /// How many bytes all examples of a pack may have, so that trying them takes a bounded time.
  static let byteLimit = 1 << 24

  let pack: RulePack
  let plan: Plan
  private(set) var diagnostics: [Diagnostic] = []
  private var byteCount = 0
  private var lines: LineIndex?

  init(pack: RulePack, plan: Plan) {
    self.pack = pack
    self.plan = plan
  }

  /// Tries the examples of all rules, those of rules that are off included.
  mutating func check() {
    let compiled = plan.rulesByName
    for rule in pack.rules where !rule.examples.isEmpty {
      guard var alone = compiled[Array(rule.name.value.utf8)] else { continue }
      alone.severity = .error
      var plan = plan
      plan.rules = [alone]
      plan.modelSchema = nil
      var evaluator = Evaluator(plan: plan)
      var hasMended = false
      for example in rule.examples {
        guard tryOut(example, of: rule, &evaluator, &hasMended) else { return }
      }
      if let fix = rule.fix, !hasMended, rule.examples.contains(where: { $0.expectation == .fail }) {
        add(
          "pack/idle-fix", .warning,
          "this fix applies to none of the examples under 'fail', so that nothing shows what it does",
          at: fix.node)
      }
    }
  }

  /// Tries one example; false where there were too many.
  private mutating func tryOut(
    _ example: RulePack.Example, of rule: RulePack.Rule, _ evaluator: inout Evaluator,
    _ hasMended: inout Bool
  ) -> Bool {
    let text = example.json(in: pack)
    byteCount += text.count
    guard byteCount <= Self.byteLimit else {
      add(
        "pack/too-many-examples", .warning,
        "the examples hold more than \(Self.byteLimit) bytes; from here on they are not tried",
        at: example.node)
      return false
    }
    var document = JSONReader.read(text).document
    let failures = (evaluator.failures(in: &document) ?? [])
      .filter { $0.rule.utf8.elementsEqual(rule.name.value.utf8) }
    switch (example.expectation, failures.first) {
    case (.pass, nil): break
    case (.fail, _?):
      tryFixes(of: failures, rule, on: document, &evaluator, example, &hasMended)
    case (.pass, let failure?):
      add(
        "pack/bad-example", .error,
        "this stands under 'pass', but the rule '\(rule.name.value)' refuses it: "
          + failure.failure.message, at: example.node)
    case (.fail, nil):
      add(
        "pack/bad-example", .error,
        "this stands under 'fail', but the rule '\(rule.name.value)' finds nothing wrong with it",
        at: example.node)
    }
    return true
  }

  /// How many nodes of one example are mended.
  private static let fixLimit = 50

  /// Mends one failing node after another, each in the example as it stands: the rule then holds of
  /// that node.
  private mutating func tryFixes(
    of failures: [RuleFailure], _ rule: RulePack.Rule, on document: Document,
    _ evaluator: inout Evaluator, _ example: RulePack.Example, _ hasMended: inout Bool
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
          "the fix of the rule '\(rule.name.value)' leaves this example failing: "
            + left.failure.message, at: example.node)
        return
      }
    }
  }

  private mutating func add(
    _ code: String, _ severity: Severity, _ message: String, at node: NodeID
  ) {
    let lines = lines ?? pack.file.source.lineIndex()
    self.lines = lines
    diagnostics.append(
      Diagnostic(
        code, severity: severity, message, at: pack.file.location(of: node, lines: lines)))
  }
}
