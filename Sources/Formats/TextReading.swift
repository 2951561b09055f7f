import SourceText

extension Span<UInt8> {
  /// The byte at an index, or nil past the end.
  func byte(at index: Int) -> UInt8? {
    index < count ? self[index] : nil
  }

  /// Whether an ASCII character is at an index.
  func has(_ character: Unicode.Scalar, at index: Int) -> Bool {
    index < count && UInt32(self[index]) == character.value
  }

  /// Whether a range of the text is a word of ASCII.
  func has(_ word: String, in range: Range<Int>) -> Bool {
    guard word.utf8.count == range.count else { return false }
    var index = range.lowerBound
    for byte in word.utf8 {
      guard self[index] == byte else { return false }
      index += 1
    }
    return true
  }

  /// Steps over an ASCII character that is at the index; false where another does, or none.
  func take(_ character: Unicode.Scalar, at index: inout Int) -> Bool {
    guard has(character, at: index) else { return false }
    index += 1
    return true
  }

  /// Steps over `length` digits and gives their value; the length is at most 18.
  func takeNumber(
    ofLength length: Int, at index: inout Int, _ message: String
  ) throws(FormatFault) -> Int {
    var value = 0
    for _ in 0..<length {
      guard let byte = byte(at: index), byte.isDigit else { throw FormatFault(at: index, message) }
      value = value &* 10 &+ Int(byte &- 0x30)
      index += 1
    }
    return value
  }

  /// Steps over `%` and two hexadecimal digits (RFC 3986, section 2.1); a `%` is at the index.
  func takePercentEncoding(at index: inout Int) throws(FormatFault) {
    for offset in 1...2 {
      guard let byte = byte(at: index + offset), byte.isHexadecimalDigit else {
        throw FormatFault(
          at: index, "expected two hexadecimal digits after '%'; write '%25' for the character")
      }
    }
    index += 3
  }

  /// The character at an index and the count of its bytes; the text has to be UTF-8.
  func scalar(at index: Int) throws(FormatFault) -> (scalar: Unicode.Scalar, length: Int) {
    guard let (scalar, length) = UTF8Decoder.scalar(in: self, at: index) else {
      throw FormatFault(at: index, "text is not UTF-8")
    }
    return (scalar, length)
  }

  /// Throws a fault unless the index is the end of the text.
  func expectEnd(at index: Int, _ message: String) throws(FormatFault) {
    guard index >= count else { throw FormatFault(at: index, message) }
  }
}
