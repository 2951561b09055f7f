import Documents
package import SourceText

extension SensitiveText {
  /// How many encodings inside each other are undone; what is left behind them is hidden.
  static let depthLimit = 8

  /// What is marked inside a string, in offsets of its decoded text.
  ///
  /// Of JSON, whether or not it is well formed, the values of sensitive names. Of other text that has
  /// such a name with a value beside it, all; so too where the name is encoded for a URL or for markup,
  /// by escapes of strings, or in base64.
  package func ranges(inString text: ArraySlice<UInt8>, depth: Int = 0) -> [TextRange] {
    guard !names.isEmpty, !text.isEmpty else { return [] }
    // A name with one code point missing and a sign behind it are the least that can be marked.
    guard names.coversAll || text.count >= names.shortest else { return [] }
    let signs = Signs(text)
    let mayHoldJSON =
      signs.hasBracket || text.first { $0 > 0x20 } == UInt8(ascii: "\"")
    if mayHoldJSON {
      // What may be inside is not known there.
      if depth >= Self.depthLimit { return [TextRange(0, text.count)] }
      var document = Document(source: Array(text))
      if JSONReader.read(into: &document) {
        let parts = parts(in: document, depth: depth)
        return (parts.nodes + parts.strings).map { document.range(of: $0) }
      }
    }
    if holdsEncoded(text, signs, depth: depth) { return [TextRange(0, text.count)] }
    guard mayHoldJSON else {
      return signs.hasSeparator && holdsMember(text) ? [TextRange(0, text.count)] : []
    }
    // Not every text with a bracket in it is JSON.
    return names.coversAll ? [] : ranges(in: Array(text), .json)
  }

  /// What bytes a text has: most texts have none that call for a closer look.
  private struct Signs {
    /// The kinds of all of its bytes, as bits.
    private var kinds: UInt8 = 0

    /// Whether there is a bracket or a brace that opens.
    var hasBracket: Bool { kinds & Self.bracket != 0 }
    /// Whether there is what begins an escape of a URL, of markup or of a string.
    var hasEscape: Bool { kinds & Self.escape != 0 }
    /// Whether there is what is between a name and its value.
    var hasSeparator: Bool { kinds & Self.separator != 0 }

    private static let bracket: UInt8 = 1
    private static let escape: UInt8 = 2
    private static let separator: UInt8 = 4

    /// Looks at a text's bytes in one pass.
    init(_ text: ArraySlice<UInt8>) {
      var all: UInt8 = 0
      unsafe Self.table.withUnsafeBufferPointer { table in
        unsafe text.withUnsafeBufferPointer { bytes in
          for index in 0..<bytes.count { all |= unsafe table[Int(bytes[index])] }
        }
      }
      kinds = all
    }

