import CEL
import Documents
import Evaluation
import Findings
import RulePacks
import SourceText

/// Conditions that do not depend on the value: a `when` that never holds, a `then` that always does.
struct ConditionCheck {
  let pack: RulePack
  let plan: Plan
  private var verdicts: SchemaVerdicts
  private let lines: LineIndex
  /// Where something was told already, which says more than that a whole condition is idle.
  private let told: [TextRange]
  /// Whether a keyword may be missing from a schema, since its value is none that it takes.
  private let hasErrors: Bool
  private(set) var diagnostics: [Diagnostic] = []

  init(pack: RulePack, isWhole: Bool, plan: Plan, diagnostics: [Diagnostic]) {
    self.pack = pack
    self.plan = plan
    verdicts = SchemaVerdicts(plan: plan)
    lines = pack.file.source.lineIndex()
    hasErrors = !isWhole || diagnostics.contains { $0.severity == .error }
    told = diagnostics.compactMap(\.location)
      .filter { $0.path.utf8.elementsEqual(pack.file.source.path.utf8) }
      .map { TextRange($0.region.start.offset, $0.region.end.offset) }
  }

  /// Checks all rules that could be compiled.
  mutating func check() {
    let compiled = plan.rulesByName
    for rule in pack.rules {
      if let plan = compiled[Array(rule.name.value.utf8)] { check(rule, plan) }
    }
  }

  private mutating func check(_ rule: RulePack.Rule, _ compiled: PlanRule) {
    let verdict = compiled.condition.map { self.verdict(of: $0) } ?? .always
    if let when = rule.when {
      switch verdict {
      case .always:
        add("pack/useless", .warning, "this condition always holds; leave 'when' out", at: when)
      case .never:
        add(
          "pack/contradiction", .error, "this condition never holds, so the rule is never applied",
          at: when)
      case .depends: break
      }
    }
    guard let then = rule.then else { return }
    switch self.verdict(of: compiled.assertion) {
    case .always:
      add("pack/useless", .warning, "every value satisfies this, so the rule never fails", at: then)
    case .never:
      // What is refused wherever it stands may be meant; a request as such is not.
      let isWholeRequest = rule.given.contains { $0.value.utf8.elementsEqual("$".utf8) }
      if isWholeRequest, verdict == .always {
        add(
          "pack/contradiction", .error, "no value satisfies this, so every request fails", at: then)
      } else {
        add(
          "pack/useless", .warning,
          "no value satisfies this, so whatever the rule applies to fails; to forbid a member, write "
            + "not: { required: [NAME] } for the object that may have it", at: then)
      }
    case .depends: break
    }
  }

  private mutating func verdict(of condition: Condition) -> SchemaVerdicts.Verdict {
    switch condition {
    case .schema(let schema): return verdicts.verdict(of: schema)
    case .expression(let index):
      // What a parameter decides is the business of whoever sets it.
      let program = plan.programs[index]
      guard program.references.isEmpty, case .boolean(let value)? = program.constantValue else {
        return .depends
      }
      return value ? .always : .never
    }
  }

  /// Whether a schema holds references or parameters, whose mistakes stand at other places.
  private func leadsElsewhere(_ schema: NodeID) -> Bool {
    let document = pack.file.document
    return (schema.index..<document.end(of: schema)).contains { index in
      document.kind(of: NodeID(index)) == .name
        && ["$ref", "$param"].contains(document.text(of: NodeID(index)))
    }
  }

  private mutating func add(
    _ code: String, _ severity: Severity, _ message: String, at condition: RulePack.Condition
  ) {
    let whole = pack.file.document.range(of: condition.node)
    if told.contains(where: { whole.contains($0) }) { return }
    if hasErrors, leadsElsewhere(condition.node) { return }
    diagnostics.append(
      Diagnostic(
        code, severity: severity, message,
        at: pack.file.location(of: condition.node, lines: lines)))
  }
}

extension Plan {
  /// The rules by the bytes of their names.
  var rulesByName: [[UInt8]: PlanRule] {
    Dictionary(rules.map { (Array($0.name.utf8), $0) }, uniquingKeysWith: { first, _ in first })
  }
}
