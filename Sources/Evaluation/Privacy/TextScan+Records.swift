import SourceText

extension TextScan {
  /// Whether a sensitive name at an offset has a value beside it, by the sign behind the name.
  func hasSeparator(after nameEnd: Int) -> Bool {
    var index = nameEnd
    while index < bytes.count,
      Self.isQuote(bytes[index]) || bytes[index] == UInt8(ascii: "\\") || Self.isBlank(bytes[index])
    { index += 1 }
    guard index < bytes.count else { return false }
    return Self.isSeparator(bytes[index])
  }

  /// Whether a byte parts a name from its value.
  static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">")
  }

  /// Whether a value of JSON may go on behind the text, on lines that look like members or objects: it
  /// is in brackets or in a quote that is not closed, or has not begun.
  func isOpen(_ value: TextRange) -> Bool {
    if opensContainer(after: value.lowerBound) { return true }
    let quote = value.lowerBound < bytes.count && Self.isQuote(bytes[value.lowerBound])
    var start = valueStart(
      after: value.lowerBound + (quote ? 1 : 0), passingQuotes: false)
    // A comment may be on either side of the colon.
    while case let next = triviaEnd(from: start).end, next > start {
      start = valueStart(after: next, passingQuotes: false)
    }
    guard start < bytes.count else { return true }
    if bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[") { return true }
    guard Self.isQuote(bytes[start]) else { return false }
    if stringEnd(from: start) == nil { return true }
    var count = 0
    var index = start
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 1
      } else if bytes[index] == bytes[start] {
        count += 1
      }
      index += 1
    }
    return count % 2 != 0
  }

  /// Whether the text is an object from its first byte to its last, by its brackets and quotes alone.
  var isRecord: Bool {
    var depth = 0
    var isInString = false
    var hasEnded = false
    var singles = 0
    var backticks = 0
    var index = blankEnd(from: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    guard index < bytes.count, bytes[index] == UInt8(ascii: "{") else { return false }
    while index < bytes.count {
      let byte = bytes[index]
      if hasEnded, !Self.isBlank(byte), byte != UInt8(ascii: ",") { return false }
      switch byte {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "\""): isInString.toggle()
      case UInt8(ascii: "'"): singles += 1
      case UInt8(ascii: "`"): backticks += 1
      case UInt8(ascii: "{") where !isInString, UInt8(ascii: "[") where !isInString: depth += 1
      case UInt8(ascii: "}") where !isInString, UInt8(ascii: "]") where !isInString:
        depth -= 1
        hasEnded = depth == 0
      case UInt8(ascii: "*") where !isInString && bytes[index - 1] == UInt8(ascii: "/"):
        return false
      default: break
      }
      index += 1
    }
    return hasEnded && singles % 2 == 0 && backticks % 2 == 0
  }

  /// Whether the text begins with a bracket and another member of a model.
  var beginsWithObject: Bool {
    var index = blankEnd(from: 0, acrossLines: false)
    guard index < bytes.count, bytes[index] == UInt8(ascii: "{") else { return false }
    index = blankEnd(from: index + 1, acrossLines: false)
    return index < bytes.count && isOtherMember(at: index)
  }
}
