import Documents
import RequisitePatterns
import SourceText

/// A pattern of `matches`, in the syntax of RE2: found anywhere in the text, in time linear in it.
struct CELPattern: Sendable {
  private let pattern: Pattern

  /// Compiles a pattern given as UTF-8.
  init(_ text: [UInt8]) throws(PatternError) {
    pattern = try Pattern(String(decoding: text, as: UTF8.self), dialect: .re2)
  }

  /// Writes the pattern.
  func write(to writer: inout BinaryWriter) { pattern.write(to: &writer) }

  /// Reads a pattern.
  init(from reader: inout BinaryReader) { pattern = Pattern(from: &reader, dialect: .re2) }

  /// The pattern's text, by which evaluators keep what matching it has built.
  var source: String { pattern.source }

  /// Whether the pattern is found in a text; the cache is of this pattern.
  ///
  /// The steps that finding out took, beyond one for each few bytes, are in `steps`; where they are
  /// more than `limit`, it was given up.
  func isFound(
    in text: ArraySlice<UInt8>, cache: inout PatternCache, limit: Int, steps: inout Int
  ) -> Bool {
    cache.budget = PatternCache.visits(forSteps: limit)
    let isFound = pattern.hasMatch(in: text.span, cache: &cache)
    steps = cache.spentSteps
    return isFound
  }
}

extension CELFunction {
  static let matches = CELFunction(
    "matches", "Whether the RE2 pattern matches anywhere in the string.", traits: .takesPattern,
    foreignNames: ForeignNames("match", "test", "search", use: "x.matches('…')"),
    [.member([.string, .string], .boolean), .global([.string, .string], .boolean)],
    cases: [
      "'abc'.matches('^a.c$')", "matches('abc', 'b')", "!'abc'.matches('^b')",
      "'abc'.matches('^' + 'a')",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    // A pattern that is known earlier is compiled earlier.
    try evaluator.matches(arguments, request, symbols)
  }
}

extension CELEvaluator {
  /// `text.matches(pattern)` with a pattern that was known when the expression was compiled.
  mutating func isMatch(
    _ operand: CELValue, _ pattern: CELPattern, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    guard let text = try readText(operand, request, symbols) else { throw fault(.unsupported) }
    try charge(text.count / 10)
    var steps = 0
    let isFound = pattern.isFound(
      in: text, cache: &patternCaches[pattern.source, default: PatternCache()],
      limit: costLimit - cost, steps: &steps)
    if steps > 0 { try charge(steps) }
    return isFound
  }

  /// `matches` with a pattern that is known only now, and compiled for this one match.
  fileprivate mutating func matches(
    _ arguments: Arguments, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    guard let text = try readText(arguments.first, request, symbols),
      let pattern = try readText(arguments.second, request, symbols)
    else { throw fault(.unsupported) }
    try charge(text.count / 10 + pattern.count * 20)
    let compiled: CELPattern
    do {
      compiled = try CELPattern(Array(pattern))
    } catch {
      throw fault(.badPattern)
    }
    var cache = PatternCache()
    var steps = 0
    let isFound = compiled.isFound(
      in: text, cache: &cache, limit: costLimit - cost, steps: &steps)
    try charge(steps)
    return .boolean(isFound)
  }
}