    private static let table: [UInt8] = (UInt8.min...UInt8.max).map { byte in
      var kinds: UInt8 = 0
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { kinds |= bracket }
      if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "\\") {
        kinds |= escape
      }
      if TextScan.isSeparator(byte) { kinds |= separator }
      return kinds
    }
  }

  /// Whether a text that is no JSON has a sensitive name and a sign that its value is beside it.
  private func holdsMember(_ text: ArraySlice<UInt8>) -> Bool {
    guard names.mayBeIn(text) else { return false }
    let bytes = Array(text)
    let scan = TextScan(bytes: bytes, names: names, .json)
    var index = 0
    while index < bytes.count {
      if scan.isNameStart(index), let end = scan.nameEnd(from: index), scan.hasSeparator(after: end)
      {
        return true
      }
      index += 1
    }
    return false
  }

  // MARK: - Encodings

  /// What is encoded in malformed text, as far as quotation marks and line ends part it, and holds
  /// something sensitive, with what may belong to it.
  package func encodedRanges(in bytes: [UInt8], _ syntax: Syntax) -> [TextRange] {
    guard !names.isEmpty, !names.coversAll else { return [] }
    let scan = TextScan(bytes: bytes, names: names, syntax)
    var ranges: [TextRange] = []
    var start = 0
    for index in 0...bytes.count {
      let ends =
        index == bytes.count || bytes[index] == 0x0A || bytes[index] == 0x0D
        // A quotation mark of a string inside a string has a backslash before it.
        || bytes[index] == UInt8(ascii: "\"") && (index == 0 || bytes[index - 1] != 0x5C)
      guard ends else { continue }
      let part = bytes[start..<index]
      let isCovered = index <= ranges.last?.upperBound ?? 0
      if !part.isEmpty, !isCovered, holdsEncoded(part, Signs(part), depth: 0) {
        ranges.append(scan.stretch(from: TextRange(start, index)))
      }
      start = index + 1
    }
    return ranges
  }

  /// Whether an encoded part of a text holds something sensitive, or more than may be decoded.
  private func holdsEncoded(_ text: ArraySlice<UInt8>, _ signs: Signs, depth: Int) -> Bool {
    guard signs.hasEscape, let decoded = EncodedText.unescaped(text) else {
      return holdsBase64(text, depth: depth)
    }
    return depth >= Self.depthLimit
      || !ranges(inString: decoded[...], depth: depth + 1).isEmpty
      // Most of it is in the decoded text as well, and decoded there.
      || holdsBase64(text, depth: nil)
  }

  /// Whether parts of a text in base64 hold something sensitive; without a depth, what is encoded in
  /// them is not decoded.
  private func holdsBase64(_ text: ArraySlice<UInt8>, depth: Int?) -> Bool {
    // A name and a sign behind it, of which six bits are one character.
    let shortest = max((names.shortest + 2) * 4 / 3, 6)
    guard text.count >= shortest else { return false }
    var rest = text
    while let run = EncodedText.nextBase64Run(in: &rest, atLeast: shortest) {
      if EncodedText.isUUID(run) { continue }
      let whole = content(ofBase64: run, depth: depth)
      if whole == .marked { return true }
      if whole == .text { continue }
      // Words of a path or a name before the encoded text may be of the same characters.
      var previous = run.startIndex
      var start = run.startIndex
      for index in run.startIndex...run.endIndex
      where index == run.endIndex || EncodedText.isDivider(run[index]) {
        let part = run[start..<index]
        if part.count >= shortest, part.count < run.count,
          content(ofBase64: part, depth: depth) == .marked
        {
          return true
        }
        // The divider may be a part of the encoded text, between a name and its value.
        let pair = run[previous..<index]
        if previous < start, pair.count >= shortest, pair.count < run.count,
          content(ofBase64: pair, depth: nil) == .marked
        {
          return true
        }
        previous = start
        start = index + 1
      }
    }
    return false
  }

  /// What a part of a text is as base64.
  private enum Base64Content {
    case bytes, text, marked
  }

  private func content(ofBase64 run: ArraySlice<UInt8>, depth: Int?) -> Base64Content {
    var content = Base64Content.bytes
    // What is before the encoded text may be of the same characters.
    for start in 0..<4 {
      let part = run.dropFirst(start)
      guard EncodedText.mayBeText(part) else { continue }
      // Most of what looks like base64 is none: a name or a number, whose bytes are chance.
      let kind = EncodedText.kind(ofBase64: part)
      guard kind != .bytes else { continue }
      if let depth, depth >= Self.depthLimit { return .marked }
      let decoded = EncodedText.decoded(part)[...]
      if let depth, kind == .text {
        if !ranges(inString: decoded, depth: depth + 1).isEmpty { return .marked }
      } else if holdsMember(decoded) {
        return .marked
      }
      if kind == .text { content = .text }
    }
    return content
  }
}

/// Undoes the encodings in which strings hold other texts.
private enum EncodedText {
  // MARK: - Escapes

