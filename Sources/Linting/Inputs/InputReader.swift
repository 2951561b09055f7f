import Findings
import RequisiteFiles
import SourceText

/// Reads the text of an input block by block, wherever it comes from and whatever container it is in.
struct InputReader: ~Copyable {
  private let input: InputSource
  private let blockSize: Int
  private var blocks: BlockReader
  /// Whether the first bytes are still to be looked at.
  ///
  /// Those of lines with keys are a key, whatever they look like, unless the name tells a container.
  private var isAtBeginning: Bool
  /// The container, as far as the first bytes told.
  private var container: Container?
  private var decoder: (any ContainerDecoder)?
  /// Bytes of the container, and how many of them are used.
  private var bytes: [UInt8] = []
  private var position = 0
  /// What is wrong with the bytes after those whose text was handed on.
  private var failure: Diagnostic?
  /// How many bytes a file has, if it is one.
  let size: Int?

  /// Opens an input; without a size of blocks, they have that of a small file.
  ///
  /// - Throws: `input/unreadable` or `input/missing`.
  init(
    _ input: InputSource, in files: any FileSystem, blockSize: Int? = nil
  ) throws(Diagnostic) {
    self.init(input, try Self.open(input, in: files), blockSize: blockSize)
  }

  // No initializer that throws sets the members: an optimized one releases what is not set yet (Swift 6.3.1).
  private init(_ input: InputSource, _ file: OpenFile, blockSize: Int?) {
    let size = file.size
    // One byte more than the file has, so that its end is met at once.
    let blockSize = blockSize ?? max(1 << 12, min(size ?? 0, (1 << 18) - 1) + 1)
    self.input = input
    self.size = size
    self.blockSize = blockSize
    isAtBeginning = !input.isKeyed || input.namedContainer != nil
    blocks = BlockReader(file: file, path: input.shownPath, blockSize: blockSize)
  }

  /// Reads a text that is in no container.
  init(text file: OpenFile, of input: InputSource, blockSize: Int) {
    self.init(input, file, blockSize: blockSize)
    isAtBeginning = false
  }

  /// Reads large blocks from here on.
  mutating func enlargeBlocks() { blocks.enlarge(to: LogReader.blockSize) }

  /// The whole text, of which `count` bytes were read, where it is that of a regular file that stays open.
  func spool(from count: Int) -> SpoolFile? {
    decoder == nil ? blocks.spool(from: count) : nil
  }

  @inline(never)
  private static func open(
    _ input: InputSource, in files: any FileSystem
  ) throws(Diagnostic) -> OpenFile {
    switch input.origin {
    case .standardInput: files.standardInput()
    case .file(let path): try files.open(path, named: input.shownPath)
    }
  }

  /// The size of a file that holds the text itself; known once something was read.
  var textSize: Int? { decoder == nil ? size : nil }

  /// How many bytes of the file were read: of a container, not of its text.
  var filePosition: Int { blocks.position }

  /// Whether there is something to read by now, or the end.
  mutating func isReady() -> Bool {
    if position < bytes.count || decoder?.hasOutput ?? false || failure != nil { return true }
    return blocks.isReady()
  }

  /// Appends the next bytes of the text; false at the end.
  ///
  /// - Throws: `input/unreadable`, or the error of a damaged container, once all text before the damage was appended.
  mutating func read(into text: inout [UInt8]) throws(Diagnostic) -> Bool {
    if isAtBeginning {
      isAtBeginning = false
      if try !begin(&text) { return false }
      if decoder == nil { return true }
    }
    guard decoder != nil else { return try blocks.read(into: &text) }
    return try decompress(into: &text)
  }

  /// Reads the first bytes, and sees what container they are of; false for an input that is empty.
  private mutating func begin(_ text: inout [UInt8]) throws(Diagnostic) -> Bool {
    let start = text.count
    var isAtEnd = false
    repeat {
      isAtEnd = try !blocks.read(into: &text)
    } while !isAtEnd && text.count - start < Container.signatureCount
      && Container.mayBegin(with: text[start...])
    container = Container(beginning: text[start...].prefix(Container.signatureCount))
    if let named = input.namedContainer, named != container {
      let isCutOff = named.format.signature.starts(with: text[start...])
      throw named.damage(isCutOff ? .truncated : .otherFormat, in: input)
    }
    decoder = container?.format.makeDecoder(max(blockSize, 1 << 16))
    if decoder != nil {
      bytes = Array(text[start...])
      text.removeSubrange(start...)
    }
    return text.count > start || decoder != nil
  }

  private mutating func decompress(into text: inout [UInt8]) throws(Diagnostic) -> Bool {
    let start = text.count
    while let decoder, let container {
      if let failure { throw failure }
      if position < bytes.count || decoder.hasOutput {
        do throws(ContainerError) {
          try decoder.decode(bytes, from: &position, into: &text)
        } catch {
          failure = container.damage(error, in: input)
        }
        if text.count > start { return true }
      } else {
        bytes.removeAll(keepingCapacity: true)
        position = 0
        guard try blocks.read(into: &bytes) else {
          if decoder.isComplete { return false }
          throw container.damage(.truncated, in: input)
        }
      }
    }
    return false
  }
}
