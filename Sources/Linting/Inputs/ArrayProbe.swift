import SourceText

/// Finds out whether a text is an array: its first byte that is no blank decides.
///
/// The text is added part by part, so that no byte is looked at twice.
struct ArrayProbe {
  /// Whether the text is an array; nil while all of it is blank.
  private(set) var isArray: Bool?
  /// How many bytes were looked at.
  private(set) var count = 0

  /// Looks at the next bytes, up to the one that decides.
  mutating func add(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes {
      if isArray != nil { return }
      let isBlank = byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
      // Whether a byte-order mark is a whole one is found out when the text is read.
      let isMark = count < ByteOrderMark.utf8.count && byte == ByteOrderMark.utf8[count]
      if !isBlank, !isMark { isArray = byte == UInt8(ascii: "[") }
      count += 1
    }
  }

  /// Whether a text is an array, as far as its beginning shows.
  static func beginsArray(_ bytes: [UInt8]) -> Bool {
    var probe = ArrayProbe()
    probe.add(bytes[...])
    return probe.isArray ?? false
  }
}
