import SourceText

/// Where in a tree an offset of a text is, as far as the text before it tells, however broken it is.
struct CursorContext: Equatable {
  /// A step from a value to one that it holds.
  enum Step: Hashable {
    case name(String)
    case element
  }

  /// What stands, or would stand, at the offset.
  enum Role {
    case name
    case value
  }

  /// The steps to the value that is there, or to the object whose member's name is there.
  var path: [Step]
  /// What is there.
  var role: Role
  /// The word or the string that is there, quotes included; empty where there is none.
  var token: TextRange
  /// Whether the token is in quotes.
  var isQuoted: Bool
  /// The names of the object's members, besides the one that is there.
  var siblings: Set<String> = []

  /// The path to the value that is there, or whose name is there.
  func target(in text: [UInt8]) -> [Step] {
    role == .name ? path + [.name(word(in: text))] : path
  }

  /// The text of the token, without quotes.
  func word(in text: [UInt8]) -> String {
    var bytes = text[token.lowerBound..<token.upperBound]
    if isQuoted {
      bytes = bytes.dropFirst()
      if let last = bytes.last, last == UInt8(ascii: "\"") || last == UInt8(ascii: "'") {
        bytes = bytes.dropLast()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Finds the place of an offset; nil where nothing can be said, as in a comment.
  init?(at offset: Int, in text: [UInt8], _ syntax: Syntax) {
    switch syntax {
    case .json: self.init(scanning: JSONCursorScanner(text, from: 0, offset: offset))
    case .jsonLines:
      let start = text[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      let end = text[offset...].firstIndex(of: 0x0A) ?? text.count
      self.init(scanning: JSONCursorScanner(text, from: start, to: end, offset: offset))
    case .yaml: self.init(inBlocksOf: text, at: offset)
    }
  }

  private init?(scanning scanner: JSONCursorScanner) {
    var scanner = scanner
    guard let place = scanner.place() else { return nil }
    self = place
  }

  /// Creates a place.
  init(
    _ path: [Step], _ role: Role, token: TextRange, isQuoted: Bool, siblings: Set<String> = []
  ) {
    self.path = path
    self.role = role
    self.token = token
    self.isQuoted = isQuoted
    self.siblings = siblings
  }
}

/// Goes through JSON text up to an offset, and to the end of the object that is open there.
struct JSONCursorScanner {
  private struct Frame {
    var isObject: Bool
    var name: String?
    var names: Set<String> = []
    /// Whether a value comes next, as behind a colon.
    var awaitsValue: Bool
  }

  private let text: [UInt8]
  private var index: Int
  private let end: Int
  private let offset: Int
  private var frames: [Frame] = []

  init(_ text: [UInt8], from start: Int, to end: Int? = nil, offset: Int) {
    self.text = text
    index = start
    self.end = end ?? text.count
    self.offset = offset
  }

  /// The place of the offset.
  mutating func place() -> CursorContext? {
    while index < end, index < offset {
      let start = index
      let isWord = step()
      if isWord, start < offset, index >= offset {
        return finished(TextRange(start, index))
      }
    }
    // A word may begin right there.
    let start = index
    if start == offset, start < end, Self.beginsWord(text[start]) {
      _ = step(records: false)
      return finished(TextRange(start, index))
    }
    return finished(TextRange(at: offset))
  }

  private static func beginsWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || !(byte <= 0x20 || "{}[],:".utf8.contains(byte))
  }

  /// Goes over one token; whether it is a string or a word.
  @discardableResult
  private mutating func step(records: Bool = true) -> Bool {
    let byte = text[index]
    switch byte {
    case UInt8(ascii: "{"):
      frames.append(Frame(isObject: true, awaitsValue: false))
    case UInt8(ascii: "["): frames.append(Frame(isObject: false, awaitsValue: true))
    case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = frames.popLast()
    case UInt8(ascii: ":"):
      if !frames.isEmpty { frames[frames.count - 1].awaitsValue = true }
    case UInt8(ascii: ","):
      if let last = frames.last, last.isObject {
        frames[frames.count - 1].awaitsValue = false
        frames[frames.count - 1].name = nil
      }
    case UInt8(ascii: "\""):
      let start = index
      skipString()
      if records { note(TextRange(start, index)) }
      return true
    case 0...0x20: break
    default:
      while index < end, Self.beginsWord(text[index]) { index += 1 }
      return true
    }
    index += 1
    return false
  }

  private mutating func skipString() {
    index += 1
    while index < end, text[index] != UInt8(ascii: "\""), text[index] != 0x0A {
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    index = min(index + (index < end && text[index] == UInt8(ascii: "\"") ? 1 : 0), end)
  }

  /// Notes a string that is the name of a member.
  private mutating func note(_ range: TextRange) {
    guard let frame = frames.last, frame.isObject, !frame.awaitsValue, range.count >= 2 else {
      return
    }
    let name = String(
      decoding: text[(range.lowerBound + 1)..<(range.upperBound - 1)], as: UTF8.self)
    // The string at the offset is no sibling of itself.
    if range.lowerBound > offset || range.upperBound < offset {
      frames[frames.count - 1].names.insert(name)
    }
    frames[frames.count - 1].name = name
  }

  private mutating func finished(_ token: TextRange) -> CursorContext? {
    guard let frame = frames.last else {
      return CursorContext([], .value, token: token, isQuoted: isQuoted(token))
    }
    let depth = frames.count
    var path: [CursorContext.Step] = []
    for (index, frame) in frames.enumerated() {
      let isLast = index == depth - 1
      if !frame.isObject {
        path.append(.element)
      } else if !isLast || frame.awaitsValue {
        guard let name = frame.name else { return nil }
        path.append(.name(name))
      }
    }
    let role: CursorContext.Role = frame.isObject && !frame.awaitsValue ? .name : .value
    // The names behind it.
    var siblings = role == .name ? frame.names : []
    while role == .name, index < end, frames.count >= depth {
      step()
      if frames.count >= depth { siblings = frames[depth - 1].names }
    }
    return CursorContext(path, role, token: token, isQuoted: isQuoted(token), siblings: siblings)
  }

  private func isQuoted(_ token: TextRange) -> Bool {
    token.count > 0 && text[token.lowerBound] == UInt8(ascii: "\"")
  }
}
