/// The bytes of one input and the name that a person knows it by.
package struct SourceFile: Sendable {
  /// The path as reports show it: relative to the working folder if the file is below it.
  package let path: String
  /// The bytes, exactly as read.
  package let bytes: [UInt8]
  /// Where the bytes are in the file, when they are only a part of it.
  package let base: LineIndex.Base

  /// Creates a source from bytes that were read from `path`.
  package init(path: String, bytes: [UInt8], base: LineIndex.Base = .wholeFile) {
    self.path = path
    self.bytes = bytes
    self.base = base
  }

  /// The line structure of the bytes; built anew at each call.
  package func lineIndex() -> LineIndex { LineIndex(bytes, base: base) }
}

/// The mark with which some tools begin a UTF-8 text.
package enum ByteOrderMark {
  /// The three bytes of U+FEFF in UTF-8.
  package static let utf8: [UInt8] = [0xEF, 0xBB, 0xBF]
}
