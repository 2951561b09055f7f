import SourceText

/// A pattern that is a fixed sequence of character classes with bounds: `^[a-z][a-z0-9-]{0,62}$`.
///
/// It is read from the start of the text without a way back: each class takes all it can, which is
/// right because no class with a choice of length shares a character with what may follow it.
/// Counting needs no states, so bounds may be as large as they like. A class, so that a match
/// copies one reference, not seven arrays.
final class RunSequence: Sendable {
  struct Run: Sendable {
    /// The bit of the class in `ascii` and `symbolMasks`.
    var bit: UInt64
    var lower: Int
    /// `Int.max` where there is no bound.
    var upper: Int
    /// The one character of the class, where it is one of ASCII.
    var sole: UInt8?
  }

  let runs: [Run]
  /// Whether the text must end where the sequence does.
  let endsAtEdge: Bool
  /// For each ASCII byte, the bits of the classes that hold it.
  private let ascii: [UInt64]
  private let symbols: SymbolMap
  /// The same for each symbol of other characters.
  private let symbolMasks: [UInt64]

  /// Recognizes a tree of that form; nil for any other.
  init?(_ tree: SyntaxTree, isWhole: Bool) {
    var items: [SyntaxTree]
    if case .sequence(let sequence) = tree { items = sequence } else { items = [tree] }
    var endsAtEdge = isWhole
    if case .assertion(.end)? = items.last {
      endsAtEdge = true
      items.removeLast()
    }
    if case .assertion(.start)? = items.first {
      items.removeFirst()
    } else if !isWhole {
      return nil
    }
    var sets: [ScalarSet] = []
    var runs: [Run] = []
    var runSets: [ScalarSet] = []
    for item in items {
      let run: (set: ScalarSet, lower: Int, upper: Int)
      switch item {
      case .set(let set): run = (set, 1, 1)
      case .repetition(.set(let set), let lower, let upper): run = (set, lower, upper ?? .max)
      case .empty, .sequence, .alternation, .repetition, .assertion, .look: return nil
      }
      let number = sets.firstIndex(of: run.set) ?? sets.count
      if number == sets.count { sets.append(run.set) }
      guard number < 64 else { return nil }
      let range = run.set.ranges.first
      let isSole = run.set.ranges.count == 1 && range?.first == range?.last
      runs.append(
        Run(
          bit: 1 << UInt64(number), lower: run.lower, upper: run.upper,
          sole: isSole ? range.flatMap { $0.first < 0x80 ? UInt8($0.first) : nil } : nil))
      runSets.append(run.set)
    }
    for (index, run) in runs.enumerated() where run.lower < run.upper {
      // What may come next, up to the first that must.
      for later in runs.indices.dropFirst(index + 1) {
        guard runSets[index].isDisjoint(with: runSets[later]) else { return nil }
        if runs[later].lower > 0 { break }
      }
    }
    guard let symbols = SymbolMap(sets) else { return nil }
    var masks = [UInt64](repeating: 0, count: symbols.count)
    for number in sets.indices {
      for symbol in masks.indices where symbols.membership[number * symbols.count + symbol] {
        masks[symbol] |= 1 << UInt64(number)
      }
    }
    self.runs = runs
    self.endsAtEdge = endsAtEdge
    self.symbols = symbols
    symbolMasks = masks
    ascii = symbols.ascii.map { masks[Int($0)] }
  }

  /// Writes the sequence.
  func write(to writer: inout BinaryWriter) {
    writer.list(runs) { run, writer in
      writer.unsigned(run.bit)
      writer.integer(run.lower)
      writer.integer(run.upper)
      writer.optional(run.sole) { $1.byte($0) }
    }
    writer.flag(endsAtEdge)
    writer.list(ascii) { $1.unsigned($0) }
    symbols.write(to: &writer)
    writer.list(symbolMasks) { $1.unsigned($0) }
  }

  /// Reads a sequence.
  init(from reader: inout BinaryReader) {
    runs = reader.list { reader in
      let bit = reader.unsigned()
      let lower = reader.integer()
      let upper = reader.integer()
      return Run(bit: bit, lower: lower, upper: upper, sole: reader.optional { $0.byte() })
    }
    endsAtEdge = reader.flag()
    ascii = reader.list { $0.unsigned() }
    symbols = SymbolMap(from: &reader)
    symbolMasks = reader.list { $0.unsigned() }
    // Matching looks neither up without asking for the number of entries again.
    if ascii.count != 128 || symbolMasks.count != symbols.count { reader.refuse() }
  }

  /// Finds whether a text has the form; `steps` grows by the characters read.
  func matches(_ bytes: Span<UInt8>, steps: inout Int) -> Bool {
    var index = 0
    let count = bytes.count
    let masks = ascii
    let table = masks.span
    for run in runs {
      let start = index
      let bit = run.bit
      // Bytes that a character has beyond its first do not count towards the bounds.
      var continuations = 0
      var end = run.upper < count &- index ? index &+ run.upper : count
      while index < end {
        let byte = unsafe bytes[unchecked: index]
        if byte < 0x80 {
          // The table has 128 entries: as many as there are ASCII bytes.
          guard unsafe table[unchecked: Int(byte)] & bit != 0 else { break }
          index &+= 1
        } else {
          let read = symbols.read(bytes, at: index)
          guard symbolMasks[Int(read.symbol)] & bit != 0 else { break }
          index += read.length
          continuations += read.length - 1
          end = min(count, end + read.length - 1)
        }
      }
      if index - start - continuations < run.lower {
        steps += index
        return false
      }
    }
    steps += index
    return !endsAtEdge || index == count
  }
}

/// The form of a pattern that is a fixed beginning, and perhaps one class behind it.
///
/// What it says of a text beyond ASCII holds only where nothing is asked of the rest, or where the text
/// begins otherwise.
package struct PlainForm: Sendable {
  /// The bytes of ASCII that a text begins with.
  package var prefix: [UInt8] = []
  /// The ASCII characters that all others are of; nil where nothing is asked of them.
  package var rest: [Bool]?
  /// How many of these there are at least.
  package var lower = 0
  /// How many of these there are at most.
  package var upper = Int.max

  /// Creates a form.
  package init(prefix: [UInt8] = [], rest: [Bool]? = nil, upper: Int = .max) {
    self.prefix = prefix
    self.rest = rest
    self.upper = upper
  }
}

extension RunSequence {
  /// The form, if it is so plain.
  var plainForm: PlainForm? {
    var form = PlainForm()
    var rest: Run?
    for run in runs {
      guard rest == nil else { return nil }
      if let sole = run.sole, run.lower == 1, run.upper == 1 {
        form.prefix.append(sole)
      } else {
        rest = run
      }
    }
    guard let rest else {
      if endsAtEdge { (form.rest, form.upper) = ([Bool](repeating: false, count: 128), 0) }
      return form
    }
    guard endsAtEdge else { return nil }
    form.rest = ascii.map { $0 & rest.bit != 0 }
    (form.lower, form.upper) = (rest.lower, rest.upper)
    return form
  }
}
