import Documents
import Findings
import RequisiteFiles
import SourceText

/// A stretch of whole lines of a log, or of whole elements of a batch: what is read, and can be checked,
/// at a time.
struct LogBlock: Sendable {
  /// The lines, each but the last of a log with its line feed.
  var bytes: [UInt8]
  /// Where the block begins, and how many lines end before it.
  var base: LineIndex.Base
  /// Whether CRs have to be looked for.
  var mayHaveReturns = true
  /// The elements of a batch; nil where each line is a request.
  var records: [Record]?
}

/// Reads a log in blocks of whole lines.
struct LogReader: ~Copyable {
  /// What comes next in a log.
  enum Part {
    /// Lines.
    case block(LogBlock)
    /// The beginning of a log that is no text in UTF-8, and why.
    case unreadable([UInt8], SyntaxError)
  }

  /// How many bytes are read at a time: enough that handing a block to another thread costs little beside
  /// checking it, and so few that all findings of the blocks on their way take little memory, even where
  /// every line has some.
  static let blockSize = 1 << 17

  private let name: String
  private let limits: SizeLimits
  /// Whether the first bytes tell that the log is no text in UTF-8; those of lines with keys are a key.
  private let tellsEncoding: Bool
  private var reader: InputReader
  private var base = LineIndex.Base.wholeFile
  /// The beginning of a line whose end was not read yet.
  private var rest: [UInt8] = []
  private var isAtEnd = false

  /// Opens a log.
  ///
  /// - Throws: `input/unreadable` or `input/missing`.
  init(_ input: InputSource, in files: any FileSystem, limits: SizeLimits) throws(Diagnostic) {
    name = input.quotedName
    self.limits = limits
    tellsEncoding = !input.isKeyed
    reader = try InputReader(input, in: files, blockSize: Self.blockSize)
  }

  /// How many bytes of the file were read.
  var filePosition: Int { reader.filePosition }

  /// Whether there is something to read by now, or the end.
  mutating func isReady() -> Bool { reader.isReady() }

  /// The next lines; nil at the end.
  ///
  /// - Throws: `input/unreadable`, `input/corrupt-gzip`, or `input/too-large` for a line or a log over
  ///   its limit.
  mutating func next() throws(Diagnostic) -> Part? {
    while !isAtEnd {
      let start = rest.count
      isAtEnd = try !reader.read(into: &rest)
      if base.offset == 0, let size = reader.textSize, size > limits.log {
        throw SizeLimits.logTooLarge(name, limits.log)
      }
      if base.offset == 0, tellsEncoding, let error = rest.otherTextEncoding {
        isAtEnd = true
        return .unreadable(rest, error)
      }
      // Only what is new can hold the line feed.
      guard
        let end = isAtEnd
          ? rest.count : rest[start...].lastIndex(of: UInt8(ascii: "\n")).map({ $0 + 1 })
      else {
        if rest.count > limits.document {
          throw SizeLimits.lineTooLong(name, line: base.lines + 1, limits.document)
        }
        continue
      }
      if base.offset + end > limits.log { throw SizeLimits.logTooLarge(name, limits.log) }
      let next = Array(rest[end...])
      rest.removeLast(rest.count - end)
      let lineEnds = rest.lineEnds
      let block = LogBlock(bytes: rest, base: base, mayHaveReturns: lineEnds.hasReturns)
      base.offset += end
      base.lines += lineEnds.count
      rest = next
      return .block(block)
    }
    return nil
  }
}
