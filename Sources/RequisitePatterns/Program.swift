/// A nondeterministic automaton over symbols (Thompson's), read in one direction.
///
/// Assertions speak of the side already read ("behind") and the side to be read ("ahead"), so that
/// one that runs from the end of the text to its start is run by the same code.
struct Program: Sendable {
  struct Instruction: Sendable {
    enum Operation: UInt8, Sendable {
      /// Reads a symbol of set `argument`, then goes to `next`.
      case read
      /// Goes to both `next` and `other`; `argument` is the chain that it is of, 0 for none.
      ///
      /// A chain is the optional rounds of one repeat. The split with more rounds left is at
      /// the greater index, and matches all that those with fewer do.
      case split
      /// Goes to `next` where nothing has been read.
      case edgeBehind
      /// Goes to `next` where nothing is left to read.
      case edgeAhead
      case wordBoundary
      case notWordBoundary
      /// Goes to `next` where the table of lookaround `argument` says yes, or no.
      case look
      case notLook
      case accept
    }

    var operation: Operation
    var argument: UInt16 = 0
    var next: Int32 = 0
    var other: Int32 = 0
  }

  var instructions: [Instruction] = []
  /// Where a run starts.
  var start: Int32 = 0
  /// Whether a run may start at every place, not only at the first.
  var startsAnywhere = true
  /// Whether each place is asked for, not only whether there is one.
  var wantsAllPlaces = false
  /// The lookarounds that the program asks for; `argument` of `look` is an index into them.
  var looks: [Int] = []
  var usesWords = false
  var chainCount = 0
}

/// The automata of one pattern: one for each lookaround, innermost first, and the main one, last.
///
/// A class, for a cache remembers which one it serves, and a match copies one reference.
final class ProgramSet: Sendable {
  /// A program and its direction.
  struct Part: Sendable {
    var program: Program
    /// Whether it runs from the end of the text to its start, as a lookahead's does.
    var isBackward: Bool
  }

  let parts: [Part]
  let symbols: SymbolMap
  /// Whether each symbol is of `\w`; all are not where no part asks.
  let isWord: [Bool]

  init(parts: [Part], symbols: SymbolMap, isWord: [Bool]) {
    self.parts = parts
    self.symbols = symbols
    self.isWord = isWord
  }
}

/// Makes programs of trees.
struct ProgramCompiler {
  private var sets: [ScalarSet] = []
  private var setNumbers: [ScalarSet: UInt16] = [:]
  private var parts: [ProgramSet.Part] = []
  private var instructionCount = 0
  /// The part that answers each lookaround, by its number.
  private var lookParts: [Int: Int] = [:]
  /// The program being written, and its direction.
  private var program = Program()
  private var isBackward = false

  private init() {}

  /// Compiles a tree that may match anywhere, or must match the whole text.
  static func compile(_ tree: SyntaxTree, isWhole: Bool) throws(PatternError) -> ProgramSet {
    var compiler = ProgramCompiler()
    try compiler.compilePart(
      tree, isBackward: false, startsAnywhere: !isWhole && !tree.startsAnchored,
      endsAtEdge: isWhole, wantsAllPlaces: false)
    let usesWords = compiler.parts.contains { $0.program.usesWords }
    if usesWords { _ = try compiler.number(of: .word) }
    guard let symbols = SymbolMap(compiler.sets) else { throw tooManyClasses }
    var isWord = [Bool](repeating: false, count: symbols.count)
    if let word = compiler.setNumbers[.word], usesWords {
      for symbol in 0..<symbols.count {
        isWord[symbol] = symbols.membership[Int(word) * symbols.count + symbol]
      }
    }
    return ProgramSet(parts: compiler.parts, symbols: symbols, isWord: isWord)
  }

  private static let tooLarge = PatternError(
    .tooLarge(limit: PatternLimits.instructions), at: 0)

  private static let tooManyClasses = PatternError(
    .tooManyClasses(limit: PatternLimits.classes), at: 0)

  private mutating func number(of set: ScalarSet) throws(PatternError) -> UInt16 {
    if let number = setNumbers[set] { return number }
    guard sets.count < PatternLimits.classes, let number = UInt16(exactly: sets.count) else {
      throw Self.tooManyClasses
    }
    sets.append(set)
    setNumbers[set] = number
    return number
  }

