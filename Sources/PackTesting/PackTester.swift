package import Findings
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
  /// How many steps the test of a pack may take, in those of `LoadingBudget`.
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
  /// Whether changes of a rule were too many or too long to be made.
  private var hasLeftOut = false
  /// How many steps are left for the search for missing examples, which nothing depends on.
  private var searchSteps: Int

  /// How many bytes all examples of a pack may have.
  private static let exampleByteLimit = 1 << 24
  /// What reading an example costs beside its bytes, in bytes.
  private static let exampleCost = 100
  /// What trying an example costs beside its bytes and what evaluating it takes, in steps.
  static let trialCost = 50
  /// What a byte of a mutant costs, which is written and read.
  private static let mutantByteCost = 4

  /// The rules about one request, ready to be tried; in a class, since a trial cannot be copied.
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
    for rule in composition.rules where options.rules?.contains(rule.id) ?? true {
      guard let result = test(rule) else { continue }
      suite.rules.append(result)
      guard isOverLimit else { continue }
      let untried = suite.score.untried
      let what = untried == 0 ? "" : ", and \(untried) changes of rules were not tried"
      let why =
        steps > options.stepLimit
        ? "testing the rule '\(rule.id)' and those before it took more than \(options.stepLimit) steps"
        : "the rule '\(rule.id)' is too long to make all changes of it"
      notices.append(
        Diagnostic(
          "test/limit",
          "\(why)\(what); rules after it were not tested; name rules with --rule to test fewer, leave changes out with --no-mutation, or raise the limit with --cost-limit",
          at: result.location))
      break
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

  /// The test of a rule; nil for one of which the pack says nothing that could be tested.
  private mutating func test(_ rule: PackComposition.ComposedRule) -> RuleTest? {
    guard let entry = rule.entries.last(where: { $0.pack == member })?.value else { return nil }
    let isChanged = entry.given != nil || entry.when != nil || entry.then != nil
    guard isChanged || !entry.examples.isEmpty else { return nil }
    var result = RuleTest(
      id: rule.id, location: file.location(of: entry.name.node, lines: lines),
      needsExamples: isChanged, examples: [])
    let owner = owner(of: rule)
    guard let compiled = compiled(for: owner), compiled.trial.turn(to: rule.id) else {
      return result
    }
    var examples: [TriedExample] = []
    var numbers: [ExampleTest.Side: Int] = [:]
    for example in entry.examples {
      guard !isOverLimit, let tried = tried(example) else { break }
      var document = tried.document
      let before = compiled.trial.steps
      let fault = compiled.trial.fault(of: example, &document)
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
      examples.append(tried)
    }
    // Of examples that were not tried nobody can say that they are missing.
    if examples.count < entry.examples.count { result.needsExamples = false }
    if options.mutates, !isOverLimit, result.examples.allSatisfy({ $0.fault == nil }) {
      result.mutation = mutate(rule, owner, examples, compiled)
    }
    return result
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
  private mutating func tried(_ example: RulePack.Example) -> TriedExample? {
    guard exampleBytes <= Self.exampleByteLimit else { return nil }
    let text = example.json(in: composition.members[member].pack)
    exampleBytes += text.count + Self.exampleCost
    guard exampleBytes <= Self.exampleByteLimit else {
      notices.append(
        Diagnostic(
          "pack/too-many-examples",
          "the examples hold more than \(Self.exampleByteLimit) bytes; from here on they are not tried",
          at: place(of: example.node)))
      return nil
    }
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

  private mutating func mutate(
    _ rule: PackComposition.ComposedRule, _ owner: Int?, _ examples: [TriedExample],
    _ original: CompiledPlan
  ) -> MutationTest {
    var result = MutationTest()
    // The shortest examples first: most mutants are noticed by one of them.
    let examples = examples.sorted { $0.byteCount < $1.byteCount }
    var search = CounterexampleSearch(rule: rule, sources: sources)
    var soundErrors: Set<String>?
    original.model?.tolerateWhat(isWrongWith: examples.prefix(200).map(\.document))
    let mutations = RuleMutations(of: rule, by: member, in: sources[member])
    result.untriedCount += mutations.leftOutCount
    for mutant in mutations.mutants {
      guard !isOverLimit else {
        result.untriedCount += 1
        continue
      }
      steps += Self.mutantByteCost * mutant.text.byteCount
      let variant = composition.variant(of: rule, replacing: mutant.part, by: mutant.text)
      guard let plan = original.bench.compile(variant, steps: &steps).plan,
        let changed = plan.rules.first
      else {
        result.unviableCount += 1
        continue
      }
      var trial = ExampleTrial(of: changed, in: plan)
      if isNoticed(examples, &trial) {
        result.noticedCount += 1
        continue
      }
      guard !isOverLimit else {
        result.untriedCount += 1
        continue
      }
      let known = soundErrors ?? errors(of: composition.alone(rule), original.bench)
      soundErrors = known
      if !errors(of: variant, original.bench).isSubset(of: known) {
        result.unviableCount += 1
        continue
      }
      result.survivors.append(
        MutationTest.Survivor(
          change: mutant.change, location: mutant.location(in: file, lines: lines),
          suggestion: search.suggestion(
            for: mutant, &original.trial, &trial,
            allowedBy: rule.targets.isEmpty ? nil : original.model, steps: &searchSteps)))
    }
    // What was too long to be made was not tried either.
    if mutations.leftOutCount > 0 { hasLeftOut = true }
    return result
  }

  private var isOverLimit: Bool { hasLeftOut || steps > options.stepLimit }

  private mutating func isNoticed(
    _ examples: [TriedExample], _ trial: inout ExampleTrial
  ) -> Bool {
    for tried in examples where !isOverLimit {
      var document = tried.document
      let before = trial.steps
      let fault = trial.fault(of: tried.example, &document)
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
