import Evaluation
import Findings
import SourceText

/// Makes the fixes of one text, pass after pass, until none is left to make.
///
/// Fixes that do not meet are made at once; for the others the text is read and checked anew. Only
/// findings that are in the report are fixed: what was filtered out of it stays as it is.
struct FixLoop {
  let path: String
  let syntax: Syntax
  let includesUnsafe: Bool
  /// Rules whose fixes do not resolve their findings.
  private var idleRules: Set<RuleID> = []

  init(path: String, syntax: Syntax, includesUnsafe: Bool) {
    self.path = path
    self.syntax = syntax
    self.includesUnsafe = includesUnsafe
  }

  typealias Found = (findings: [Finding], candidates: [FixCandidate])

  /// Something that may be fixed, and by which rule.
  private struct Wanted {
    var rule: RuleID
    var candidate: FixCandidate
  }

  /// Fixes a text whose findings are known.
  mutating func run(
    _ bytes: [UInt8], _ findings: [Finding], _ candidates: [FixCandidate],
    plans: (
      [FixCandidate], [UInt8], Syntax, _ hidden: [TextRange]
    ) -> [(run: Int, plan: FixPlan)],
    lint: ([UInt8]) -> ([Finding], [FixCandidate])
  ) -> FixedText {
    var fixed = FixedText(bytes: bytes)
    var wanted = Self.wanted(findings, candidates)
    var passes = 0
    while true {
      let usable = wanted.filter { !idleRules.contains($0.rule) }
      let current = plans(usable.map(\.candidate), fixed.bytes, syntax, fixed.hidden)
      guard let (plan, sources, rules, text) = next(usable, current) else {
        fixed.unsafeCount = includesUnsafe ? 0 : Self.unsafeCount(current)
        break
      }
      guard passes < Linter.passLimit else {
        fixed.diagnostics.append(
          Diagnostic(
            "fix/unsettled", severity: .warning,
            "fixes of '\(path)' do not converge: there are still fixes after \(passes) passes"
          ))
        break
      }
      let (nextFindings, nextCandidates) = lint(text)
      let after = Self.wanted(nextFindings, nextCandidates)
      // A fix that resolves nothing would be made again in every pass.
      let idle = rules.filter { Self.isNoFewer($0, after, wanted) }
      if !idle.isEmpty {
        idleRules.formUnion(idle)
        continue
      }
      passes += 1
      fixed.hidden = plan.hidden(after: sources, from: fixed.hidden)
      fixed.bytes = text
      fixed.fixCount += sources.count
      wanted = after
    }
    for rule in idleRules.sorted() {
      fixed.diagnostics.append(
        Diagnostic(
          "fix/idle", severity: .warning,
          "fix of \(rule) does not resolve its findings in '\(path)', so it was not applied"))
    }
    return fixed
  }

  /// What the next pass makes: of the first pack that has something, all that goes together.
  private func next(
    _ wanted: [Wanted], _ plans: [(run: Int, plan: FixPlan)]
  ) -> (plan: FixPlan, sources: [FixSource], rules: Set<RuleID>, text: [UInt8])? {
    for (run, plan) in plans {
      var rules: [FixSource: RuleID] = [:]
      var sources: [FixSource] = []
      for entry in wanted where entry.candidate.run == run {
        let source = entry.candidate.source
        guard let fix = plan.fixes[source], fix.evaluated.isSafe || includesUnsafe,
          rules.updateValue(entry.rule, forKey: source) == nil
        else { continue }
        sources.append(source)
      }
      if let (chosen, text) = plan.compatible(sources) {
        return (plan, chosen, Set(chosen.compactMap { rules[$0] }), text)
      }
    }
    return nil
  }

  private static func wanted(
    _ findings: [Finding], _ candidates: [FixCandidate]
  ) -> [Wanted] {
    FixCandidate.pairs(of: findings, candidates).map { index, candidate in
      Wanted(rule: findings[index].rule, candidate: candidate)
    }
  }

  /// How many nodes a rule fails at, as far as all are reported.
  private static func count(_ rule: RuleID, _ wanted: [Wanted]) -> Int {
    Set(wanted.filter { $0.rule == rule }.map(\.candidate.source)).count
  }

  /// Whether a rule fails at as many nodes as before; nobody can say where not all were reported.
  private static func isNoFewer(
    _ rule: RuleID, _ after: [Wanted], _ before: [Wanted]
  ) -> Bool {
    let known = count(rule, before)
    return known < Evaluator.failureLimit && count(rule, after) >= known
  }

  private static func unsafeCount(_ plans: [(run: Int, plan: FixPlan)]) -> Int {
    plans.reduce(0) { $0 + $1.plan.fixes.values.count { !$0.evaluated.isSafe } }
  }
}
