import Reporting
import Documents
import Findings
import JSONPath
import RuleCompilation
import RulePacks

/// Looks for a request that a rule and its mutant treat differently: the example that is missing.
///
/// It starts from the rule's examples, and from what its paths lead through, and changes one place at
/// a time, then two. What it finds is tried on both, so that it is true.
struct CounterexampleSearch {
  /// How many requests are tried for one mutant, and how many bytes they may have together.
  static let trialLimit = 6_000
  private static let byteLimit = 20_000_000
  /// What it takes to gather what a rule mentions, in steps.
  private static let poolCost = 1_000

  let rule: PackComposition.ComposedRule
  /// The packs, each with the parameters that it knows.
  let sources: [MutationSource]
  /// What the search starts from, the shortest first.
  private let seeds: [Specimen]
  /// What was found for other mutants; one example may notice several.
  private var found: [(document: Document, suggestion: MutationTest.Suggestion)] = []

  init(rule: PackComposition.ComposedRule, sources: [MutationSource]) {
    self.rule = rule
    self.sources = sources
    var seeds = rule.examples.prefix(60).compactMap { example in
      Specimen(example.value.node, in: sources[example.pack].document)
    }
    for path in rule.given?.value ?? [] {
      if let query = try? JSONPathQuery(path.value) { seeds.append(Self.skeleton(query)) }
    }
    seeds.append(.object([]))
    self.seeds = seeds.filter { $0.size < 100_000 }.sorted { $0.size < $1.size }
  }

  /// The smallest request with a node that a path leads to.
  private static func skeleton(_ query: JSONPathQuery) -> Specimen {
    var result = Specimen.string("x")
    for segment in query.segments.suffix(Specimen.depthLimit / 2).reversed() {
      switch segment.selectors.first?.kind {
      case .name(let name): result = .object([.init(name: name.bytes, value: result)])
      case .wildcard, .index, .slice, .filter, nil: result = .array([result])
      }
    }
    return result
  }

  /// The example that would notice a mutant and that the request's model allows, or nil where none was
  /// found.
  mutating func suggestion(
    for mutant: Mutant, _ original: inout ExampleTrial, _ changed: inout ExampleTrial,
    allowedBy model: ModelTrial?, steps stepsLeft: inout Int
  ) -> MutationTest.Suggestion? {
    for known in found {
      let document = known.document
      stepsLeft -= PackTester.trialCost
      guard stepsLeft > 0 else { return nil }
      if changed.refuses(document) != (known.suggestion.side == .fail) { return known.suggestion }
    }
    guard stepsLeft > 0 else { return nil }
    var hunt = Hunt(model: model, stepsLeft: stepsLeft)
    defer { stepsLeft = hunt.stepsLeft }
    hunt.stepsLeft -= Self.poolCost
    let pool = SpecimenPool(of: rule, in: sources, mutant: mutant)
    for seed in seeds {
      // The seed itself is an example, which both agree on, or the barest request.
      hunt.consider(seed, &original, &changed)
      collect(seed, pool, &hunt, &original, &changed)
      if hunt.best != nil { break }
    }
    if hunt.best == nil { searchDeeper(pool, &hunt, &original, &changed) }
    guard let best = hunt.best else { return nil }
    let suggestion = MutationTest.Suggestion(
      side: best.isRefused ? .fail : .pass, request: best.specimen.yaml())
    found.append((JSONReader.read(best.specimen.json()).document, suggestion))
    return suggestion
  }

  /// What was found so far, and how much was spent on it.
  private struct Hunt {
    var best: (specimen: Specimen, isRefused: Bool)?
    var trials = 0
    var bytes = 0
    let model: ModelTrial?
    var stepsLeft: Int

    var isExhausted: Bool {
      trials >= CounterexampleSearch.trialLimit || bytes >= CounterexampleSearch.byteLimit
        || stepsLeft <= 0
    }

    mutating func consider(
      _ specimen: Specimen, _ original: inout ExampleTrial, _ changed: inout ExampleTrial
    ) {
      let size = specimen.size
      if let best, best.specimen.size <= size { return }
      trials += 1
      bytes += size
      guard !isExhausted else { return }
      let document = JSONReader.read(specimen.json()).document
      let before = original.steps + changed.steps
      let isRefused = original.refuses(document)
      defer {
        stepsLeft -= original.steps + changed.steps - before + PackTester.trialCost + size
      }
      if isRefused != changed.refuses(document), model?.allows(document) ?? true {
        best = (specimen, isRefused)
      }
    }
  }

  private func collect(
    _ seed: Specimen, _ pool: SpecimenPool, _ hunt: inout Hunt, _ original: inout ExampleTrial,
    _ changed: inout ExampleTrial
  ) {
    _ = seed.forEachVariant(pool) { variant in
      hunt.consider(variant, &original, &changed)
      return !hunt.isExhausted
    }
  }

  /// Changes two places of the shortest requests.
  private func searchDeeper(
    _ pool: SpecimenPool, _ hunt: inout Hunt, _ original: inout ExampleTrial,
    _ changed: inout ExampleTrial
  ) {
    hunt.trials = 0
    var small = pool
    small.values = Array(pool.values.prefix(16))
    small.names = Array(pool.names.prefix(6))
    small.characters = []
    for seed in seeds.prefix(4) where hunt.best == nil && !hunt.isExhausted {
      var variants: [Specimen] = []
      _ = seed.forEachVariant(small) { variant in
        variants.append(variant)
        return variants.count < 120
      }
      for variant in variants where hunt.best == nil && !hunt.isExhausted {
        collect(variant, small, &hunt, &original, &changed)
      }
    }
  }
}
