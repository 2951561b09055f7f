/// Comparisons of both ways of evaluating, on packs and requests that are the same for the same seed.
package struct PlaceCampaign {
  private let seed: UInt64

  /// What came of comparisons.
  package struct Result {
    /// What was compared.
    package var counts = PlaceComparison.Counts()
    /// How many packs requests were compared by, and how many were refused for an error.
    package var packs = 0
    package var refused = 0
    /// Where the two ways differ.
    package var faults: [Fault] = []
  }

  /// Creates the comparisons of a seed.
  package init(seed: UInt64) { self.seed = seed }

  /// Makes packs until so many requests were compared, or until that many differences were found.
  ///
  /// `progress` is called behind each pack.
  package func run(
    atLeast count: Int, faultLimit: Int, progress: (Result) -> Void = { _ in }
  ) -> Result {
    var result = Result()
    var pack: UInt64 = 0
    while result.counts.total < count, result.faults.count < faultLimit {
      pack += 1
      var choices = Choices(Self.bytes(seed: seed << 32 | pack, words: 4096))
      do {
        if try PlaceFuzzer.compare(&choices, requests: 30, &result.counts) {
          result.packs += 1
        } else {
          result.refused += 1
        }
      } catch let fault as Fault {
        result.faults.append(Fault("seed \(seed), pack \(pack): \(fault)"))
      } catch {
        result.faults.append(Fault("seed \(seed), pack \(pack): \(error)"))
      }
      progress(result)
    }
    return result
  }

  /// Pseudo-random bytes, eight for each word (SplitMix64).
  static func bytes(seed: UInt64, words: Int) -> [UInt8] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * words)
    for _ in 0..<words {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      word ^= word >> 31
      for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * place))) }
    }
    return bytes
  }
}
