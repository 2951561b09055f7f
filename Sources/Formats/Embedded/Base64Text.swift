import SourceText

/// Base64 with padding, on one line (RFC 4648, section 4).
enum Base64Text {
  static func check(_ text: Span<UInt8>) throws(FormatFault) {
    var index = 0
    while let byte = text.byte(at: index), Base64.isStandard(byte) { index += 1 }
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
    if Base64.hasSurplusBits(ofLast: characters > 0 ? text[characters - 1] : nil, count: characters)
    {
      throw FormatFault(
        at: characters - 1, "the unused bits of the last character before '=' must be zero")
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
