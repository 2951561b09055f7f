package import Findings
package import RulePacks
import Documents
import Evaluation
import RuleCompilation
import SourceText

/// What of a pack is tested, and within which limits.
package struct PackTestOptions: Sendable {
  /// The names of the rules that are tested; nil for all.
  package var rules: Set<String>?
  /// Whether rules are changed, to see whether an example notices.
  package var mutates: Bool
  /// How many bytes of examples are tried on mutants.
  package var byteLimit: Int
  /// For how long mutants are tried.
  package var timeLimit: Duration

  /// Creates options.
  package init(
    rules: Set<String>? = nil, mutates: Bool = true, byteLimit: Int = 1_000_000_000,
    timeLimit: Duration = .seconds(60)
  ) {
    self.rules = rules
    self.mutates = mutates
    self.byteLimit = byteLimit
    self.timeLimit = timeLimit
  }
}

/// Tests a pack by its own examples.
package struct PackTester {
  private let pack: RulePack
  private let options: PackTestOptions
  private let lines: LineIndex
  private var notices: [Diagnostic] = []
  /// How many bytes of examples were read.
  private var exampleBytes = 0
  /// How many bytes of examples were tried on mutants.
  private var triedBytes = 0
  private let start = ContinuousClock.now

  /// How many bytes all examples of a pack may have.
  private static let exampleByteLimit = 1 << 24
  /// What reading an example costs beside its bytes, in bytes.
  private static let exampleCost = 100
  /// What trying an example costs beside its bytes, and compiling a mutant, in bytes.
  private static let trialCost = 500
  private static let mutantCost = 20_000

  private init(_ pack: RulePack, _ options: PackTestOptions) {
    self.pack = pack
    self.options = options
    lines = pack.file.source.lineIndex()
  }

  /// Tests a pack that is sound but for what its examples do.
  package static func test(
    _ pack: RulePack, options: PackTestOptions = PackTestOptions()
  ) -> PackTestSuite {
    var tester = PackTester(pack, options)
    return tester.run()
  }

  private mutating func run() -> PackTestSuite {
    var suite = PackTestSuite(
      name: pack.name.value, path: pack.file.source.path, rules: [])
    if let plan = RuleCompiler.compile(pack, checking: .none).plan {
      for rule in pack.rules where options.rules?.contains(rule.name.value) ?? true {
        suite.rules.append(test(rule, plan))
      }
    }
    let untried = suite.score.untried
    if untried > 0 {
      notices.append(
        Diagnostic(
          "test/limit", severity: .warning,
          "\(untried) changes of rules were not tried: that takes too long with so many or such long examples; name rules with --rule to test fewer",
          at: pack.file.location(of: pack.name.node, lines: lines)))
    }
    suite.notices = notices
    return suite
  }

  /// An example together with its request as a document of its own.
  private struct TriedExample {
    var example: RulePack.Example
    var document: Document
    var byteCount: Int
  }

  private mutating func test(_ rule: RulePack.Rule, _ plan: Plan) -> RuleTest {
    var result = RuleTest(
      id: RuleID(pack: pack.name.value, rule: rule.name.value),
      location: pack.file.location(of: rule.name.node, lines: lines), examples: [])
    guard var trial = ExampleTrial(of: rule, in: plan) else { return result }
    var examples: [TriedExample] = []
    var numbers: [ExampleTest.Side: Int] = [:]
    for example in rule.examples {
      guard let tried = tried(of: example) else { break }
      var document = tried.document
      let fault = trial.fault(of: example, &document)
      let side: ExampleTest.Side = example.expectation == .pass ? .pass : .fail
      numbers[side, default: 0] += 1
      result.examples.append(
        ExampleTest(
          side: side, number: numbers[side, default: 0],
          title: example.demands.name?.value ?? title(of: example),
          location: place(of: example.node),
          fault: fault.map {
            Diagnostic(
              "pack/bad-example", $0.message, at: pack.file.location(of: $0.node, lines: lines))
          }))
      examples.append(tried)
    }
    if options.mutates, result.examples.allSatisfy({ $0.fault == nil }) {
      result.mutation = mutate(rule, examples, &trial)
    }
    return result
  }

  /// The example's request, unless there were too many already.
  private mutating func tried(of example: RulePack.Example) -> TriedExample? {
    guard exampleBytes <= Self.exampleByteLimit else { return nil }
    let text = example.json(in: pack)
    exampleBytes += text.count + Self.exampleCost
    guard exampleBytes <= Self.exampleByteLimit else {
      notices.append(
        Diagnostic(
          "pack/too-many-examples", severity: .warning,
          "the examples hold more than \(Self.exampleByteLimit) bytes; from here on they are not tried",
          at: pack.file.location(of: example.node, lines: lines)))
      return nil
    }
    return TriedExample(
      example: example, document: JSONReader.read(text).document, byteCount: text.count)
  }

  /// Where an example begins; its pointer, which takes long to find among many, is left out.
  private func place(of node: NodeID) -> Location {
    pack.file.source.location(of: pack.file.shownRange(of: node), lines: lines)
  }

  /// The request in short, for a list.
  private func title(of example: RulePack.Example) -> String {
    let summary = example.summary(in: pack)
    return summary.unicodeScalars.count > 80
      ? String(summary.unicodeScalars.prefix(79)) + "…" : summary
  }

  // MARK: - Mutants

  private mutating func mutate(
    _ rule: RulePack.Rule, _ examples: [TriedExample], _ original: inout ExampleTrial
  ) -> MutationTest {
    var result = MutationTest()
    // The shortest examples first: most mutants are noticed by one of them.
    let examples = examples.sorted { $0.byteCount < $1.byteCount }
    var search: CounterexampleSearch?
    var soundErrors: Set<String>?
    for mutant in RuleMutations.all(of: rule, in: pack) {
      guard !isOverLimit else {
        result.untriedCount += 1
        continue
      }
      triedBytes += Self.mutantCost
      let variant = pack.variant(of: rule, replacing: mutant.part, by: mutant.text)
      guard let plan = RuleCompiler.compile(variant, checking: .none).plan,
        var trial = ExampleTrial(of: rule, in: plan)
      else {
        result.unviableCount += 1
        continue
      }
      if isNoticed(examples, &trial) {
        result.noticedCount += 1
        continue
      }
      guard !isOverLimit else {
        result.untriedCount += 1
        continue
      }
      let known = soundErrors ?? errors(of: variantOfNothing(rule))
      soundErrors = known
      if !errors(of: variant).isSubset(of: known) {
        result.unviableCount += 1
        continue
      }
      let hunt = search ?? CounterexampleSearch(rule: rule, pack: pack)
      search = hunt
      result.survivors.append(
        MutationTest.Survivor(
          change: mutant.change, location: mutant.location(in: pack.file, lines: lines),
          suggestion: hunt.suggestion(
            for: mutant, &original, &trial, until: start + options.timeLimit)))
    }
    return result
  }

  private var isOverLimit: Bool {
    triedBytes > options.byteLimit || ContinuousClock.now - start > options.timeLimit
  }

  private mutating func isNoticed(
    _ examples: [TriedExample], _ trial: inout ExampleTrial
  ) -> Bool {
    for tried in examples where !isOverLimit {
      triedBytes += tried.byteCount + Self.trialCost
      var document = tried.document
      if trial.fault(of: tried.example, &document) != nil { return true }
    }
    return false
  }

  /// The rule alone, as it is.
  private func variantOfNothing(_ rule: RulePack.Rule) -> RulePack {
    pack.variant(of: rule, replacing: .given(rule.given.count), by: .nothing)
  }

  /// What loading the pack would refuse it for.
  private func errors(of pack: RulePack) -> Set<String> {
    Set(
      RuleCompiler.compile(pack, checking: .contents).diagnostics
        .filter { $0.severity == .error }.map { "\($0.code) \($0.message)" })
  }
}
