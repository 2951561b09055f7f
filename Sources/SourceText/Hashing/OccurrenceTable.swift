/// Counts how often numbers occur, in 12 bytes for each slot of a table that is at most 13/16 full.
///
/// The author of a text chooses its hashes, but not in which slots they are: the multiplier that
/// spreads them differs from run to run.
struct OccurrenceTable: Sendable {
  private static let processMultiplier = UInt64.random(in: .min ... .max) | 1

  private let multiplier = processMultiplier
  private var keys: [UInt64] = []
  /// How often the key of each slot occurred; 0 for an empty slot.
  private var counts: [UInt32] = []
  /// How many bits of a product do not belong to the slot's number.
  private var shift = UInt64.bitWidth
  /// How many different numbers there are.
  private(set) var count = 0

  init() {}

  /// Counts a number; the result is how often it occurred so far, or nil for a new one beyond the limit.
  mutating func add(_ key: UInt64, limit: Int) -> Int? {
    var slot = slot(of: key)
    if keys.isEmpty || counts[slot] == 0 {
      guard count < limit else { return nil }
      if (count + 1) * 16 > keys.count * 13 {
        grow()
        slot = self.slot(of: key)
      }
      keys[slot] = key
      count += 1
    }
    if counts[slot] < .max { counts[slot] += 1 }
    return Int(counts[slot])
  }

  /// The slot that holds a key, or the empty one that it would have; 0 for a table without slots.
  private func slot(of key: UInt64) -> Int {
    guard !keys.isEmpty else { return 0 }
    var slot = Int(key.multipliedFullWidth(by: multiplier).low >> UInt64(shift))
    while counts[slot] != 0, keys[slot] != key { slot = (slot + 1) % keys.count }
    return slot
  }

  private mutating func grow() {
    let (oldKeys, oldCounts) = (keys, counts)
    let size = max(16, keys.count * 2)
    keys = Array(repeating: 0, count: size)
    counts = Array(repeating: 0, count: size)
    shift = UInt64.bitWidth - size.trailingZeroBitCount
    for (key, count) in zip(oldKeys, oldCounts) where count != 0 {
      let slot = slot(of: key)
      keys[slot] = key
      counts[slot] = count
    }
  }
}
