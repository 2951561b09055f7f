import Documents
import Findings
import RequisiteFiles
import SourceText

/// A request in a block of a log or of a batch.
struct Record: Sendable {
  /// What belongs to it, blanks around it included, in offsets of the block.
  var text: TextRange
  /// The value itself.
  var value: TextRange
  /// Its place in the array that the file is; nil for a line of a log.
  var position: Int?
}

/// Reads a JSON text that is an array, in blocks of whole elements.
///
/// What the elements are is not looked at here, beyond where they end; so an element is found to be
/// malformed when it is read.
struct BatchReader: ~Copyable {
  private enum Place {
    case beforeArray
    case beforeElement
    case inContainer
    case inScalar
    case afterElement
    case afterArray
  }

  private let name: String
  /// How large the text may be, and each part of it that belongs to one element.
  ///
  /// A text in memory is within its limit.
  private let limits: SizeLimits
  /// Nil where the text is in memory, all of which is then in `rest`.
  private let text: TextStream?
  /// Whether blocks know how many lines are before them.
  private let countsLines: Bool
  private var base = LineIndex.Base.wholeFile
  /// Bytes in memory, those that are in no block yet, and how many were scanned.
  private var rest: [UInt8]
  private var blockStart = 0
  private var scanned = 0
  private var place = Place.beforeArray
  /// How many arrays and objects of an element are open, and whether a string of it is.
  private var depth = 0
  private var isInString = false
  private var isAtEnd: Bool
  /// The elements in `rest` that are whole, and where the next one begins.
  private var records: [Record] = []
  private var textStart = 0
  private var valueStart = 0
  private var elementCount = 0
  private var isPartTooLarge = false
  /// Whether the text is not an array, whatever its elements are.
  private(set) var isMalformed = false

  /// Opens an input.
  ///
  /// - Throws: `input/unreadable` or `input/missing`.
  init(
    _ input: InputSource, in files: any FileSystem, limits: SizeLimits
  ) throws(Diagnostic) {
    let reader = try InputReader(input, in: files, blockSize: LogReader.blockSize)
    self.init(TextStream(reader, of: input), of: input, limits: limits)
  }

  /// Begins a text; without `countsLines`, blocks do not know in which lines they are.
  init(
    _ text: TextStream, of input: InputSource, limits: SizeLimits, countsLines: Bool = true
  ) {
    name = input.quotedName
    self.limits = limits
    self.countsLines = countsLines
    self.text = text
    rest = []
    isAtEnd = false
  }

  /// Begins a text in memory.
  init(_ bytes: [UInt8], of input: InputSource) {
    name = input.quotedName
    limits = SizeLimits(document: .max, log: .max)
    countsLines = true
    text = nil
    rest = bytes
    isAtEnd = true
  }

  /// How many bytes of the file were read; 0 for a text in memory.
  var filePosition: Int { text?.filePosition ?? 0 }

  /// The next elements; nil at the end, or where the text turns out to be no array.
  ///
  /// - Throws: `input/unreadable`, `input/corrupt-gzip`, or `input/too-large` for an array or an element
  ///   over its limit.
  mutating func next() throws(Diagnostic) -> LogBlock? {
    while true {
      scan()
      if isAtEnd, isExhausted, place != .afterArray { isMalformed = true }
      if isMalformed { return nil }
      // Elements before a limit are handed on first: they tell whether this is an array of requests.
      let error = sizeError
      if readyCount > 0, isAtEnd && isExhausted || isFull || error != nil { return takeBlock() }
      if let error { throw error }
      // What follows the last element belongs to no block, but is a part of the text.
      if isAtEnd { return takeEnd() }
      isAtEnd = try !(text?.read(into: &rest) ?? false)
    }
  }

  /// How many whole elements have the separator behind them.
  private var readyCount: Int { place == .afterElement ? records.count - 1 : records.count }

  /// The block of these elements.
  private mutating func takeBlock() -> LogBlock {
    let end = textStart
    let start = blockStart
    let shifted = records.prefix(readyCount).map { record in
      Record(
        text: record.text.shifted(by: -start), value: record.value.shifted(by: -start),
        position: record.position)
    }
    let block = LogBlock(bytes: Array(rest[start..<end]), base: base, records: shifted)
    if countsLines {
      base.advance(over: rest, from: start, to: end)
    } else {
      base.offset += end - start
    }
    records.removeFirst(readyCount)
    blockStart = end
    // A text in memory stays as it is, or the end of it would be copied for each block.
    if text != nil {
      rest.removeSubrange(..<end)
      for index in records.indices {
        records[index].text = records[index].text.shifted(by: -end)
        records[index].value = records[index].value.shifted(by: -end)
      }
      scanned -= end
      valueStart -= end
      textStart = 0
      blockStart = 0
    }
    return block
  }

