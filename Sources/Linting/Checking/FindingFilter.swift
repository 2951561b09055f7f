import Baselines
import Documents
import Evaluation
package import Findings
import RequisiteFiles
import RuleCompilation
import RulePacks
import SourceText
import Suppressions

/// Takes out of a run's findings what is suppressed or accepted, and keeps account of it.
///
/// One for a run, shared by all its linters: whether a suppression is of any use shows only when all
/// inputs are through. Inputs are taken one after another.
package final class FindingFilter {
  private let files: any FileSystem
  private var locations: InputLocations
  private var rules = KnownRules()
  private var suppressions: SuppressionAccount?
  private var baselines: [BaselineAccount]
  /// Inputs with findings that lie outside of every root.
  private var outside: [String] = []
  /// What inputs had to report at an earlier commit, which is not reported again.
  private let earlier: EarlierFindings?
  /// What of that the input at hand had; nil until it has a finding.
  private var match: EarlierMatch?
  /// Whether suppressed findings are kept, marked as such.
  private let keepsSuppressed: Bool
  /// All findings of an input at an earlier commit, where they are to be recorded.
  private var recording: EarlierFile?

  /// Creates a filter; nil where there is nothing to take out, so that a run need not look.
  ///
  /// With `keepsSuppressed`, suppressed findings are kept, and say why.
  package init?(
    _ known: KnownFindings, earlier: EarlierFindings? = nil, keepsSuppressed: Bool = false
  ) {
    guard !known.isEmpty || earlier != nil else { return nil }
    self.earlier = earlier
    self.keepsSuppressed = keepsSuppressed
    files = known.root.files
    locations = InputLocations(root: known.root, workingFolder: known.workingFolder)
    if known.suppressions.contains(where: { !$0.entries.isEmpty }) {
      suppressions = SuppressionAccount(
        known.suppressions, in: files, walkedFolders: known.walkedFolders,
        today: known.today)
    }
    baselines = known.accepted.map { BaselineAccount($0, in: known.root.files) }
  }

  /// Creates a filter that takes out everything, and keeps it for later runs to know.
  init(recordingIn files: any FileSystem, workingFolder: String) {
    self.files = files
    locations = InputLocations(
      root: ProjectRoot(in: files, path: workingFolder), workingFolder: workingFolder)
    baselines = []
    earlier = nil
    keepsSuppressed = false
    recording = EarlierFile()
  }

  private init(copyOf other: FindingFilter) {
    files = other.files
    earlier = other.earlier
    match = other.match
    keepsSuppressed = other.keepsSuppressed
    recording = other.recording
    locations = other.locations
    rules = other.rules
    suppressions = other.suppressions
    baselines = other.baselines
    outside = other.outside
  }

  /// One that takes out the same, and keeps account by itself.
  fileprivate func copy() -> FindingFilter { FindingFilter(copyOf: self) }

  /// Makes the rules of a linter's packs known.
  func register(_ packs: [LoadedPack]) -> ActiveRules {
    rules.insert(packs)
    return ActiveRules(packs)
  }

  /// Makes the rules of packs known that no input is checked by.
  package func learnRules(of packs: [LoadedPack]) { rules.insert(packs) }

  /// Begins an input, on which packs with these rules are run; findings are taken out of what it gives.
  func begin(_ input: InputSource, rules: ActiveRules, profile: Int) -> OpenInput {
    let begun = FilteredInput(
      input, in: files,
      absolutePath: locations.location(of: input.settingsPath),
      rules: rules, profile: profile)
    match = nil
    guard recording == nil else { return OpenInput(begun, baseline: nil, of: self) }
    suppressions?.begin(begun)
    let baseline = baselines.indices
      .filter { begun.path(below: baselines[$0].root) != nil }
      .max { baselines[$0].root.utf8.count < baselines[$1].root.utf8.count }
    if let baseline { baselines[baseline].begin(begun) }
    return OpenInput(begun, baseline: baseline, of: self)
  }

  /// Takes out of a result what is not to be reported of the input that began last.
  ///
  /// `comments` are the suppression comments of the input; `records` are the requests that the findings are
  /// in, where the input has several.
  fileprivate func take(
    outOf result: inout LintResult, of input: FilteredInput, baseline: Int?,
    by comments: inout CommentAccount?, in records: RecordTexts?, content: () -> String?
  ) {
    guard !result.findings.isEmpty else { return }
    if recording != nil {
      for finding in result.findings {
        recording?.add(finding, in: records?.record(of: finding))
      }
      result.findings = []
      return
    }
    var kept: [Finding] = []
    for var finding in result.findings {
      let isKnown = !finding.isLimit && isKnown(finding, of: input, in: records)
      // Where both an entry and a comment are about a finding, both are of use.
      let comment = comments?.suppression(of: &finding)
      let entry = suppressions?.suppression(of: &finding)
      if let reason = comment?.reason ?? entry?.reason {
        result.suppressedCount += 1
        guard keepsSuppressed else { continue }
        finding.suppression = AppliedSuppression(
          reason: reason, isKnown: isKnown, comment: comment?.location)
        kept.append(finding)
      } else if !finding.isLimit, let baseline,
        baselines[baseline].accepts(finding, content: content)
      {
        result.acceptedCount += 1
      } else if isKnown {
        result.knownCount += 1
      } else {
        kept.append(finding)
      }
    }
    if baseline == nil, !baselines.isEmpty, let path = kept.first?.location.path,
      outside.last?.hasSameBytes(as: path) != true
    {
      outside.append(path)
    }
    result.findings = kept
  }

  /// Whether an input had a finding at the earlier commit.
  private func isKnown(
    _ finding: Finding, of input: FilteredInput, in records: RecordTexts?
  ) -> Bool {
    guard let earlier else { return false }
    var match =
      self.match
      ?? EarlierMatch(
        earlier.file(of: input.source, profile: input.profile))
    // With a second owner, each change would copy all that is known of the file.
    self.match = nil
    defer { self.match = match }
    return match.isKnown(finding, in: records?.record(of: finding)) {
      earlier.contents(of: input.source, profile: input.profile, among: $0)
    }
  }

  /// Whether findings are told apart by the requests that they are in.
  fileprivate var comparesRecords: Bool { earlier != nil || recording != nil }

  /// Begins to record the findings of an input.
  func beginRecording() { recording = EarlierFile() }

  /// What was recorded since then.
  var recorded: EarlierFile { recording ?? EarlierFile() }

  fileprivate func end(_ input: FilteredInput, baseline: Int?, content: () -> String?) {
    suppressions?.end(input)
    if let baseline { baselines[baseline].end(input, content: content) }
  }

  /// What the run came to know of its suppressions and its baselines, once all inputs are through.
  package func outcome() -> KnownFindingsOutcome {
    KnownFindingsOutcome(
      suppressionDiagnostics: suppressions?.diagnostics(rules) ?? [],
      baselines: baselines.map { $0.outcome(rules) }, outside: outside,
      earlierDiagnostics: earlier?.diagnostics ?? [])
  }
}

