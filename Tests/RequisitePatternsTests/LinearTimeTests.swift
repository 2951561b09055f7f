import Testing

@testable import RequisitePatterns

/// The bound on work: steps are counted, for a clock would tell of the machine.
struct LinearTimeTests {
  /// Patterns that make a backtracking engine run away, each with the text that does it.
  @Test(arguments: [
    ("(a+)+$", "a", "b"), ("(a|aa)+$", "a", "b"), ("(.*)*=", "x", ""), ("^(a*)*$", "a", "b"),
    ("(x+x+)+y", "x", ""), ("^(([a-z])+.)+[A-Z]([a-z])+$", "a", ""), ("(.*?,){11}P", "1,", "Q"),
    ("(?:(?:a?){20}a{20})+$", "a", "b"), ("^(?=(a+)+$)", "a", "b"), ("(?<=(a|aa)+)c", "a", "b"),
    ("(?=(?=(?=a*b)a*)a*)c", "a", ""), ("(?!.*a.*b)(?<!c.*)a$", "a", "b"),
    ("(?:(?!b)a(?<!c))+d", "a", "b"), ("\\b(\\w+\\s*)+$", "ab ", "!"), ("^(?!(a+)+$).*$", "a", ""),
  ])
  func readsAMegabyteInBoundedSteps(source: String, unit: String, tail: String) throws {
    let pattern = try Pattern(source)
    var steps: [Int] = []
    for count in [1 << 16, 1 << 20] {
      let text =
        Array(String(repeating: unit, count: count / unit.utf8.count).utf8) + Array(tail.utf8)
      var cache = PatternCache()
      _ = pattern.hasMatch(in: text.span, cache: &cache)
      steps.append(cache.steps)
    }
    // One step for each symbol and part, once the few states there are have been made.
    #expect(steps[1] <= 8 << 20)
    #expect(steps[1] <= 17 * steps[0] + 1000)
  }

  /// More states than the cache holds: it is emptied, then given up, and the bound stands.
  @Test(arguments: ["[ab]*a[ab]{40}c", "(?<=[ab]*a[ab]{40})c"])
  func staysWithinTheBoundWhereStatesExplode(source: String) throws {
    let pattern = try Pattern(source)
    let count = 20_000
    var text = Self.randomText(count: count)
    var cache = PatternCache()
    #expect(!pattern.hasMatch(in: text.span, cache: &cache))
    // About 45 instructions, each seen twice a symbol at most, and the making of rows.
    #expect(cache.steps <= 128 * count)
    text.append(0x63)
    let expected = text[text.count - 42] == 0x61
    #expect(pattern.hasMatch(in: text.span, cache: &cache) == expected)
    for automaton in cache.automata {
      #expect(automaton.memoryEntries <= PatternLimits.cacheEntries + 1000)
    }
  }

  /// Bounded gaps: the rounds of a repeat that another outdoes are dropped, so states stay few.
  @Test(arguments: ["a.{0,1000}c", "^.*a.{1,1000}b.{1,1000}c$", "(?<=a[ab]{0,500})c"])
  func keepsFewStatesForBoundedGaps(source: String) throws {
    let pattern = try Pattern(source)
    let text = Self.randomText(count: 20_000)
    var cache = PatternCache()
    #expect(!pattern.hasMatch(in: text.span, cache: &cache))
    #expect(cache.steps <= 8 * text.count)
    #expect(pattern.hasMatch(in: (text + [0x61, 0x62, 0x63]).span, cache: &cache))
  }

  /// A match that takes more than its budget is given up, and the next one begins with all of it.
  @Test(arguments: [
    "[ab]*a[ab]{40}c", "(?<=[ab]*a[ab]{40})c", "^(?=[ab]*a[ab]{40}c)[ab]", "(?:a[ab]?){100}c",
  ])
  func givesUpOverTheBudget(source: String) throws {
    let pattern = try Pattern(source)
    let text = Self.randomText(count: 3_000)
    for budget in [0, 500, 3_000] {
      var cache = PatternCache(budget: budget)
      #expect(!pattern.hasMatch(in: text.span, cache: &cache))
      var isExhausted = cache.isExhausted
      #expect(isExhausted, "\(budget)")
      // One symbol may be read over the budget, at the cost of all instructions and a row.
      #expect(cache.spent <= budget + 4_000)
      // What was built stays good, and the next match has a budget of its own.
      cache.budget = PatternCache.visits(forSteps: 1 << 40)
      #expect(!pattern.hasMatch(in: text.span, cache: &cache))
      isExhausted = cache.isExhausted
      #expect(!isExhausted)
    }
  }

  /// What can be looked up costs nothing, however long the text is.
  @Test func knownTransitionsSpendNothing() throws {
    let pattern = try Pattern("^(?:a|b)+$")
    var cache = PatternCache(budget: 1_000)
    let text = Array(String(repeating: "ab", count: 1 << 18).utf8)
    #expect(pattern.hasMatch(in: text.span, cache: &cache))
    #expect(cache.spent <= 100)
    #expect(pattern.hasMatch(in: text.span, cache: &cache))
    #expect(cache.spent == 0)
  }

  private static func randomText(count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return state >> 31 == 0 ? 0x61 : 0x62
    }
  }

  /// More lookarounds than a row can have columns for: they are looked up, and no states are kept.
  @Test func answersManyLookarounds() throws {
    let heads = (0..<12).map { "(?=.*\(Array("abcdefghijkl")[$0]))" }.joined()
    let pattern = try Pattern("x\(heads)")
    let text = Array(("x" + String(repeating: "lkjihgfedcba", count: 1000)).utf8)
    var cache = PatternCache()
    #expect(pattern.hasMatch(in: text.span, cache: &cache))
    #expect(!pattern.hasMatch(in: Array("xabcdefghijk".utf8).span, cache: &cache))
    #expect(cache.steps <= 64 * text.count)
  }
}
