package import SourceText

/// How an editor counts the characters of a line.
package enum PositionEncoding: String, Sendable {
  /// In bytes.
  case utf8 = "utf-8"
  /// In UTF-16 code units.
  case utf16 = "utf-16"
}

/// A place in a text as an editor gives it: both numbers begin at 0.
package struct TextPosition: Sendable, Hashable {
  /// The line.
  package var line: Int
  /// The number of units before it on the line.
  package var character: Int

  /// Creates a position.
  package init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }
}

/// The text of an open document, with the places where its lines begin.
///
/// LF, CRLF and a lone CR each end a line. The text is well-formed UTF-8.
package struct TextBuffer: Sendable {
  /// The text.
  package private(set) var bytes: [UInt8]
  /// The offsets of the first byte of each line, the first of which is 0.
  package private(set) var lineStarts: [Int] = [0]

  /// Creates a buffer of a text in UTF-8.
  package init(_ bytes: [UInt8] = []) {
    self.bytes = bytes
    lineStarts += Self.starts(in: bytes, from: 1, through: bytes.count)
  }

  // MARK: - Edits

  /// Replaces a range of bytes, which lies in the text.
  package mutating func replace(_ range: TextRange, with text: [UInt8]) {
    let start = min(range.lowerBound, bytes.count)
    let end = min(range.upperBound, bytes.count)
    bytes.replaceSubrange(start..<end, with: text)
    // Whether a line begins at an offset depends on the bytes before and behind it alone.
    let first = max(start, 1)
    let low = Self.lowerBound(of: first, in: lineStarts)
    let high = Self.lowerBound(of: end + 1, in: lineStarts)
    let shift = text.count - (end - start)
    var moved = lineStarts[high...].map { $0 + shift }
    moved.insert(
      contentsOf: Self.starts(in: bytes, from: first, through: start + text.count), at: 0)
    lineStarts.replaceSubrange(low..., with: moved)
  }

  /// The offsets in a closed range where a line begins that is not the first one.
  private static func starts(in bytes: [UInt8], from first: Int, through last: Int) -> [Int] {
    var starts: [Int] = []
    var offset = first
    while offset <= last, offset <= bytes.count {
      let before = bytes[offset - 1]
      let isEnd =
        before == 0x0A || before == 0x0D && (offset == bytes.count || bytes[offset] != 0x0A)
      if isEnd { starts.append(offset) }
      offset += 1
    }
    return starts
  }

  /// The index of the first number that is not below a bound.
  private static func lowerBound(of bound: Int, in numbers: [Int]) -> Int {
    var (low, high) = (0, numbers.count)
    while low < high {
      let middle = low + (high - low) / 2
      if numbers[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: - Positions

  /// The offset of a position; one beyond a line or the text is at its end.
  package func offset(of position: TextPosition, _ encoding: PositionEncoding) -> Int {
    if position.line < 0 { return 0 }
    guard position.line < lineStarts.count else { return bytes.count }
    let start = lineStarts[position.line]
    let end = endOfLine(position.line)
    var offset = start
    var units = 0
    while offset < end {
      let length = min(Self.length(ofCharacterBeginningWith: bytes[offset]), end - offset)
      units += Self.units(ofCharacterOfLength: length, encoding)
      if units > position.character { break }
      offset += length
    }
    return offset
  }

  /// The position of an offset; one within a character is at its beginning.
  package func position(of offset: Int, _ encoding: PositionEncoding) -> TextPosition {
    let offset = max(0, min(offset, bytes.count))
    let line = max(Self.lowerBound(of: offset + 1, in: lineStarts) - 1, 0)
    var index = lineStarts[line]
    var units = 0
    while index < offset {
      let length = Self.length(ofCharacterBeginningWith: bytes[index])
      if index + length > offset { break }
      units += Self.units(ofCharacterOfLength: length, encoding)
      index += length
    }
    return TextPosition(line: line, character: units)
  }

  /// How the line before a line's beginning ends, or else the line itself.
  func lineBreak(near start: Int) -> String {
    let line = max(Self.lowerBound(of: start + 1, in: lineStarts) - 1, 0)
    let ending = line > 0 ? line - 1 : line
    guard ending + 1 < lineStarts.count else { return "\n" }
    return String(decoding: bytes[endOfLine(ending)..<lineStarts[ending + 1]], as: UTF8.self)
  }

  /// The offset of the line end's first byte.
  private func endOfLine(_ line: Int) -> Int {
    guard line + 1 < lineStarts.count else { return bytes.count }
    let next = lineStarts[line + 1]
    let isPair = next >= 2 && bytes[next - 1] == 0x0A && bytes[next - 2] == 0x0D
    return next - (isPair ? 2 : 1)
  }

  private static func length(ofCharacterBeginningWith byte: UInt8) -> Int {
    byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }

  private static func units(ofCharacterOfLength length: Int, _ encoding: PositionEncoding) -> Int {
    switch encoding {
    case .utf8: length
    case .utf16: length == 4 ? 2 : 1
    }
  }
}
