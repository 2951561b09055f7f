/// Computes the hash of each line by which GitHub code scanning follows an alert.
///
/// The algorithm is that of codeql-action's `fingerprints.ts`: a rolling hash over the 100 UTF-16
/// units that follow a line's start, spaces and tabs aside, which may span lines; then how often
/// that hash was seen in the file. LF, CRLF and a lone CR end a line. A byte-order mark counts as
/// text, and malformed UTF-8 as U+FFFD.
///
/// The text comes in blocks of any size. A line's hash is known up to 100 units after its start;
/// the lines come in order. Work for a unit is constant, and of a long line only those units are looked
/// at that are in its hash; memory is 15 to 30 bytes for each distinct hash.
package struct LineHasher: Sendable {
  /// The hash of a line, and which occurrence of that hash it is.
  package struct LineHash: Sendable, Hashable, CustomStringConvertible {
    /// The rolling hash.
    package var value: UInt64
    /// 1 for the first line of the file with this hash.
    package var occurrence: Int

    /// The form in which SARIF carries it: lower hexadecimal, a colon, the occurrence.
    package var description: String { "\(String(value, radix: 16)):\(occurrence)" }
  }

  /// The maximum number of distinct hashes; lines beyond it have no hash.
  package static let distinctHashLimit = 1 << 19

  private static let blockSize = 100
  private static let multiplier: UInt64 = 37
  /// The multiplier to the power of the block size: the weight of the unit that leaves the window.
  private static let leavingWeight: UInt64 = 0xe59c_d09a_331c_db71
  /// A power of two not below the block size, so that an index wraps by a mask.
  private static let ringSize = 128

  private var hash: UInt64 = 0
  /// The last units, at their number modulo the ring's size.
  private var window = [UInt16](repeating: 0, count: ringSize)
  /// How many units are hashed.
  private var unitCount = 0
  /// The number of the first unit in the hash: that of a line before which no other waits for its hash.
  private var firstUnit = 0
  /// The lines whose hash is not yet known, at their number modulo the ring's size: at most one for
  /// each unit of the block, as each starts at a unit of its own.
  private var starts = [Int](repeating: 0, count: ringSize)
  private var knownLineCount = 0
  private var startedLineCount = 0
  /// The number of hashed units at which the next hash is known; the largest number where no line waits.
  private var nextKnown = Int.max
  private var isAtLineStart = true
  private var followsCarriageReturn = false
  private var occurrences = OccurrenceTable()
  private var decoder = UnitDecoder()

  /// Creates a hasher at the start of a file.
  package init() {}

  /// Takes in the next bytes of the file, and hands over the hashes that are known by them.
  package mutating func update(
    _ bytes: [UInt8], _ body: (_ line: Int, _ hash: LineHash?) -> Void
  ) {
    let hasReturns = bytes.firstOffset(of: 0x0D, from: 0, to: bytes.count) != nil
    var index = 0
    while index < bytes.count {
      if nextKnown == .max, !isAtLineStart {
        // No hash has what is left of this line in it.
        decoder = UnitDecoder()
        index = Self.lineEnd(of: bytes, from: index, hasReturns: hasReturns)
        guard index < bytes.count else { return }
      }
      let byte = bytes[index]
      if byte > 0x20, byte < 0x80, !isAtLineStart, nextKnown != .max, decoder.isBetweenScalars {
        index = pushRun(of: bytes, from: index, body)
        continue
      }
      if byte < 0x80, decoder.isBetweenScalars {
        take(UInt16(byte), body)
      } else {
        let (first, second) = decoder.decode(byte)
        if let first { take(first, body) }
        if let second { take(second, body) }
      }
      index += 1
    }
  }

  /// The offset of the next LF or CR, or the end of the bytes.
  private static func lineEnd(of bytes: [UInt8], from start: Int, hasReturns: Bool) -> Int {
    let end = bytes.firstOffset(of: 0x0A, from: start, to: bytes.count) ?? bytes.count
    guard hasReturns else { return end }
    return bytes.firstOffset(of: 0x0D, from: start, to: end) ?? end
  }

  /// Takes in ASCII characters within a line up to where a hash is known; gives the index after them.
  ///
  /// This is most of what is hashed of any text; one access to the window for all is several times as
  /// fast.
  private mutating func pushRun(
    of bytes: [UInt8], from start: Int, _ body: (Int, LineHash?) -> Void
  ) -> Int {
    var index = start
    var hash = hash
    var unitCount = unitCount
    let (nextKnown, firstUnit) = (nextKnown, firstUnit)
    unsafe window.withUnsafeMutableBufferPointer { window in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        while index < bytes.count, unitCount < nextKnown {
          let byte = unsafe bytes[index]
          guard byte >= 0x20 || byte == 0x09, byte < 0x80 else { break }
          index &+= 1
          if byte == 0x20 || byte == 0x09 { continue }
          hash = Self.multiplier &* hash &+ UInt64(byte)
          if unitCount &- firstUnit >= Self.blockSize {
            let leaving = unsafe window[(unitCount &- Self.blockSize) & (Self.ringSize - 1)]
            hash = hash &- Self.leavingWeight &* UInt64(leaving)
          }
          unsafe window[unitCount & (Self.ringSize - 1)] = UInt16(byte)
          unitCount &+= 1
        }
      }
    }
    self.hash = hash
    self.unitCount = unitCount
    followsCarriageReturn = false
    if unitCount == nextKnown { emit(body) }
    return index
  }

  /// Ends the file, and hands over the hashes that were still open.
  package mutating func finish(_ body: (_ line: Int, _ hash: LineHash?) -> Void) {
    if let unit = decoder.finish() { take(unit, body) }
    // The end of the file is a unit that no text has.
    take(0xFFFF, body)
    while nextKnown != .max { push(0, body) }
  }

  /// The hashes of the lines in `lines`, 1-based, of a whole text.
  package static func hashes(of bytes: [UInt8], lines: Set<Int>) -> [Int: LineHash] {
    var hasher = LineHasher()
    var hashes: [Int: LineHash] = [:]
    hasher.update(bytes) { line, hash in if lines.contains(line) { hashes[line] = hash } }
    hasher.finish { line, hash in if lines.contains(line) { hashes[line] = hash } }
    return hashes
  }

  @inline(__always)
  private mutating func take(_ unit: UInt16, _ body: (Int, LineHash?) -> Void) {
    var unit = unit
    if unit == 0x20 || unit == 0x09 || (followsCarriageReturn && unit == 0x0A) {
      followsCarriageReturn = false
      return
    }
    followsCarriageReturn = unit == 0x0D
    if followsCarriageReturn { unit = 0x0A }
    if isAtLineStart {
      isAtLineStart = false
      starts[startedLineCount & (Self.ringSize - 1)] = unitCount
      if startedLineCount == knownLineCount {
        (hash, firstUnit) = (0, unitCount)
        nextKnown = unitCount &+ Self.blockSize
      }
      startedLineCount &+= 1
    }
    if unit == 0x0A { isAtLineStart = true }
    push(unit, body)
  }

  @inline(__always)
  private mutating func push(_ unit: UInt16, _ body: (Int, LineHash?) -> Void) {
    hash = Self.multiplier &* hash &+ UInt64(unit)
    if unitCount &- firstUnit >= Self.blockSize {
      let leaving = window[(unitCount &- Self.blockSize) & (Self.ringSize - 1)]
      hash = hash &- Self.leavingWeight &* UInt64(leaving)
    }
    window[unitCount & (Self.ringSize - 1)] = unit
    unitCount &+= 1
    if unitCount == nextKnown { emit(body) }
  }

  private mutating func emit(_ body: (Int, LineHash?) -> Void) {
    knownLineCount &+= 1
    let hasNext = knownLineCount < startedLineCount
    nextKnown =
      hasNext ? starts[knownLineCount & (Self.ringSize - 1)] &+ Self.blockSize : Int.max
    body(
      knownLineCount,
      occurrences.add(hash, limit: Self.distinctHashLimit).map {
        LineHash(value: hash, occurrence: $0)
      })
  }
}

