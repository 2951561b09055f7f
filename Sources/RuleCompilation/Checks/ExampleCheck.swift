import CEL
import Documents
package import Evaluation
package import Findings
package import RulePacks
import SourceText

/// Tries packs' examples: each matches its heading.
struct ExampleCheck {
  /// How many bytes all examples may have, so that trying them takes a bounded time.
  static let byteLimit = LoadingBudget.exampleByteLimit

  let composition: PackComposition
  let checkings: [PackChecking]
  let plan: Plan
  private(set) var diagnostics: [Diagnostic] = []
  /// What of the budget of loading is left.
  private(set) var budget: LoadingBudget
  private var byteCount = 0
  /// How many bytes of examples were looked at for what the rules look at.
  private var reachByteCount = 0
  private var lines: [Int: LineIndex] = [:]
  /// The request of the last example, and how many bytes its text has.
  private var last: (pack: Int, node: NodeID, document: Document, count: Int)?

  init(
    composition: PackComposition, checkings: [PackChecking], plan: Plan, budget: LoadingBudget
  ) {
    self.budget = budget
    self.composition = composition
    self.checkings = checkings
    self.plan = plan
  }

  /// Tries the examples of all rules, those of rules that are off included.
  mutating func check(_ rules: [PackComposition.ComposedRule]) {
    guard checkings.contains(where: { $0 != .none }) else { return }
    var trial = ExampleTrial(plan)
    var verdicts = SchemaVerdicts(plan: plan)
    for rule in rules where trial.turn(to: rule.id) {
      checkReach(of: rule, &trial, &verdicts)
      let examples = rule.examples.filter { example in
        checkings[example.pack] == .all && composition.members[example.pack].isWhole
          && composition.isAsLeft(by: example.pack, rule)
      }
      guard !examples.isEmpty else { continue }
      var applies = false
      for example in examples {
        guard tryOut(example, of: rule.id, &trial, fixApplies: &applies) else { return }
      }
      if let fix = rule.fix, !applies,
        examples.contains(where: { $0.pack == fix.pack && $0.value.expectation == .fail })
      {
        add(
          "pack/idle-fix", .warning,
          "this fix applies to no example under 'fail'; add one that shows what it does",
          at: fix.value.node, in: fix.pack)
      }
    }
  }

  /// Tries one example; false where there were too many.
  private mutating func tryOut(
    _ example: PackComposition.Sourced<RulePack.Example>, of rule: RuleID,
    _ trial: inout ExampleTrial, fixApplies: inout Bool
  ) -> Bool {
    guard budget.isLeft else {
      add(
        "pack/limit", .warning,
        "examples took more than \(budget.limit) steps; this one of the rule '\(rule)' and the following ones were not tried; raise the limit with --cost-limit",
        at: example.value.node, in: example.pack)
      return false
    }
    let before = trial.steps
    defer { budget.spend(trial.steps - before) }
    let (document, count) = request(of: example)
    byteCount += count
    guard byteCount <= Self.byteLimit else {
      add(
        "pack/too-many-examples", .warning,
        "examples take more than \(Self.byteLimit) bytes; this one and the following ones are not tried",
        at: example.value.node, in: example.pack)
      return false
    }
    if let fault = trial.fault(of: example.value, document) {
      add("pack/bad-example", .error, fault.message, at: fault.node, in: example.pack)
    } else if example.value.expectation == .fail,
      let fault = trial.faultOfFix(for: example.value, document, applies: &fixApplies)
    {
      add("pack/bad-fix", .error, fault.message, at: fault.node, in: example.pack)
    }
    return true
  }

  /// Looks for rules that look at no value of any example under 'pass': their path is misspelled, or
  /// the examples are.
  ///
  /// A path with a filter may be meant to leave them out, and so may one of a rule that nothing
  /// satisfies.
  private mutating func checkReach(
    of rule: PackComposition.ComposedRule, _ trial: inout ExampleTrial,
    _ verdicts: inout SchemaVerdicts
  ) {
    let examples = rule.examples.filter { example in
      example.value.expectation == .pass && checkings[example.pack] != .none
        && composition.members[example.pack].isWhole
        && composition.isAsLeft(by: example.pack, rule)
    }
    guard let first = examples.first, budget.isLeft, trial.goesByPlainPaths else { return }
    let isForbidden =
      switch trial.assertion {
      case .schema(let schema): verdicts.verdict(of: schema) == .never
      case .expression(let index): plan.expressions.programs[index].constantValue != nil
      }
    guard !isForbidden else { return }
    let before = trial.steps
    defer { budget.spend(trial.steps - before) }
    for example in examples {
      let (document, count) = request(of: example)
      reachByteCount += count
      guard reachByteCount <= Self.byteLimit else { return }
      if trial.selects(in: document) { return }
    }
    let paths = rule.given?.value.map { "'\($0.value)'" }.joined(separator: " and ") ?? "'$'"
    add(
      "pack/idle-example", .warning,
      "\(paths) selects nothing in any example under 'pass', so they do not test the rule '\(rule.id.rule)'; add the value to one of them, or correct the path",
      at: first.value.node, in: first.pack)
  }

  /// The request of an example, and how many bytes its text has.
  private mutating func request(
    of example: PackComposition.Sourced<RulePack.Example>
  ) -> (document: Document, count: Int) {
    if let last, (last.pack, last.node) == (example.pack, example.value.node) {
      return (last.document, last.count)
    }
    let text = example.value.json(in: composition.members[example.pack].pack)
    let document = JSONReader.read(text).document
    last = (example.pack, example.value.node, document, text.count)
    return (document, text.count)
  }

  private mutating func add(
    _ code: String, _ severity: Severity, _ message: String, at node: NodeID, in pack: Int
  ) {
    let file = composition.members[pack].pack.file
    let index = lines[pack] ?? file.lineIndex()
    lines[pack] = index
    diagnostics.append(
      Diagnostic(
        code, severity: severity, message, at: file.location(of: node, lines: index)))
  }
}

extension PackComposition {
  /// Whether a rule says what it said when a pack was done with it.
  ///
  /// Only then must the pack's examples match their heading: a pack that extends it may have
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
    Dictionary(ruleTable.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
