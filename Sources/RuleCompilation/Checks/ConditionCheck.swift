import CEL
import Documents
import Evaluation
import Findings
import RulePacks
import SourceText

/// Conditions that do not depend on the value: a `when` that never holds, a `then` that always does.
struct ConditionCheck {
  let composition: PackComposition
  let checkings: [PackChecking]
  let plan: Plan
  private var verdicts: SchemaVerdicts
  private var lines: [Int: LineIndex] = [:]
  /// Where something was reported already, which says more than that a whole condition is idle.
  private let told: ReportedPlaces
  /// The same for errors alone.
  private let toldErrors: ReportedPlaces
  /// Whether a keyword may be missing from a schema, since its value is none that it takes.
  private let hasErrors: Bool
  private(set) var diagnostics: [Diagnostic] = []

  init(
    composition: PackComposition, checkings: [PackChecking], plan: Plan, diagnostics: [Diagnostic]
  ) {
    self.composition = composition
    self.checkings = checkings
    self.plan = plan
    verdicts = SchemaVerdicts(plan: plan)
    hasErrors =
      composition.members.contains { !$0.isWhole }
      || diagnostics.hasErrors
    told = ReportedPlaces(diagnostics)
    toldErrors = ReportedPlaces(diagnostics.filter { $0.severity == .error })
  }

  /// Checks those rules that could be compiled.
  mutating func check(_ rules: [PackComposition.ComposedRule]) {
    guard checkings.contains(where: { $0 != .none }) else { return }
    let compiled = plan.rulesByID
    for rule in rules {
      if let plan = compiled[rule.id] { check(rule, plan) }
    }
  }

  /// Checks that some request satisfies the model.
  mutating func checkModel(at location: Location, owner: Int?) {
    guard let owner, checkings[owner] != .none, !hasErrors, let model = plan.ruleTable.modelSchema,
      verdicts.verdict(of: model) == .never
    else { return }
    diagnostics.append(
      Diagnostic(
        "schema/contradiction", "no value satisfies the model, so every request fails",
        at: location))
  }

  private mutating func check(_ rule: PackComposition.ComposedRule, _ compiled: PlanRule) {
    let verdict = compiled.condition.map { self.verdict(of: $0) } ?? .always
    if let when = rule.when {
      switch verdict {
      case .always:
        add("pack/useless", .warning, "this condition always holds; remove 'when'", at: when)
      case .never:
        add(
          "pack/contradiction", .error, "this condition never holds, so the rule never applies",
          at: when)
      case .depends: break
      }
    }
    guard let then = rule.then else { return }
    switch self.verdict(of: compiled.assertion) {
    case .always:
      add("pack/useless", .warning, "every value satisfies this, so the rule never fails", at: then)
    case .never:
      let isWholeRequest =
        rule.given?.value.contains { $0.value.utf8.elementsEqual("$".utf8) } ?? true
      add(
        "pack/contradiction", .error,
        isWholeRequest && verdict == .always
          ? "no value satisfies this, so every request fails"
          : rule.when != nil
            ? "no value satisfies this, so the rule fails wherever 'when' holds; remove 'when', and write its opposite in 'then'"
            : "no value satisfies this, so the rule always fails; to forbid a member, write "
              + "not: { required: [NAME] } or properties: { NAME: false } for the object that may have it",
        at: then)
    case .depends: break
    }
  }

  private mutating func verdict(of condition: Condition) -> SchemaVerdicts.Verdict {
    switch condition {
    case .schema(let schema): return verdicts.verdict(of: schema)
    case .expression(let index):
      // The value of a parameter may change, and the condition with it.
      let program = plan.expressions.programs[index]
      guard program.references.isEmpty, case .boolean(let value)? = program.constantValue else {
        return .depends
      }
      return value ? .always : .never
    }
  }

  /// Whether a schema holds references or parameters, whose errors are at other places.
  private func leadsElsewhere(_ schema: NodeID, in document: Document) -> Bool {
    (schema.index..<document.end(of: schema)).contains { index in
      document.kind(of: NodeID(index)) == .name
        && ["$ref", "$param"].contains(document.text(of: NodeID(index)))
    }
  }

  private mutating func add(
    _ code: String, _ severity: Severity, _ message: String,
    at condition: PackComposition.Sourced<RulePack.Condition>
  ) {
    guard checkings[condition.pack] != .none else { return }
    let file = composition.members[condition.pack].pack.file
    let node = condition.value.node
    let whole = file.document.range(of: node)
    let places = severity == .error ? toldErrors : told
    if file.isIncomplete(node) || places.hasPlace(within: whole, of: file.source.path)
      || hasErrors && leadsElsewhere(node, in: file.document)
    {
      return
    }
    let index = lines[condition.pack] ?? file.lineIndex()
    lines[condition.pack] = index
    diagnostics.append(
      Diagnostic(code, severity: severity, message, at: file.location(of: node, lines: index)))
  }
}

/// The places of diagnostics, by file and sorted.
private struct ReportedPlaces {
  private var ranges: [ExactText: [TextRange]] = [:]

  init(_ diagnostics: [Diagnostic]) {
    for location in diagnostics.compactMap(\.location) {
      ranges[ExactText(location.path), default: []].append(
        TextRange(location.region.start.offset, location.region.end.offset))
    }
    for path in ranges.keys { ranges[path]?.sort() }
  }

  /// Whether a place lies within a range of a file.
  func hasPlace(within whole: TextRange, of path: String) -> Bool {
    guard let ranges = ranges[ExactText(path)] else { return false }
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].lowerBound < whole.lowerBound { low = middle + 1 } else { high = middle }
    }
    while low < ranges.count, ranges[low].lowerBound <= whole.upperBound {
      if whole.contains(ranges[low]) { return true }
      low += 1
    }
    return false
  }
}
