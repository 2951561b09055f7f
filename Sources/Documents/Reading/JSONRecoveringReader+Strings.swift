import SourceText

/// Strings and names, in whatever quotes they are written.
extension JSONRecoveringReader {
  /// Reads a string or name in whatever quotes it stands, or a name without any.
  ///
  /// The result is the range of its text, without quotes.
  mutating func readStringLike(isName: Bool) -> TextRange {
    let start = cursor
    let opening = source[cursor]
    if opening == UInt8(ascii: "\"") { return readQuoted(isName: isName, closing: [opening]) }
    if opening == UInt8(ascii: "'") || opening == UInt8(ascii: "`") {
      let quote = opening == UInt8(ascii: "'") ? "'" : "`"
      report(
        .syntax, TextRange(at: start, count: 1),
        "JSON strings use double quotes: \"…\", not \(own: quote)…\(own: quote)")
      return readQuoted(isName: isName, closing: [opening])
    }
    if isTypographicQuote(at: cursor) {
      report(
        .syntax, TextRange(at: start, count: 3),
        "\(shown(at: start)) is a typographic quote; use a plain double quote (\")")
      // “ and ” differ in their last byte; either may close.
      return readQuoted(isName: isName, closing: [0xE2, 0x80, 0x9D])
    }
    while cursor < end, isWordByte(source[cursor]) || source[cursor] == UInt8(ascii: "-") {
      cursor += 1
    }
    let range = TextRange(start, cursor)
    report(.syntax, range, "member name \(quoted(range)) must be in double quotes")
    builder.name(range, text: Array(source[start..<cursor]))
    // The quote that closes a name whose opening quote is missing.
    if cursor < end, source[cursor] == UInt8(ascii: "\""),
      byte(afterBlanksFrom: cursor + 1) == UInt8(ascii: ":")
    {
      cursor += 1
    }
    return range
  }

