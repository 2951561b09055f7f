import SourceText

/// Code points sorted into the few symbols that a pattern can tell apart.
///
/// Two code points are one symbol where every set of the pattern holds both or neither. The
/// automaton's alphabet is these symbols, so a set such as `\p{L}` costs one step, not hundreds of
/// byte ranges.
struct SymbolMap: Sendable {
  /// The symbol of each ASCII byte.
  private(set) var ascii: [UInt16]
  /// Where each run of code points of one symbol starts, from 0 on, and its symbol.
  private let starts: [UInt32]
  private let symbols: [UInt16]
  /// For each 256 code points, the run that the first of them lies in.
  private let pages: [UInt16]
  /// The symbol of what no set holds, malformed bytes among it.
  let outside: UInt16
  /// The number of symbols.
  let count: Int
  /// For set `s` and symbol `y`, at `s * count + y`: whether the set holds the symbol.
  let membership: [Bool]

  /// Sorts by sets; nil if there are more symbols, or runs, than 16 bits number, or if a table of
  /// sets and symbols would be unreasonably large.
  init?(_ sets: [ScalarSet]) {
    // Sweep the edges of all ranges, with the sets that are open at each place.
    var edges: [(place: UInt32, set: Int)] = []
    for (index, set) in sets.enumerated() {
      for range in set.ranges {
        edges.append((range.first, index))
        edges.append((range.last + 1, index))
      }
    }
    edges.sort { $0.place < $1.place }
    var open = [UInt64](repeating: 0, count: sets.count / 64 + 1)
    var known: [[UInt64]: UInt16] = [open: 0]
    var signatures = [open]
    var starts: [UInt32] = []
    var symbols: [UInt16] = []
    var next = 0
    var place: UInt32 = 0
    while true {
      while next < edges.count, edges[next].place == place {
        open[edges[next].set / 64] ^= 1 << UInt64(edges[next].set % 64)
        next += 1
      }
      if place > ScalarSet.largest { break }
      let symbol: UInt16
      if let before = symbols.dropLast().last, signatures[Int(before)] == open {
        // Runs mostly alternate between inside and outside, which needs no hashing.
        symbol = before
      } else if let found = known[open] {
        symbol = found
      } else {
        guard signatures.count < 0x7FFF else { return nil }
        symbol = UInt16(signatures.count)
        known[open] = symbol
        signatures.append(open)
      }
      if symbols.last != symbol {
        starts.append(place)
        symbols.append(symbol)
      }
      place = next < edges.count ? edges[next].place : ScalarSet.largest + 1
      if next >= edges.count { break }
    }
    guard starts.count < 0xFFFF, sets.count * signatures.count < 1 << 23 else { return nil }
    var membership: [Bool] = []
    membership.reserveCapacity(sets.count * signatures.count)
    for index in sets.indices {
      for signature in signatures {
        membership.append(signature[index / 64] >> UInt64(index % 64) & 1 == 1)
      }
    }
    self.starts = starts
    self.symbols = symbols
    self.membership = membership
    outside = 0
    count = signatures.count
    ascii = []
    // A page table pays only where there are many runs to search.
    var pages: [UInt16] = []
    if starts.count > 16 {
      pages.reserveCapacity(0x1101)
      var run = 0
      for page in 0...UInt32(0x1100) {
        while run + 1 < starts.count, starts[run + 1] <= page << 8 { run += 1 }
        pages.append(UInt16(run))
      }
    }
    self.pages = pages
    for value in 0..<UInt32(128) { ascii.append(symbol(of: value)) }
  }

  /// Writes the map.
  func write(to writer: inout BinaryWriter) {
    writer.list(ascii) { $1.unsigned(UInt64($0)) }
    writer.list(starts) { $1.unsigned(UInt64($0)) }
    writer.list(symbols) { $1.unsigned(UInt64($0)) }
    // Most pages lie in the same run as the one before.
    let changes = pages.indices.filter { $0 == 0 || pages[$0] != pages[$0 - 1] }
    writer.integer(pages.count)
    writer.list(changes) { page, writer in
      writer.integer(page)
      writer.unsigned(UInt64(pages[page]))
    }
    writer.unsigned(UInt64(outside))
    writer.integer(count)
    writer.list(membership) { $1.flag($0) }
  }

  /// Reads a map.
  init(from reader: inout BinaryReader) {
    ascii = reader.list { UInt16(truncatingIfNeeded: $0.unsigned()) }
    starts = reader.list { UInt32(truncatingIfNeeded: $0.unsigned()) }
    symbols = reader.list { UInt16(truncatingIfNeeded: $0.unsigned()) }
    let pageCount = reader.integer()
    var pages: [UInt16] = []
    for _ in 0..<reader.count() {
      let page = reader.integer()
      guard page >= pages.count, page < min(pageCount, 0x1101) else {
        reader.refuse()
        break
      }
      pages += repeatElement(pages.last ?? 0, count: page - pages.count)
      pages.append(UInt16(truncatingIfNeeded: reader.unsigned()))
    }
    pages += repeatElement(pages.last ?? 0, count: max(0, min(pageCount, 0x1101) - pages.count))
    self.pages = pages
    outside = UInt16(truncatingIfNeeded: reader.unsigned())
    count = reader.integer()
    membership = reader.list { $0.flag() }
  }

  /// The symbol of a code point.
  func symbol(of value: UInt32) -> UInt16 {
    var low = 0
    var high = starts.count
    if !pages.isEmpty {
      let page = Int(value >> 8)
      guard page + 1 < pages.count else { return outside }
      low = Int(pages[page])
      high = Int(pages[page + 1]) + 1
    }
    // The last run that starts at or before the value.
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= value { low = middle } else { high = middle }
    }
    return symbols[low]
  }

  /// Reads one character from its first byte; a malformed byte is a character of its own, in no
  /// set.
  func read(_ bytes: Span<UInt8>, at index: Int) -> (symbol: UInt16, length: Int) {
    let lead = bytes[index]
    if lead < 0x80 { return (ascii[Int(lead)], 1) }
    guard let (scalar, length) = UTF8Decoder.scalar(in: bytes, at: index) else {
      return (outside, 1)
    }
    return (symbol(of: scalar.value), length)
  }
}
