import LanguageServer
import SourceText
import Testing

struct TextBufferTests {
  /// Pieces that edits are made of: line ends of each kind, and characters of each length.
  private static let pieces = [
    "\n", "\r", "\r\n", "a", "bc", "ä", "€", "😀", "{\"x\": 1}", "", "\r\r\n",
  ]

  /// A text as a list of lines, in the plainest way.
  private struct PlainText {
    var scalars: [Unicode.Scalar]

    /// The scalars of each line, without its end, and where the line begins.
    var lines: [(start: Int, scalars: ArraySlice<Unicode.Scalar>)] {
      var lines: [(Int, ArraySlice<Unicode.Scalar>)] = []
      var (start, index) = (0, 0)
      while index < scalars.count {
        guard scalars[index] == "\n" || scalars[index] == "\r" else {
          index += 1
          continue
        }
        lines.append((start, scalars[start..<index]))
        let isPair =
          scalars[index] == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
        index += isPair ? 2 : 1
        start = index
      }
      return lines + [(start, scalars[start...])]
    }

    func index(of position: TextPosition, _ encoding: PositionEncoding) -> Int {
      let lines = lines
      guard position.line >= 0 else { return 0 }
      guard position.line < lines.count else { return scalars.count }
      let line = lines[position.line]
      var units = 0
      for (offset, scalar) in line.scalars.enumerated() {
        units += encoding == .utf8 ? scalar.utf8.count : scalar.utf16.count
        if units > position.character { return line.start + offset }
      }
      return line.start + line.scalars.count
    }

    var bytes: [UInt8] { scalars.flatMap { Array($0.utf8) } }
  }

  /// Ten thousand edits, each of which leaves what the whole text gives when it is read anew.
  @Test(arguments: [PositionEncoding.utf16, .utf8])
  func editsNeverDrift(encoding: PositionEncoding) {
    var random = Numbers(state: encoding == .utf8 ? 1 : 2)
    var buffer = TextBuffer()
    var plain = PlainText(scalars: [])
    for step in 0..<10_000 {
      func place() -> TextPosition {
        TextPosition(line: random.next(13) - 1, character: random.next(15) - 1)
      }
      let (one, other) = (place(), place())
      var text = ""
      for _ in 0..<random.next(4) { text += Self.pieces[random.next(Self.pieces.count)] }
      // Texts stay short, so that edits meet.
      if plain.scalars.count > 150 { text = "" }
      let ends = [plain.index(of: one, encoding), plain.index(of: other, encoding)].sorted()
      let offsets = [buffer.offset(of: one, encoding), buffer.offset(of: other, encoding)].sorted()
      buffer.replace(TextRange(offsets[0], offsets[1]), with: Array(text.utf8))
      plain.scalars.replaceSubrange(ends[0]..<ends[1], with: text.unicodeScalars)
      guard buffer.bytes == plain.bytes, buffer.lineStarts == TextBuffer(buffer.bytes).lineStarts
      else {
        Issue.record("step \(step): \(String(decoding: buffer.bytes, as: UTF8.self))")
        return
      }
    }
    #expect(buffer.bytes == plain.bytes)
  }

  @Test(arguments: [PositionEncoding.utf16, .utf8])
  func positionsAreThoseOfOffsets(encoding: PositionEncoding) {
    let buffer = TextBuffer(Array("aä\r\n€😀b\r\r\n\nx".utf8))
    var offset = 0
    for scalar in String(decoding: buffer.bytes, as: UTF8.self).unicodeScalars {
      let position = buffer.position(of: offset, encoding)
      let isInPair = scalar == "\n" && offset > 0 && buffer.bytes[offset - 1] == 0x0D
      if !isInPair { #expect(buffer.offset(of: position, encoding) == offset) }
      offset += scalar.utf8.count
    }
    #expect(buffer.lineStarts == [0, 5, 14, 16, 17])
  }

  @Test func positionsBeyondTheTextAreAtItsEnd() {
    let buffer = TextBuffer(Array("ab\ncd".utf8))
    for (line, character, offset) in [(0, 9, 2), (1, 9, 5), (7, 0, 5), (-1, 4, 0), (1, -3, 3)] {
      let position = TextPosition(line: line, character: character)
      #expect(buffer.offset(of: position, .utf16) == offset)
    }
    #expect(buffer.position(of: 99, .utf16) == TextPosition(line: 1, character: 2))
    // A position within a pair of surrogates is before it.
    let smile = TextBuffer(Array("😀".utf8))
    #expect(smile.offset(of: TextPosition(line: 0, character: 1), .utf16) == 0)
  }
}

/// Numbers that are the same in each run (xorshift).
struct Numbers {
  var state: UInt64

  init(state: UInt64) { self.state = state &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }
}
