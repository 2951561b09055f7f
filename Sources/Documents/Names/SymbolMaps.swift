/// Many small maps from symbols to numbers, in one array.
///
/// Each takes room for its own entries, however many symbols there are: a table with a column for each
/// symbol would grow with the product of objects and names.
public struct SymbolMaps: Sendable {
  /// Where a map's slots begin, and which of them a symbol has.
  @usableFromInline struct Row: Sendable {
    @usableFromInline var start: Int
    @usableFromInline var mask: Int
    /// How far a hash is shifted to give a slot.
    @usableFromInline var shift: UInt32
    /// Where symbols lie close together, a slot for each from the first one on, instead of hashes.
    @usableFromInline var first: UInt32 = 0
    @usableFromInline var count: UInt32 = 0
  }

  /// How many slots an entry may take where there is one for each symbol of a row.
  private static let closeLimit = 16

  @usableFromInline var rows: [Row] = []
  /// A symbol in the upper half, and a number plus one in the lower half; 0 where there is nothing.
  ///
  /// All empty maps share the first two slots.
  @usableFromInline var slots: [UInt64] = [0, 0]

  /// Creates a list of no maps.
  public init() {}

  /// Adds a map; of entries with the same symbol, the last one counts.
  public mutating func append(_ entries: some Collection<(symbol: Symbol, value: Int)>) {
    guard !entries.isEmpty else {
      rows.append(Row(start: 0, mask: 1, shift: 31))
      return
    }
    let ids = entries.map(\.symbol.id)
    if let first = ids.min(), let last = ids.max(),
      Int(last - first) < Self.closeLimit * entries.count
    {
      let row = Row(start: slots.count, mask: 0, shift: 0, first: first, count: last - first + 1)
      rows.append(row)
      slots.append(contentsOf: repeatElement(0, count: Int(row.count)))
      for entry in entries {
        slots[row.start + Int(entry.symbol.id - first)] = UInt64(UInt32(clamping: entry.value + 1))
      }
      return
    }
    // At most half of the slots are taken, so that few look-ups go beyond the first.
    var bits: UInt32 = 1
    while 1 << Int(bits) < 2 * entries.count { bits += 1 }
    let row = Row(start: slots.count, mask: 1 << Int(bits) - 1, shift: 32 - bits)
    rows.append(row)
    slots.append(contentsOf: repeatElement(0, count: row.mask + 1))
    for entry in entries {
      var slot = Self.slot(of: entry.symbol, in: row)
      while slots[row.start + slot] != 0, slots[row.start + slot] >> 32 != UInt64(entry.symbol.id) {
        slot = (slot + 1) & row.mask
      }
      slots[row.start + slot] =
        UInt64(entry.symbol.id) << 32 | UInt64(UInt32(clamping: entry.value + 1))
    }
  }

  /// The number of slots, which determines the memory.
  package var slotCount: Int { slots.count }

  /// The number of a symbol in a map, or -1.
  @inlinable
  public func value(of symbol: Symbol, in map: Int) -> Int {
    let row = rows[map]
    if row.count != 0 {
      let place = symbol.id &- row.first
      guard place < row.count else { return -1 }
      return Int(truncatingIfNeeded: slots[row.start &+ Int(place)]) &- 1
    }
    var slot = Self.slot(of: symbol, in: row)
    while true {
      let entry = slots[row.start &+ slot]
      if entry >> 32 == UInt64(symbol.id) {
        return Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) &- 1
      }
      if entry == 0 { return -1 }
      slot = (slot &+ 1) & row.mask
    }
  }

  /// The first slot to look at: symbols that follow each other lie well apart.
  @inlinable
  static func slot(of symbol: Symbol, in row: Row) -> Int {
    Int(truncatingIfNeeded: (symbol.id &* 0x9E37_79B1) &>> row.shift)
  }
}
