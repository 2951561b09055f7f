/// Pseudo-random bytes that are the same in every run.
package struct SteadyBytes: RandomNumberGenerator {
  private var state: UInt64

  /// Creates the bytes of a seed.
  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// An input of up to `limit` bytes.
  package mutating func input(upTo limit: Int) -> [UInt8] {
    let count = Int(next() % UInt64(limit)) + 1
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
  }
}
