import SourceText

/// Reads JSON that is not well formed: says what is wrong with it, and goes on where it safely can.
///
/// People paste requests from guides: with comments, trailing commas, single quotes, names without
/// quotes, `...`. Each of these has its own sentence. A fault with one obvious meaning leaves the
/// reading faithful; any other makes it unfaithful. Iterative, so that no input can exhaust the
/// stack; it reads each byte a bounded number of times.
struct JSONRecoveringReader {
  let source: [UInt8]
  /// Where reading ends; before the end of the text where a Markdown fence closes there.
  var end: Int
  let depthLimit: Int
  let origin: JSONReader.Origin
  var cursor: Int
  var builder: DocumentBuilder
  var errors: [SyntaxError] = []
  var isFaithful = true
  private var frames: [Frame] = []

  /// How many faults of one text are reported; reading stops behind the last.
  static let errorLimit = 100

  /// A container that is open.
  struct Frame {
    var isObject: Bool
    var start: Int
    /// The name whose value was read last, for messages.
    var lastName: TextRange?
    /// Whether a value was read since the last comma.
    var needsComma = false
    /// The last comma, while nothing follows it.
    var comma: TextRange?
  }

  init(source: [UInt8], range: TextRange, depthLimit: Int, origin: JSONReader.Origin = .file) {
    self.source = source
    self.depthLimit = depthLimit
    self.origin = origin
    cursor = range.lowerBound
    end = range.upperBound
    builder = DocumentBuilder(source: source, range: range)
  }

  mutating func read() -> Reading {
    if let error = source.otherEncoding(from: cursor, to: end) {
      return Reading(document: builder.finish(), errors: [error], isFaithful: false)
    }
    skipTrivia()
    leaveFence()
    if cursor >= end {
      report(.syntax, TextRange(at: cursor), "empty text; expected a JSON value")
      isFaithful = false
    } else {
      readValue()
      while !frames.isEmpty, errors.count < Self.errorLimit {
        if frames[frames.count - 1].isObject { readMember() } else { readElement() }
      }
      if errors.count >= Self.errorLimit { isFaithful = false }
      if frames.isEmpty { expectEnd() }
    }
    return Reading(
      document: builder.finish(), errors: errors.sorted { $0.range < $1.range },
      isFaithful: isFaithful)
  }

  // MARK: - Reporting

  mutating func report(
    _ category: SyntaxError.Category, _ range: TextRange, _ message: SyntaxMessage,
    related: SyntaxError.Related? = nil, hint: String? = nil
  ) {
    guard errors.count < Self.errorLimit else { return }
    var error = SyntaxError(category, range, message, related: related)
    error.hint = hint
    errors.append(error)
  }

  mutating func reportUnclear(
    _ range: TextRange, _ message: SyntaxMessage, related: SyntaxError.Related? = nil,
    hint: String? = nil
  ) {
    report(.syntax, range, message, related: related, hint: hint)
    isFaithful = false
  }

  // MARK: - Containers

  /// Whether the innermost open container is an array.
  var isInArray: Bool { frames.last.map { !$0.isObject } ?? false }

  private mutating func readMember() {
    skipTrivia()
    let top = frames.count - 1
    guard cursor < end else { return reportUnclosed() }
    let byte = source[cursor]
    switch byte {
    case UInt8(ascii: "}"):
      reportTrailingComma(before: "}")
      close()
    case UInt8(ascii: "]"): closeWrongly(found: "]")
    case UInt8(ascii: ","): readComma()
    case UInt8(ascii: ";") where frames[top].needsComma:
      report(.syntax, TextRange(at: cursor, count: 1), "expected ',' between members, found ';'")
      readComma()
    case UInt8(ascii: "."): readEllipsisOrJunk()
    case _ where startsName(byte):
      if frames[top].needsComma { reportMissingComma() }
      readName()
    case UInt8(ascii: ":"):
      reportUnclear(TextRange(at: cursor, count: 1), "expected a name before ':'")
      // Names and values alternate in a tree.
      builder.name(TextRange(at: cursor), text: [])
      frames[top].lastName = nil
      cursor += 1
      readMemberValue()
    default: readJunk(expecting: "a name in double quotes or '}'")
    }
  }

  private mutating func readName() {
    let top = frames.count - 1
    frames[top].comma = nil
    let name = readStringLike(isName: true)
    frames[top].lastName = name
    skipTrivia()
    if cursor < end, source[cursor] == UInt8(ascii: ":") {
      cursor += 1
    } else if cursor < end, source[cursor] == UInt8(ascii: "=") {
      let hasArrow = cursor + 1 < end && source[cursor + 1] == UInt8(ascii: ">")
      let range = TextRange(at: cursor, count: hasArrow ? 2 : 1)
      report(
        .syntax, range,
        "expected ':' after the name \(quoted(name)), found '\(own: hasArrow ? "=>" : "=")'")
      cursor = range.upperBound
    } else if cursor < end, startsValue(source[cursor]) {
      report(
        .syntax, TextRange(at: cursor, count: 1), "expected ':' after the name \(quoted(name))")
    } else {
      reportUnclear(
        TextRange(at: cursor, count: cursor < end ? 1 : 0),
        "expected ':' and a value after the name \(quoted(name))")
      builder.absent(TextRange(at: cursor))
      frames[top].needsComma = true
      return
    }
    readMemberValue()
  }

