import SourceText

/// Cuts the text of an expression into tokens (cel-spec, "Syntax").
struct Lexer {
  private let text: [UInt8]
  private var index = 0

  init(_ text: String) {
    self.text = Array(text.utf8)
  }

  /// All tokens; the last is `.end`.
  static func tokens(of text: String) throws(CELError) -> [Token] {
    var lexer = Lexer(text)
    var tokens: [Token] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private func byte(_ offset: Int = 0) -> UInt8 {
    index + offset < text.count ? text[index + offset] : 0
  }

  private mutating func next() throws(CELError) -> Token {
    skipSpace()
    let start = index
    guard index < text.count else { return Token(kind: .end, range: TextRange(start, start)) }
    let first = text[index]
    let kind: Token.Kind
    if Self.isDigit(first) || first == UInt8(ascii: ".") && Self.isDigit(byte(1)) {
      kind = try number()
    } else if let quote = stringStart() {
      kind = try string(quote)
    } else if Self.isLetter(first) {
      while Self.isLetter(byte()) || Self.isDigit(byte()) { index += 1 }
      kind = .identifier(String(decoding: text[start..<index], as: UTF8.self))
    } else if first == UInt8(ascii: "`") {
      kind = try quotedIdentifier()
    } else {
      kind = .symbol(try punctuation())
    }
    return Token(kind: kind, range: TextRange(start, index))
  }

  private mutating func skipSpace() {
    while index < text.count {
      switch text[index] {
      case 0x09, 0x0A, 0x0C, 0x0D, 0x20: index += 1
      case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"):
        while index < text.count, text[index] != 0x0A, text[index] != 0x0D { index += 1 }
      default: return
      }
    }
  }

  private mutating func punctuation() throws(CELError) -> Punctuation {
    let start = index
    if index + 1 < text.count,
      let two = Punctuation(rawValue: String(decoding: text[index...(index + 1)], as: UTF8.self))
    {
      index += 2
      return two
    }
    if text[index] < 0x80,
      let one = Punctuation(rawValue: String(Unicode.Scalar(text[index])))
    {
      index += 1
      return one
    }
    let rest = String(decoding: text[index...], as: UTF8.self)
    let character = rest.unicodeScalars.first.map { String($0) } ?? ""
    let hint: String? =
      switch character {
      case "=": "use '==' to compare"
      case "&": "use '&&' instead of 'and'"
      case "|": "use '||' instead of 'or'"
      case "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}":
        "use straight quotes: '…'"
      case "$", "@": "use 'self' for the selected node and 'root' for the whole request"
      default: nil
      }
    throw CELError(
      .badCharacter(character, hint: hint), TextRange(at: start, count: character.utf8.count))
  }

  // MARK: Numbers

  private mutating func number() throws(CELError) -> Token.Kind {
    let start = index
    if byte() == UInt8(ascii: "0"), byte(1) | 0x20 == UInt8(ascii: "x"),
      StringEscape.hexadecimalValue(byte(2)) != nil
    {
      index += 2
      while StringEscape.hexadecimalValue(byte()) != nil { index += 1 }
      return try finishInteger(from: start)
    }
    while Self.isDigit(byte()) { index += 1 }
    var isDouble = false
    if byte() == UInt8(ascii: "."), Self.isDigit(byte(1)) {
      isDouble = true
      index += 1
      while Self.isDigit(byte()) { index += 1 }
    }
    if byte() | 0x20 == UInt8(ascii: "e") {
      let hasSign = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
      if Self.isDigit(byte(hasSign ? 2 : 1)) {
        isDouble = true
        index += hasSign ? 2 : 1
        while Self.isDigit(byte()) { index += 1 }
      }
    }
    if isDouble {
      try refuseLetter(from: start)
      return .double(String(decoding: text[start..<index], as: UTF8.self))
    }
    return try finishInteger(from: start)
  }

  private mutating func finishInteger(from start: Int) throws(CELError) -> Token.Kind {
    let digits = String(decoding: text[start..<index], as: UTF8.self)
    if byte() | 0x20 == UInt8(ascii: "u") {
      index += 1
      try refuseLetter(from: start)
      return .unsigned(digits)
    }
    try refuseLetter(from: start)
    return .integer(digits)
  }

  /// `12abc` is a slip, not a number and a name.
  private mutating func refuseLetter(from start: Int) throws(CELError) {
    guard Self.isLetter(byte()) else { return }
    while Self.isLetter(byte()) || Self.isDigit(byte()) { index += 1 }
    throw CELError(
      .badNumber(String(decoding: text[start..<index], as: UTF8.self)), TextRange(start, index))
  }

  // MARK: Strings

  private struct Quote {
    var byte: UInt8
    var isTriple: Bool
    var isRaw: Bool
    var isBytes: Bool
  }

  /// Reads a string's prefix and opening quote, if a string begins here.
  private mutating func stringStart() -> Quote? {
    var offset = 0
    var isRaw = false
    var isBytes = false
    prefix: while true {
      switch byte(offset) | 0x20 {
      case UInt8(ascii: "r") where !isRaw: isRaw = true
      case UInt8(ascii: "b") where !isBytes && !isRaw: isBytes = true
      default: break prefix
      }
      offset += 1
    }
    let quote = byte(offset)
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
    let isTriple = byte(offset + 1) == quote && byte(offset + 2) == quote
    index += offset + (isTriple ? 3 : 1)
    return Quote(byte: quote, isTriple: isTriple, isRaw: isRaw, isBytes: isBytes)
  }

  private mutating func string(_ quote: Quote) throws(CELError) -> Token.Kind {
    let start = index - 1
    var result: [UInt8] = []
    while true {
      guard index < text.count else {
        throw CELError(.unterminatedString, TextRange(start, text.count))
      }
      let current = text[index]
      if current == quote.byte {
        if !quote.isTriple {
          index += 1
          break
        }
        if byte(1) == quote.byte, byte(2) == quote.byte {
          index += 3
          break
        }
      } else if !quote.isTriple, current == 0x0A || current == 0x0D {
        throw CELError(.unterminatedString, TextRange(start, index))
      }
      if current == UInt8(ascii: "\\"), !quote.isRaw {
        index = try StringEscape.read(in: text, at: index, isBytes: quote.isBytes, into: &result)
      } else {
        result.append(current)
        index += 1
      }
    }
    return quote.isBytes ? .bytes(result) : .string(result)
  }

  private mutating func quotedIdentifier() throws(CELError) -> Token.Kind {
    let start = index
    index += 1
    while index < text.count, text[index] != UInt8(ascii: "`") {
      let isAllowed =
        Self.isLetter(text[index]) || Self.isDigit(text[index])
        || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: " ")].contains(
          text[index])
      guard isAllowed else { break }
      index += 1
    }
    guard byte() == UInt8(ascii: "`"), index > start + 1 else {
      throw CELError(
        .expected(
          "a name of letters, digits, '_', '.', '-', '/' and a closing '`'", found: "other text",
          hint: "use ['…'] to read any member"),
        TextRange(start, min(index + 1, text.count)))
    }
    index += 1
    return .quotedIdentifier(String(decoding: text[(start + 1)..<(index - 1)], as: UTF8.self))
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
  }
}
