import Documents
import SourceText

/// Reads the text of a query by the grammar of RFC 9535, appendix A.
struct JSONPathParser {
  /// How deep filters, functions and parentheses may nest.
  static let depthLimit = 64
  /// The largest integer that every JSON implementation keeps exactly (RFC 7493, section 2.2).
  static let integerLimit = 9_007_199_254_740_991

  let text: [UInt8]
  var index = 0
  var depth = 0
  var patternCount = 0

  init(_ text: [UInt8]) {
    self.text = text
  }

  // MARK: - Queries

  /// Reads the whole text as one query that begins with `$`.
  mutating func parse() throws(JSONPathError) -> JSONPathQuery {
    if peek().map(\.isWhiteSpace) == true {
      throw error(.strayWhiteSpace("before the query"), to: endOfWhiteSpace)
    }
    guard peek() == UInt8(ascii: "$") else {
      throw expected("'$'")
    }
    var query = try parseQuery()
    if peek().map(\.isWhiteSpace) == true, endOfWhiteSpace == text.count {
      throw error(.strayWhiteSpace("after the query"), to: endOfWhiteSpace)
    }
    guard index == text.count else {
      skipWhiteSpace()
      throw expected("'.', '..', '[' or the end of the query")
    }
    query.patternCount = patternCount
    return query
  }

  /// Reads `$` or `@` and the segments after it.
  mutating func parseQuery() throws(JSONPathError) -> JSONPathQuery {
    let begin = index
    let start: JSONPathQuery.Start = text[index] == UInt8(ascii: "$") ? .root : .current
    index += 1
    var segments: [JSONPathQuery.Segment] = []
    while true {
      let end = index
      skipWhiteSpace()
      guard let byte = peek(), byte == UInt8(ascii: ".") || byte == UInt8(ascii: "[") else {
        index = end
        return JSONPathQuery(start: start, segments: segments, range: TextRange(begin, end))
      }
      segments.append(try parseSegment())
    }
  }

  private mutating func parseSegment() throws(JSONPathError) -> JSONPathQuery.Segment {
    let begin = index
    if peek() == UInt8(ascii: "[") {
      let selectors = try parseBrackets()
      return JSONPathQuery.Segment(
        isDescendant: false, selectors: selectors, range: TextRange(begin, index))
    }
    index += 1
    let isDescendant = peek() == UInt8(ascii: ".")
    if isDescendant { index += 1 }
    if isDescendant, peek() == UInt8(ascii: "[") {
      let selectors = try parseBrackets()
      return JSONPathQuery.Segment(
        isDescendant: true, selectors: selectors, range: TextRange(begin, index))
    }
    let selectorBegin = index
    let kind: JSONPathQuery.Selector.Kind
    if peek() == UInt8(ascii: "*") {
      index += 1
      kind = .wildcard
    } else {
      if peek().map(\.isWhiteSpace) == true {
        throw error(.strayWhiteSpace("after '\(isDescendant ? ".." : ".")'"), to: endOfWhiteSpace)
      }
      guard let first = peek(), first.isNameFirst else {
        if peek()?.isDigit ?? false { throw needsBrackets(from: selectorBegin) }
        throw expected(isDescendant ? "a name, '*' or '[' after '..'" : "a name or '*' after '.'")
      }
      while let byte = peek(), byte.isNameFirst || byte.isDigit { index += 1 }
      if let byte = peek(), byte.isMarkInName, let next = peek(1), next.isNameFirst || next.isDigit
      {
        throw needsBrackets(from: selectorBegin)
      }
      kind = .name(JSONPathQuery.Name(bytes: Array(text[selectorBegin..<index])))
    }
    let selector = JSONPathQuery.Selector(kind: kind, range: TextRange(selectorBegin, index))
    return JSONPathQuery.Segment(
      isDescendant: isDescendant, selectors: [selector], range: TextRange(begin, index))
  }

