/// A deterministic automaton, built from a program as texts ask for it, with a limit on its memory.
///
/// A state is a set of instructions, split ones followed through. Reading a symbol from a state
/// costs one look-up once the transition is known; making one visits each instruction at most once.
/// So a text of m symbols costs at most m times the number of instructions, whatever is kept or
/// thrown away.
struct Automaton {
  /// Transitions that lead to no state.
  static let unknown: Int32 = -1
  static let match: Int32 = -2
  static let dead: Int32 = -3

  /// The rows of all states.
  ///
  /// The row of a state starts at its number times `width`. A search has the offset of the next
  /// state's row, `match` or `dead`; a program that wants all places has twice that offset, plus
  /// one where the place itself matches.
  private(set) var transitions: [Int32] = []
  private(set) var width = 0
  /// The symbol that stands for the end of the text.
  private var edge = 0
  /// Instruction visits, and symbols read: the bound that tests hold.
  var steps = 0
  /// How many instruction visits a run may take; those of known transitions are none.
  var budget = Int.max
  /// What the last run has taken of its budget.
  var spent = 0

  /// The instructions of all states, and where those of each start.
  private var items: [Int32] = []
  private var itemStarts: [Int32] = [0]
  private var flags: [Flags] = []
  /// States by hash; open addressing, -1 where free.
  private var slots: [Int32] = []

  /// The offset of the first state, -1 while there is none.
  private var start = -1

  /// Work space of one step.
  private var next: [Int32] = []
  private var targets: [Int32] = []
  private var stack: [Int32] = []
  private var marks: [UInt32] = []
  private var generation: UInt32 = 0
  /// For each chain, the split with most rounds left that the set being made has.
  private var chains: [(generation: UInt32, split: Int32)] = []

  /// How often the cache was emptied.
  private(set) var flushes = 0

  /// What a state remembers of the side already read.
  struct Flags: OptionSet {
    let rawValue: UInt8
    /// Nothing has been read.
    static let atEdge = Flags(rawValue: 1)
    /// The last symbol was of `\w`.
    static let behindWord = Flags(rawValue: 2)
  }

  /// Whether rows for all outcomes of the program's lookarounds are small enough to keep.
  static func fits(_ program: Program, symbols: SymbolMap) -> Bool {
    program.looks.count <= 4
      && (symbols.count + 1) << program.looks.count <= PatternLimits.cacheEntries / 16
  }

  /// Makes ready for a program; what was built before stays.
  mutating func prepare(_ program: Program, symbols: SymbolMap) {
    guard width == 0 else { return }
    edge = symbols.count
    width = (symbols.count + 1) << min(program.looks.count, 4)
    marks = [UInt32](repeating: 0, count: program.instructions.count)
    chains = Array(repeating: (0, 0), count: program.chainCount + 1)
  }

  /// The offset of the state that a run starts in.
  mutating func startState(_ program: Program) -> Int {
    if start >= 0 { return start }
    beginSet()
    _ = follow(program, from: program.start, flags: .atEdge)
    next.sort()
    start = intern(flags: .atEdge)
    return start
  }

  /// Finds a transition that is not yet known, and keeps it unless that empties the cache.
  mutating func transition(
    _ set: ProgramSet, _ program: Program, from offset: Int, symbol: Int, looks: UInt64
  ) -> Int32 {
    let state = offset / width
    let range = Int(itemStarts[state])..<Int(itemStarts[state + 1])
    let accepts = advance(
      set, program, items: items, range: range, flags: flags[state], symbol: symbol,
      looks: looks)
    let column = symbol + Int(looks) * (edge + 1)
    if !program.wantsAllPlaces {
      if accepts { return keep(Self.match, at: offset + column) }
      if symbol == edge || next.isEmpty { return keep(Self.dead, at: offset + column) }
    }
    if memoryEntries + next.count + width > PatternLimits.cacheEntries { flush() }
    let wasFlushed = flags.isEmpty
    next.sort()
    let target = Int32(intern(flags: nextFlags))
    let value = program.wantsAllPlaces ? target << 1 | (accepts ? 1 : 0) : target
    return wasFlushed ? value : keep(value, at: offset + column)
  }

  private mutating func keep(_ value: Int32, at index: Int) -> Int32 {
    transitions[index] = value
    return value
  }

