/// Runs of a program over a text, by its automaton.
///
/// A run that spends more than its budget ends, and finds nothing.
extension Automaton {
  /// Whether the cache is of no use: it was emptied often, and few symbols were read for each state
  /// made.
  private static func thrashes(flushes: Int, symbols: Int, madeStates: Int) -> Bool {
    flushes >= 3 && symbols < 8 * madeStates
  }

  /// Finds whether a program without lookarounds matches, reading UTF-8 as it goes.
  mutating func matches(_ set: ProgramSet, _ program: Program, in bytes: Span<UInt8>) -> Bool {
    prepare(program, symbols: set.symbols)
    spent = 0
    var index = 0
    let stepsBefore = steps
    guard Self.fits(program, symbols: set.symbols) else {
      beginSimulation(program)
      return simulateRest(set, program, in: bytes, from: 0, stepsBefore: stepsBefore)
    }
    var state = startState(program)
    let flushesBefore = flushes
    var misses = 0
    while true {
      // Known transitions need nothing but the tables; leave the loop for the first unknown one.
      let run = followKnown(set, in: bytes, from: index, state: state)
      if run.outcome != Self.unknown {
        steps += run.index
        return run.outcome == Self.match
      }
      (index, state) = (run.index, run.state)
      let symbol: Int
      let length: Int
      if index < bytes.count {
        let read = set.symbols.read(bytes, at: index)
        (symbol, length) = (Int(read.symbol), read.length)
      } else {
        (symbol, length) = (set.symbols.count, 0)
      }
      misses += 1
      if Self.thrashes(flushes: flushes - flushesBefore, symbols: index, madeStates: misses) {
        beginSimulation(from: state)
        let visits = steps - stepsBefore
        steps += index
        return simulateRest(set, program, in: bytes, from: index, stepsBefore: steps - visits)
      }
      let value = transition(set, program, from: state, symbol: symbol, looks: 0)
      spent = steps - stepsBefore
      if spent > budget { return false }
      if value < 0 {
        steps += index
        return value == Self.match
      }
      state = Int(value)
      index += length
    }
  }

  /// Follows known transitions; `outcome` is `unknown` where the next is not.
  private func followKnown(
    _ set: ProgramSet, in bytes: Span<UInt8>, from first: Int, state firstState: Int
  ) -> (outcome: Int32, index: Int, state: Int) {
    let table = transitions.span
    let asciiSymbols = set.symbols.ascii
    let ascii = asciiSymbols.span
    var state = firstState
    var index = first
    let count = bytes.count
    while index < count {
      let byte = unsafe bytes[unchecked: index]
      var symbol: Int
      var length = 1
      if byte < 0x80 {
        symbol = Int(ascii[Int(byte)])
      } else {
        let read = set.symbols.read(bytes, at: index)
        (symbol, length) = (Int(read.symbol), read.length)
      }
      symbol += state
      let value = table[symbol]
      if value < 0 { return (value, index, state) }
      state = Int(value)
      index += length
    }
    let value = table[state + set.symbols.count]
    return (value, index, state)
  }

  /// Reads on without keeping states; `stepsBefore` is what `steps` was before the first visit.
  private mutating func simulateRest(
    _ set: ProgramSet, _ program: Program, in bytes: Span<UInt8>, from first: Int,
    stepsBefore: Int
  ) -> Bool {
    var index = first
    while index < bytes.count {
      let read = set.symbols.read(bytes, at: index)
      let isMatch = simulate(set, program, symbol: Int(read.symbol), looks: 0)
      spent = steps - stepsBefore
      if isMatch { return true }
      if simulationIsDead || spent > budget { return false }
      index += read.length
    }
    return simulate(set, program, symbol: set.symbols.count, looks: 0)
  }

