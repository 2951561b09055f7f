/// The SHA-256 hash (FIPS 180-4), for fingerprints; not for secrets.
package struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  private var block: [UInt8] = []
  private var words = [UInt32](repeating: 0, count: 16)
  private var count: UInt64 = 0

  /// Creates the hash of nothing.
  package init() {
    block.reserveCapacity(64)
  }

  /// Adds bytes to the hashed text.
  package mutating func update(_ bytes: some Sequence<UInt8>) { update(Array(bytes)) }

  /// Adds bytes to the hashed text.
  package mutating func update(_ bytes: [UInt8]) {
    for byte in bytes {
      block.append(byte)
      count &+= 1
      if block.count == 64 { compress() }
    }
  }

  /// The hash of all bytes taken in, as 64 hexadecimal digits.
  package consuming func finish() -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = digest().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }
    return String(decoding: text, as: UTF8.self)
  }

  /// The hash of all bytes taken in, as its 32 bytes.
  package consuming func digest() -> [UInt8] {
    let bits = count &* 8
    update([0x80])
    while block.count != 56 { update([0]) }
    update((0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) })
    return state.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  private mutating func compress() {
    for index in 0..<16 {
      let first = index * 4
      words[index] =
        UInt32(block[first]) << 24 | UInt32(block[first + 1]) << 16
        | UInt32(block[first + 2]) << 8 | UInt32(block[first + 3])
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let choice = (e & f) ^ (~e & g)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      let first =
        h &+ (e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)) &+ choice
        &+ Self.constants[index] &+ word(index)
      let second = (a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)) &+ majority
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ second)
    }
    for (index, mixed) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= mixed }
    block.removeAll(keepingCapacity: true)
  }

  /// A word of the message schedule, made of words before it, of which the last 16 are kept.
  private mutating func word(_ index: Int) -> UInt32 {
    let place = index % 16
    guard index >= 16 else { return words[place] }
    let (early, late) = (words[(index - 15) % 16], words[(index - 2) % 16])
    let first = early.rotated(7) ^ early.rotated(18) ^ early >> 3
    let second = late.rotated(17) ^ late.rotated(19) ^ late >> 10
    words[place] &+= first &+ words[(index - 7) % 16] &+ second
    return words[place]
  }

  private static let constants: [UInt32] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
  ]
}

extension UInt32 {
  fileprivate func rotated(_ count: UInt32) -> UInt32 { self >> count | self << (32 - count) }
}
