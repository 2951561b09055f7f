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
      for example in examples {
        guard tryOut(example, of: rule, &evaluator) else { return }
      }
    }
  }

  /// Tries one example; false where there were too many.
  private mutating func tryOut(
    _ example: PackComposition.Sourced<RulePack.Example>, of rule: PackComposition.ComposedRule,
    _ evaluator: inout Evaluator
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
    case (.pass, nil), (.fail, _?): break
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

  private mutating func add(
    _ code: String, _ severity: Severity, _ message: String,
    at example: PackComposition.Sourced<RulePack.Example>
  ) {
    let file = composition.members[example.pack].pack.file
    let index = lines[example.pack] ?? file.source.lineIndex()
    lines[example.pack] = index
    diagnostics.append(
      Diagnostic(
        code, severity: severity, message, at: file.location(of: example.value.node, lines: index)))
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