/// An input whose findings are filtered: it ends once, after all of its findings.
struct OpenInput: ~Copyable {
  private let filter: FindingFilter
  private var input: FilteredInput
  /// The baseline of the input.
  private let baseline: Int?

  fileprivate init(_ input: FilteredInput, baseline: Int?, of filter: FindingFilter) {
    self.filter = filter
    self.input = input
    self.baseline = baseline
  }

  /// Notes which packs' rules were evaluated on the input, by their places in the options.
  mutating func noteRuns(_ ranPacks: [Bool]) {
    for (index, ran) in ranPacks.enumerated() where ran { input.ranPacks[index] = true }
  }

  /// The requests of a block, where findings are told apart by them.
  func records(of block: LogBlock) -> RecordTexts? {
    filter.comparesRecords ? RecordTexts(block) : nil
  }

  /// Takes out what is not to be reported; `content` gives the digest of the input if it is needed.
  ///
  /// `records` are the requests that the findings are in, where the input has several.
  mutating func take(
    outOf result: inout LintResult, in records: RecordTexts? = nil, content: () -> String?
  ) {
    var comments: CommentAccount?
    filter.take(
      outOf: &result, of: input, baseline: baseline, by: &comments, in: records, content: content)
  }

  /// The same for a document, which may have suppression comments.
  mutating func take(
    outOf result: inout LintResult, by comments: inout CommentAccount?, content: () -> String?
  ) {
    filter.take(
      outOf: &result, of: input, baseline: baseline, by: &comments, in: nil, content: content)
  }

  /// Ends the input: what its suppressions and its baseline did is now known.
  consuming func end(content: () -> String?) {
    filter.end(input, baseline: baseline, content: content)
  }

  /// A look ahead at what would be taken out, which changes no account.
  fileprivate consuming func preview() -> FilterPreview {
    FilterPreview(filter: filter, input: input, baseline: baseline)
  }
}

/// A look ahead at what a filter would take out of an input, which changes no account of a run.
struct FilterPreview {
  fileprivate let filter: FindingFilter
  fileprivate let input: FilteredInput
  fileprivate let baseline: Int?

  /// Takes out of findings what is not to be fixed; `content` gives the digest of the input.
  func take(
    outOf findings: inout [Finding], by comments: CommentAccount? = nil,
    in records: RecordTexts? = nil, content: () -> String?
  ) {
    var result = LintResult(findings: findings)
    var comments = comments
    filter.take(
      outOf: &result, of: input, baseline: baseline, by: &comments, in: records, content: content)
    findings = result.findings.filter { $0.suppression == nil }
  }

  /// One that goes on from here with an account of its own.
  func copy() -> FilterPreview {
    FilterPreview(filter: filter.copy(), input: input, baseline: baseline)
  }
}

