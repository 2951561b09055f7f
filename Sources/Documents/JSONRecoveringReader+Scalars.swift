import SourceText

extension JSONRecoveringReader {
  /// Reads one value, or opens the container that begins here.
  mutating func readValue() {
    if let end = placeholderEnd(at: cursor) { return readPlaceholder(to: end) }
    switch source[cursor] {
    case UInt8(ascii: "{"): open(isObject: true)
    case UInt8(ascii: "["): open(isObject: false)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): _ = readStringLike(isName: false)
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      if isEllipsis(at: cursor) {
        let start = cursor
        while cursor < end, source[cursor] == UInt8(ascii: ".") { cursor += 1 }
        reportUnclear(
          TextRange(start, cursor),
          "'...' is a guide's sign for something left out; write the value that belongs here")
        builder.absent(TextRange(start, cursor))
      } else {
        readNumber()
      }
    case let byte where isWordByte(byte): readWord()
    default:
      if isTypographicQuote(at: cursor) {
        _ = readStringLike(isName: false)
      } else {
        let start = cursor
        readJunk(expecting: "a value")
        builder.absent(TextRange(start, start))
      }
    }
  }

  // MARK: - Words

  private mutating func readWord() {
    let start = cursor
    while cursor < end, isWordByte(source[cursor]) { cursor += 1 }
    let range = TextRange(start, cursor)
    switch String(decoding: source[start..<cursor], as: UTF8.self) {
    case "true": builder.boolean(true, range)
    case "false": builder.boolean(false, range)
    case "null": builder.null(range)
    case let word where word.lowercased() == "true" || word.lowercased() == "false":
      report(.syntax, range, "'\(word)' is written '\(word.lowercased())' in JSON")
      builder.boolean(word.lowercased() == "true", range)
    case let word where ["null", "none", "nil"].contains(word.lowercased()):
      report(.syntax, range, "'\(word)' is written 'null' in JSON")
      builder.null(range)
    case let word where word == "NaN" || word == "Infinity":
      reportUnclear(range, "'\(word)' is no JSON number; write a number or leave the member out")
      builder.absent(range)
    case "undefined":
      reportUnclear(range, "'undefined' is no JSON value; leave the member out or write null")
      builder.absent(range)
    case let word:
      reportUnclear(
        range, "\(quoted(word)) is no JSON value; a string stands in double quotes")
      builder.absent(range)
    }
  }

  // MARK: - Numbers

  private mutating func readNumber() {
    let start = cursor
    while cursor < end, isNumberByte(source[cursor]) { cursor += 1 }
    let range = TextRange(start, cursor)
    let text = Array(source[start..<cursor])
    let sign: [UInt8] = text.first == UInt8(ascii: "-") ? [UInt8(ascii: "-")] : []
    let isSigned = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+")
    let unsigned = isSigned ? Array(text.dropFirst()) : text
    let shown = quoted(String(decoding: text, as: UTF8.self))
    if Self.isNumber(text) {
      builder.number(range)
    } else if unsigned.starts(with: "Infinity".utf8) {
      reportUnclear(range, "\(shown) is no JSON number; write a number or leave the member out")
      builder.absent(range)
    } else if unsigned.count > 2, unsigned[0] == UInt8(ascii: "0"), unsigned[1] | 0x20 == 0x78,
      let value = UInt64(String(decoding: unsigned.dropFirst(2), as: UTF8.self), radix: 16)
    {
      report(.syntax, range, "JSON has no hexadecimal numbers; write \(value)")
      builder.number(range, text: sign + Array(String(value).utf8))
    } else if text.first == UInt8(ascii: "+"), Self.isNumber(unsigned) {
      report(.syntax, range, "a JSON number has no '+' before it; remove it")
      builder.number(range, text: unsigned)
    } else if unsigned.first == UInt8(ascii: "0"),
      case let rest = Array(unsigned.drop { $0 == UInt8(ascii: "0") }),
      case let digits = rest.first.map({ Self.isDigit($0) ? rest : [0x30] + rest }) ?? [0x30],
      Self.isNumber(sign + digits)
    {
      report(.syntax, range, "a JSON number does not begin with 0; write it without")
      builder.number(range, text: sign + digits)
    } else if unsigned.first == UInt8(ascii: "."), Self.isNumber(sign + [0x30] + unsigned) {
      report(.syntax, range, "a JSON number has a digit before its '.'; write 0 there")
      builder.number(range, text: sign + [0x30] + unsigned)
    } else if text.last == UInt8(ascii: "."), Self.isNumber(Array(text.dropLast())) {
      report(.syntax, range, "a JSON number has a digit after its '.'; remove the '.'")
      builder.number(range, text: Array(text.dropLast()))
    } else {
      reportUnclear(range, "\(shown) is no JSON number; text stands in double quotes")
      builder.absent(range)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Whether bytes are a number by RFC 8259, section 6.
  private static func isNumber(_ text: [UInt8]) -> Bool {
    var index = 0
    func digits() -> Int {
      let start = index
      while index < text.count, isDigit(text[index]) { index += 1 }
      return index - start
    }
    if index < text.count, text[index] == UInt8(ascii: "-") { index += 1 }
    let whole = index
    let count = digits()
    guard count > 0, text[whole] != UInt8(ascii: "0") || count == 1 else { return false }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index += 1
      guard digits() > 0 else { return false }
    }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") {
        index += 1
      }
      guard digits() > 0 else { return false }
    }
    return index == text.count
  }

  // MARK: - Strings

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
        "strings stand in double quotes in JSON: \"…\", not \(quote)…\(quote)")
      return readQuoted(isName: isName, closing: [opening])
    }
    if isTypographicQuote(at: cursor) {
      report(
        .syntax, TextRange(at: start, count: 3),
        "\(shown(at: start)) is a typographic quote; JSON takes plain double quotes: \"")
      // “ and ” differ in their last byte; either may close.
      return readQuoted(isName: isName, closing: [0xE2, 0x80, 0x9D])
    }
    while cursor < end, isWordByte(source[cursor]) || source[cursor] == UInt8(ascii: "-") {
      cursor += 1
    }
    let range = TextRange(start, cursor)
    let name = quoted(String(decoding: source[start..<cursor], as: UTF8.self))
    report(.syntax, range, "the name \(name) must stand in double quotes")
    builder.name(range, text: Array(source[start..<cursor]))
    return range
  }

  /// Reads to the closing quote, past escapes; the cursor stands at the opening quote.
  private mutating func readQuoted(isName: Bool, closing: [UInt8]) -> TextRange {
    let start = cursor
    cursor += closing.count
    let content = cursor
    var needsText = closing != [UInt8(ascii: "\"")]
    var text: [UInt8] = []
    var isClosed = false
    var goesOn = false
    scan: while cursor < end {
      let byte = source[cursor]
      if source[cursor...].starts(with: closing) {
        isClosed = true
        break scan
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
            "a line break inside a string is written \\n")
        }
        text.append(byte)
        cursor += 1
      case 0..<0x20:
        report(
          .syntax, TextRange(at: cursor, count: 1),
          byte == 0x09
            ? "a tab inside a string is written \\t"
            : "the control character \(shown(at: cursor)) inside a string is written as an escape")
        text.append(byte)
        cursor += 1
        needsText = true
      case 0x20..<0x80:
        text.append(byte)
        cursor += 1
      default: needsText = readMultibyte(into: &text) || needsText
      }
    }
    let range = TextRange(content, cursor)
    if isClosed {
      cursor += closing.count
    } else {
      reportUnclear(
        TextRange(at: start, count: closing.count),
        cursor < end
          ? "the string that begins here is not closed on its line; a line break in it is written \\n"
          : "the string that begins here is never closed")
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
          .syntax, TextRange(at: start, count: 2), "\\u takes four hexadecimal digits: \\u00e9")
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
          "\(shown(escape: rest.prefix(6))) is half of a surrogate pair; no character is written so"
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
          ? "a single quote is not escaped in JSON; remove the backslash"
          : "\\ before \(shown(at: start + 1)) is no escape of JSON; a backslash is written \\\\")
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
    let length = Self.scalarLength(source[start..<end])
    if length > 0 {
      text.append(contentsOf: source[start..<(start + length)])
      cursor += length
      return false
    }
    while cursor < end, source[cursor] >= 0x80, Self.scalarLength(source[cursor..<end]) == 0 {
      cursor += 1
    }
    text.append(contentsOf: "\u{FFFD}".utf8)
    report(
      .encoding, TextRange(start, cursor),
      "the byte \(Self.hexadecimal(source[start])) is not UTF-8; save the text as UTF-8")
    return true
  }

  /// The length of the well-formed UTF-8 sequence that the bytes begin with; 0 if they do not.
  static func scalarLength(_ bytes: ArraySlice<UInt8>) -> Int {
    var iterator = bytes.prefix(4).makeIterator()
    var decoder = UTF8()
    if case .scalarValue(let scalar) = decoder.decode(&iterator) { return UTF8.width(scalar) }
    return 0
  }

  // MARK: - Characters

  func startsName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
      || isWordByte(byte) || isTypographicQuote(at: cursor)
  }

  func startsValue(_ byte: UInt8) -> Bool {
    startsName(byte) || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
  }

  func isStructural(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]"): true
    default: false
    }
  }

  func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"):
      true
    default: false
    }
  }

  private func isNumberByte(_ byte: UInt8) -> Bool {
    isWordByte(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "-")
  }

  func isEllipsis(at index: Int) -> Bool {
    source[index..<end].starts(with: "..".utf8) || isEllipsisCharacter(at: index)
  }

  func isEllipsisCharacter(at index: Int) -> Bool {
    source[index..<end].starts(with: "…".utf8)
  }

  private func isTypographicQuote(at index: Int) -> Bool {
    source[index..<end].starts(with: "“".utf8) || source[index..<end].starts(with: "”".utf8)
  }

  /// How many bytes the character at `index` takes; 1 for a byte that is no UTF-8.
  func characterCount(at index: Int) -> Int {
    index < end ? max(1, Self.scalarLength(source[index..<end])) : 0
  }

  // MARK: - Words for messages

  /// A name as messages show it: in double quotes, not too long.
  func quoted(_ range: TextRange) -> String {
    quoted(String(decoding: source[range.lowerBound..<range.upperBound], as: UTF8.self))
  }

  func quoted(_ text: String) -> String {
    let shortened = text.unicodeScalars.count > 40 ? "\(text.unicodeScalars.prefix(40))…" : text
    return "\"\(shortened)\""
  }

  func shown(at index: Int) -> String {
    guard index < end else { return "the end" }
    let length = Self.scalarLength(source[index..<end])
    guard length > 0 else { return "the byte \(Self.hexadecimal(source[index]))" }
    let text = String(decoding: source[index..<(index + length)], as: UTF8.self)
    guard let scalar = text.unicodeScalars.first else { return "''" }
    let isPlain = scalar.value >= 0x20 && scalar.properties.generalCategory.isVisible
    return isPlain ? "'\(text)'" : "U+\(Self.hexadecimal(scalar.value))"
  }

  private func shown(escape: ArraySlice<UInt8>) -> String {
    String(decoding: escape, as: UTF8.self)
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    "0x" + String(UInt32(byte) | 0x100, radix: 16, uppercase: true).dropFirst()
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension Unicode.GeneralCategory {
  /// Whether a character of this category shows as itself in a message.
  fileprivate var isVisible: Bool {
    switch self {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator, .nonspacingMark, .enclosingMark:
      false
    default: true
    }
  }
}
