/// Base64 with padding, on one line (RFC 4648, section 4).
package enum Base64 {
  private static let alphabet = ByteSet.lettersAndDigits.union(ByteSet("+/"))

  static func check(_ text: Span<UInt8>) throws(FormatFault) {
    var index = 0
    while let byte = text.byte(at: index), alphabet.contains(byte) { index += 1 }
    let characters = index
    while index < text.count, index - characters < 2, text.has("=", at: index) { index += 1 }
    if let byte = text.byte(at: index) {
      throw FormatFault(at: index, message(for: byte, isAfterPadding: index > characters))
    }
    let padding = index - characters
    let wanted = (4 - characters % 4) % 4
    guard wanted < 3 else {
      throw FormatFault(at: index, "incomplete last group: one character is less than a byte")
    }
    guard padding >= wanted else {
      throw FormatFault(at: index, "expected '=' until the length is a multiple of four")
    }
    guard padding == wanted else {
      throw FormatFault(at: characters + wanted, "too many '='; remove this one")
    }
    // Section 3.5: the bits of the last character that belong to no byte are zero.
    let surplus: UInt8 =
      switch padding {
      case 1: 0b11
      case 2: 0b1111
      default: 0
      }
    guard surplus == 0 || value(of: text[characters - 1]) & surplus == 0 else {
      throw FormatFault(
        at: characters - 1, "the unused bits of the last character before '=' must be zero")
    }
  }

  /// The bytes that a text encodes (RFC 4648, section 4).
  ///
  /// - Throws: the first fault of a text that is not base64.
  package static func decoded(_ text: ArraySlice<UInt8>) throws(FormatFault) -> [UInt8] {
    try check(text.span)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for character in text where character != UInt8(ascii: "=") {
      bits = bits << 6 | UInt32(value(of: character))
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> count))
    }
    return bytes
  }

  private static func value(of character: UInt8) -> UInt8 {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    default: 63
    }
  }

  private static func message(for byte: UInt8, isAfterPadding: Bool) -> String {
    switch byte {
    case UInt8(ascii: "="): "at most two '=' are allowed at the end"
    case UInt8(ascii: "-"), UInt8(ascii: "_"):
      "'-' and '_' belong to base64url; use '+' and '/'"
    case _ where isAfterPadding: "unexpected text after '='"
    case 0x09, 0x0A, 0x0D, 0x20: "spaces and line breaks are not allowed in base64"
    default: "expected a letter, a digit, '+', '/' or '='"
    }
  }
}