  /// Runs a program over symbols in its direction, with the tables of the lookarounds it asks for.
  ///
  /// - Returns: whether a search found a match; false for a program that wants all places, which
  ///   writes `table`.
  mutating func run(
    _ set: ProgramSet, _ part: ProgramSet.Part, over symbols: [UInt16], tables: [PlaceTable],
    into table: inout PlaceTable
  ) -> Bool {
    let program = part.program
    prepare(program, symbols: set.symbols)
    spent = 0
    var stepsBefore = steps
    let count = symbols.count
    let edge = set.symbols.count
    var keepsStates = Self.fits(program, symbols: set.symbols)
    var state = 0
    if keepsStates { state = startState(program) } else { beginSimulation(program) }
    let flushesBefore = flushes
    var misses = 0
    var step = 0
    while true {
      if keepsStates {
        let value = followPlaces(
          part, edge: edge, over: symbols.span, tables: tables, step: &step, state: &state,
          into: &table)
        if value != Self.unknown || step > count {
          steps += step
          return value == Self.match
        }
      }
      guard step <= count else { return false }
      let place = part.isBackward ? count - step : step
      let symbol = step == count ? edge : Int(symbols[part.isBackward ? place - 1 : place])
      let looks = Self.looks(of: program, at: place, in: tables)
      let isMatch: Bool
      spent = steps - stepsBefore
      if spent > budget { return false }
      if keepsStates {
        misses += 1
        let value = transition(set, program, from: state, symbol: symbol, looks: looks)
        if program.wantsAllPlaces {
          isMatch = value & 1 == 1
          state = Int(value >> 1)
        } else {
          if value < 0 {
            steps += step
            return value == Self.match
          }
          isMatch = false
          state = Int(value)
        }
        if Self.thrashes(flushes: flushes - flushesBefore, symbols: step, madeStates: misses) {
          keepsStates = false
          steps += step
          stepsBefore += step
          beginSimulation(from: state)
        }
      } else {
        isMatch = simulate(set, program, symbol: symbol, looks: looks)
        if !program.wantsAllPlaces, isMatch || simulationIsDead { return isMatch }
      }
      if isMatch { table.insert(place) }
      step += 1
    }
  }

  /// What the tables say of one place, a bit for each lookaround of the program.
  private static func looks(
    of program: Program, at place: Int, in tables: [PlaceTable]
  ) -> UInt64 {
    var looks: UInt64 = 0
    for bit in program.looks.indices where tables[program.looks[bit]][place] {
      looks |= 1 << UInt64(bit)
    }
    return looks
  }

  /// Follows known transitions up to the first that is not, or that ends a search.
  ///
  /// - Returns: `unknown` in the first case, and at the end of the text; else `match` or `dead`.
  private func followPlaces(
    _ part: ProgramSet.Part, edge: Int, over symbols: Span<UInt16>, tables: [PlaceTable],
    step: inout Int, state: inout Int, into table: inout PlaceTable
  ) -> Int32 {
    let rows = transitions.span
    let count = symbols.count
    let isBackward = part.isBackward
    let wantsAllPlaces = part.program.wantsAllPlaces
    let asksForLooks = !part.program.looks.isEmpty
    var row = state
    var index = step
    defer {
      step = index
      state = row
    }
    while index <= count {
      let place = isBackward ? count &- index : index
      var column = edge
      if index < count { column = Int(symbols[isBackward ? place &- 1 : place]) }
      if asksForLooks {
        column += Int(Self.looks(of: part.program, at: place, in: tables)) * (edge + 1)
      }
      let value = rows[row + column]
      if value < 0 { return value }
      if wantsAllPlaces {
        if value & 1 == 1 { table.insert(place) }
        row = Int(value >> 1)
      } else {
        row = Int(value)
      }
      index &+= 1
    }
    return Self.unknown
  }
}

/// A set of places in a text: bit `n` for the place before symbol `n`.
struct PlaceTable {
  private var words: [UInt64] = []

  /// Empties the table and makes room for places up to a count.
  mutating func reset(count: Int) {
    words.removeAll(keepingCapacity: true)
    words.append(contentsOf: repeatElement(0, count: count / 64 + 1))
  }

  mutating func insert(_ place: Int) {
    words[place / 64] |= 1 << UInt64(place % 64)
  }

  subscript(place: Int) -> Bool {
    words[place / 64] >> UInt64(place % 64) & 1 == 1
  }
}
