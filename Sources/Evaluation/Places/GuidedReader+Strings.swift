import CTextScan
import Documents

/// Strings of JSON (RFC 8259, section 7), and comparing them.
extension GuidedReader {
  /// Whether a text has a number of code points within bounds.
  @inline(__always)
  static func fits(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ isPlain: Bool, _ least: Int,
    _ most: Int
  ) -> Bool {
    if isPlain { return count >= least && count <= most }
    // No code point takes more than six bytes: as an escape; two of these are one of four bytes.
    if count <= most, count >= 12 &* least { return true }
    let scalars = unsafe scalarCount(text, start, start &+ count)
    return scalars >= least && scalars <= most
  }

  /// How many code points a well-formed string has.
  @inline(never)
  static func scalarCount(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var count = 0
    var index = start
    while index < end {
      let byte = unsafe text[index]
      if byte == UInt8(ascii: "\\") {
        if unsafe text[index &+ 1] != UInt8(ascii: "u") {
          index &+= 2
        } else {
          // The first half of a pair is followed by the second, since the string is well formed.
          let isHigh =
            unsafe text[index &+ 2] | 0x20 == UInt8(ascii: "d")
            && text[index &+ 3] >= UInt8(ascii: "8")
          index &+= isHigh ? 12 : 6
        }
        count &+= 1
      } else {
        index &+= 1
        if byte & 0xC0 != 0x80 { count &+= 1 }
      }
    }
    return count
  }

  /// The place of the quote that ends a string, or -1 where it is malformed.
  @inline(__always)
  static func closingQuote(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ bound: Int, _ flags: inout UInt32
  ) -> Int {
    var index = start
    while true {
      if index &+ 16 <= bound {
        let stops = unsafe requisite_string_stops(text + index)
        if stops == 0 {
          index &+= 16
          continue
        }
        index &+= stops.trailingZeroBitCount
      }
      if index >= end { return -1 }
      if unsafe text[index] == quote { return index }
      let length = unsafe JSONFastReader.step(text, index, end, &flags)
      if length == 0 { return -1 }
      index &+= length
    }
  }

  /// Whether a text of which `room` bytes can be read begins with `count` bytes of the table.
  @inline(__always)
  static func same(
    _ text: UnsafePointer<UInt8>, _ other: UnsafePointer<UInt8>, _ count: Int, _ room: Int
  ) -> Bool {
    if count <= 16, room >= 16 {
      return unsafe requisite_same_start(text, other, UInt32(truncatingIfNeeded: count)) != 0
    }
    if count <= 32, count > 16 {
      // The second sixteen overlap the first.
      return unsafe requisite_same_start(text, other, 16) != 0
        && requisite_same_start(text + (count &- 16), other + (count &- 16), 16) != 0
    }
    return unsafe memcmp(text, other, count) == 0
  }
}
