import Documents

// The functions of strings, standard ones and those of the strings extension. Positions and lengths
// count code points.

extension CELEvaluator {
  mutating func affix(
    _ function: CELFunction, _ arguments: Arguments, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    guard let text = try readText(arguments.first, document, symbols),
      let part = try readText(arguments.second, document, symbols)
    else { throw fault(.unsupported) }
    try charge(part.count / 10)
    switch function {
    case .startsWith: return .boolean(text.starts(with: part))
    case .endsWith: return .boolean(text.suffix(part.count).elementsEqual(part))
    default:
      try charge(text.count / 10)
      return .boolean(ByteSearch.first(part, in: text, from: text.startIndex) != nil)
    }
  }

  mutating func text(
    _ function: CELFunction, _ arguments: Arguments, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    guard let text = try takeText(arguments.first, document, symbols) else {
      throw fault(.unsupported)
    }
    try charge(text.count / 10)
    switch function {
    case .charAt:
      let index = try integerArgument(arguments.second, document)
      let place = try offset(ofScalar: index, in: text)
      return .string(Array(text[place..<text.scalarEnd(after: place)]))
    case .indexOf, .lastIndexOf:
      return .integer(try search(function, text, arguments, document, symbols))
    case .lowerAscii:
      return .string(
        text.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 })
    case .upperAscii:
      return .string(
        text.map { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") ? $0 & 0xDF : $0 })
    case .replace: return try replaced(text, arguments, document, symbols)
    case .split: return try split(text, arguments, document, symbols)
    case .substring:
      let start = try integerArgument(arguments.second, document)
      let from = try offset(ofScalar: start, in: text)
      guard arguments.count == 3 else { return .string(Array(text[from...])) }
      let end = try integerArgument(arguments.third, document)
      let to = try offset(ofScalar: end, in: text)
      if to < from { throw fault(.invalid(.substringRange)) }
      return .string(Array(text[from..<to]))
    case .trim: return .string(Array(text.trimmed()))
    case .reverse: return .string(text.reversedScalars())
    case .quote: return .string(Self.quoted(text))
    default: throw fault(.unsupported)
    }
  }

  /// The byte index of a code point; the end counts as one.
  private func offset(
    ofScalar index: Int64, in text: ArraySlice<UInt8>
  ) throws(Fault) -> Int {
    guard index >= 0, let offset = text.offset(ofScalar: index) else {
      throw fault(.indexOutOfRange(index, count: text.scalarCount))
    }
    return offset
  }

  private mutating func search(
    _ function: CELFunction, _ text: ArraySlice<UInt8>, _ arguments: Arguments,
    _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> Int64 {
    guard let part = try readText(arguments.second, document, symbols) else {
      throw fault(.unsupported)
    }
    try charge(part.count / 10)
    var start = function == .indexOf ? text.startIndex : text.endIndex
    if arguments.count == 3 {
      start = try offset(
        ofScalar: try integerArgument(arguments.third, document), in: text)
    }
    let found =
      function == .indexOf
      ? ByteSearch.first(part, in: text, from: start)
      : ByteSearch.last(part, in: text, upTo: start)
    return found.map { Int64(text[text.startIndex..<$0].scalarCount) } ?? -1
  }

  private mutating func replaced(
    _ text: ArraySlice<UInt8>, _ arguments: Arguments, _ document: Document,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    guard let old = try takeText(arguments.second, document, symbols),
      let new = try takeText(arguments.third, document, symbols)
    else { throw fault(.unsupported) }
    var limit = Int64.max
    if arguments.count == 4 {
      let count = try integerArgument(arguments.fourth, document)
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

  private mutating func split(
    _ text: ArraySlice<UInt8>, _ arguments: Arguments, _ document: Document,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    guard let separator = try readText(arguments.second, document, symbols) else {
      throw fault(.unsupported)
    }
    var limit = Int64.max
    if arguments.count == 3 {
      let count = try integerArgument(arguments.third, document)
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

  mutating func join(
    _ arguments: Arguments, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    var separator: ArraySlice<UInt8> = []
    if arguments.count == 2 {
      guard let text = try takeText(arguments.second, document, symbols) else {
        throw fault(.unsupported)
      }
      separator = text
    }
    guard var cursor = ListCursor(arguments.first, in: document) else {
      throw fault(.unsupported)
    }
    var result: [UInt8] = []
    var isFirst = true
    while let element = cursor.next(in: document) {
      guard let text = try takeText(element, document, symbols) else { throw fault(.unsupported) }
      try charge(1 + (text.count + separator.count) / 10)
      if !isFirst { result.append(contentsOf: separator) }
      result.append(contentsOf: text)
      isFirst = false
    }
    return .string(result)
  }

  /// The text as a literal of CEL in double quotes.
  private static func quoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
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
