/// Finds the expressions in a text with `{{ expression }}` in it.
struct TemplateScan {
  /// A part of the text, as a range of its bytes.
  enum Part: Equatable {
    /// Text as it is.
    case text(Range<Int>)
    /// What is between two pairs of braces.
    case expression(Range<Int>)
  }

  /// The parts in order.
  private(set) var parts: [Part] = []
  /// Where a `{{` stands that is never closed; nothing is read from there on.
  private(set) var unclosed: Int?

  /// Reads a text.
  init(_ bytes: [UInt8]) {
    var index = 0
    while let open = Self.pair(UInt8(ascii: "{"), in: bytes, from: index) {
      if open > index { parts.append(.text(index..<open)) }
      guard let close = Self.close(in: bytes, from: open + 2) else {
        unclosed = open
        return
      }
      parts.append(.expression((open + 2)..<close))
      index = close + 2
    }
    if index < bytes.count { parts.append(.text(index..<bytes.count)) }
  }

  /// Whether the text is one expression and nothing else.
  var isOneExpression: Bool {
    if parts.count == 1, case .expression = parts[0] { return true }
    return false
  }

  /// Whether there is any expression, or the beginning of one.
  var hasExpressions: Bool {
    unclosed != nil || parts.contains { if case .expression = $0 { true } else { false } }
  }

  private static func pair(_ byte: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + 1 < bytes.count {
      if bytes[index] == byte, bytes[index + 1] == byte { return index }
      index += 1
    }
    return nil
  }

  /// Where the braces stand that end an expression: not those of a map or within a string.
  ///
  /// In an expression that makes no sense of its own, the first pair of braces ends it, so that what
  /// is wrong is told of the part that was meant.
  private static func close(in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = pair(UInt8(ascii: "}"), in: bytes, from: start) else { return nil }
    var index = start
    var depth = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        guard let end = endOfString(in: bytes, from: index) else { return first }
        index = end
        continue
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        if depth == 0 {
          return index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "}") ? index : first
        }
        depth -= 1
      default: break
      }
      index += 1
    }
    return first
  }

  /// The offset past a string of the expression (cel-spec, "Syntax"), or nil where it has no end.
  private static func endOfString(in bytes: [UInt8], from start: Int) -> Int? {
    let quote = bytes[start]
    let isLong = start + 2 < bytes.count && bytes[start + 1] == quote && bytes[start + 2] == quote
    let isRaw =
      start > 0 && bytes[start - 1] | 0x20 == UInt8(ascii: "r")
    var index = start + (isLong ? 3 : 1)
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\"), !isRaw {
        index += 2
        continue
      }
      if bytes[index] == quote {
        if !isLong { return index + 1 }
        if index + 2 < bytes.count, bytes[index + 1] == quote, bytes[index + 2] == quote {
          return index + 3
        }
      }
      index += 1
    }
    return nil
  }
}
