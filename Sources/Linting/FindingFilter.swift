import Baselines
import Documents
package import Findings
import RulePacks
import SourceText
import Suppressions

/// Takes out of an input's findings what is suppressed or accepted, and keeps account of it.
struct FindingFilter {
  /// How many findings were taken out.
  struct Counts {
    var suppressed = 0
    var accepted = 0
  }

  private let workingFolder: String
  private let rules: ActiveRules
  private var suppressions: SuppressionAccount?
  private var baseline: BaselineAccount?
  private var input: FilteredInput?

  /// Creates a filter; nil where there is nothing to take out.
  init?(_ known: KnownFindings?, packs: [LoadedPack]) {
    guard let known, !known.isEmpty else { return nil }
    workingFolder = known.workingFolder
    rules = ActiveRules(packs)
    if known.suppressions.contains(where: { !$0.entries.isEmpty }) {
      suppressions = SuppressionAccount(known.suppressions, today: known.today, rules: rules)
    }
    baseline = known.accepted.map { BaselineAccount($0) }
  }

  /// Begins an input.
  mutating func begin(_ input: LintInput) {
    let path = input.path == "-" ? input.shownPath : input.path
    let begun = FilteredInput(
      input, absolutePath: ProjectRoot.absolutePath(of: path, workingFolder: workingFolder),
      packCount: rules.packCount)
    suppressions?.begin(begun)
    baseline?.begin(begun)
    self.input = begun
  }

  /// Notes that a pack's rules were evaluated on the input, or on a request in it.
  mutating func noteRun(ofPack index: Int) { input?.ranPacks[index] = true }

  /// Takes out what is not to be reported; `content` gives the digest of the input if it is needed.
  mutating func filter(_ findings: inout [Finding], content: () -> String?) -> Counts {
    var counts = Counts()
    guard !findings.isEmpty else { return counts }
    var kept: [Finding] = []
    for var finding in findings {
      if suppressions?.suppresses(&finding) ?? false {
        counts.suppressed += 1
      } else if baseline?.accepts(finding, content: content) ?? false {
        counts.accepted += 1
      } else {
        kept.append(finding)
      }
    }
    findings = kept
    return counts
  }

  /// Ends the input.
  mutating func end(content: () -> String?) {
    guard let input else { return }
    suppressions?.end(input, rules)
    baseline?.end(input, content: content)
    self.input = nil
  }

  /// What the run came to know of its suppressions and its baseline.
  func outcome() -> KnownFindingsOutcome {
    KnownFindingsOutcome(
      suppressionDiagnostics: suppressions?.diagnostics(rules) ?? [],
      baseline: baseline?.outcome(rules))
  }
}

/// An input that findings are taken out of.
struct FilteredInput {
  /// Where it is.
  let absolutePath: String
  /// Whether its white space means nothing.
  let format: ContentDigest.Format
  /// Which packs' rules were evaluated on it.
  var ranPacks: [Bool]

  init(_ input: LintInput, absolutePath: String, packCount: Int) {
    self.absolutePath = absolutePath
    format = input.format == .yaml ? .yaml : .json
    ranPacks = [Bool](repeating: false, count: packCount)
  }

  /// The path relative to a folder; nil where it does not lie below it.
  func path(below folder: String) -> String? {
    if let path = ProjectRoot.relativePath(of: absolutePath, below: folder) { return path }
    // The folder may have been named by another way than it is really at.
    return FileAccess.realPath(absolutePath).flatMap {
      ProjectRoot.relativePath(of: $0, below: folder)
    }
  }
}

/// Which rules the packs of a run bring along, those that are off aside.
struct ActiveRules {
  /// For each rule, the packs of the run that evaluate it.
  private var packs: [RuleID: [Int]] = [:]
  /// The names of all packs whose rules are known.
  private(set) var packNames: Set<String> = []
  /// All rules, those that are off included.
  private(set) var all: Set<RuleID> = []
  /// How many packs there are.
  let packCount: Int

  init(_ loaded: [LoadedPack]) {
    packCount = loaded.count
    for (index, pack) in loaded.enumerated() {
      for rule in pack.ruleDescriptions {
        all.insert(rule.id)
        packNames.insert(rule.id.pack)
        if rule.severity != nil { packs[rule.id, default: []].append(index) }
      }
      // Keywords that a model happens not to use are rules all the same.
      packNames.insert(pack.pack.name.value)
    }
    for rule in ReadingRule.descriptions {
      all.insert(rule.id)
      packNames.insert(rule.id.pack)
    }
  }

  /// Whether a rule was evaluated on an input.
  func ran(_ rule: RuleID, on input: FilteredInput) -> Bool {
    isOfReading(rule) || (packs[rule] ?? []).contains { input.ranPacks[$0] }
  }

  /// Whether a rule is evaluated where its pack's request is met.
  func isActive(_ rule: RuleID) -> Bool { isOfReading(rule) || packs[rule] != nil }

  /// Whether a rule is one of reading, which every input has to satisfy.
  private func isOfReading(_ rule: RuleID) -> Bool { rule.pack == "json" || rule.pack == "yaml" }
}

/// What a run came to know of its suppressions and its baseline.
package struct KnownFindingsOutcome: Sendable {
  /// Suppressions that are unused, have run out or mean too much.
  package var suppressionDiagnostics: [Diagnostic]
  /// What is new, what is stale; nil where no baseline is in force.
  package var baseline: BaselineOutcome?
}
