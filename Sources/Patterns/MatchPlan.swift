/// The programs of a pattern, with an identity that a cache can remember.
final class ProgramOwner: Sendable {
  let set: ProgramSet

  init(_ set: ProgramSet) {
    self.set = set
  }
}

/// How a pattern is matched: the plainest way that its form allows.
enum MatchPlan: Sendable {
  /// Every text matches.
  case always
  /// A text with a character of the class matches.
  case contains(CharacterTest)
  case runs(RunSequence)
  /// One automaton, reading bytes.
  case automaton(ProgramOwner)
  /// Automata for the lookarounds, then one for the pattern, over the symbols of the text.
  case lookarounds(ProgramOwner)

  init(_ tree: SyntaxTree, extent: Pattern.Extent) throws(PatternError) {
    let isWhole = extent == .whole
    var tree = tree.trimmedInside
    if !isWhole { tree = tree.trimmedForSearch }
    if !isWhole {
      if tree.isEmpty {
        self = .always
        return
      }
      if case .set(let set) = tree {
        self = .contains(CharacterTest(set))
        return
      }
    }
    if let runs = RunSequence(tree, isWhole: isWhole) {
      self = .runs(runs)
      return
    }
    let set = try ProgramCompiler.compile(tree, isWhole: isWhole)
    self = set.parts.count == 1 ? .automaton(ProgramOwner(set)) : .lookarounds(ProgramOwner(set))
  }

  func matches(_ bytes: Span<UInt8>, cache: inout PatternCache) -> Bool {
    switch self {
    case .always:
      return true
    case .contains(let test):
      let place = test.firstIndex(in: bytes, isInside: true)
      cache.plainSteps += place ?? bytes.count
      return place != nil
    case .runs(let runs):
      return runs.matches(bytes, steps: &cache.plainSteps)
    case .automaton(let owner):
      Self.prepare(&cache, for: owner)
      return cache.automata[0].matches(owner.set, owner.set.parts[0].program, in: bytes)
    case .lookarounds(let owner):
      Self.prepare(&cache, for: owner)
      return Self.matchWithTables(owner.set, bytes, cache: &cache)
    }
  }

  private static func prepare(_ cache: inout PatternCache, for owner: ProgramOwner) {
    guard cache.owner !== owner else { return }
    cache = PatternCache()
    cache.owner = owner
    cache.automata = owner.set.parts.map { _ in Automaton() }
    cache.tables = owner.set.parts.map { _ in PlaceTable() }
  }

  /// Answers each lookaround for all places, inner ones first, then runs the pattern with the answers.
  ///
  /// Each part reads the text once, so the time is linear; a table has one bit for each character.
  private static func matchWithTables(
    _ set: ProgramSet, _ bytes: Span<UInt8>, cache: inout PatternCache
  ) -> Bool {
    cache.symbols.removeAll(keepingCapacity: true)
    var index = 0
    while index < bytes.count {
      let read = set.symbols.read(bytes, at: index)
      cache.symbols.append(read.symbol)
      index += read.length
    }
    var found = false
    for (number, part) in set.parts.enumerated() {
      var table = PlaceTable()
      if part.program.wantsAllPlaces {
        swap(&table, &cache.tables[number])
        table.reset(count: cache.symbols.count)
      }
      found = cache.automata[number].run(
        set, part, over: cache.symbols, tables: cache.tables, into: &table)
      swap(&table, &cache.tables[number])
    }
    return found
  }
}
