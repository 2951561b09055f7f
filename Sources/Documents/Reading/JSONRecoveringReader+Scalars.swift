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
          "'...' is a placeholder for omitted text; write the value that belongs here")
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
      let (found, meant) = (
        SyntaxMessage.Quote("'\(word)'", of: range),
        SyntaxMessage.Quote("'\(word.lowercased())'", of: range)
      )
      report(.syntax, range, "\(found) is written \(meant) in JSON")
      builder.boolean(word.lowercased() == "true", range)
    case let word where ["null", "none", "nil"].contains(word.lowercased()):
      report(
        .syntax, range,
        "\(SyntaxMessage.Quote("'\(word)'", of: range)) is written 'null' in JSON")
      builder.null(range)
    case let word where word == "NaN" || word == "Infinity":
      reportUnclear(
        range,
        "\(SyntaxMessage.Quote("'\(word)'", of: range)) is not a JSON number; write a number or omit the member"
      )
      builder.absent(range)
    case "undefined":
      reportUnclear(range, "'undefined' is not a JSON value; omit the member or write null")
      builder.absent(range)
    default: readUnquoted(from: start)
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
    let shown = quoted(range)
    if Self.isNumber(text) {
      builder.number(range)
    } else if unsigned.starts(with: "Infinity".utf8) {
      reportUnclear(range, "\(shown) is not a JSON number; write a number or omit the member")
      builder.absent(range)
    } else if unsigned.count > 2, unsigned[0] == UInt8(ascii: "0"), unsigned[1] | 0x20 == 0x78,
      let value = UInt64(String(decoding: unsigned.dropFirst(2), as: UTF8.self), radix: 16)
    {
      let decimal = SyntaxMessage.Quote(String(value), of: range)
      report(.syntax, range, "hexadecimal numbers are not allowed in JSON; write \(decimal)")
      builder.number(range, text: sign + Array(String(value).utf8))
    } else if text.first == UInt8(ascii: "+"), Self.isNumber(unsigned) {
      report(.syntax, range, "'+' before a number is not allowed in JSON; remove it")
      builder.number(range, text: unsigned)
    } else if unsigned.first == UInt8(ascii: "0"),
      case let rest = Array(unsigned.drop { $0 == UInt8(ascii: "0") }),
      case let digits = rest.first.map({ Self.isDigit($0) ? rest : [0x30] + rest }) ?? [0x30],
      Self.isNumber(sign + digits)
    {
      report(.syntax, range, "leading zeros are not allowed in JSON; remove them")
      builder.number(range, text: sign + digits)
    } else if unsigned.first == UInt8(ascii: "."), Self.isNumber(sign + [0x30] + unsigned) {
      report(.syntax, range, "missing digit before '.'; write 0")
      builder.number(range, text: sign + [0x30] + unsigned)
    } else if text.last == UInt8(ascii: "."), Self.isNumber(Array(text.dropLast())) {
      report(.syntax, range, "missing digit after '.'; add a digit or remove the '.'")
      builder.number(range, text: Array(text.dropLast()))
    } else {
      if reportMissingOpeningQuote(from: start) { return }
      reportUnclear(range, "\(shown) is not a JSON number; put text in double quotes")
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

  func isTypographicQuote(at index: Int) -> Bool {
    source[index..<end].starts(with: "“".utf8) || source[index..<end].starts(with: "”".utf8)
  }

  /// How many bytes the character at `index` takes; 1 for a byte that is no UTF-8.
  func characterCount(at index: Int) -> Int {
    index < end ? max(1, scalarLength(at: index)) : 0
  }

  // MARK: - Quotes for messages

  func text(of range: TextRange) -> String {
    String(decoding: source[range.lowerBound..<range.upperBound], as: UTF8.self)
  }

  /// A part of the text as messages show it: in double quotes, not too long.
  func quoted(_ range: TextRange) -> SyntaxMessage.Quote {
    SyntaxMessage.Quote(shortening: text(of: range), of: range)
  }

  /// The character at an offset as messages show it.
  func shown(at index: Int) -> SyntaxMessage.Quote {
    guard index < end else { return .init("the end", of: TextRange(at: end)) }
    let length = scalarLength(at: index)
    let range = TextRange(at: index, count: max(1, length))
    guard length > 0 else { return .init("the byte \(Self.hexadecimal(source[index]))", of: range) }
    let text = text(of: range)
    guard let scalar = text.unicodeScalars.first else { return .init("''", of: range) }
    let isPlain = scalar.value >= 0x20 && scalar.properties.generalCategory.isVisible
    return .init(isPlain ? "'\(text)'" : "U+\(Self.hexadecimal(scalar.value))", of: range)
  }

  static func hexadecimal(_ byte: UInt8) -> String {
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
