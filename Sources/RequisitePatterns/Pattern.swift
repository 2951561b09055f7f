/// A regular expression that answers "is there a match?" in time linear in the text.
///
/// ECMA-262 section 22.2 with the flag `u`, I-Regexp (RFC 9485) or RE2. Text is UTF-8. A malformed byte
/// is a character that no class holds, not even `.` or a negated one; a match may be before or
/// after it. Without a match for every pattern that can be accepted, a back-reference, a repeat
/// that multiplies too far and the flag `i` are refused.
///
/// A pattern never changes and is shared freely; what a match builds on its way is kept in a
/// `PatternCache`.
package struct Pattern: Sendable {
  /// What a pattern is written in.
  package enum Dialect: Sendable {
    /// ECMA-262 with the flag `u`, and a few spellings that mean the same without it: escaped
    /// punctuation, a hyphen beside a class, and a bracket or brace that cannot begin a quantifier.
    case ecmaScript
    /// ECMA-262 with the flag `u`, and nothing else.
    case ecmaScriptUnicode
    /// RFC 9485.
    case iRegexp
    /// The syntax of RE2, which `matches` in CEL takes.
    case re2
  }

  /// Which part of a text a match has to be.
  package enum Extent: Sendable {
    /// Any part.
    case anywhere
    /// All of it.
    case whole
  }

  /// The text the pattern was made of.
  package let source: String
  let plan: MatchPlan

  /// Reads and compiles a pattern.
  ///
  /// - Throws: the first syntax error, an unsupported construct such as a back-reference, or a
  ///   pattern beyond the limits.
  package init(
    _ source: String, dialect: Dialect = .ecmaScript, extent: Extent = .anywhere
  ) throws(PatternError) {
    self.source = source
    let tree = try Self.tree(of: source, dialect: dialect)
    plan = try MatchPlan(tree, extent: extent)
  }

  /// A pattern whose text is compiled already.
  init(_ source: String, _ plan: MatchPlan) {
    self.source = source
    self.plan = plan
  }

  /// Reads a pattern.
  static func tree(of source: String, dialect: Dialect) throws(PatternError) -> SyntaxTree {
    var parser = PatternParser(source, isTolerant: dialect == .ecmaScript)
    return switch dialect {
    case .ecmaScript, .ecmaScriptUnicode: try parser.parse()
    case .iRegexp: try parser.parseIRegexp()
    case .re2: try parser.parseRE2()
    }
  }

  /// Checks that a text is a pattern of ECMA-262 with the flag `u`, whether or not it can be
  /// matched here.
  ///
  /// This is what `format: regex` asks: a back-reference passes.
  ///
  /// - Throws: the first syntax error.
  package static func checkSyntax(_ source: String) throws(PatternError) {
    var parser = PatternParser(source, isTolerant: false, isSyntaxOnly: true)
    _ = try parser.parse()
  }

  /// The form of the pattern, if it is a fixed beginning and one class at most.
  package var plainForm: PlainForm? {
    if case .runs(let runs) = plan { runs.plainForm } else { nil }
  }

  /// Finds whether a text matches, with what earlier matches left in the cache.
  ///
  /// A cache that served another pattern is emptied first. Nothing is known, and false is the result,
  /// where `cache.isExhausted` afterwards.
  package func hasMatch(in bytes: Span<UInt8>, cache: inout PatternCache) -> Bool {
    cache.spent = 0
    return plan.matches(bytes, cache: &cache)
  }

  /// Finds whether a text matches; to match many texts, keep a cache.
  package func hasMatch(in bytes: Span<UInt8>) -> Bool {
    var cache = PatternCache()
    return plan.matches(bytes, cache: &cache)
  }

  /// Finds whether a text matches; to match many texts, keep a cache.
  package func hasMatch(in text: String) -> Bool {
    let bytes = Array(text.utf8)
    return hasMatch(in: bytes.span)
  }
}

/// What matching one pattern builds and uses again; one for each task and pattern.
///
/// It holds at most about 2 MB for each automaton of the pattern, and 2 MB more.
package struct PatternCache {
  var owner: ProgramSet?
  var automata: [Automaton] = []
  var symbols: [UInt16] = []
  var tables: [PlaceTable] = []
  /// The caches of a pattern's guards, and of what is behind them.
  var nested: [PatternCache] = []
  var plainSteps = 0
  /// The maximum number of visits of instructions in one match.
  ///
  /// Only what cannot be looked up takes any: a pattern with many repeats on a long text takes as
  /// many as it has instructions for each character, which is linear, and can be long all the same.
  package var budget: Int
  /// How many visits the last match has taken.
  package internal(set) var spent = 0

  /// How many visits count as one of the steps that the caller counts.
  package static let visitsPerStep = 2

  /// The budget for a number of such steps.
  package static func visits(forSteps steps: Int) -> Int {
    let (visits, overflows) = max(steps, 0).multipliedReportingOverflow(by: visitsPerStep)
    return overflows ? .max : visits
  }

  /// The steps that the last match has taken; more than it might where it was given up.
  package var spentSteps: Int {
    spent / Self.visitsPerStep + (isExhausted ? 1 : 0)
  }

  /// Whether the last match was given up.
  package var isExhausted: Bool { spent > budget }

  /// Makes an empty cache; without a budget, a match takes as long as it takes.
  package init(budget: Int = .max) { self.budget = budget }

  /// Runs a part of the pattern with its own cache, and with what is left of the budget.
  mutating func nested(_ index: Int, _ body: (inout PatternCache) -> Bool) -> Bool {
    nested[index].budget = budget - spent
    nested[index].spent = 0
    let found = body(&nested[index])
    spent += nested[index].spent
    return found
  }

  /// Steps taken so far, by which tests check the linear bound independently of the machine.
  var steps: Int {
    automata.reduce(plainSteps) { $0 + $1.steps } + nested.reduce(0) { $0 + $1.steps }
  }
}