  private mutating func compilePart(
    _ tree: SyntaxTree, isBackward: Bool, startsAnywhere: Bool, endsAtEdge: Bool,
    wantsAllPlaces: Bool
  ) throws(PatternError) {
    let outer = (program, self.isBackward)
    program = Program()
    self.isBackward = isBackward
    program.startsAnywhere = startsAnywhere
    program.wantsAllPlaces = wantsAllPlaces
    var next = try emit(Program.Instruction(operation: .accept))
    if endsAtEdge {
      next = try emit(Program.Instruction(operation: .edgeAhead, next: next))
    }
    program.start = try compile(tree, next: next)
    parts.append(ProgramSet.Part(program: program, isBackward: isBackward))
    (program, self.isBackward) = outer
  }

  private mutating func emit(
    _ instruction: Program.Instruction
  ) throws(PatternError) -> Int32 {
    instructionCount += 1
    guard instructionCount <= PatternLimits.instructions else { throw Self.tooLarge }
    program.instructions.append(instruction)
    return Int32(program.instructions.count - 1)
  }

  /// Writes a tree so that it goes on at `next`; returns where it starts.
  private mutating func compile(
    _ tree: SyntaxTree, next: Int32
  ) throws(PatternError) -> Int32 {
    switch tree {
    case .empty:
      return next
    case .set(let set):
      return try emit(
        Program.Instruction(operation: .read, argument: try number(of: set), next: next))
    case .sequence(let items):
      var next = next
      for index in items.indices {
        next = try compile(items[isBackward ? index : items.count - 1 - index], next: next)
      }
      return next
    case .alternation(let branches):
      var start: Int32?
      for branch in branches.reversed() {
        let entry = try compile(branch, next: next)
        if let other = start {
          start = try emit(
            Program.Instruction(operation: .split, next: entry, other: other))
        } else {
          start = entry
        }
      }
      return start ?? next
    case .repetition(let item, let lower, let upper):
      return try compileRepetition(of: item, lower: lower, upper: upper, next: next)
    case .assertion(let assertion):
      return try emit(
        Program.Instruction(operation: operation(of: assertion), next: next))
    case .look(let body, let behind, let negated, let number):
      if lookParts[number] == nil {
        try compilePart(
          body, isBackward: !behind, startsAnywhere: true, endsAtEdge: false,
          wantsAllPlaces: true)
        lookParts[number] = parts.count - 1
      }
      guard let part = lookParts[number] else { return next }
      let index = program.looks.firstIndex(of: part) ?? program.looks.count
      if index == program.looks.count { program.looks.append(part) }
      guard index < PatternLimits.lookarounds, let argument = UInt16(exactly: index) else {
        throw PatternError(.tooManyLookarounds(limit: PatternLimits.lookarounds), at: 0)
      }
      return try emit(
        Program.Instruction(
          operation: negated ? .notLook : .look, argument: argument, next: next))
    }
  }

  private mutating func operation(
    of assertion: SyntaxTree.Assertion
  ) -> Program.Instruction.Operation {
    switch assertion {
    case .start: return isBackward ? .edgeAhead : .edgeBehind
    case .end: return isBackward ? .edgeBehind : .edgeAhead
    case .wordBoundary:
      program.usesWords = true
      return .wordBoundary
    case .notWordBoundary:
      program.usesWords = true
      return .notWordBoundary
    }
  }

  private mutating func compileRepetition(
    of item: SyntaxTree, lower: Int, upper: Int?, next: Int32
  ) throws(PatternError) -> Int32 {
    var entry = next
    var rounds = lower
    if let upper {
      let number = program.chainCount + 1
      let chain = UInt16(exactly: number) ?? 0
      if chain != 0, upper - lower > 1 { program.chainCount = number }
      for _ in lower..<upper {
        entry = try emit(
          Program.Instruction(
            operation: .split, argument: upper - lower > 1 ? chain : 0,
            next: try compile(item, next: entry), other: next))
      }
    } else {
      let loop = try emit(Program.Instruction(operation: .split, other: next))
      let body = try compile(item, next: loop)
      program.instructions[Int(loop)].next = body
      // `a+` reads one round and then loops; the loop's own body is that round.
      entry = loop
      if rounds > 0 {
        entry = body
        rounds -= 1
      }
    }
    for _ in 0..<rounds { entry = try compile(item, next: entry) }
    return entry
  }
}
