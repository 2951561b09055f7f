/// Bytes that are written as `%` and two hexadecimal digits (RFC 3986, section 2.1).
package enum PercentEncoding {
  /// The bytes that a text stands for, and whether each `%` begins one; a `%` that does not stands for itself.
  package static func decoded(
    _ text: ArraySlice<UInt8>
  ) -> (bytes: [UInt8], isWellFormed: Bool) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var isWellFormed = true
    var index = text.startIndex
    while index < text.endIndex {
      var byte = text[index]
      index += 1
      if byte == UInt8(ascii: "%") {
        if index + 1 < text.endIndex,
          let high = StringEscapes.hexadecimalValue(of: text[index]),
          let low = StringEscapes.hexadecimalValue(of: text[index + 1])
        {
          byte = high << 4 | low
          index += 2
        } else {
          isWellFormed = false
        }
      }
      bytes.append(byte)
    }
    return (bytes, isWellFormed)
  }
}
