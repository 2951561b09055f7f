/// Base64 (RFC 4648, sections 4 and 5).
public enum Base64 {
  /// The six bits of each character, of either alphabet; 64 for all others.
  public static let values: [UInt8] = (UInt8.min...UInt8.max).map { character in
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: 64
    }
  }

  /// Whether a byte is a character of the standard alphabet, other than padding.
  package static func isStandard(_ byte: UInt8) -> Bool {
    values[Int(byte)] < 64 && byte != UInt8(ascii: "-") && byte != UInt8(ascii: "_")
  }

  /// Calls `body` with each byte that a text encodes, in either alphabet.
  ///
  /// Other characters are skipped, and so are bits at the end that are less than a byte.
  @inlinable
  @inline(__always)
  public static func forEachByte(of text: ArraySlice<UInt8>, _ body: (UInt8) -> Void) {
    let table = values
    let span = table.span
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for character in text {
      let value = span[Int(character)]
      guard value < 64 else { continue }
      bits = bits &<< 6 | UInt32(value)
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      body(UInt8(truncatingIfNeeded: bits &>> count))
    }
  }

  /// The bytes that a text encodes in the standard alphabet; nil where it is not base64.
  ///
  /// Padding is complete or left out. The bits at the end that belong to no byte are zero (section 3.5).
  package static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var digits = text
    if text.count.isMultiple(of: 4) {
      for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits.removeLast() }
    }
    guard digits.count % 4 != 1, digits.allSatisfy(isStandard),
      !hasSurplusBits(ofLast: digits.last, count: digits.count)
    else {
      return nil
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 4 * 3 + 2)
    forEachByte(of: digits) { bytes.append($0) }
    return bytes
  }

  /// Whether bits behind the last byte of `count` characters without padding are set.
  package static func hasSurplusBits(ofLast last: UInt8?, count: Int) -> Bool {
    guard let last else { return false }
    let surplus: UInt8 =
      switch count % 4 {
      case 2: 0b1111
      case 3: 0b11
      default: 0
      }
    return values[Int(last)] & surplus != 0
  }

  /// Bytes in the standard alphabet, with padding.
  package static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let rest = bytes[index..<min(index + 3, bytes.count)]
      var group: UInt32 = 0
      for byte in rest { group = group << 8 | UInt32(byte) }
      group <<= UInt32(8 * (3 - rest.count))
      for position in 0..<4 {
        let digit = Int(group >> UInt32(18 - 6 * position)) & 0x3F
        text.append(position <= rest.count ? alphabet[digit] : UInt8(ascii: "="))
      }
      index += 3
    }
    return text
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
