package import Findings
package import RequisiteFiles
import SourceText
import SystemPackage

/// Reading for a run: every failure is a diagnostic with the system's own words.
extension FileSystem {
  /// All bytes of a file.
  ///
  /// - Throws: `input/unreadable`, or `input/too-large` for more bytes than the limit.
  package func bytes(
    of path: String, limit: Int = SizeLimits.standard.document
  ) throws(Diagnostic) -> [UInt8] {
    try BlockReader.bytes(of: try open(path, named: path), path: path, limit: limit)
  }

  /// Opens a file for reading; diagnostics name it by `name`.
  ///
  /// - Throws: `input/missing`, or `input/unreadable` for a file that cannot be opened.
  package func open(_ path: String, named name: String) throws(Diagnostic) -> OpenFile {
    do throws(Errno) {
      return try open(path)
    } catch {
      if [Errno.noSuchFileOrDirectory, .notDirectory].contains(error) {
        throw Diagnostic("input/missing", "no file '\(name)'")
      }
      throw Diagnostic.unreadable(name, error)
    }
  }

  /// All bytes of the text of an input.
  ///
  /// - Throws: `input/unreadable`, the error of a damaged container, or `input/too-large` for more bytes
  ///   than the limit, as an endless device has.
  package func text(
    of input: InputSource, limit: Int = SizeLimits.standard.document
  ) throws(Diagnostic) -> [UInt8] {
    try text(of: input, limit: limit) { (_, _) throws(Diagnostic) in false } ?? []
  }

  /// The same; nil where that is not wanted, as the beginning of the text tells, and its size if it is
  /// known.
  func text(
    of input: InputSource, limit: Int,
    unless isUnwanted: ([UInt8], Int?) throws(Diagnostic) -> Bool
  ) throws(Diagnostic) -> [UInt8]? {
    var reader = try InputReader(input, in: self)
    var text: [UInt8] = []
    // One byte more than the file has, so that its end is met without growing.
    if let size = reader.size, size <= limit { text.reserveCapacity(size + 1) }
    var isBeginning = true
    while try reader.read(into: &text) {
      if isBeginning, try isUnwanted(text, reader.textSize) { return nil }
      isBeginning = false
      guard max(text.count, reader.textSize ?? 0) <= limit else {
        throw SizeLimits.documentTooLarge(input.quotedName, limit)
      }
    }
    return text
  }

  /// The container of an input, as its name or the beginning of the file tells; that of a stream, only
  /// as its name does.
  package func container(of input: InputSource) -> Container? {
    guard input.namedContainer == nil, !input.isStream, let path = input.file else {
      return input.namedContainer
    }
    let beginning = try? beginning(of: path, count: Container.signatureCount)
    return Container(beginning: beginning ?? [])
  }
}

extension Diagnostic {
  /// A file that cannot be read, and why.
  static func unreadable(_ path: String, _ error: any Error) -> Diagnostic {
    Diagnostic("input/unreadable", "'\(path)' cannot be read: \(reason(of: error))")
  }

  /// The system's words for an error.
  package static func reason(of error: any Error) -> String {
    (error as? Errno)?.description ?? "\(error)"
  }
}

/// Reads a file block by block through one buffer.
struct BlockReader {
  private let file: OpenFile
  private let path: String
  private var blockSize: Int

  /// Begins to read a file; `path` is its name in diagnostics.
  init(file: OpenFile, path: String, blockSize: Int) {
    self.file = file
    self.path = path
    self.blockSize = blockSize
  }

  /// How many bytes of the file were read.
  var position: Int { file.position }

  /// Whether there is something to read by now, or the end.
  func isReady() -> Bool { file.isReady() }

  /// The last `count` bytes that were read and all after them, where the file can be read again.
  func spool(from count: Int) -> SpoolFile? { file.spool(from: count) }

  /// Reads blocks of at least a size from here on.
  mutating func enlarge(to size: Int) {
    blockSize = max(blockSize, size)
  }

  /// Appends the next bytes; false at the end.
  mutating func read(into bytes: inout [UInt8]) throws(Diagnostic) -> Bool {
    do throws(Errno) {
      return try file.read(appendingTo: &bytes, limit: blockSize) > 0
    } catch {
      throw Diagnostic.unreadable(path, error)
    }
  }

  /// All bytes that an open file still gives; diagnostics name it by `path`.
  ///
  /// - Throws: `input/unreadable`, or `input/too-large` for more bytes than the limit, as an endless
  ///   device has.
  static func bytes(
    of file: OpenFile, path: String, limit: Int = SizeLimits.standard.document
  ) throws(Diagnostic) -> [UInt8] {
    let size = file.size ?? 0
    guard size <= limit else {
      throw SizeLimits.documentTooLarge("'\(path)'", limit)
    }
    var bytes: [UInt8] = []
    // One byte more than the file has, so that its end is met without growing.
    bytes.reserveCapacity(size + 1)
    var reader = BlockReader(
      file: file, path: path, blockSize: max(1 << 12, min(size + 1, 1 << 18)))
    while try reader.read(into: &bytes) {
      guard bytes.count <= limit else {
        throw SizeLimits.documentTooLarge("'\(path)'", limit)
      }
    }
    return bytes
  }
}
