/// The tokens of JSON that two loops read (RFC 8259); inlined into each.
@usableFromInline
package enum JSONToken {
  /// The flags of what is malformed; no string or number has them.
  @inlinable package static var malformed: UInt32 { .max }
  /// A flag of a number: an integer of more than 18 digits, whose value is not kept.
  @inlinable package static var isLongInteger: UInt32 { 1 << 31 }

  /// Moves a cursor behind white space (section 2), of which there is mostly none.
  @inlinable @inline(__always)
  package static func skipSpace(_ text: UnsafePointer<UInt8>, _ cursor: inout Int, _ end: Int) {
    if cursor < end, unsafe text[cursor] <= 0x20 { cursor = unsafe endOfSpace(text, cursor, end) }
  }

  /// Where white space ends.
  @usableFromInline @inline(never)
  static func endOfSpace(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var cursor = start
    while cursor < end {
      switch unsafe text[cursor] {
      case 0x20, UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): cursor &+= 1
      default: return cursor
      }
    }
    return cursor
  }

  /// Whether four bytes are at a place, of a text that goes on for `length` bytes at least (section 3).
  @inlinable @inline(__always)
  package static func word(
    _ text: UnsafePointer<UInt8>, _ cursor: Int, _ end: Int, _ expected: UInt32, _ length: Int
  ) -> Bool {
    guard cursor &+ length <= end else { return false }
    let found = unsafe UnsafeRawPointer(text).loadUnaligned(
      fromByteOffset: cursor, as: UInt32.self)
    return found == expected.littleEndian
  }

  /// Reads a number (section 6): its value, which counts where there are no flags, and its flags.
  @inlinable @inline(__always)
  package static func number(
    _ text: UnsafePointer<UInt8>, _ cursor: inout Int, _ end: Int
  ) -> (value: Int64, flags: UInt32) {
    var flags: UInt32 = 0
    let isNegative = unsafe text[cursor] == UInt8(ascii: "-")
    if isNegative { cursor &+= 1 }
    let whole = cursor
    var value: Int64 = 0
    while cursor < end, unsafe text[cursor] &- UInt8(ascii: "0") < 10 {
      value = unsafe value &* 10 &+ Int64(text[cursor] &- UInt8(ascii: "0"))
      cursor &+= 1
    }
    let digits = cursor &- whole
    if unsafe digits == 0 || digits > 1 && text[whole] == UInt8(ascii: "0") {
      return (0, malformed)
    }
    if digits > 18 { flags = isLongInteger }
    if cursor < end, unsafe text[cursor] == UInt8(ascii: ".") {
      flags |= NodeFlag.isNotPlainInteger
      cursor &+= 1
      guard unsafe skipDigits(text, &cursor, end) else { return (0, malformed) }
    }
    if cursor < end, unsafe text[cursor] | 0x20 == UInt8(ascii: "e") {
      flags |= NodeFlag.isNotPlainInteger
      cursor &+= 1
      if cursor < end,
        unsafe text[cursor] == UInt8(ascii: "+") || text[cursor] == UInt8(ascii: "-")
      {
        cursor &+= 1
      }
      guard unsafe skipDigits(text, &cursor, end) else { return (0, malformed) }
    }
    return (isNegative ? 0 &- value : value, flags)
  }

  @inlinable @inline(__always)
  static func skipDigits(
    _ text: UnsafePointer<UInt8>, _ cursor: inout Int, _ end: Int
  ) -> Bool {
    let start = cursor
    while cursor < end, unsafe text[cursor] &- UInt8(ascii: "0") < 10 { cursor &+= 1 }
    return cursor > start
  }
}
