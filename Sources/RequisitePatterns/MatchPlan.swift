/// How a pattern is matched: the plainest way that its form allows.
indirect enum MatchPlan: Sendable {
  /// Every text matches.
  case always
  /// A text with a character of the class matches.
  case contains(CharacterTest)
  /// What stands ahead of the text's start is asked first: `^(?!aws:)` needs no table for all
  /// places.
  case guarded([Guard], MatchPlan)
  case runs(RunSequence)
  /// One automaton, reading bytes.
  case automaton(ProgramSet)
  /// Automata for the lookarounds, then one for the pattern, over the symbols of the text.
  case lookarounds(ProgramSet)
  /// One of several plans, for branches that are together too large for one automaton.
  case either([MatchPlan])

  /// A lookahead at the start of the text, as a pattern of its own, and whether it has to match.
  struct Guard: Sendable {
    var plan: MatchPlan
    var isWanted: Bool
  }

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
    if let (guards, rest) = try Self.guards(of: tree, isWhole: isWhole) {
      self = .guarded(guards, try MatchPlan(rest, extent: extent))
      return
    }
    if let runs = RunSequence(tree, isWhole: isWhole) {
      self = .runs(runs)
      return
    }
    let set: ProgramSet
    do throws(PatternError) {
      set = try ProgramCompiler.compile(tree, isWhole: isWhole)
    } catch {
      // A branch by itself may be a mere sequence of classes, which counts without an automaton.
      guard let branches = Self.branches(of: tree) else { throw error }
      var plans: [MatchPlan] = []
      for branch in branches { plans.append(try MatchPlan(branch, extent: extent)) }
      self = .either(plans)
      return
    }
    self = set.parts.count == 1 ? .automaton(set) : .lookarounds(set)
  }

  func matches(_ bytes: Span<UInt8>, cache: inout PatternCache) -> Bool {
    switch self {
    case .always:
      return true
    case .contains(let test):
      let place = test.firstIndex(in: bytes, isInside: true)
      cache.plainSteps += place ?? bytes.count
      return place != nil
    case .guarded(let guards, let rest):
      if cache.nested.count != guards.count + 1 {
        cache.nested = (0...guards.count).map { _ in PatternCache() }
      }
      for (index, guarded) in guards.enumerated() {
        let found = cache.nested(index) { guarded.plan.matches(bytes, cache: &$0) }
        if found != guarded.isWanted || cache.isExhausted { return false }
      }
      return cache.nested(guards.count) { rest.matches(bytes, cache: &$0) }
    case .either(let plans):
      if cache.nested.count != plans.count {
        cache.nested = plans.map { _ in PatternCache() }
      }
      for (index, plan) in plans.enumerated() {
        if cache.nested(index, { plan.matches(bytes, cache: &$0) }) { return true }
        if cache.isExhausted { return false }
      }
      return false
    case .runs(let runs):
      return runs.matches(bytes, steps: &cache.plainSteps)
    case .automaton(let set):
      Self.prepare(&cache, for: set)
      cache.automata[0].budget = cache.budget
      let found = cache.automata[0].matches(set, set.parts[0].program, in: bytes)
      cache.spent += cache.automata[0].spent
      return found
    case .lookarounds(let set):
      Self.prepare(&cache, for: set)
      return Self.matchWithTables(set, bytes, cache: &cache)
    }
  }

  /// Splits off the lookaheads at the start of an anchored pattern; nil where there are none.
  private static func guards(
    of tree: SyntaxTree, isWhole: Bool
  ) throws(PatternError) -> ([Guard], SyntaxTree)? {
    guard case .sequence(let items) = tree else { return nil }
    var guards: [Guard] = []
    var isAnchored = isWhole
    var count = 0
    leading: for item in items {
      switch item {
      case .assertion(.start):
        isAnchored = true
      case .look(let body, behind: false, let negated, number: _):
        let anchored = SyntaxTree.joining([.assertion(.start), body])
        guards.append(
          Guard(plan: try MatchPlan(anchored, extent: .anywhere), isWanted: !negated))
      case .empty, .set, .sequence, .alternation, .repetition, .assertion, .look:
        break leading
      }
      count += 1
    }
    guard isAnchored, !guards.isEmpty else { return nil }
    return (guards, .joining([.assertion(.start)] + items.dropFirst(count)))
  }

  /// The branches of `a|b`, of `^(a|b)$` and the like; nil for what does not branch outermost.
  private static func branches(of tree: SyntaxTree) -> [SyntaxTree]? {
    if case .alternation(let branches) = tree { return branches }
    guard case .sequence(let items) = tree else { return nil }
    for (index, item) in items.enumerated() {
      switch item {
      case .alternation(let branches):
        let before = Array(items[..<index])
        let after = Array(items[(index + 1)...])
        guard after.allSatisfy(\.isAssertion) else { return nil }
        return branches.map { .joining(before + [$0] + after) }
      case .assertion: continue
      case .empty, .set, .sequence, .repetition, .look: return nil
      }
    }
    return nil
  }

  private static func prepare(_ cache: inout PatternCache, for set: ProgramSet) {
    guard cache.owner !== set else { return }
    cache = PatternCache(budget: cache.budget)
    cache.owner = set
    cache.automata = set.parts.map { _ in Automaton() }
    cache.tables = set.parts.map { _ in PlaceTable() }
  }

  /// Answers each lookaround for all places, inner ones first, then runs the pattern with the
  /// answers.
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
      cache.automata[number].budget = cache.budget - cache.spent
      found = cache.automata[number].run(
        set, part, over: cache.symbols, tables: cache.tables, into: &table)
      swap(&table, &cache.tables[number])
      cache.spent += cache.automata[number].spent
      if cache.isExhausted {
        found = false
        break
      }
    }
    // One huge text must not hold its memory for the rest of the run.
    if cache.symbols.capacity > 1 << 20 {
      cache.symbols = []
      for number in cache.tables.indices { cache.tables[number] = PlaceTable() }
    }
    return found
  }
}
