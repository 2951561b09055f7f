package import Findings
import SourceText
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Reads the text of an input block by block, wherever it comes from and whatever container it is in.
struct InputReader: ~Copyable {
  private let input: InputSource
  private let file: FileDescriptor
  private let isOwner: Bool
  private let blockSize: Int
  private var blocks: BlockReader
  private var isAtBeginning = true
  /// The container, as far as the first bytes told.
  private var container = Container.plain
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
  init(_ input: InputSource, blockSize: Int? = nil) throws(Diagnostic) {
    let isOwner = input.file != nil
    let file =
      if let path = input.file {
        try FileAccess.open(path, named: input.shownPath)
      } else {
        FileDescriptor.standardInput
      }
    let size = FileAccess.size(of: file)
    self.input = input
    self.file = file
    self.isOwner = isOwner
    self.size = size
    // One byte more than the file has, so that its end is met at once.
    self.blockSize = blockSize ?? max(1 << 12, min(size ?? 0, (1 << 18) - 1) + 1)
    blocks = BlockReader(file: file, path: input.shownPath, blockSize: self.blockSize)
  }

  deinit {
    if isOwner { try? file.close() }
  }

  /// The size of a file that holds the text itself; known once something was read.
  var textSize: Int? { decoder == nil ? size : nil }

  /// Whether there is something to read by now, or the end.
  mutating func isReady() -> Bool {
    if position < bytes.count || decoder?.hasOutput ?? false || failure != nil { return true }
    var request = pollfd(fd: file.rawValue, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) != 0
  }

  /// Appends the next bytes of the text; false at the end.
  ///
  /// - Throws: `input/unreadable`, or `input/corrupt-gzip` once all text before the damage was appended.
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
    let named = input.namedContainer
    if named != .plain, named != container {
      let isCutOff = Container.mayBegin(with: text[start...])
      throw damaged(isCutOff ? .truncated : .otherFormat, named)
    }
    decoder = container.decoder(chunkSize: max(blockSize, 1 << 16))
    if decoder != nil {
      bytes = Array(text[start...])
      text.removeSubrange(start...)
    }
    return text.count > start || decoder != nil
  }

  private mutating func decompress(into text: inout [UInt8]) throws(Diagnostic) -> Bool {
    let start = text.count
    while let decoder {
      if let failure { throw failure }
      if position < bytes.count || decoder.hasOutput {
        do throws(ContainerError) {
          try decoder.decode(bytes, from: &position, into: &text)
        } catch {
          failure = damaged(error, container)
        }
        if text.count > start { return true }
      } else {
        bytes.removeAll(keepingCapacity: true)
        position = 0
        guard try blocks.read(into: &bytes) else {
          if decoder.isComplete { return false }
          throw damaged(.truncated, container)
        }
      }
    }
    return false
  }

  private func damaged(_ error: ContainerError, _ container: Container) -> Diagnostic {
    Diagnostic("input/corrupt-gzip", "\(input.quotedName) \(error.message(container))")
  }
}

extension FileAccess {
  /// All bytes of the text of an input.
  ///
  /// - Throws: `input/unreadable`, `input/corrupt-gzip`, or `input/too-large` for more bytes than the
  ///   limit, as an endless device has.
  package static func text(
    of input: InputSource, limit: Int = SizeLimits.standard.document
  ) throws(Diagnostic) -> [UInt8] {
    try text(of: input, limit: limit) { _, _ in false } ?? []
  }

  /// The same; nil where that is not wanted, as the beginning of the text tells, and its size if it is
  /// known.
  static func text(
    of input: InputSource, limit: Int, unless isUnwanted: ([UInt8], Int?) -> Bool
  ) throws(Diagnostic) -> [UInt8]? {
    var reader = try InputReader(input)
    var text: [UInt8] = []
    // One byte more than the file has, so that its end is met without growing.
    if let size = reader.size, size <= limit { text.reserveCapacity(size + 1) }
    var isBeginning = true
    while try reader.read(into: &text) {
      if isBeginning, isUnwanted(text, reader.textSize) { return nil }
      isBeginning = false
      guard max(text.count, reader.textSize ?? 0) <= limit else {
        throw SizeLimits.documentTooLarge(input.quotedName, limit)
      }
    }
    return text
  }

  /// The container of an input, as its name or the beginning of the file tells; that of a stream, only
  /// as its name does.
  package static func container(of input: InputSource) -> Container {
    guard input.namedContainer == .plain, !input.isStream, let path = input.file else {
      return input.namedContainer
    }
    let beginning = try? beginning(of: path, count: Container.signatureCount)
    return Container(beginning: beginning ?? [])
  }
}
