/// An IP address, read from text: IPv4 (RFC 2673, section 3.2) or IPv6 (RFC 4291, section 2.2).
package struct IPAddress: Sendable, Hashable {
  /// The version of the protocol.
  package enum Version: Sendable, Hashable {
    case four, six
  }

  /// The first place where a text is no address.
  package struct Fault: Error, Sendable, Hashable {
    /// The byte offset in the text; its length where something is missing.
    package let offset: Int
    /// A short clause: what was expected, or what is wrong.
    package let message: String

    init(at offset: Int, _ message: String) {
      (self.offset, self.message) = (offset, message)
    }
  }

  /// The version of the protocol.
  package let version: Version
  /// The address as a number; of IPv4, the lower 32 bits.
  package let bits: UInt128
  /// Whether the last two groups of an IPv6 address were written as an IPv4 address.
  package let endsInVersion4: Bool

  private init(_ version: Version, _ bits: UInt128, endsInVersion4: Bool = false) {
    (self.version, self.bits, self.endsInVersion4) = (version, bits, endsInVersion4)
  }

  /// The four or sixteen bytes of an address; nil for any other number of them.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.init(bytes.count == 4 ? .four : .six, bytes.reduce(0) { $0 << 8 | UInt128($1) })
  }

  /// Reads an address of either version, without a zone.
  ///
  /// - Throws: the first fault of any other text.
  package init(_ text: Span<UInt8>) throws(Fault) {
    for index in text.indices where text[index] == UInt8(ascii: ":") {
      self = try Self.version6(text, in: 0..<text.count)
      return
    }
    self = try Self.version4(text, in: 0..<text.count)
  }

  /// The bytes in network order: four or sixteen.
  package var bytes: [UInt8] {
    let count = version == .four ? 4 : 16
    return (1...count).map { UInt8(truncatingIfNeeded: bits >> UInt128(8 * (count - $0))) }
  }

  /// The IPv4 address that an IPv6 address maps (RFC 4291, section 2.5.5.2), or the address itself.
  package var unmapped: IPAddress {
    version == .six && bits >> 32 == 0xFFFF ? IPAddress(.four, bits & 0xFFFF_FFFF) : self
  }

  // MARK: - Reading

  /// Reads four decimal numbers with dots.
  ///
  /// A number with a leading zero is refused, since many readers take it for octal.
  ///
  /// - Throws: the first fault of any other text.
  package static func version4(
    _ text: Span<UInt8>, in range: Range<Int>
  ) throws(Fault) -> IPAddress {
    var bits: UInt128 = 0
    var index = range.lowerBound
    for part in 0..<4 {
      if part > 0 {
        guard index < range.upperBound, text[index] == UInt8(ascii: ".") else {
          throw Fault(at: index, "expected '.' and another of four numbers")
        }
        index += 1
      }
      let start = index
      var value = 0
      while index < range.upperBound, let digit = decimalValue(text[index]) {
        value = value * 10 + digit
        guard value <= 255 else { throw Fault(at: start, "expected a number from 0 to 255") }
        index += 1
        guard text[start] != UInt8(ascii: "0") || index == start + 1 else {
          throw Fault(at: start, "leading zeros are not allowed in an address")
        }
      }
      guard index > start else {
        throw Fault(at: index, "expected a decimal number from 0 to 255")
      }
      bits = bits << 8 | UInt128(value)
    }
    guard index == range.upperBound else {
      throw Fault(at: index, "expected the end after four numbers")
    }
    return IPAddress(.four, bits)
  }

  /// Reads groups of hexadecimal digits with colons, without a zone.
  ///
  /// - Throws: the first fault of any other text.
  package static func version6(
    _ text: Span<UInt8>, in range: Range<Int>
  ) throws(Fault) -> IPAddress {
    func hasColon(at index: Int) -> Bool {
      index < range.upperBound && text[index] == UInt8(ascii: ":")
    }
    var index = range.lowerBound
    let end = range.upperBound
    var bits: UInt128 = 0
    var groups = 0
    /// How many groups are before `::`.
    var gap: Int?
    var endsInVersion4 = false
    if hasColon(at: index), hasColon(at: index + 1) {
      gap = 0
      index += 2
    }
    // After a gap at the end there is no further group.
    while !(index == end && gap != nil && (groups == 0 || text[end - 2] == UInt8(ascii: ":"))) {
      let start = index
      var group: UInt128 = 0
      while index < end, let digit = hexadecimalValue(text[index]) {
        group = (group << 4 | digit) & 0xFFFF
        index += 1
      }
      guard groups < 8 else { throw Fault(at: start, "expected the end after eight groups") }
      if index > start, index < end, text[index] == UInt8(ascii: ".") {
        guard groups <= 6 else {
          throw Fault(at: start, "IPv4 address is only allowed in place of the last two groups")
        }
        bits = bits << 32 | (try version4(text, in: start..<end)).bits
        groups += 2
        endsInVersion4 = true
        index = end
        break
      }
      guard index > start else {
        throw Fault(at: index, "expected a group of one to four hexadecimal digits")
      }
      guard index - start <= 4 else {
        throw Fault(at: start + 4, "a group has at most four hexadecimal digits")
      }
      bits = bits << 16 | group
      groups += 1
      guard index < end else { break }
      guard hasColon(at: index) else {
        throw Fault(at: index, "expected ':' or the end after a group")
      }
      index += 1
      if hasColon(at: index) {
        guard gap == nil else { throw Fault(at: index, "'::' is only allowed once") }
        gap = groups
        index += 1
      }
    }
    guard gap != nil ? groups < 8 : groups == 8 else {
      throw Fault(
        at: end,
        gap != nil
          ? "'::' must replace at least one group" : "expected eight groups, or '::' for some")
    }
    if let gap {
      let behind = UInt128(16 * (groups - gap))
      let head = (bits >> behind) << UInt128(16 * (8 - gap))
      bits = head | bits & ((1 << behind) - 1)
    }
    return IPAddress(.six, bits, endsInVersion4: endsInVersion4)
  }

  private static func decimalValue(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
  }

  private static func hexadecimalValue(_ byte: UInt8) -> UInt128? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt128(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt128(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt128(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}

extension IPAddress: CustomStringConvertible {
  /// The canonical text (RFC 5952).
  package var description: String {
    if version == .four { return bytes.map { String($0) }.joined(separator: ".") }
    let groups = (0..<8).map { Int(truncatingIfNeeded: bits >> UInt128(112 - 16 * $0)) & 0xFFFF }
    // The longest row of zeros, of two groups at least, is left out.
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(1, best.count) { best = start..<end }
      start = max(end, start + 1)
    }
    func text(_ part: ArraySlice<Int>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    if best.isEmpty { return text(groups[...]) }
    return text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
  }
}