/// Turns UTF-8 bytes into UTF-16 units one byte at a time (the WHATWG Encoding Standard's decoder).
///
/// Each maximal part of a malformed sequence becomes one U+FFFD.
private struct UnitDecoder: Sendable {
  private var scalar: UInt32 = 0
  private var missing = 0
  private var lowerBound: UInt8 = 0x80
  private var upperBound: UInt8 = 0xBF

  var isBetweenScalars: Bool { missing == 0 }

  /// The units that are known by one more byte.
  mutating func decode(_ byte: UInt8) -> (UInt16?, UInt16?) {
    guard missing > 0 else { return (begin(byte), nil) }
    guard byte >= lowerBound, byte <= upperBound else {
      let replacement = finish()
      return (replacement, begin(byte))
    }
    (lowerBound, upperBound) = (0x80, 0xBF)
    scalar = scalar << 6 | UInt32(byte & 0x3F)
    missing -= 1
    guard missing == 0 else { return (nil, nil) }
    guard scalar >= 0x10000 else { return (UInt16(truncatingIfNeeded: scalar), nil) }
    return (
      UInt16(truncatingIfNeeded: 0xD7C0 + scalar >> 10),
      UInt16(truncatingIfNeeded: 0xDC00 | scalar & 0x3FF)
    )
  }

  /// The unit for a sequence that the text breaks off, if it does.
  mutating func finish() -> UInt16? {
    defer { (missing, lowerBound, upperBound) = (0, 0x80, 0xBF) }
    return missing > 0 ? 0xFFFD : nil
  }

  private mutating func begin(_ byte: UInt8) -> UInt16? {
    switch byte {
    case 0..<0x80: return UInt16(byte)
    case 0xC2...0xDF: start(byte & 0x1F, missing: 1)
    case 0xE0: start(byte & 0x0F, missing: 2, 0xA0, 0xBF)
    case 0xED: start(byte & 0x0F, missing: 2, 0x80, 0x9F)
    case 0xE1...0xEF: start(byte & 0x0F, missing: 2)
    case 0xF0: start(byte & 0x07, missing: 3, 0x90, 0xBF)
    case 0xF1...0xF3: start(byte & 0x07, missing: 3)
    case 0xF4: start(byte & 0x07, missing: 3, 0x80, 0x8F)
    default: return 0xFFFD
    }
    return nil
  }

  private mutating func start(
    _ bits: UInt8, missing: Int, _ lowerBound: UInt8 = 0x80, _ upperBound: UInt8 = 0xBF
  ) {
    scalar = UInt32(bits)
    self.missing = missing
    (self.lowerBound, self.upperBound) = (lowerBound, upperBound)
  }
}
