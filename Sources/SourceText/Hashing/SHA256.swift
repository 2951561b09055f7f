/// The SHA-256 hash (FIPS 180-4), for fingerprints; not for secrets.
///
/// Nothing is allocated: whole blocks are hashed where they are, and only what is left of one is kept.
package struct SHA256: Sendable {
  private var state: State
  /// The bytes of a block that is not yet full, from the start of it.
  private var block = SIMD64<UInt8>()
  private var blockCount = 0
  private var count: UInt64 = 0

  private static let blockSize = 64

  /// Creates the hash of nothing.
  package init() { state = State() }

  /// Adds bytes to the hashed text.
  package mutating func update(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { unsafe take($0) }
  }

  /// Adds the UTF-8 of a text to the hashed text.
  package mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { unsafe take(UnsafeRawBufferPointer($0)) }
  }

  /// Adds one byte to the hashed text.
  package mutating func update(_ byte: UInt8) {
    unsafe withUnsafeBytes(of: byte) { unsafe take($0) }
  }

  /// The hash of all bytes taken in, as 64 hexadecimal digits.
  package consuming func finish() -> String {
    let state = finishedState()
    return unsafe String(unsafeUninitializedCapacity: 64) { text in
      for index in 0..<8 {
        // The eight digits of a word, each in a byte, the first one in the lowest.
        var digits = UInt64(state[index].byteSwapped)
        digits = (digits | digits << 16) & 0x0000_FFFF_0000_FFFF
        digits = (digits | digits << 8) & 0x00FF_00FF_00FF_00FF
        digits = (digits >> 4 | digits << 8) & 0x0F0F_0F0F_0F0F_0F0F
        let isLetter = (digits &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        digits &+= 0x3030_3030_3030_3030 &+ isLetter &* 39
        unsafe UnsafeMutableRawBufferPointer(text).storeBytes(
          of: digits.littleEndian, toByteOffset: 8 * index, as: UInt64.self)
      }
      return 64
    }
  }

  /// The hash of all bytes taken in, as its 32 bytes.
  package consuming func digest() -> [UInt8] {
    let state = finishedState()
    return (0..<32).map { index in
      UInt8(truncatingIfNeeded: state[index / 4] >> UInt32(24 - index % 4 * 8))
    }
  }

  // MARK: - Blocks

  private mutating func take(_ bytes: UnsafeRawBufferPointer) {
    count &+= UInt64(bytes.count)
    var index = 0
    while index < bytes.count {
      let rest = bytes.count - index
      if blockCount == 0, rest >= Self.blockSize {
        unsafe state.take(bytes, at: index)
        index += Self.blockSize
        continue
      }
      let taken = min(rest, Self.blockSize - blockCount)
      let room = blockCount..<(blockCount + taken)
      unsafe withUnsafeMutableBytes(of: &block) { block in
        unsafe UnsafeMutableRawBufferPointer(rebasing: block[room])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[index..<(index + taken)]))
      }
      blockCount += taken
      index += taken
      if blockCount == Self.blockSize { takeBlock() }
    }
  }

  private mutating func takeBlock() {
    unsafe withUnsafeBytes(of: block) { unsafe state.take($0, at: 0) }
    block = SIMD64()
    blockCount = 0
  }

  /// The state behind the end of the text: a bit, zeros up to the end of a block, and the count of bits.
  private consuming func finishedState() -> SIMD8<UInt32> {
    let bits = count &* 8
    update(0x80)
    if blockCount > Self.blockSize - 8 { takeBlock() }
    for index in 0..<8 {
      block[Self.blockSize - 1 - index] = UInt8(truncatingIfNeeded: bits >> UInt64(8 * index))
    }
    takeBlock()
    return state.words
  }
}

/// The eight words that blocks are mixed into.
private struct State: Sendable {
  var words = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19)

  /// Mixes in the 64 bytes from an offset.
  mutating func take(_ bytes: UnsafeRawBufferPointer, at start: Int) {
    var (a, b, c, d) = (words[0], words[1], words[2], words[3])
    var (e, f, g, h) = (words[4], words[5], words[6], words[7])
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
      for index in 0..<16 {
        unsafe schedule[index] = UInt32(
          bigEndian: bytes.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self))
      }
      for index in 16..<64 {
        let (early, late) = unsafe (schedule[index - 15], schedule[index - 2])
        let first = early.rotated(7) ^ early.rotated(18) ^ early >> 3
        let second = late.rotated(17) ^ late.rotated(19) ^ late >> 10
        unsafe schedule[index] =
          schedule[index - 16] &+ first &+ schedule[index - 7] &+ second
      }
      unsafe Self.constants.withUnsafeBufferPointer { constants in
        for index in 0..<64 {
          let choice = g ^ (e & (f ^ g))
          let majority = (a & b) | (c & (a | b))
          let first =
            unsafe h &+ (e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)) &+ choice
            &+ constants[index] &+ schedule[index]
          let second = (a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)) &+ majority
          (h, g, f, e) = (g, f, e, d &+ first)
          (d, c, b, a) = (c, b, a, first &+ second)
        }
      }
    }
    words &+= SIMD8(a, b, c, d, e, f, g, h)
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
  @inline(__always)
  fileprivate func rotated(_ count: UInt32) -> UInt32 { self &>> count | self &<< (32 &- count) }
}
