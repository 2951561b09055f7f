/// UUIDs (RFC 4122, section 3), of any version and variant.
enum UUIDText {
  static func check(_ text: Span<UInt8>) throws(FormatFault) {
    for index in 0..<36 {
      switch index {
      case 8, 13, 18, 23:
        guard text.has("-", at: index) else {
          throw FormatFault(
            at: index, "expected '-': the groups have 8, 4, 4, 4 and 12 hexadecimal digits")
        }
      default:
        guard let byte = text.byte(at: index), byte.isHexadecimalDigit else {
          throw FormatFault(
            at: index,
            "expected a hexadecimal digit: the groups have 8, 4, 4, 4 and 12 of them")
        }
      }
    }
    try text.expectEnd(at: 36, "expected the end after 36 characters")
  }
}