  private mutating func readMemberValue() {
    let top = frames.count - 1
    frames[top].needsComma = true
    frames[top].comma = nil
    skipTrivia()
    if cursor >= end || isStructural(source[cursor]) {
      reportUnclear(
        TextRange(at: cursor, count: cursor < end ? 1 : 0),
        frames[top].lastName.map { "expected a value after the name \(quoted($0))" }
          ?? "expected a value")
      builder.absent(TextRange(at: cursor))
    } else {
      readValue()
    }
  }

  private mutating func readElement() {
    skipTrivia()
    let top = frames.count - 1
    guard cursor < end else { return reportUnclosed() }
    switch source[cursor] {
    case UInt8(ascii: "]"):
      reportTrailingComma(before: "]")
      close()
    case UInt8(ascii: "}"): closeWrongly(found: "}")
    case UInt8(ascii: ","): readComma()
    case UInt8(ascii: ";") where frames[top].needsComma:
      report(.syntax, TextRange(at: cursor, count: 1), "expected ',' between elements, found ';'")
      readComma()
    case UInt8(ascii: ":"):
      reportUnclear(
        TextRange(at: cursor, count: 1),
        "expected ',' or ']' in the array, found ':'; use {…} for members with names")
      cursor += 1
      frames[top].needsComma = false
    case let byte
    where startsValue(byte) || byte == UInt8(ascii: ".") || placeholderEnd(at: cursor) != nil:
      if byte == UInt8(ascii: "."), isEllipsis(at: cursor) {
        readEllipsisOrJunk()
      } else {
        if frames[top].needsComma { reportMissingComma() }
        frames[top].needsComma = true
        frames[top].comma = nil
        readValue()
      }
    default: readJunk(expecting: "a value or ']'")
    }
  }

  private mutating func readComma() {
    let top = frames.count - 1
    let range = TextRange(at: cursor, count: 1)
    if frames[top].needsComma {
      frames[top].needsComma = false
      frames[top].comma = range
    } else {
      report(.syntax, range, "missing value before ','; add one or remove the ','")
      // A later bracket need not complain of the same comma.
      frames[top].comma = nil
    }
    cursor += 1
  }

  private mutating func reportTrailingComma(before bracket: String) {
    guard let comma = frames[frames.count - 1].comma else { return }
    report(.syntax, comma, "trailing comma: remove the ',' before '\(own: bracket)'")
  }

  private mutating func reportMissingComma() {
    let top = frames.count - 1
    let range = TextRange(at: cursor, count: 1)
    if frames[top].isObject {
      report(
        .syntax, range,
        frames[top].lastName.map { "expected ',' or '}' after the value of \(quoted($0))" }
          ?? "expected ',' or '}' after the value of the member")
    } else {
      report(.syntax, range, "expected ',' or ']' after the element")
    }
    frames[top].needsComma = false
  }