extension FindingFilter {
  /// A look ahead at an input.
  func preview(of input: InputSource, rules: ActiveRules, profile: Int) -> FilterPreview {
    copy().begin(input, rules: rules, profile: profile).preview()
  }
}

/// What is known of an input that findings are taken out of.
struct FilteredInput {
  /// The input.
  let source: InputSource
  /// The place of the profile that it is checked by.
  let profile: Int
  /// Where it is.
  let absolutePath: String
  /// The rules of the packs that are run on it.
  let rules: ActiveRules
  /// Which packs' rules were evaluated on it.
  var ranPacks: [Bool]

  private let files: any FileSystem

  init(
    _ input: InputSource, in files: any FileSystem, absolutePath: String, rules: ActiveRules,
    profile: Int
  ) {
    source = input
    self.profile = profile
    self.files = files
    self.absolutePath = absolutePath
    self.rules = rules
    ranPacks = [Bool](repeating: false, count: rules.packCount)
  }

  /// Whether a rule was evaluated.
  func ran(_ rule: RuleID) -> Bool {
    KnownRules.isOfReading(rule) || rules.packs(of: rule).contains { ranPacks[$0] }
  }

  /// Whether rules of a pack were evaluated.
  func ranRules(ofPack name: String) -> Bool {
    rules.packs(named: name).contains { ranPacks[$0] }
  }

  /// The path relative to a folder; nil where it does not lie below it.
  func path(below folder: String) -> String? {
    // The folder may have been named by another way than it is really at.
    files.path(of: absolutePath, below: folder)
  }
}

/// Which rules the packs of a linter evaluate, those that are off aside.
struct ActiveRules {
  private var packs: [RuleID: [Int]] = [:]
  private var packsByName: [String: [Int]] = [:]
  /// How many packs there are.
  let packCount: Int

  init(_ loaded: [LoadedPack]) {
    packCount = loaded.count
    for (index, pack) in loaded.enumerated() {
      var names: Set<String> = [pack.name]
      for (rule, severity) in pack.severities {
        names.insert(rule.pack)
        if severity != nil { packs[rule, default: []].append(index) }
      }
      for name in names { packsByName[name, default: []].append(index) }
    }
  }

  /// The places of the packs that evaluate a rule.
  func packs(of rule: RuleID) -> [Int] { packs[rule] ?? [] }

  /// The places of the packs that have rules of a pack of that name.
  func packs(named name: String) -> [Int] { packsByName[name] ?? [] }
}

/// All rules that a run knows of.
struct KnownRules {
  /// All rules, those that are off included.
  private(set) var all: Set<RuleID>
  /// Those that are evaluated somewhere.
  private var active: Set<RuleID> = []
  /// The names of all packs whose rules are known.
  private(set) var packNames: Set<String>

  init() {
    all = Set(ReadingRule.descriptions.map(\.id))
    packNames = Set(all.map(\.pack))
  }

  mutating func insert(_ packs: [LoadedPack]) {
    for pack in packs {
      packNames.insert(pack.name)
      for (rule, severity) in pack.severities {
        all.insert(rule)
        packNames.insert(rule.pack)
        if severity != nil { active.insert(rule) }
      }
    }
  }

  /// Whether a rule is evaluated where its pack's request is met.
  func isActive(_ rule: RuleID) -> Bool { Self.isOfReading(rule) || active.contains(rule) }

  /// Whether the pack of a rule takes part in the run and no longer has the rule.
  func isGone(_ rule: RuleID) -> Bool { packNames.contains(rule.pack) && !all.contains(rule) }

  /// Whether a rule is one of reading, which every input has to satisfy.
  static func isOfReading(_ rule: RuleID) -> Bool { rule.pack == "json" || rule.pack == "yaml" }
}

extension LoadedPack {
  /// All rules of the pack with their severities; nil for one that is off.
  fileprivate var severities: [(rule: RuleID, severity: Severity?)] {
    var severities = plan.ruleTable.rules.map { (rule: $0.id, severity: $0.severity) }
    for rule in modelRules {
      severities.append(
        (
          RuleID(pack: plan.ruleTable.packName, rule: "schema/\(rule.keyword)"),
          plan.severity(ofModelRule: rule.keyword)
        ))
    }
    return severities
  }
}

/// What a run came to know of its suppressions and its baseline.
package struct KnownFindingsOutcome: Sendable {
  /// Suppressions that are unused, have run out or mean too much.
  package var suppressionDiagnostics: [Diagnostic]
  /// For each baseline, what is new and what is stale.
  package var baselines: [BaselineOutcome]
  /// Inputs with findings that lie outside of every root, so that no baseline can hold them.
  package var outside: [String]
  /// What kept inputs from being compared with an earlier commit.
  package var earlierDiagnostics: [Diagnostic] = []

  /// All that is to be said of suppressions, baselines and earlier commits.
  package var diagnostics: [Diagnostic] {
    suppressionDiagnostics + baselines.flatMap(\.diagnostics) + earlierDiagnostics
  }
}
