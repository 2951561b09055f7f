/// Turns byte offsets of one text into lines and columns.
///
/// Built once for a text that has something to report. A look-up costs a binary search and a few KiB of
/// counting at most, so that a long minified line stays cheap.
package struct LineIndex: Sendable {
  /// The offset of the first byte of each line but the first one.
  private let laterStarts: [Int]
  /// Whether every byte of a long text is ASCII; of a short one, the few places that are asked for are counted.
  private let isASCII: Bool
  /// How many code points and UTF-16 units precede each `checkpointInterval`-th byte but the first one.
  ///
  /// Empty for a short text, and where every byte is ASCII.
  private let checkpoints: [Checkpoint]
  private let byteOrderMarkCount: Int
  private let count: Int
  private let base: Base

  private static let checkpointInterval = 1024
  /// A text of so many bytes is counted from its start each time.
  private static let shortText = 4 * checkpointInterval

  private struct Checkpoint {
    var scalars: Int
    var utf16: Int

    /// The counts with those of more bytes, of which there are at most as many as in a short text.
    func adding(_ bytes: [UInt8], from start: Int, to end: Int) -> Checkpoint {
      var continuations = 0
      var surrogates = 0
      let end = min(end, bytes.count)
      unsafe bytes.withUnsafeBytes { text in
        var offset = start
        // Eight bytes at a time, in lanes of a word that each hold the counts of up to 255 words.
        while offset + 8 <= end {
          let chunkEnd = min(end, offset + 8 * 255)
          var (continuationLanes, surrogateLanes) = (0 as UInt64, 0 as UInt64)
          while offset + 8 <= chunkEnd {
            // Most text is ASCII, in which there is nothing to count.
            if offset + 32 <= chunkEnd, unsafe Self.isASCII(text, at: offset) {
              offset += 32
              continue
            }
            let word = unsafe text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let isHigh = word & 0x8080_8080_8080_8080
            // Those that continue a code point have the two highest bits 10, and those that begin one of
            // four bytes have the four highest bits set.
            continuationLanes &+= (isHigh & ~(word << 1)) >> 7
            surrogateLanes &+= (isHigh & word << 1 & word << 2 & word << 3) >> 7
            offset += 8
          }
          continuations += Self.sum(ofLanes: continuationLanes)
          surrogates += Self.sum(ofLanes: surrogateLanes)
        }
        while offset < end {
          let byte = unsafe text[offset]
          continuations += byte.startsScalar ? 0 : 1
          surrogates += byte.utf16Units == 2 ? 1 : 0
          offset += 1
        }
      }
      let scalars = max(end - start, 0) - continuations
      return Checkpoint(scalars: self.scalars + scalars, utf16: utf16 + scalars + surrogates)
    }

    /// Whether 32 bytes from an offset on are all ASCII.
    @inline(__always)
    private static func isASCII(_ text: UnsafeRawBufferPointer, at offset: Int) -> Bool {
      var all: UInt64 = 0
      for word in 0..<4 {
        all |= unsafe text.loadUnaligned(fromByteOffset: offset + 8 * word, as: UInt64.self)
      }
      return all & 0x8080_8080_8080_8080 == 0
    }

    private static func sum(ofLanes lanes: UInt64) -> Int {
      let pairs = (lanes & 0x00FF_00FF_00FF_00FF) &+ (lanes >> 8 & 0x00FF_00FF_00FF_00FF)
      return Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) >> 48)
    }
  }

  /// Where a text is in its file, when it is only a part of one.
  package struct Base: Sendable {
    /// How many bytes of the file precede the text.
    package var offset: Int
    /// How many lines of the file end before the text starts.
    package var lines: Int
    /// What of the text's first line precedes the text.
    private(set) var column = Column()

    /// A stretch of a line, counted in the units of columns.
    struct Column: Sendable {
      var bytes = 0
      var scalars = 0
      var utf16 = 0
    }

    /// Creates a base from what precedes the text, which starts at a line's start.
    package init(offset: Int, lines: Int) {
      self.offset = offset
      self.lines = lines
    }

    /// Moves on over bytes of the file; what follows them need not start a line.
    ///
    /// A CR and its LF have to be passed at once.
    package mutating func advance(over bytes: [UInt8], from start: Int, to end: Int) {
      var lineStart = start
      while let newline = bytes.firstOffset(of: UInt8(ascii: "\n"), from: lineStart, to: end) {
        lines += 1
        lineStart = newline + 1
      }
      // A CR ends a line unless an LF follows, which was counted.
      var place = start
      while let carriage = bytes.firstOffset(of: UInt8(ascii: "\r"), from: place, to: end) {
        place = carriage + 1
        guard place == end || bytes[place] != UInt8(ascii: "\n") else { continue }
        lines += 1
        lineStart = max(lineStart, place)
      }
      if lineStart > start { column = Column() }
      // The byte-order mark is part of no column.
      if offset == 0, start == 0, lineStart == 0, bytes.starts(with: ByteOrderMark.utf8) {
        lineStart = min(ByteOrderMark.utf8.count, end)
      }
      for place in lineStart..<end {
        column.bytes += 1
        column.scalars += bytes[place].startsScalar ? 1 : 0
        column.utf16 += bytes[place].utf16Units
      }
      offset += end - start
    }

    /// The region of the first byte of the text, where it is an ASCII character and ends no line.
    package var firstByte: Region {
      let start = Position(
        line: lines + 1, column: column.scalars + 1, utf16Column: column.utf16 + 1,
        byteColumn: column.bytes + 1, offset: offset, scalarOffset: 0, utf16Offset: 0)
      var end = start
      end.column += 1
      end.utf16Column += 1
      end.byteColumn += 1
      end.offset += 1
      end.scalarOffset += 1
      end.utf16Offset += 1
      return Region(start: start, end: end)
    }

    /// The base of a whole file.
    package static let wholeFile = Base(offset: 0, lines: 0)
  }

  /// Reads the line structure of `bytes`.
  package init(_ bytes: [UInt8], base: Base = .wholeFile) {
    laterStarts = Self.laterStarts(of: bytes)
    let isLong = bytes.count > Self.shortText
    isASCII = isLong && bytes.isASCII
    checkpoints = isLong && !isASCII ? Self.checkpoints(of: bytes) : []
    byteOrderMarkCount = base.offset == 0 && bytes.starts(with: ByteOrderMark.utf8) ? 3 : 0
    count = bytes.count
    self.base = base
  }

  private static func laterStarts(of bytes: [UInt8]) -> [Int] {
    var starts: [Int] = []
    guard bytes.firstOffset(of: UInt8(ascii: "\r"), from: 0, to: bytes.count) != nil else {
      var offset = 0
      while let end = bytes.firstOffset(of: UInt8(ascii: "\n"), from: offset, to: bytes.count) {
        offset = end + 1
        starts.append(offset)
      }
      return starts
    }
    let text = bytes.span
    for offset in text.indices {
      let byte = text[offset]
      if byte > UInt8(ascii: "\r") { continue }
      let isLineEnd =
        byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
          && !(offset + 1 < text.count && text[offset + 1] == UInt8(ascii: "\n"))
      if isLineEnd { starts.append(offset + 1) }
    }
    return starts
  }

  private static func checkpoints(of bytes: [UInt8]) -> [Checkpoint] {
    var units = Checkpoint(scalars: 0, utf16: 0)
    var checkpoints: [Checkpoint] = []
    for end in stride(from: checkpointInterval, to: bytes.count, by: checkpointInterval) {
      units = units.adding(bytes, from: end - checkpointInterval, to: end)
      checkpoints.append(units)
    }
    return checkpoints
  }

  /// The number of lines in the text, at least one.
  package var lineCount: Int { laterStarts.count + 1 }

  /// The offset of a line's first byte.
  private func start(ofLine line: Int) -> Int { line == 0 ? 0 : laterStarts[line - 1] }

  /// The position of a byte offset of the text; an offset past the end counts as the end.
  package func position(of offset: Int, in bytes: [UInt8]) -> Position {
    let offset = min(max(offset, 0), count)
    return position(of: offset, unitsBefore(offset, in: bytes), in: bytes)
  }

  /// The position of an offset by what precedes it.
  private func position(of offset: Int, _ here: Checkpoint, in bytes: [UInt8]) -> Position {
    let line = lineNumber(of: offset)
    let lineStart = start(ofLine: line)
    // The byte-order mark is part of no column.
    let columnStart = line == 0 ? min(max(lineStart, byteOrderMarkCount), offset) : lineStart
    let there = unitsBefore(columnStart, in: bytes)
    let before = line == 0 ? base.column : Base.Column()
    return Position(
      line: base.lines + line + 1,
      column: before.scalars + here.scalars - there.scalars + 1,
      utf16Column: before.utf16 + here.utf16 - there.utf16 + 1,
      byteColumn: before.bytes + offset - columnStart + 1,
      offset: base.offset + offset,
      scalarOffset: here.scalars,
      utf16Offset: here.utf16)
  }

  /// The region of a byte range of the text.
  package func region(of range: TextRange, in bytes: [UInt8]) -> Region {
    let start = min(max(range.lowerBound, 0), count)
    let end = min(max(range.upperBound, 0), count)
    let before = unitsBefore(start, in: bytes)
    // Most regions are short, so that the end is near the start.
    let behind =
      isASCII || end < start || end - start > Self.shortText
      ? unitsBefore(end, in: bytes) : before.adding(bytes, from: start, to: end)
    return Region(
      start: position(of: start, before, in: bytes), end: position(of: end, behind, in: bytes))
  }

  /// The bytes of the line with `offset`, without its line end and byte-order mark.
  package func lineRange(of offset: Int, in bytes: [UInt8]) -> TextRange {
    lineRange(at: lineNumber(of: min(max(offset, 0), count)), in: bytes)
  }

  /// The byte offset of a 1-based line and code-point column, or nil outside of the text.
  package func offset(line: Int, column: Int, in bytes: [UInt8]) -> Int? {
    guard line >= 1, line <= lineCount, column >= 1 else { return nil }
    let range = lineRange(at: line - 1, in: bytes)
    var offset = range.lowerBound
    var remaining = column - 1
    while remaining > 0, offset < range.upperBound {
      offset += 1
      while offset < range.upperBound, !bytes[offset].startsScalar { offset += 1 }
      remaining -= 1
    }
    return remaining == 0 ? offset : nil
  }

  private func lineRange(at line: Int, in bytes: [UInt8]) -> TextRange {
    let start = line == 0 ? byteOrderMarkCount : start(ofLine: line)
    var end = line < laterStarts.count ? laterStarts[line] : count
    if end > start, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return TextRange(start, end)
  }

  private func lineNumber(of offset: Int) -> Int {
    var low = 0
    var high = lineCount
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if laterStarts[middle - 1] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private func unitsBefore(_ offset: Int, in bytes: [UInt8]) -> Checkpoint {
    if isASCII { return Checkpoint(scalars: offset, utf16: offset) }
    let index = min(offset / Self.checkpointInterval, checkpoints.count)
    let checkpoint = index == 0 ? Checkpoint(scalars: 0, utf16: 0) : checkpoints[index - 1]
    return checkpoint.adding(bytes, from: index * Self.checkpointInterval, to: offset)
  }
}

extension [UInt8] {
  /// Whether all bytes are ASCII.
  fileprivate var isASCII: Bool {
    var all: UInt8 = 0
    for byte in self { all |= byte }
    return all < 0x80
  }
}

extension UInt8 {
  /// Whether a UTF-8 byte begins a code point rather than continuing one.
  fileprivate var startsScalar: Bool { self & 0xC0 != 0x80 }

  /// How many UTF-16 code units the code point that this UTF-8 byte begins takes.
  fileprivate var utf16Units: Int { startsScalar ? (self >= 0xF0 ? 2 : 1) : 0 }
}
