import CEL
import Documents
import JSONPath
import RulePacks
import SourceText

/// The mutants of a rule: each differs from it by one step.
struct RuleMutations {
  /// The mutants, those of `given` first; some may have the same text.
  private(set) var mutants: [Mutant] = []
  /// How many more there are, which are too many to be kept.
  private(set) var leftOutCount = 0

  /// Makes the mutants of what one pack says of a rule.
  init(
    of rule: PackComposition.ComposedRule, by member: Int, in source: MutationSource
  ) {
    if let given = rule.given, given.pack == member {
      mutants += Self.givenMutants(of: given.value)
    }
    if let when = rule.when, when.pack == member { mutants += whenMutants(when.value, in: source) }
    if let then = rule.then, then.pack == member {
      mutants += self.mutants(of: then.value, part: .then, in: source)
    }
  }

  /// The digest of what a mutant makes of its part: those of equal mutants are equal.
  static func key(of mutant: Mutant, _ text: PackComposition.PartText) -> Int {
    // A condition that asks for nothing is none.
    let isIdle = mutant.part == .when && text == .schema(Array("{}".utf8))
    var hasher = Hasher()
    hasher.combine(mutant.part)
    hasher.combine(isIdle ? .nothing : text)
    return hasher.finalize()
  }

  /// The numbers below a count, in an order of which every beginning is spread evenly.
  static func spread(_ count: Int) -> [Int] {
    guard count > 1 else { return Array(0..<count) }
    let bits = Int.bitWidth - (count - 1).leadingZeroBitCount
    return (0..<(1 << bits)).compactMap { number in
      let reversed = (0..<bits).reduce(0) { $0 << 1 | (number >> $1) & 1 }
      return reversed < count ? reversed : nil
    }
  }

  private static func givenMutants(of paths: [Located<String>]) -> [Mutant] {
    var mutants: [Mutant] = []
    for (index, path) in paths.enumerated() {
      if paths.count > 1 {
        mutants.append(
          Mutant(
            part: .given(index), text: { .nothing }, change: "without the path \(path.value)",
            node: path.node))
      }
      for change in JSONPathAlterations.all(of: path.value) {
        mutants.append(
          Mutant(
            part: .given(index), text: { .text(change.applied(to: Array(path.value.utf8))) },
            change: "given: \(change.summary)", node: path.node, range: change.range))
      }
    }
    return mutants
  }

  private mutating func whenMutants(
    _ when: RulePack.Condition, in source: MutationSource
  ) -> [Mutant] {
    var result = [Mutant(part: .when, text: { .nothing }, change: "without when", node: when.node)]
    switch when {
    case .schema(let node):
      result.append(
        Mutant(
          part: .when,
          text: {
            let inner = PartWriter.text(of: node, in: source)
            return .schema(Array(#"{"not":"#.utf8) + inner + Array("}".utf8))
          }, change: "when negated", node: node))
    case .expression(let text):
      result.append(
        Mutant(
          part: .when, text: { .text("!(\(text.value)\n)") }, change: "when negated",
          node: text.node))
    }
    return result + mutants(of: when, part: .when, in: source)
  }

  private mutating func mutants(
    of condition: RulePack.Condition, part: PackComposition.RulePart, in source: MutationSource
  ) -> [Mutant] {
    switch condition {
    case .schema(let node):
      var mutations = SchemaMutations(source: source, part: part, root: node)
      mutations.run()
      leftOutCount += mutations.leftOutCount
      return mutations.mutants
    case .expression(let text):
      let bytes = Array(text.value.utf8)
      let changes = CELAlterations.all(of: text.value, parameters: source.numbers)
      return changes.map { change in
        Mutant(
          part: part, text: { .text(change.applied(to: bytes)) }, change: change.summary,
          node: text.node, range: change.range, characters: change.characters(in: bytes))
      }
    }
  }
}
