/// IP addresses as text.
enum IPAddress {
  /// Checks four decimal numbers with dots (RFC 2673, section 3.2).
  ///
  /// A number with a leading zero is refused, since many readers take it for octal.
  static func checkVersion4(_ text: Span<UInt8>, in range: Range<Int>) throws(FormatFault) {
    var index = range.lowerBound
    for part in 0..<4 {
      if part > 0 {
        guard index < range.upperBound, text.take(".", at: &index) else {
          throw FormatFault(at: index, "expected '.' and another of four numbers")
        }
      }
      let start = index
      var value = 0
      while index < range.upperBound, text[index].isDigit {
        value = value * 10 + Int(text[index] - 0x30)
        guard value <= 255 else {
          throw FormatFault(at: start, "expected a number from 0 to 255")
        }
        index += 1
        guard text[start] != UInt8(ascii: "0") || index == start + 1 else {
          throw FormatFault(at: start, "leading zeros are not allowed in an address")
        }
      }
      guard index > start else {
        throw FormatFault(at: index, "expected a decimal number from 0 to 255")
      }
    }
    guard index == range.upperBound else {
      throw FormatFault(at: index, "expected the end after four numbers")
    }
  }

  /// Checks groups of hexadecimal digits with colons (RFC 4291, section 2.2), without a zone.
  static func checkVersion6(_ text: Span<UInt8>, in range: Range<Int>) throws(FormatFault) {
    var index = range.lowerBound
    let end = range.upperBound
    var groups = 0
    var hasGap = false
    if index + 1 < end, text.has(":", at: index), text.has(":", at: index + 1) {
      hasGap = true
      index += 2
    }
    // After a gap at the end there is no further group.
    while !(index == end && hasGap && (groups == 0 || text[end - 2] == UInt8(ascii: ":"))) {
      let start = index
      while index < end, text[index].isHexadecimalDigit { index += 1 }
      guard groups < 8 else {
        throw FormatFault(at: start, "expected the end after eight groups")
      }
      if index > start, index < end, text.has(".", at: index) {
        guard groups <= 6 else {
          throw FormatFault(
            at: start, "IPv4 address is only allowed in place of the last two groups")
        }
        try checkVersion4(text, in: start..<end)
        groups += 2
        index = end
        break
      }
      guard index > start else {
        throw FormatFault(at: index, "expected a group of one to four hexadecimal digits")
      }
      guard index - start <= 4 else {
        throw FormatFault(at: start + 4, "a group has at most four hexadecimal digits")
      }
      groups += 1
      guard index < end else { break }
      guard text.take(":", at: &index) else {
        throw FormatFault(at: index, "expected ':' or the end after a group")
      }
      if index < end, text.has(":", at: index) {
        guard !hasGap else { throw FormatFault(at: index, "'::' is only allowed once") }
        hasGap = true
        index += 1
      }
    }
    guard hasGap ? groups < 8 : groups == 8 else {
      throw FormatFault(
        at: end,
        hasGap ? "'::' must replace at least one group" : "expected eight groups, or '::' for some")
    }
  }
}
