import Documents

// Strings and numbers of a query (RFC 9535, sections 2.3.1.1 and 2.3.5.1).
extension JSONPathParser {
  /// Reads a string in single or double quotes.
  mutating func parseString() throws(JSONPathError) -> [UInt8] {
    let begin = index
    let quote = text[index]
    index += 1
    var result: [UInt8] = []
    while let byte = peek() {
      switch byte {
      case quote:
        index += 1
        return result
      case UInt8(ascii: "\\"): result.append(contentsOf: try parseEscape(in: quote))
      case 0..<0x20: throw error(.controlCharacter(byte), to: index + 1)
      default:
        result.append(byte)
        index += 1
      }
    }
    throw error(.unclosedString, from: begin, to: begin + 1)
  }

  private mutating func parseEscape(in quote: UInt8) throws(JSONPathError) -> [UInt8] {
    let begin = index
    guard let byte = peek(1) else { throw error(.unclosedString, to: index + 1) }
    index += 2
    switch byte {
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "/"), UInt8(ascii: "\\"), quote: return [byte]
    case UInt8(ascii: "u"): return try parseCodePoint(from: begin)
    default:
      var end = index
      while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
      throw error(.unknownEscape(shown(begin, end)), from: begin, to: end)
    }
  }

  /// Reads the digits after `\u`, and a second escape where the first is half of a pair.
  private mutating func parseCodePoint(from begin: Int) throws(JSONPathError) -> [UInt8] {
    guard let first = StringEscapes.codeUnit(at: index, in: text[...]) else {
      throw error(.incompleteEscape, from: begin, to: index)
    }
    index += 4
    if let scalar = Unicode.Scalar(first) {
      return Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    guard first < 0xDC00, peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u"),
      let second = StringEscapes.codeUnit(at: index + 2, in: text[...]),
      (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(
        0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
    else { throw error(.loneSurrogate, from: begin, to: index) }
    index += 6
    return Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// Reads a number as JSON writes it, `-0` included.
  mutating func parseNumber() throws(JSONPathError) -> ExactNumber {
    let begin = index
    // Everything that could belong to a number is taken first, so that the error shows all of it.
    while let byte = peek(), byte.isNumberPart(after: index > begin ? text[index - 1] : nil) {
      index += 1
    }
    let number = text[begin..<index]
    guard Self.isNumber(number) else {
      throw error(.badNumber(shown(begin, index)), from: begin, to: index)
    }
    return ExactNumber(number)
  }

  private static func isNumber(_ number: ArraySlice<UInt8>) -> Bool {
    var rest = number
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = rest.prefix(while: \.isDigit)
    guard let first = whole.first, first != UInt8(ascii: "0") || whole.count == 1 else {
      return false
    }
    rest.removeFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: \.isDigit)
      if fraction.isEmpty { return false }
      rest.removeFirst(1 + fraction.count)
    }
    guard let mark = rest.first else { return true }
    guard mark | 0x20 == UInt8(ascii: "e") else { return false }
    rest.removeFirst()
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    return !rest.isEmpty && rest.allSatisfy(\.isDigit)
  }
}

extension UInt8 {
  /// Whether the byte continues what looks like a number, well formed or not.
  fileprivate func isNumberPart(after previous: UInt8?) -> Bool {
    if isDigit || self == UInt8(ascii: ".") || self | 0x20 == UInt8(ascii: "e") { return true }
    guard self == UInt8(ascii: "-") || self == UInt8(ascii: "+") else { return false }
    return previous.map { !$0.isDigit } ?? true
  }
}
