package import Findings
package import Reporting
package import RulePacks
import Documents
import Evaluation
import RuleCompilation
import SourceText

/// What of a pack is tested, and within which limits.
package struct PackTestOptions: Sendable {
  /// The rules that are tested; nil for all.
  package var rules: Set<RuleID>?
  /// Whether rules are changed, to see whether an example notices.
  package var mutates: Bool
  /// The maximum number of steps for the test of a pack, in those of `LoadingBudget`.
  package var stepLimit: Int

  /// Creates options; `costLimit` is what one evaluation of an expression may cost.
  package init(rules: Set<RuleID>? = nil, mutates: Bool = true, costLimit: Int? = nil) {
    self.rules = rules
    self.mutates = mutates
    stepLimit = LoadingBudget(costLimit: costLimit).limit
  }
}

/// Tests a pack by its own examples: those in its own file, on rules as the pack leaves them.
package struct PackTester {
  private let composition: PackComposition
  /// The place of the pack that is tested.
  private let member: Int
  private let options: PackTestOptions
  private let lines: LineIndex
  /// The packs, each with the parameters that it knows.
  private let sources: [MutationSource]
  /// The plan of each request that a tested rule is about.
  private var plans: [Int?: CompiledPlan] = [:]
  private var notices: [Diagnostic] = []
  /// How many bytes of examples were read.
  private var exampleBytes = 0
  /// How many steps were taken, those of the search for missing examples aside.
  private(set) var steps = 0
  /// How many steps may be taken up to the end of what is done at present.
  private var stepEnd: Int
  /// How many steps are left for the search for missing examples, which nothing depends on.
  private var searchSteps: Int

  /// How many bytes all examples of a pack may have.
  private static let exampleByteLimit = LoadingBudget.exampleByteLimit
  /// What reading an example costs beside its bytes, in bytes.
  private static let exampleCost = 100
  /// What trying an example costs beside its bytes and what evaluating it takes, in steps.
  static let trialCost = 50
  /// What a byte of a mutant costs, which is written and read.
  private static let mutantByteCost = 4

  /// The rules about one request, ready to be tried; in a class, since all their tests go on with what one of them made.
  private final class CompiledPlan {
    var trial: ExampleTrial
    let model: ModelTrial?
    let bench: RuleBench

    init(_ plan: Plan, _ bench: RuleBench) {
      trial = ExampleTrial(plan)
      model = ModelTrial(plan)
      self.bench = bench
    }
  }

  private init(_ composition: PackComposition, _ member: Int, _ options: PackTestOptions) {
    self.composition = composition
    self.member = member
    self.options = options
    searchSteps = options.stepLimit / 2
    stepEnd = options.stepLimit
    lines = composition.members[member].pack.file.lineIndex()
    sources = composition.members.indices.map {
      MutationSource(
        pack: composition.members[$0].pack, parameters: composition.visibleParameters(of: $0))
    }
  }

  /// Tests the last of the packs that were asked for, which is sound but for what its examples do.
  package static func test(
    _ composition: PackComposition, options: PackTestOptions = PackTestOptions()
  ) -> PackTestSuite? {
    guard let member = composition.roots.last else { return nil }
    var tester = PackTester(composition, member, options)
    return tester.run()
  }

  private var file: PackFile { composition.members[member].pack.file }

  private mutating func run() -> PackTestSuite {
    let pack = composition.members[member].pack
    var suite = PackTestSuite(name: pack.name.value, path: pack.file.source.path, rules: [])
    var runs: [MutationRun] = []
    var untried: (first: RuleTest, count: Int)?
    var ruleCount = 0
    for rule in composition.rules where options.rules?.contains(rule.id) ?? true {
      let before = steps
      guard let tested = test(rule) else { continue }
      ruleCount += 1
      if tested.untriedCount > 0 {
        untried = (untried?.first ?? tested.result, (untried?.count ?? 0) + tested.untriedCount)
        if tested.result.examples.isEmpty, untried?.first.id != rule.id { continue }
      }
      let isSound =
        tested.untriedCount == 0 && tested.result.examples.allSatisfy { $0.fault == nil }
      if options.mutates, isSound, let compiled = tested.compiled {
        runs.append(
          MutationRun(
            index: suite.rules.count, rule: rule, original: compiled, exampleSteps: steps - before,
            size: size(of: rule)))
      }
      suite.rules.append(tested.result)
    }
    if let untried, isOverLimit {
      let what = untried.count == 1 ? "1 example was" : "\(untried.count) examples were"
      let fewer = ruleCount > 1 ? ", or test fewer rules at once with --rule" : ""
      notices.append(
        Diagnostic(
          "test/limit",
          "examples take more than \(options.stepLimit) steps, so \(what) not tested, beginning with the rule '\(untried.first.id)'",
          hint: "raise the limit with --cost-limit\(fewer)",
          at: untried.first.location))
    } else {
      // Without examples nothing may be left out; changes may.
      mutate(&runs, in: &suite)
    }
    suite.notices = notices
    return suite
  }

  // MARK: - Examples

  /// An example together with its request as a document of its own.
  private struct TriedExample {
    var example: RulePack.Example
    var document: Document
    var byteCount: Int
  }

  /// The test of a rule's examples; nil for one of which the pack says nothing that could be tested.
  private mutating func test(
    _ rule: PackComposition.ComposedRule
  ) -> (result: RuleTest, untriedCount: Int, compiled: CompiledPlan?)? {
    guard let entry = entry(of: rule) else { return nil }
    let isChanged = entry.given != nil || entry.when != nil || entry.then != nil
    guard isChanged || !entry.examples.isEmpty else { return nil }
    var result = RuleTest(
      id: rule.id, location: file.location(of: entry.name.node, lines: lines),
      needsExamples: isChanged, examples: [])
    guard let compiled = compiled(for: owner(of: rule)), compiled.trial.turn(to: rule.id) else {
      return (result, 0, nil)
    }
    var numbers: [ExampleTest.Side: Int] = [:]
    for example in entry.examples {
      guard !isOverLimit, let tried = counted(example) else { break }
      let document = tried.document
      let before = compiled.trial.steps
      let fault = compiled.trial.fault(of: example, document)
      steps += compiled.trial.steps - before + Self.trialCost + tried.byteCount
      let side: ExampleTest.Side = example.expectation == .pass ? .pass : .fail
      numbers[side, default: 0] += 1
      result.examples.append(
        ExampleTest(
          side: side, number: numbers[side, default: 0],
          title: example.demands.name?.value ?? title(of: example),
          location: place(of: example.node),
          fault: fault.map {
            Diagnostic(
              "pack/bad-example", $0.message, at: file.location(of: $0.node, lines: lines))
          }))
    }
    let untriedCount = entry.examples.count - result.examples.count
    // Of examples that were not tried nobody can say that they are missing.
    if untriedCount > 0 { result.needsExamples = false }
    return (result, untriedCount, compiled)
  }

  /// What the pack itself says of a rule.
  private func entry(of rule: PackComposition.ComposedRule) -> RulePack.Rule? {
    rule.entries.last(where: { $0.pack == member })?.value
  }

  /// The place of the pack whose request a rule is tried on.
  private func owner(of rule: PackComposition.ComposedRule) -> Int? {
    rule.targets.first ?? composition.requestOwners.first
  }

  private mutating func compiled(for owner: Int?) -> CompiledPlan? {
    if let known = plans[owner] { return known }
    let checking = composition.members.map { _ in PackChecking.none }
    let compiled = RuleCompiler.compile(composition, requestOf: owner, checking: checking).plan
      .map { CompiledPlan($0, RuleBench(composition, requestOf: owner)) }
    plans[owner] = compiled
    return compiled
  }

  /// The example's request, unless there were too many already.
  private mutating func counted(_ example: RulePack.Example) -> TriedExample? {
    guard exampleBytes <= Self.exampleByteLimit else { return nil }
    let tried = read(example)
    exampleBytes += tried.byteCount + Self.exampleCost
    guard exampleBytes <= Self.exampleByteLimit else {
      notices.append(
        Diagnostic(
          "pack/too-many-examples",
          "examples are larger than \(Self.exampleByteLimit) bytes; this one and those that follow are not tested",
          at: place(of: example.node)))
      return nil
    }
    return tried
  }

  private func read(_ example: RulePack.Example) -> TriedExample {
    let text = example.json(in: composition.members[member].pack)
    return TriedExample(
      example: example, document: JSONReader.read(text).document, byteCount: text.count)
  }

  /// Where an example begins; its pointer, which takes long to find among many, is left out.
  private func place(of node: NodeID) -> Location {
    file.source.location(of: file.shownRange(of: node), lines: lines)
  }

  /// The request in short, for a list.
  private func title(of example: RulePack.Example) -> String {
    let summary = example.summary(in: composition.members[member].pack)
    return summary.unicodeScalars.count > 80
      ? String(summary.unicodeScalars.prefix(79)) + "…" : summary
  }

  // MARK: - Mutants

  /// The changes of a rule that are still to be tried.
  private struct MutationRun {
    /// The place of the rule in the suite.
    let index: Int
    let rule: PackComposition.ComposedRule
    let original: CompiledPlan
    /// What trying all examples takes.
    let exampleSteps: Int
    /// How many bytes of the pack the changes are made in.
    let size: Int
    /// What is known once changes were made.
    var changes: Changes?

    /// What all changes may take, as far as their order by it goes.
    var cost: Double {
      Double(size) * (Double(PackTester.mutantByteCost) * Double(size) + Double(exampleSteps))
    }
  }

  private struct Changes {
    let mutants: [Mutant]
    /// The places of the mutants in the order in which they are tried.
    let order: [Int]
    let examples: [TriedExample]
    var search: CounterexampleSearch
    /// How many more there are, which are too many to be kept.
    var leftOutCount = 0
    var next = 0
    /// The keys of those that were tried.
    var seen: Set<Int> = []
    var soundErrors: Set<String>?
    var result = MutationTest()
    var survivors: [(place: Int, survivor: MutationTest.Survivor)] = []

    var isDone: Bool { next >= order.count }

    mutating func finish(_ key: Int) {
      seen.insert(key)
      next += 1
    }
  }

  /// Tries changes of all rules, each within a fair share of the steps that are left.
  ///
  /// Those with little to try come first, so that what they leave is there for the others; what is left
  /// in the end is used in a second round.
  private mutating func mutate(_ runs: inout [MutationRun], in suite: inout PackTestSuite) {
    // However long the examples take, some changes are tried.
    stepEnd = max(options.stepLimit, steps + options.stepLimit / 4)
    runs.sort { ($0.cost, $0.index) < ($1.cost, $1.index) }
    for _ in 0..<2 {
      var waiting = runs.count { !($0.changes?.isDone ?? false) }
      for place in runs.indices where !(runs[place].changes?.isDone ?? false) {
        let share = max(0, stepEnd - steps) / max(1, waiting)
        waiting -= 1
        mutate(&runs[place], share: share)
        suite.rules[runs[place].index].mutation = runs[place].changes?.result
      }
    }
    let rules = suite.rules.filter { ($0.mutation?.untriedCount ?? 0) > 0 }
    guard let first = rules.first else { return }
    let untried = suite.score.untried
    let what = untried == 1 ? "1 mutant" : "\(untried) mutants"
    let whose = rules.count == 1 ? "the rule '\(first.id)'" : "\(rules.count) rules"
    let isOver = runs.contains { !($0.changes?.isDone ?? false) }
    let why =
      isOver
      ? "testing all mutants takes more than \(options.stepLimit) steps"
      : "at most \(SchemaMutations.limit) mutants of a rule are tested"
    let advice = isOver ? "; raise the limit with --cost-limit to test more" : ""
    notices.append(
      Diagnostic(
        "test/limit", severity: .warning,
        "\(why), so \(what) of \(whose) \(untried == 1 ? "was" : "were") not tested; the score is based on a sample of the mutants of each rule\(advice)",
        at: first.location))
  }

  /// How many bytes of the pack the changes of a rule are made in.
  private func size(of rule: PackComposition.ComposedRule) -> Int {
    guard let entry = entry(of: rule) else { return 0 }
    return [entry.when, entry.then].reduce(0) { sum, condition in
      guard let condition else { return sum }
      let range = file.document.range(of: condition.node)
      return sum + range.upperBound - range.lowerBound
    }
  }

  /// Makes the changes of a rule.
  private func changes(of run: MutationRun, share: Int) -> Changes {
    // The shortest examples first: most mutants are killed by one of them.
    let examples = (entry(of: run.rule)?.examples ?? []).map(read)
      .sorted { $0.byteCount < $1.byteCount }
    run.original.model?.tolerateWhat(isWrongWith: examples.prefix(200).map(\.document))
    let mutations = RuleMutations(of: run.rule, by: member, in: sources[member])
    let count = mutations.mutants.count
    // In the order of the file where all are likely to be tried.
    let each = run.exampleSteps + 2 * Self.mutantByteCost * run.size
    let isLong = Double(each) * Double(count) > Double(share)
    var changes = Changes(
      mutants: mutations.mutants, order: isLong ? RuleMutations.spread(count) : Array(0..<count),
      examples: examples, search: CounterexampleSearch(rule: run.rule, sources: sources))
    changes.leftOutCount = mutations.leftOutCount
    return changes
  }

  /// Tries changes of a rule until all are tried or the steps are taken.
  ///
  /// A change that was begun within the rule's share is tried to its end.
  private mutating func mutate(_ run: inout MutationRun, share: Int) {
    let (rule, original) = (run.rule, run.original)
    let end = steps + share
    var changes = run.changes ?? changes(of: run, share: share)
    _ = original.trial.turn(to: rule.id)
    while !isOverLimit, steps <= end, changes.next < changes.order.count {
      let place = changes.order[changes.next]
      let mutant = changes.mutants[place]
      let text = mutant.text()
      steps += Self.mutantByteCost * text.byteCount
      let key = RuleMutations.key(of: mutant, text)
      guard !changes.seen.contains(key) else {
        changes.next += 1
        continue
      }
      let variant = composition.variant(of: rule, replacing: mutant.part, by: text)
      guard let plan = original.bench.compile(variant, steps: &steps).plan,
        let changed = plan.ruleTable.rules.first
      else {
        changes.result.unviableCount += 1
        changes.finish(key)
        continue
      }
      var trial = ExampleTrial(of: changed, in: plan)
      if isNoticed(changes.examples, &trial) {
        changes.result.noticedCount += 1
        changes.finish(key)
        continue
      }
      guard !isOverLimit else { break }
      let known = changes.soundErrors ?? errors(of: composition.alone(rule), original.bench)
      changes.soundErrors = known
      if !errors(of: variant, original.bench).isSubset(of: known) {
        changes.result.unviableCount += 1
        changes.finish(key)
        continue
      }
      changes.survivors.append(
        (
          place,
          MutationTest.Survivor(
            change: mutant.change, location: mutant.location(in: file, lines: lines),
            suggestion: changes.search.suggestion(
              for: mutant, &original.trial, &trial,
              allowedBy: rule.targets.isEmpty ? nil : original.model, steps: &searchSteps))
        ))
      changes.finish(key)
    }
    changes.result.untriedCount =
      changes.leftOutCount + changes.order.count - changes.next
    changes.result.survivors = changes.survivors.sorted { $0.place < $1.place }.map(\.survivor)
    run.changes = changes
  }

  private var isOverLimit: Bool { steps > stepEnd }

  private mutating func isNoticed(
    _ examples: [TriedExample], _ trial: inout ExampleTrial
  ) -> Bool {
    for tried in examples where !isOverLimit {
      let document = tried.document
      let before = trial.steps
      let fault = trial.fault(of: tried.example, document)
      steps += trial.steps - before + Self.trialCost + tried.byteCount
      if fault != nil { return true }
    }
    return false
  }

  /// What loading the pack would refuse it for.
  private mutating func errors(of variant: PackComposition, _ bench: RuleBench) -> Set<String> {
    let compilation = bench.compile(variant, steps: &steps) {
      $0 == member || $0 >= composition.members.count
    }
    return Set(
      compilation.diagnostics.filter { $0.severity == .error }.map { "\($0.code) \($0.message)" })
  }
}

extension PackComposition.PartText {
  /// How many bytes the text has.
  fileprivate var byteCount: Int {
    switch self {
    case .nothing: 0
    case .schema(let json): json.count
    case .text(let text): text.utf8.count
    }
  }
}
