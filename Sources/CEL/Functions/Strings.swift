import Documents

// The strings extension. Positions and lengths count code points.

extension CELFunction {
  static let charAt = CELFunction(
    "charAt", "The code point at an index, as a string.",
    [.member([.string, .integer], .string)],
    cases: ["'é👋b'.charAt(1) == '👋'", "'ab'.charAt(0) == 'a'", "'ab'.charAt(2) == ''"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let text = try evaluator.subject(arguments, request, symbols)
    let index = try evaluator.integerArgument(arguments.second, request)
    let place = try evaluator.offset(ofScalar: index, in: text)
    return .string(Array(text[place..<text.scalarEnd(after: place)]))
  }

  static let indexOf = CELFunction(
    "indexOf", "The index of the first occurrence, or -1.",
    [
      .member([.string, .string], .integer), .member([.string, .string, .integer], .integer),
    ],
    cases: [
      "'éaéa'.indexOf('a') == 1", "'aba'.indexOf('c') == -1", "'éaéa'.indexOf('a', 2) == 3",
      "'ab'.indexOf('', 1) == 1",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let text = try evaluator.subject(arguments, request, symbols)
    let (part, start) = try evaluator.search(
      text, from: text.startIndex, arguments, request, symbols)
    return text.scalarIndex(of: ByteSearch.first(part, in: text, from: start))
  }

  static let lastIndexOf = CELFunction(
    "lastIndexOf", "The index of the last occurrence, or -1.",
    [
      .member([.string, .string], .integer), .member([.string, .string, .integer], .integer),
    ],
    cases: [
      "'éaéa'.lastIndexOf('a') == 3", "'aba'.lastIndexOf('c') == -1",
      "'éaéa'.lastIndexOf('a', 2) == 1", "'ab'.lastIndexOf('') == 2",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let text = try evaluator.subject(arguments, request, symbols)
    let (part, start) = try evaluator.search(
      text, from: text.endIndex, arguments, request, symbols)
    return text.scalarIndex(of: ByteSearch.last(part, in: text, upTo: start))
  }

  static let lowerAscii = CELFunction(
    "lowerAscii", "The string with its ASCII letters in lower case.",
    foreignNames: ForeignNames(
      "toLowerCase", "toLower", "lower", "lowercase", "downcase", use: "x.lowerAscii()"),
    [.member([.string], .string)],
    cases: ["'@AZ[É'.lowerAscii() == '@az[É'"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let text = try evaluator.subject(arguments, request, symbols)
    return .string(
      text.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 })
  }

  static let upperAscii = CELFunction(
    "upperAscii", "The string with its ASCII letters in upper case.",
    foreignNames: ForeignNames(
      "toUpperCase", "toUpper", "upper", "uppercase", "upcase", use: "x.upperAscii()"),
    [.member([.string], .string)],
    cases: ["'`az{é'.upperAscii() == '`AZ{é'"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let text = try evaluator.subject(arguments, request, symbols)
    return .string(
      text.map { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") ? $0 & 0xDF : $0 })
  }

  static let replace = CELFunction(
    "replace", "The string with occurrences of the second one replaced, at most as often as given.",
    [
      .member([.string, .string, .string], .string),
      .member([.string, .string, .string, .integer], .string),
    ],
    cases: [
      "'abab'.replace('a', 'c') == 'cbcb'", "'abab'.replace('a', 'c', 1) == 'cbab'",
      "'aé'.replace('', '-') == '-a-é-'", "'abab'.replace('a', '', -1) == 'bb'",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let text = try evaluator.subject(arguments, request, symbols)
    return try evaluator.replaced(text, arguments, request, symbols)
  }

  static let split = CELFunction(
    "split", "The parts of the string between separators, at most as many as given.",
    [
      .member([.string, .string], .list(.string)),
      .member([.string, .string, .integer], .list(.string)),
    ],
    cases: [
      "'a-b-c'.split('-') == ['a', 'b', 'c']", "'a-b-c'.split('-', 2) == ['a', 'b-c']",
      "'é👋'.split('') == ['é', '👋']", "'a-b'.split('-', 0) == []",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let text = try evaluator.subject(arguments, request, symbols)
    return try evaluator.split(text, arguments, request, symbols)
  }

  static let substring = CELFunction(
    "substring", "The code points from an index, up to another one or the end.",
    foreignNames: ForeignNames("substr", use: "x.substring(from, to)"),
    [
      .member([.string, .integer], .string), .member([.string, .integer, .integer], .string),
    ],
    cases: [
      "'é👋b'.substring(1) == '👋b'", "'é👋b'.substring(1, 2) == '👋'", "'a'.substring(1) == ''",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let text = try evaluator.subject(arguments, request, symbols)
    let start = try evaluator.integerArgument(arguments.second, request)
    let from = try evaluator.offset(ofScalar: start, in: text)
    guard arguments.count == 3 else { return .string(Array(text[from...])) }
    let end = try evaluator.integerArgument(arguments.third, request)
    let to = try evaluator.offset(ofScalar: end, in: text)
    if to < from { throw evaluator.fault(.invalid(.substringRange)) }
    return .string(Array(text[from..<to]))
  }

  static let trim = CELFunction(
    "trim", "The string without white space at its ends.",
    foreignNames: ForeignNames("strip", use: "x.trim()"),
    [.member([.string], .string)],
    cases: [#"' \u2003a b\n'.trim() == 'a b'"#, "' '.trim() == ''"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    .string(Array(try evaluator.subject(arguments, request, symbols).trimmed()))
  }

  static let join = CELFunction(
    "join", "The strings in one, with the separator between them.",
    [.member([.list(.string)], .string), .member([.list(.string), .string], .string)],
    cases: ["['a', 'b'].join() == 'ab'", "['a', 'b'].join(', ') == 'a, b'", "[].join('-') == ''"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    try evaluator.join(arguments, request, symbols)
  }

  static let quote = CELFunction(
    "strings.quote", "The string in double quotes, with escapes.",
    [.global([.string], .string)],
    cases: [#"strings.quote('a"\n') == r'"a\"\n"'"#]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    .string(CELEvaluator.quoted(try evaluator.subject(arguments, request, symbols)))
  }

  static let reverse = CELFunction(
    "reverse", "The code points or elements in reverse order.",
    [.member([.string], .string), .member([.listOfA], .listOfA)],
    cases: ["'é👋b'.reverse() == 'b👋é'", "[1, 2].reverse() == [2, 1]"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    if arguments.first.isList(in: request) {
      return .list(
        CELList(try evaluator.listElements(arguments.first, request).reversed()))
    }
    return .string(try evaluator.subject(arguments, request, symbols).reversedScalars())
  }
}

extension CELEvaluator {
  /// The byte index of a code point; the end counts as one.
  fileprivate func offset(
    ofScalar index: Int64, in text: ArraySlice<UInt8>
  ) throws(Fault) -> Int {
    guard index >= 0, let offset = text.offset(ofScalar: index) else {
      throw fault(.indexOutOfRange(index, count: text.scalarCount))
    }
    return offset
  }

  /// Where a search for the second argument begins: at the code point that the third one names.
  fileprivate mutating func search(
    _ text: ArraySlice<UInt8>, from start: Int, _ arguments: Arguments, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> (part: ArraySlice<UInt8>, start: Int) {
    guard let part = try readText(arguments.second, request, symbols) else {
      throw fault(.unsupported)
    }
    try charge(part.count / 10)
    guard arguments.count == 3 else { return (part, start) }
    return (part, try offset(ofScalar: try integerArgument(arguments.third, request), in: text))
  }

  fileprivate mutating func replaced(
    _ text: ArraySlice<UInt8>, _ arguments: Arguments, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    guard let old = try takeText(arguments.second, request, symbols),
      let new = try takeText(arguments.third, request, symbols)
    else { throw fault(.unsupported) }
    var limit = Int64.max
    if arguments.count == 4 {
      let count = try integerArgument(arguments.fourth, request)
      if count >= 0 { limit = count }
    }
    var result: [UInt8] = []
    var index = text.startIndex
    var count: Int64 = 0
    while count < limit, index <= text.endIndex,
      let found = ByteSearch.first(old, in: text, from: index)
    {
      try charge(1 + new.count / 10)
      result.append(contentsOf: text[index..<found])
      result.append(contentsOf: new)
      index = found + old.count
      count += 1
      if old.isEmpty {
        // An empty text is before each character and at the end.
        if index == text.endIndex { return .string(result) }
        let end = text.scalarEnd(after: index)
        result.append(contentsOf: text[index..<end])
        index = end
      }
    }
    result.append(contentsOf: text[index...])
    return .string(result)
  }

  fileprivate mutating func split(
    _ text: ArraySlice<UInt8>, _ arguments: Arguments, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    guard let separator = try readText(arguments.second, request, symbols) else {
      throw fault(.unsupported)
    }
    var limit = Int64.max
    if arguments.count == 3 {
      let count = try integerArgument(arguments.third, request)
      if count == 0 { return .list(CELList([])) }
      if count > 0 { limit = count }
    }
    var parts: [CELValue] = []
    var index = text.startIndex
    while Int64(parts.count) < limit - 1 {
      try charge(4)
      if separator.isEmpty {
        guard index < text.endIndex else { break }
        let end = text.scalarEnd(after: index)
        if end == text.endIndex { break }
        parts.append(.string(Array(text[index..<end])))
        index = end
      } else {
        guard let found = ByteSearch.first(separator, in: text, from: index) else { break }
        parts.append(.string(Array(text[index..<found])))
        index = found + separator.count
      }
    }
    if !separator.isEmpty || index < text.endIndex {
      parts.append(.string(Array(text[index...])))
    }
    return .list(CELList(parts))
  }

  fileprivate mutating func join(
    _ arguments: Arguments, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var separator: ArraySlice<UInt8> = []
    if arguments.count == 2 {
      guard let text = try takeText(arguments.second, request, symbols) else {
        throw fault(.unsupported)
      }
      separator = text
    }
    guard var cursor = ListCursor(arguments.first, in: request) else {
      throw fault(.unsupported)
    }
    var result: [UInt8] = []
    var isFirst = true
    while let element = cursor.next(in: request) {
      guard let text = try takeText(element, request, symbols) else { throw fault(.unsupported) }
      try charge(1 + (text.count + separator.count) / 10)
      if !isFirst { result.append(contentsOf: separator) }
      result.append(contentsOf: text)
      isFirst = false
    }
    return .string(result)
  }

  /// The text as a literal of CEL in double quotes.
  fileprivate static func quoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text {
      switch byte {
      case 0x07: result.append(contentsOf: "\\a".utf8)
      case 0x08: result.append(contentsOf: "\\b".utf8)
      case 0x0C: result.append(contentsOf: "\\f".utf8)
      case 0x0A: result.append(contentsOf: "\\n".utf8)
      case 0x0D: result.append(contentsOf: "\\r".utf8)
      case 0x09: result.append(contentsOf: "\\t".utf8)
      case 0x0B: result.append(contentsOf: "\\v".utf8)
      case UInt8(ascii: "\\"): result.append(contentsOf: "\\\\".utf8)
      case UInt8(ascii: "\""): result.append(contentsOf: "\\\"".utf8)
      default: result.append(byte)
      }
    }
    result.append(UInt8(ascii: "\""))
    return result
  }
}

/// Finds bytes in bytes, in time linear in both (Knuth, Morris and Pratt).
enum ByteSearch {
  /// The index of the first place at or after `start`.
  static func first(
    _ part: ArraySlice<UInt8>, in text: ArraySlice<UInt8>, from start: Int
  ) -> Int? {
    if part.isEmpty { return start }
    guard text.endIndex - start >= part.count else { return nil }
    return find(Array(part), count: text.endIndex - start) { text[start + $0] }.map { start + $0 }
  }

  /// The index of the last place that starts at or before `limit`.
  static func last(
    _ part: ArraySlice<UInt8>, in text: ArraySlice<UInt8>, upTo limit: Int
  ) -> Int? {
    if part.isEmpty { return limit }
    let end = min(text.endIndex, limit + part.count)
    let count = end - text.startIndex
    guard count >= part.count else { return nil }
    return find(part.reversed(), count: count) { text[end - 1 - $0] }.map {
      end - $0 - part.count
    }
  }

  /// The offset of a pattern that is not empty among `count` bytes.
  private static func find(_ pattern: [UInt8], count: Int, _ byte: (Int) -> UInt8) -> Int? {
    if pattern.count == 1 { return (0..<count).first { byte($0) == pattern[0] } }
    // For each prefix, the length of the longest border it has.
    var borders = [Int](repeating: 0, count: pattern.count)
    var length = 0
    for index in 1..<pattern.count {
      while length > 0, pattern[index] != pattern[length] { length = borders[length - 1] }
      if pattern[index] == pattern[length] { length += 1 }
      borders[index] = length
    }
    var matched = 0
    for index in 0..<count {
      let current = byte(index)
      while matched > 0, current != pattern[matched] { matched = borders[matched - 1] }
      if current == pattern[matched] { matched += 1 }
      if matched == pattern.count { return index + 1 - matched }
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  /// The number of the code point at a byte index, as functions return it; -1 for none.
  fileprivate func scalarIndex(of found: Int?) -> CELValue {
    .integer(found.map { Int64(self[startIndex..<$0].scalarCount) } ?? -1)
  }

  /// The index just past the code point that begins at `index`; the end for the end.
  func scalarEnd(after index: Int) -> Int {
    guard index < endIndex else { return endIndex }
    var end = index + 1
    while end < endIndex, self[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  /// The index at which a code point begins, by its number; the end for the count of them.
  func offset(ofScalar number: Int64) -> Int? {
    var remaining = number
    for index in indices where self[index] & 0xC0 != 0x80 {
      if remaining == 0 { return index }
      remaining -= 1
    }
    return remaining == 0 ? endIndex : nil
  }

  /// The code points in reverse order.
  func reversedScalars() -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var end = endIndex
    while end > startIndex {
      var start = end - 1
      while start > startIndex, self[start] & 0xC0 == 0x80 { start -= 1 }
      result.append(contentsOf: self[start..<end])
      end = start
    }
    return result
  }

  /// The text without white space (Unicode's property White_Space) at either end.
  func trimmed() -> ArraySlice<UInt8> {
    var start = startIndex
    while start < endIndex, isSpace(start, scalarEnd(after: start)) {
      start = scalarEnd(after: start)
    }
    var end = endIndex
    while end > start {
      var previous = end - 1
      while previous > start, self[previous] & 0xC0 == 0x80 { previous -= 1 }
      if !isSpace(previous, end) { break }
      end = previous
    }
    return self[start..<end]
  }

  private func isSpace(_ start: Int, _ end: Int) -> Bool {
    String(decoding: self[start..<end], as: UTF8.self).unicodeScalars.first?.properties.isWhitespace
      ?? false
  }
}