  /// The text with its escapes decoded: of URLs, of markup and of strings; nil where it has none.
  static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var hasEscapes = false
    var index = text.startIndex
    while index < text.endIndex {
      let escape: (scalar: UInt32, isByte: Bool, end: Int)? =
        switch text[index] {
        case UInt8(ascii: "%") where text[(index + 1)...].first == UInt8(ascii: "u"):
          hex(text, index + 2, 4).map { ($0, false, index + 6) }
        case UInt8(ascii: "%"): hex(text, index + 1, 2).map { ($0, true, index + 3) }
        case UInt8(ascii: "&"): entity(text, index + 1).map { ($0.scalar, false, $0.end) }
        case UInt8(ascii: "\\"): stringEscape(text, index + 1).map { ($0.scalar, false, $0.end) }
        default: nil
        }
      guard let escape else {
        bytes.append(text[index])
        index += 1
        continue
      }
      hasEscapes = true
      if escape.isByte {
        bytes.append(UInt8(truncatingIfNeeded: escape.scalar))
      } else {
        bytes += String(Unicode.Scalar(escape.scalar) ?? "\u{FFFD}").utf8
      }
      index = escape.end
    }
    return hasEscapes ? bytes : nil
  }

  private static func hex(_ text: ArraySlice<UInt8>, _ start: Int, _ count: Int) -> UInt32? {
    guard start + count <= text.endIndex else { return nil }
    return number(text[start..<(start + count)], radix: 16)
  }

  private static func number(_ digits: ArraySlice<UInt8>, radix: UInt32) -> UInt32? {
    guard !digits.isEmpty else { return nil }
    let digits = digits.drop { $0 == UInt8(ascii: "0") }
    guard digits.count <= 7 else { return nil }
    var value: UInt32 = 0
    for byte in digits {
      let digit: UInt32
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt32(byte - UInt8(ascii: "a")) + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt32(byte - UInt8(ascii: "A")) + 10
      default: return nil
      }
      guard digit < radix else { return nil }
      // Seven digits are less than 2^28.
      value = value * radix + digit
    }
    return value
  }

  private static let entities: [(name: StaticString, scalar: UInt32)] = [
    ("quot", 0x22), ("apos", 0x27), ("amp", 0x26), ("lt", 0x3C), ("gt", 0x3E), ("colon", 0x3A),
    ("equals", 0x3D), ("lbrace", 0x7B), ("lcub", 0x7B), ("rbrace", 0x7D), ("rcub", 0x7D),
    ("lbrack", 0x5B), ("lsqb", 0x5B), ("rbrack", 0x5D), ("rsqb", 0x5D), ("comma", 0x2C),
    ("nbsp", 0x20), ("lowbar", 0x5F), ("hyphen", 0x2D),
  ]

  /// A character of markup: `&quot;`, `&#34;`, `&#x22;`; a number may lack its semicolon.
  private static func entity(
    _ text: ArraySlice<UInt8>, _ start: Int
  ) -> (scalar: UInt32, end: Int)? {
    guard start < text.endIndex, text[start] == UInt8(ascii: "#") else {
      guard let semicolon = text[start...].prefix(10).firstIndex(of: UInt8(ascii: ";")) else {
        return nil
      }
      let name = text[start..<semicolon]
      return entities.first { name.elementsEqual("\($0.name)".utf8) }
        .map { ($0.scalar, semicolon + 1) }
    }
    var digits = text[(start + 1)...]
    let isHex = digits.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
    if isHex { digits = digits.dropFirst() }
    digits = digits.prefix { byte in
      (0x30...0x39).contains(byte) || isHex && (0x61...0x66).contains(byte | 0x20)
    }
    guard let scalar = number(digits, radix: isHex ? 16 : 10) else { return nil }
    let end = digits.endIndex
    let hasSemicolon = end < text.endIndex && text[end] == UInt8(ascii: ";")
    return (scalar, hasSemicolon ? end + 1 : end)
  }

  /// An escape of a string in a string: `\u0022`, `\u{22}`, `\U00000022`, `\x22`, `\042`, with up to
  /// 16 backslashes.
  private static func stringEscape(
    _ text: ArraySlice<UInt8>, _ start: Int
  ) -> (scalar: UInt32, end: Int)? {
    // Bounded, as a text may be of backslashes alone.
    let letter = text[start...].prefix(16).firstIndex { $0 != UInt8(ascii: "\\") } ?? text.endIndex
    guard letter < text.endIndex else { return nil }
    switch text[letter] {
    case UInt8(ascii: "u") where text[(letter + 1)...].first == UInt8(ascii: "{"):
      let digits = text[(letter + 2)...]
      return digits.prefix(9).firstIndex(of: UInt8(ascii: "}"))
        .flatMap { end in number(digits[..<end], radix: 16).map { ($0, end + 1) } }
    case UInt8(ascii: "U"): return hex(text, letter + 1, 8).map { ($0, letter + 9) }
    case UInt8(ascii: "u"): return hex(text, letter + 1, 4).map { ($0, letter + 5) }
    case UInt8(ascii: "x"): return hex(text, letter + 1, 2).map { ($0, letter + 3) }
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      guard letter + 3 <= text.endIndex else { return nil }
      return number(text[letter..<(letter + 3)], radix: 8).map { ($0, letter + 3) }
    default: return nil
    }
  }

  // MARK: - Base64

  /// What a text in base64 may be.
  enum Kind {
    /// Text, or what begins like JSON and has no control characters.
    case text
    /// Bytes of which most are characters of text.
    case mixed
    /// Other bytes.
    case bytes
  }

  /// The next part of a text that is of the characters of base64, with line ends between them.
  ///
  /// Only one byte in `count` is looked at, until such a part may be around it.
  static func nextBase64Run(
    in rest: inout ArraySlice<UInt8>, atLeast count: Int
  ) -> ArraySlice<UInt8>? {
    let text = rest
    let run = unsafe isBase64.withUnsafeBufferPointer { isBase64 in
      unsafe text.withUnsafeBufferPointer { bytes -> Range<Int>? in
        var start = 0
        while start <= bytes.count - count {
          var index = start + count
          while index > start, unsafe isBase64[Int(bytes[index - 1])] { index -= 1 }
          guard index == start else {
            start = index
            continue
          }
          index = start + count
          while index < bytes.count, unsafe isBase64[Int(bytes[index])] { index += 1 }
          return start..<index
        }
        return nil
      }
    }
    guard let run else {
      rest = text.suffix(0)
      return nil
    }
    rest = text.dropFirst(run.upperBound)
    return text.dropFirst(run.lowerBound).prefix(run.count)
  }

  /// Whether a character of base64 is also one between the words of paths and names, or a line end.
  static func isDivider(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"), 0x0A, 0x0D:
      true
    default: false
    }
  }

  /// Whether a byte is a character of base64, or a line end, which may be between them.
  static func mayBeInBase64(_ byte: UInt8) -> Bool {
    Base64.values[Int(byte)] < 64 || byte == 0x0A || byte == 0x0D
  }

  private static let isBase64: [Bool] = (UInt8.min...UInt8.max).map(mayBeInBase64)

  /// Whether a text is a UUID: its hyphens are of six bits that no character of UTF-8 begins with, from
  /// whichever character it is read.
  static func isUUID(_ text: ArraySlice<UInt8>) -> Bool {
    text.count == 36
      && [8, 13, 18, 23].allSatisfy { text[text.startIndex + $0] == UInt8(ascii: "-") }
  }

  /// Whether a text in base64 may be more than bytes, by a look at the first of each three bytes.
  ///
  /// Of four characters, the first is of the first half of the alphabet where the byte is ASCII. Where
  /// there are line ends, nothing is known of which character is the first.
  static func mayBeText(_ text: ArraySlice<UInt8>) -> Bool {
    let table = Base64.values
    let values = table.span
    let text = text.span
    guard text.count > 1 else { return false }
    let begin = values[Int(text[0])] << 2 | values[Int(text[1])] >> 4
    if begin | 0x20 == UInt8(ascii: "{") || begin == UInt8(ascii: "\"") || begin == 0x20 {
      return true
    }
    if begin == 0x09 || begin == 0x0A || begin == 0x0D { return true }
    var ascii = 0
    var total = 0
    var index = 0
    while index < text.count {
      let value = values[Int(text[index])]
      if value == 64 { return true }
      total += 1
      if value < 32 { ascii += 1 }
      index += 4
    }
    return ascii * 5 >= total * 3
  }

  /// What a text in base64 may be, by how many of its bytes are printable.
  static func kind(ofBase64 text: ArraySlice<UInt8>) -> Kind {
    var total = 0
    var printable = 0
    var controls = 0
    var first: UInt8?
    Base64.forEachByte(of: text) { byte in
      total += 1
      if byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        printable += 1
      } else if byte < 0x80 {
        controls += 1
      }
      if first == nil, byte > 0x20 { first = byte }
    }
    guard let first, total > 0 else { return .bytes }
    let beginsJSON = first | 0x20 == UInt8(ascii: "{") || first == UInt8(ascii: "\"")
    if printable == total || beginsJSON && controls == 0 { return .text }
    return printable * 5 >= total * 3 ? .mixed : .bytes
  }

  /// The bytes of a text in base64, of either alphabet, with or without padding.
  static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3 + 3)
    Base64.forEachByte(of: text) { bytes.append($0) }
    return bytes
  }
}
