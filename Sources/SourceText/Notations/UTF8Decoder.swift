/// Decodes UTF-8 strictly: no overlong form, no surrogate, nothing above U+10FFFF.
///
/// The Unicode Standard, table 3-7. Inlined, since readers call it for each character beyond ASCII.
public enum UTF8Decoder {
  /// The length of the well-formed sequence that begins with a byte; 0 where there is none.
  ///
  /// `count` is how many bytes there are from that byte on, and `byte` gives those that follow it, by
  /// their distance.
  @inlinable
  @inline(__always)
  public static func length(first: UInt8, count: Int, _ byte: (Int) -> UInt8) -> Int {
    if first < 0x80 { return 1 }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard first >= 0xC2, first <= 0xF4, length <= count else { return 0 }
    let second = byte(1)
    let lowest: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
    let highest: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
    guard second >= lowest, second <= highest else { return 0 }
    if length > 2, byte(2) & 0xC0 != 0x80 { return 0 }
    if length > 3, byte(3) & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// The length of the well-formed sequence at an index, which is in the text; 0 where there is none.
  @inlinable
  @inline(__always)
  public static func length(in text: Span<UInt8>, at index: Int) -> Int {
    length(first: text[index], count: text.count - index) { text[index + $0] }
  }

  /// How many characters well-formed text has; of any other, how many bytes do not continue one.
  public static func scalarCount(of text: Span<UInt8>) -> Int {
    var total = 0
    var index = 0
    while index < text.count {
      // So few that a byte counts them: the compiler makes vectors of it.
      let end = min(text.count, index + 128)
      var count: UInt8 = 0
      while index < end {
        count &+= unsafe text[unchecked: index] & 0xC0 != 0x80 ? 1 : 0
        index &+= 1
      }
      total += Int(count)
    }
    return total
  }

  /// The character at an index, which is in the text, and its length; nil where there is none.
  @inlinable
  public static func scalar(
    in text: Span<UInt8>, at index: Int
  ) -> (scalar: Unicode.Scalar, length: Int)? {
    let length = length(in: text, at: index)
    guard length > 0 else { return nil }
    let first = text[index]
    if length == 1 { return (Unicode.Scalar(first), 1) }
    var value = UInt32(first & (0x7F &>> UInt8(truncatingIfNeeded: length)))
    for offset in 1..<length { value = value &<< 6 | UInt32(text[index + offset] & 0x3F) }
    return Unicode.Scalar(value).map { ($0, length) }
  }
}
