import Synchronization

/// The bytes of one input and the name that a person knows it by.
package struct SourceFile: Sendable {
  /// The path as reports show it: relative to the working folder if the file is below it.
  package let path: String
  /// The bytes, exactly as read.
  package let bytes: [UInt8]
  /// Where the bytes are in the file, when they are only a part of it.
  package let base: LineIndex.Base
  private let lines = SharedLineIndex()

  /// Creates a source from bytes that were read from `path`.
  package init(path: String, bytes: [UInt8], base: LineIndex.Base = .wholeFile) {
    self.path = path
    self.bytes = bytes
    self.base = base
  }

  /// The line structure of the bytes; built when it is asked for first, and once for all copies.
  package func lineIndex() -> LineIndex {
    lines.index.withLock { index in
      if let index { return index }
      let built = LineIndex(bytes, base: base)
      index = built
      return built
    }
  }

  /// Whether the line structure was built.
  package var hasLineIndex: Bool { lines.index.withLock { $0 != nil } }
}

/// The line index of a file, which all of its copies share.
private final class SharedLineIndex: Sendable {
  let index = Mutex<LineIndex?>(nil)
}

/// The mark with which some tools begin a UTF-8 text.
package enum ByteOrderMark {
  /// The three bytes of U+FEFF in UTF-8.
  package static let utf8: [UInt8] = [0xEF, 0xBB, 0xBF]
}