  private mutating func flush() {
    flushes += 1
    transitions.removeAll(keepingCapacity: true)
    items.removeAll(keepingCapacity: true)
    itemStarts.removeAll(keepingCapacity: true)
    itemStarts.append(0)
    flags.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = -1 }
    start = -1
  }

  /// The entries of 4 bytes that the kept states take.
  var memoryEntries: Int { transitions.count + items.count }

  // MARK: Steps

  /// The flags of the set that the last step left in `next`.
  private var nextFlags: Flags = []

  private mutating func beginSet() {
    next.removeAll(keepingCapacity: true)
    generation &+= 1
    if generation == 0 {
      for index in marks.indices { marks[index] = 0 }
      for index in chains.indices { chains[index].generation = 0 }
      generation = 1
    }
  }

  /// Reads a symbol from a set of instructions; the set that follows is left in `next`.
  ///
  /// - Returns: whether the place before the symbol matches; a search then has its answer, and
  ///   `next` is stale.
  private mutating func advance(
    _ set: ProgramSet, _ program: Program, items: [Int32], range: Range<Int>, flags: Flags,
    symbol: Int, looks: UInt64
  ) -> Bool {
    let count = set.symbols.count
    let aheadIsWord = symbol < count && set.isWord[symbol]
    let isBoundary = aheadIsWord != flags.contains(.behindWord)
    targets.removeAll(keepingCapacity: true)
    beginSet()
    var accepts = false
    for index in range {
      stack.append(items[index])
      while let top = stack.popLast() {
        let instruction = program.instructions[Int(top)]
        guard marks[Int(top)] != generation else { continue }
        marks[Int(top)] = generation
        steps += 1
        let goesOn: Bool
        switch instruction.operation {
        case .read:
          if symbol < count, set.symbols.membership[Int(instruction.argument) * count + symbol] {
            targets.append(instruction.next)
          }
          continue
        case .split:
          stack.append(instruction.other)
          goesOn = true
        case .accept:
          accepts = true
          if !program.wantsAllPlaces {
            stack.removeAll(keepingCapacity: true)
            return true
          }
          continue
        case .edgeBehind: goesOn = flags.contains(.atEdge)
        case .edgeAhead: goesOn = symbol == count
        case .wordBoundary: goesOn = isBoundary
        case .notWordBoundary: goesOn = !isBoundary
        case .look: goesOn = looks >> UInt64(instruction.argument) & 1 == 1
        case .notLook: goesOn = looks >> UInt64(instruction.argument) & 1 == 0
        }
        if goesOn { stack.append(instruction.next) }
      }
    }
    beginSet()
    if symbol == count { return accepts }
    var asksForWords = false
    // From the last on, so that of a chain the split with most rounds left is met first.
    for target in targets.reversed() where follow(program, from: target, flags: []) {
      asksForWords = true
    }
    if program.startsAnywhere, follow(program, from: program.start, flags: []) {
      asksForWords = true
    }
    nextFlags = asksForWords && aheadIsWord ? .behindWord : []
    return accepts
  }

  /// Adds an instruction to `next`, splits followed through.
  ///
  /// - Returns: whether one was added that may ask for a word boundary.
  private mutating func follow(
    _ program: Program, from start: Int32, flags: Flags
  ) -> Bool {
    var asksForWords = false
    stack.append(start)
    while let top = stack.popLast() {
      guard marks[Int(top)] != generation else { continue }
      marks[Int(top)] = generation
      steps += 1
      let instruction = program.instructions[Int(top)]
      switch instruction.operation {
      case .split:
        let chain = Int(instruction.argument)
        if chain != 0 {
          // Another split of the chain, with more rounds left, finds all that this one could.
          if chains[chain].generation == generation, chains[chain].split > top { continue }
          chains[chain] = (generation, top)
        }
        stack.append(instruction.other)
        stack.append(instruction.next)
      case .edgeBehind:
        // Never holds again once a symbol was read.
        if flags.contains(.atEdge) { next.append(top) }
      case .edgeAhead, .look, .notLook, .wordBoundary, .notWordBoundary:
        // A word boundary may be asked for behind another assertion.
        if program.usesWords { asksForWords = true }
        next.append(top)
      case .read, .accept:
        next.append(top)
      }
    }
    return asksForWords
  }

  // MARK: States

  /// The offset of the state whose instructions are in `next`.
  private mutating func intern(flags newFlags: Flags) -> Int {
    if slots.count < (flags.count + 1) * 2 { rehash() }
    var slot = Self.hash(next[...], newFlags) & (slots.count - 1)
    while slots[slot] >= 0 {
      let state = Int(slots[slot])
      if flags[state] == newFlags {
        let range = Int(itemStarts[state])..<Int(itemStarts[state + 1])
        if range.count == next.count, items[range].elementsEqual(next) { return state * width }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let state = flags.count
    slots[slot] = Int32(state)
    items += next
    itemStarts.append(Int32(items.count))
    flags.append(newFlags)
    transitions.append(contentsOf: repeatElement(Self.unknown, count: width))
    steps += width
    return state * width
  }

  private mutating func rehash() {
    slots = [Int32](repeating: -1, count: max(16, slots.count * 2))
    for state in flags.indices {
      let range = Int(itemStarts[state])..<Int(itemStarts[state + 1])
      var slot = Self.hash(items[range], flags[state]) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(state)
    }
  }

  private static func hash(_ values: ArraySlice<Int32>, _ flags: Flags) -> Int {
    var hash = UInt64(flags.rawValue)
    for value in values {
      hash = (hash ^ UInt64(UInt32(bitPattern: value))) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return Int(truncatingIfNeeded: hash)
  }

  // MARK: Simulation

  /// Starts a run that keeps no states; its set is in `next`.
  mutating func beginSimulation(_ program: Program) {
    beginSet()
    _ = follow(program, from: program.start, flags: .atEdge)
    nextFlags = .atEdge
  }

  /// Starts a run that keeps no states from a state that was kept.
  mutating func beginSimulation(from offset: Int) {
    let state = offset / width
    next = Array(items[Int(itemStarts[state])..<Int(itemStarts[state + 1])])
    nextFlags = flags[state]
  }

  /// Reads a symbol in such a run.
  ///
  /// - Returns: whether the place before the symbol matches.
  mutating func simulate(
    _ set: ProgramSet, _ program: Program, symbol: Int, looks: UInt64
  ) -> Bool {
    swap(&current, &next)
    let items = current
    let accepts = advance(
      set, program, items: items, range: items.indices, flags: nextFlags, symbol: symbol,
      looks: looks)
    return accepts
  }

  private var current: [Int32] = []

  /// Whether no instruction is left, so that no match can follow.
  var simulationIsDead: Bool { next.isEmpty }
}