  /// Reads a bracketed selection.
  private mutating func parseBrackets() throws(JSONPathError) -> [JSONPathQuery.Selector] {
    index += 1
    var selectors: [JSONPathQuery.Selector] = []
    while true {
      skipWhiteSpace()
      selectors.append(try parseSelector())
      skipWhiteSpace()
      switch peek() {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "]"):
        index += 1
        return selectors
      default: throw expected("',' or ']'")
      }
    }
  }

  private mutating func parseSelector() throws(JSONPathError) -> JSONPathQuery.Selector {
    let begin = index
    let kind: JSONPathQuery.Selector.Kind
    switch peek() {
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      kind = .name(JSONPathQuery.Name(bytes: try parseString()))
    case UInt8(ascii: "*"):
      index += 1
      kind = .wildcard
    case UInt8(ascii: "?"):
      index += 1
      skipWhiteSpace()
      kind = .filter(try parseLogical())
    case let byte? where byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") || byte.isDigit:
      kind = try parseIndexOrSlice()
    default:
      throw expected("a name in quotes, an index, a slice, '*' or a filter '?…'")
    }
    return JSONPathQuery.Selector(kind: kind, range: TextRange(begin, index))
  }

  private mutating func parseIndexOrSlice() throws(JSONPathError) -> JSONPathQuery.Selector.Kind {
    let start = try parseOptionalInteger()
    let end = index
    skipWhiteSpace()
    guard peek() == UInt8(ascii: ":") else {
      index = end
      guard let start else { throw expected("an index or ':'") }
      return .index(start)
    }
    index += 1
    skipWhiteSpace()
    let stop = try parseOptionalInteger()
    let beforeStep = index
    skipWhiteSpace()
    guard peek() == UInt8(ascii: ":") else {
      index = beforeStep
      return .slice(start: start, end: stop, step: 1)
    }
    index += 1
    let afterColon = index
    skipWhiteSpace()
    guard let step = try parseOptionalInteger() else {
      index = afterColon
      return .slice(start: start, end: stop, step: 1)
    }
    return .slice(start: start, end: stop, step: step)
  }

  private mutating func parseOptionalInteger() throws(JSONPathError) -> Int? {
    let begin = index
    guard let first = peek(), first == UInt8(ascii: "-") || first.isDigit else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let digits = index
    var value = 0
    while let byte = peek(), byte.isDigit {
      let digit = Int(byte - UInt8(ascii: "0"))
      value = min(value * 10 + digit, Self.integerLimit + 1)
      index += 1
    }
    let count = index - digits
    guard count > 0 else { throw expected("a digit after '-'") }
    if text[digits] == UInt8(ascii: "0"), count > 1 || isNegative {
      throw error(.badInteger(shown(begin, index)), from: begin, to: index)
    }
    if value > Self.integerLimit { throw error(.integerOutOfRange, from: begin, to: index) }
    return isNegative ? -value : value
  }

  // MARK: - Text

  func peek(_ distance: Int = 0) -> UInt8? {
    index + distance < text.count ? text[index + distance] : nil
  }

  mutating func skipWhiteSpace() { index = endOfWhiteSpace }

  private var endOfWhiteSpace: Int {
    var end = index
    while end < text.count, text[end].isWhiteSpace { end += 1 }
    return end
  }

  mutating func skip(_ token: StaticString) -> Bool {
    let count = token.utf8CodeUnitCount
    guard index + count <= text.count, "\(token)".utf8.elementsEqual(text[index..<(index + count)])
    else { return false }
    index += count
    return true
  }

  /// The text of a range for a message; long ones are cut.
  func shown(_ start: Int, _ end: Int) -> String {
    end - start <= 40
      ? String(decoding: text[start..<end], as: UTF8.self)
      : String(decoding: text[start..<(start + 37)], as: UTF8.self) + "…"
  }

  /// The error for a name that has no shorthand, from its first character to its last.
  private func needsBrackets(from start: Int) -> JSONPathError {
    var end = start
    while end < text.count,
      text[end].isNameFirst || text[end].isDigit || text[end].isMarkInName
    {
      end += 1
    }
    while end > start, text[end - 1].isMarkInName { end -= 1 }
    return error(.nameWithoutShorthand(shown(start, end)), from: start, to: end)
  }

  /// An error at the next character.
  func expected(_ what: String) -> JSONPathError {
    guard index < text.count else { return error(.expected(what, found: nil), to: index) }
    var end = index + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return error(.expected(what, found: shown(index, end)), to: end)
  }

  func error(_ kind: JSONPathError.Kind, from start: Int? = nil, to end: Int) -> JSONPathError {
    let start = min(start ?? index, text.count)
    var column = 1
    for byte in text[..<start] where byte & 0xC0 != 0x80 { column += 1 }
    return JSONPathError(
      kind: kind, range: TextRange(start, min(end, text.count)), column: column)
  }

  mutating func enter() throws(JSONPathError) {
    depth += 1
    if depth > Self.depthLimit { throw error(.tooDeep(limit: Self.depthLimit), to: index) }
  }
}

extension UInt8 {
  /// Whether the byte is white space (`B` in the grammar).
  var isWhiteSpace: Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\n")
      || self == UInt8(ascii: "\r")
  }

  /// Whether the byte is a decimal digit.
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  /// Whether the byte is an ASCII letter in lower case.
  var isLowercase: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }

  /// Whether the byte is one that names often have and shorthand has no place for.
  fileprivate var isMarkInName: Bool {
    self == UInt8(ascii: "-") || self == UInt8(ascii: ":") || self == UInt8(ascii: "/")
      || self == UInt8(ascii: "$") || self == UInt8(ascii: "@") || self == UInt8(ascii: "#")
      || self == UInt8(ascii: "+")
  }

  /// Whether the byte may begin a name in shorthand; bytes outside of ASCII all may.
  var isNameFirst: Bool {
    isLowercase || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
      || self == UInt8(ascii: "_") || self >= 0x80
  }
}

extension JSONPathQuery {
  /// Reads the text of a query (RFC 9535, section 2).
  ///
  /// - Throws: the first syntax error, with its range in the text.
  package init(_ text: String) throws(JSONPathError) {
    try self.init(utf8: Array(text.utf8))
  }

  /// Reads the text of a query, in valid UTF-8.
  ///
  /// - Throws: the first syntax error, with its range in the text.
  package init(utf8 text: [UInt8]) throws(JSONPathError) {
    var parser = JSONPathParser(text)
    self = try parser.parse()
  }
}
