/// A quick hash of bytes, eight at a time: it tells whether something changed, against nobody's will.
package struct WordHash: Sendable {
  /// The hash of the bytes so far.
  package private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Creates the hash of no bytes.
  package init() {}

  /// Takes in further bytes, and where they end.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    mix(UInt64(bytes.count))
    var index = 0
    while bytes.count - index >= 8 {
      unsafe mix(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    var rest: UInt64 = 0
    while index < bytes.count {
      rest = unsafe rest << 8 | UInt64(bytes[index])
      index += 1
    }
    mix(rest)
  }

  private mutating func mix(_ word: UInt64) {
    let product = (value ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    value = product.high ^ product.low
  }
}
