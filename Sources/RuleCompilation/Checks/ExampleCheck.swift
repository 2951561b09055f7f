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
      for example in rule.examples {
        guard tryOut(example, of: rule, &evaluator) else { return }
      }
    }
  }

  /// Tries one example; false where there were too many.
  private mutating func tryOut(
    _ example: RulePack.Example, of rule: RulePack.Rule, _ evaluator: inout Evaluator
  ) -> Bool {
    let text = example.json(in: pack)
    byteCount += text.count
    guard byteCount <= Self.byteLimit else {
      add(
        "pack/too-many-examples", .warning,
        "the examples hold more than \(Self.byteLimit) bytes; from here on they are not tried",
        at: example)
      return false
    }
    var document = JSONReader.read(text).document
    let failures = (evaluator.failures(in: &document) ?? [])
      .filter { $0.rule.utf8.elementsEqual(rule.name.value.utf8) }
    switch (example.expectation, failures.first) {
    case (.pass, nil), (.fail, _?): break
    case (.pass, let failure?):
      add(
        "pack/bad-example", .error,
        "this stands under 'pass', but the rule '\(rule.name.value)' refuses it: "
          + failure.failure.message, at: example)
    case (.fail, nil):
      add(
        "pack/bad-example", .error,
        "this stands under 'fail', but the rule '\(rule.name.value)' finds nothing wrong with it",
        at: example)
    }
    return true
  }

  private mutating func add(
    _ code: String, _ severity: Severity, _ message: String, at example: RulePack.Example
  ) {
    let lines = lines ?? pack.file.source.lineIndex()
    self.lines = lines
    diagnostics.append(
      Diagnostic(
        code, severity: severity, message, at: pack.file.location(of: example.node, lines: lines)))
  }
}