  /// Reads to the closing quote, past escapes; the cursor is at the opening quote.
  private mutating func readQuoted(isName: Bool, closing: [UInt8]) -> TextRange {
    let start = cursor
    cursor += closing.count
    let content = cursor
    var needsText = closing != [UInt8(ascii: "\"")]
    var text: [UInt8] = []
    var isClosed = false
    var goesOn = false
    // Where the string ends whose quotes are in disorder.
    var lastQuote = cursor
    var cut: Int?
    scan: while cursor < end {
      let byte = source[cursor]
      if source[cursor...].starts(with: closing) {
        if cursor < lastQuote {
          text.append(byte)
          cursor += 1
          continue
        }
        switch closing == [UInt8(ascii: "\"")] ? roleOfQuote(in: content, isName: isName) : .closes
        {
        case .closes:
          isClosed = true
          break scan
        case .isPart(let last):
          lastQuote = last
          needsText = true
          reportUnclear(
            TextRange(at: cursor, count: 1), "unescaped quotation mark in a string; write \\\"")
        case .opensNext(let end):
          cut = end
          break scan
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\\"): needsText = readEscape(into: &text) || needsText
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if !goesOn {
          guard isClosedLater(isName: isName, closing: closing) else { break scan }
          goesOn = true
          needsText = true
          let isPair = source[cursor..<end].starts(with: [0x0D, 0x0A])
          report(
            .syntax, TextRange(at: cursor, count: isPair ? 2 : 1),
            "unescaped line break in a string; write \\n")
        }
        text.append(byte)
        cursor += 1
      case 0..<0x20:
        report(
          .syntax, TextRange(at: cursor, count: 1),
          byte == 0x09
            ? "unescaped tab in a string; write \\t"
            : "unescaped control character \(shown(at: cursor)) in a string; write it as an escape")
        text.append(byte)
        cursor += 1
        needsText = true
      case 0x20..<0x80:
        text.append(byte)
        cursor += 1
      default: needsText = readMultibyte(into: &text) || needsText
      }
    }
    if !isClosed, cut == nil { cut = endOfUnclosed(from: content, isName: isName) }
    if let cut {
      cursor = cut
      text = Array(source[content..<cut])
    }
    let range = TextRange(content, cursor)
    if isClosed {
      cursor += closing.count
    } else if let cut, cut < end, !source[cut].isLineBreak {
      reportUnclear(
        TextRange(at: start, count: closing.count),
        isName
          ? "member name is missing its closing quote"
          : "string is missing its closing quote")
      needsText = true
    } else {
      reportUnclear(
        TextRange(at: start, count: closing.count),
        cursor < end
          ? "string is not closed on its line; write line breaks as \\n"
          : "string is never closed; add the closing quote")
      needsText = true
    }
    let whole = TextRange(start, cursor)
    if isName {
      builder.name(whole, text: needsText ? text : nil)
    } else {
      builder.string(whole, text: needsText ? text : nil)
    }
    return range
  }

  /// Whether a string that meets a line break ends where a string may end, on a later line.
  ///
  /// Otherwise the next quote is more likely to begin another string.
  private func isClosedLater(isName: Bool, closing: [UInt8]) -> Bool {
    var index = cursor
    while index < end, !source[index...].starts(with: closing) {
      index += source[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard index < end else { return false }
    index += closing.count
    while index < end, source[index] == UInt8(ascii: " ") || source[index] == UInt8(ascii: "\t") {
      index += 1
    }
    guard index < end else { return true }
    switch source[index] {
    case UInt8(ascii: ":"): return isName
    case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: "\n"),
      UInt8(ascii: "\r"):
      return !isName
    default: return false
    }
  }

  /// Reads an escape; true where it is not a good one, so that the text must be kept apart.
  private mutating func readEscape(into text: inout [UInt8]) -> Bool {
    let start = cursor
    let rest = source[start..<end]
    guard start + 1 < end else {
      text.append(UInt8(ascii: "\\"))
      cursor += 1
      return true
    }
    switch source[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      text.append(contentsOf: StringEscapes.decoded(rest.prefix(2)))
      cursor += 2
      return false
    case UInt8(ascii: "u"):
      guard let unit = StringEscapes.codeUnit(at: start + 2, in: rest) else {
        report(
          .syntax, TextRange(at: start, count: 2),
          "\\u needs four hexadecimal digits, such as \\u00e9")
        text.append(contentsOf: "\u{FFFD}".utf8)
        cursor += 2
        return true
      }
      if unit & 0xF800 == 0xD800 {
        if unit < 0xDC00, rest.dropFirst(6).starts(with: "\\u".utf8),
          let low = StringEscapes.codeUnit(at: start + 8, in: rest), low & 0xFC00 == 0xDC00
        {
          text.append(contentsOf: StringEscapes.decoded(rest.prefix(12)))
          cursor += 12
          return false
        }
        report(
          .encoding, TextRange(at: start, count: 6),
          "\(SyntaxMessage.Quote(self.text(of: TextRange(at: start, count: 6)), of: TextRange(at: start, count: 6))) is half of a surrogate pair; write the character itself or both halves"
        )
      }
      text.append(contentsOf: StringEscapes.decoded(rest.prefix(6)))
      cursor += 6
      return false
    default:
      let count = 1 + characterCount(at: start + 1)
      let isPlainQuote = source[start + 1] == UInt8(ascii: "'")
      report(
        .syntax, TextRange(at: start, count: count),
        isPlainQuote
          ? "\\' is not a JSON escape; remove the backslash"
          : "\\ before \(shown(at: start + 1)) is not a JSON escape; write \\\\ for a backslash")
      if !isPlainQuote { text.append(UInt8(ascii: "\\")) }
      if count > 1, start + count <= end, source[start + 1] >= 0x20 {
        text.append(contentsOf: source[(start + 1)..<(start + count)])
        cursor = start + count
      } else {
        cursor += 1
      }
      return true
    }
  }

  /// Reads a character beyond ASCII; true where the bytes are no UTF-8.
  private mutating func readMultibyte(into text: inout [UInt8]) -> Bool {
    let start = cursor
    let length = scalarLength(at: start)
    if length > 0 {
      text.append(contentsOf: source[start..<(start + length)])
      cursor += length
      return false
    }
    while cursor < end, source[cursor] >= 0x80, scalarLength(at: cursor) == 0 {
      cursor += 1
    }
    text.append(contentsOf: "\u{FFFD}".utf8)
    report(
      .encoding, TextRange(start, cursor),
      "\(SyntaxMessage.Quote("byte \(Self.hexadecimal(source[start]))", of: TextRange(start, cursor))) is not UTF-8; save the text as UTF-8"
    )
    return true
  }

  /// The length of the well-formed UTF-8 sequence at an index before the end; 0 where there is none.
  func scalarLength(at index: Int) -> Int {
    UTF8Decoder.length(in: source.span.extracting(..<end), at: index)
  }
}