  private mutating func reportUnclosed() {
    let frame = frames[frames.count - 1]
    let what = frame.isObject ? "object" : "array"
    reportUnclear(
      TextRange(at: end),
      "unexpected end of text inside an \(own: what); expected '\(own: frame.isObject ? "}" : "]")'",
      related: .init(
        range: TextRange(at: frame.start, count: 1), message: "\(what) begins here"))
    while !frames.isEmpty { close() }
  }

  /// Meets the other kind of closing bracket than the innermost container wants.
  private mutating func closeWrongly(found: String) {
    let frame = frames[frames.count - 1]
    let what = frame.isObject ? "object" : "array"
    reportUnclear(
      TextRange(at: cursor, count: 1),
      "expected '\(own: frame.isObject ? "}" : "]")' to close the \(own: what), found '\(own: found)'",
      related: .init(
        range: TextRange(at: frame.start, count: 1), message: "\(what) begins here"))
    // With an open container of the other kind around it, the bracket is most likely that one's.
    let closesOuter = frames.dropLast().contains { $0.isObject != frame.isObject }
    if closesOuter {
      builder.end(at: cursor)
      frames.removeLast()
    } else {
      close()
    }
  }

  private mutating func close() {
    cursor = min(cursor + 1, end)
    builder.end(at: cursor)
    frames.removeLast()
  }

  mutating func open(isObject: Bool) {
    guard frames.count < depthLimit else {
      report(
        .depth, TextRange(at: cursor, count: 1),
        "nested more than \(depthLimit) levels deep; deeper values were not read")
      isFaithful = false
      let start = cursor
      skipContainer()
      builder.absent(TextRange(start, cursor))
      return
    }
    builder.begin(isObject ? .object : .array, at: cursor)
    frames.append(Frame(isObject: isObject, start: cursor))
    cursor += 1
  }

  /// Skips a container that is too deep, minding strings.
  private mutating func skipContainer() {
    var depth = 0
    while cursor < end {
      switch source[cursor] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "\""):
        cursor += 1
        while cursor < end, source[cursor] != UInt8(ascii: "\"") {
          cursor += source[cursor] == UInt8(ascii: "\\") ? 2 : 1
        }
      default: break
      }
      cursor = min(cursor + 1, end)
      if depth <= 0 { return }
    }
  }

  private mutating func expectEnd() {
    skipTrivia()
    guard cursor < end else { return }
    let next = source[cursor]
    if startsValue(next), next != UInt8(ascii: ".") {
      reportUnclear(
        TextRange(at: cursor, count: 1), origin.secondValueMessage, hint: origin.secondValueHint)
    } else {
      reportUnclear(
        TextRange(at: cursor, count: characterCount(at: cursor)),
        "expected the end of the text after the value, found \(shown(at: cursor))")
    }
  }

  // MARK: - What is not JSON

  private mutating func readEllipsisOrJunk() {
    if isEllipsis(at: cursor) {
      let start = cursor
      while cursor < end, source[cursor] == UInt8(ascii: ".") || isEllipsisCharacter(at: cursor) {
        cursor += source[cursor] == UInt8(ascii: ".") ? 1 : 3
      }
      reportUnclear(
        TextRange(start, cursor),
        "'...' is a placeholder for omitted text; write what belongs here or remove it")
      leaveOpen()
    } else {
      readJunk(
        expecting: frames[frames.count - 1].isObject ? "a name in double quotes or '}'" : "a value")
    }
  }

  /// Skips text that begins neither a value nor anything else that may be here.
  mutating func readJunk(expecting expected: String) {
    if isEllipsisCharacter(at: cursor) { return readEllipsisOrJunk() }
    let start = cursor
    let found = shown(at: cursor)
    reportUnclear(
      TextRange(at: start, count: characterCount(at: start)),
      "expected \(own: expected), found \(found)"
    )
    cursor += characterCount(at: cursor)
    while cursor < end, !isStructural(source[cursor]), source[cursor] != UInt8(ascii: "\n"),
      source[cursor] != UInt8(ascii: "\r"), source[cursor] != UInt8(ascii: "\"")
    {
      cursor += 1
    }
    leaveOpen()
  }

  /// Neither asks for a comma nor minds one after text that had no business to be there.
  private mutating func leaveOpen() {
    guard !frames.isEmpty else { return }
    frames[frames.count - 1].needsComma = false
    frames[frames.count - 1].comma = nil
    skipTrivia()
    if cursor < end, source[cursor] == UInt8(ascii: ",") { cursor += 1 }
  }

  /// Skips white space, and comments, which it reports.
  mutating func skipTrivia() {
    while cursor < end {
      switch source[cursor] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        cursor += 1
      case UInt8(ascii: "/")
      where cursor + 1 < end
        && (source[cursor + 1] == UInt8(ascii: "/") || source[cursor + 1] == UInt8(ascii: "*")):
        skipComment(isBlock: source[cursor + 1] == UInt8(ascii: "*"))
      case UInt8(ascii: "#"): skipComment(isBlock: false)
      default:
        let isSpace =
          source[cursor...].prefix(3).elementsEqual(ByteOrderMark.utf8)
          || source[cursor...].prefix(2).elementsEqual([0xC2, 0xA0])
        guard isSpace || source[cursor] == 0x0B || source[cursor] == 0x0C else { return }
        let length = characterCount(at: cursor)
        report(
          .syntax, TextRange(at: cursor, count: length),
          source[cursor] == ByteOrderMark.utf8[0]
            ? "byte-order mark inside the text; remove it"
            : "\(shown(at: cursor)) is not whitespace in JSON; use a space, a tab or a line break")
        cursor += length
      }
    }
  }

  private mutating func skipComment(isBlock: Bool) {
    let start = cursor
    if isBlock {
      cursor += 2
      while cursor < end,
        !(source[cursor] == UInt8(ascii: "*") && cursor + 1 < end
          && source[cursor + 1] == UInt8(ascii: "/"))
      {
        cursor += 1
      }
      if cursor >= end {
        reportUnclear(TextRange(at: start, count: 2), "comment is never closed")
        cursor = end
        return
      }
      cursor += 2
    } else {
      while cursor < end, source[cursor] != UInt8(ascii: "\n"), source[cursor] != UInt8(ascii: "\r")
      {
        cursor += 1
      }
    }
    report(
      .syntax, TextRange(start, cursor), "comments are not allowed in JSON; remove the comment")
  }
}