  /// What to report of a text over its limit, or of a part of it.
  private var sizeError: Diagnostic? {
    if base.offset + rest.count > limits.log { return SizeLimits.arrayTooLarge(name, limits.log) }
    guard isPartTooLarge || isExhausted && rest.count - textStart > limits.document else {
      return nil
    }
    return switch place {
    case .inContainer, .inScalar:
      SizeLimits.elementTooLarge(name, position: elementCount, limits.document)
    case .beforeArray, .beforeElement, .afterElement, .afterArray:
      SizeLimits.documentTooLarge(name, limits.document)
    }
  }

  /// Begins the next part of the text; false where the one that ends there is too large.
  @discardableResult private mutating func beginPart(at end: Int) -> Bool {
    guard checkPart(upTo: end) else { return false }
    textStart = end
    return true
  }

  /// Whether the part of the text that was begun is within its limit up to an offset.
  private mutating func checkPart(upTo end: Int) -> Bool {
    isPartTooLarge = end - textStart > limits.document
    return !isPartTooLarge
  }

  private var isFull: Bool { textStart - blockStart >= LogReader.blockSize }
  private var isExhausted: Bool { scanned >= rest.count }

  /// A block of what is left behind the last element, once.
  private mutating func takeEnd() -> LogBlock? {
    guard blockStart < rest.count else { return nil }
    defer { blockStart = rest.count }
    return LogBlock(bytes: Array(rest[blockStart...]), base: base, records: [])
  }

  // MARK: - Finding elements

  private mutating func scan() {
    while !isExhausted, !isMalformed, !isPartTooLarge, !(isFull && readyCount > 0) {
      let byte = rest[scanned]
      switch place {
      case .inContainer: scanContainer()
      case .inScalar:
        if Self.isBlank(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") {
          endElement(at: scanned)
        } else {
          scanned += 1
        }
      case .beforeArray:
        if base.offset == 0, scanned == 0, rest.starts(with: ByteOrderMark.utf8) {
          scanned = ByteOrderMark.utf8.count
        } else if byte == UInt8(ascii: "[") {
          place = .beforeElement
          scanned += 1
          beginPart(at: scanned)
        } else if Self.isBlank(byte) {
          scanned += 1
        } else {
          isMalformed = true
        }
      case .beforeElement: begin(byte)
      case .afterElement:
        if byte == UInt8(ascii: ",") {
          if beginPart(at: scanned + 1) { place = .beforeElement }
        } else if byte == UInt8(ascii: "]") {
          if beginPart(at: scanned + 1) { place = .afterArray }
        } else if !Self.isBlank(byte) {
          isMalformed = true
        }
        scanned += 1
      case .afterArray:
        if !Self.isBlank(byte) { isMalformed = true }
        scanned += 1
      }
    }
  }

  private mutating func begin(_ byte: UInt8) {
    valueStart = scanned
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""): place = .inContainer
    case UInt8(ascii: "]"):
      // Of an array that is empty; behind a comma, an element is missing.
      if elementCount > 0 { isMalformed = true }
      place = .afterArray
      scanned += 1
      beginPart(at: scanned)
    case UInt8(ascii: ","): isMalformed = true
    default:
      if !Self.isBlank(byte) { place = .inScalar }
      scanned += 1
    }
  }

  /// Goes on to the end of an array, an object or a string.
  private mutating func scanContainer() {
    let rest = rest
    var (index, depth, isInString) = (scanned, depth, isInString)
    defer { (scanned, self.depth, self.isInString) = (index, depth, isInString) }
    while index < rest.count {
      if isInString {
        guard let quote = rest.firstOffset(of: UInt8(ascii: "\""), from: index, to: rest.count)
        else {
          index = rest.count
          return
        }
        index = quote + 1
        // An odd number of backslashes escapes it; what they follow is in the same string.
        var start = quote
        while start > 0, rest[start - 1] == UInt8(ascii: "\\") { start -= 1 }
        if (quote - start) % 2 == 1 { continue }
        isInString = false
      } else {
        let byte = rest[index]
        index += 1
        if byte == UInt8(ascii: "\"") {
          isInString = true
          continue
        } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
          depth += 1
          continue
        } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
          depth -= 1
        } else {
          continue
        }
      }
      if depth <= 0 { return endElement(at: index) }
    }
  }

  private mutating func endElement(at end: Int) {
    guard checkPart(upTo: end) else { return }
    records.append(
      Record(
        text: TextRange(textStart, end), value: TextRange(valueStart, end), position: elementCount))
    elementCount += 1
    place = .afterElement
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
