import SourceText

extension [UInt8] {
  /// The error of bytes that are no UTF-8 text at all: compressed, UTF-16 or UTF-32.
  package func otherEncoding(from start: Int, to end: Int) -> SyntaxError? {
    let bytes = self[start..<end].prefix(10)
    let message: SyntaxMessage
    if let format = Self.compression(of: bytes) {
      message = "file is compressed (\(own: format)); decompress it first"
    } else if Self.isWideEncoding(bytes.prefix(4)) {
      message = "text looks like UTF-16 or UTF-32; save it as UTF-8"
    } else {
      return nil
    }
    var error = SyntaxError(
      .encoding, TextRange(at: start, count: Swift.min(2, end - start)), message)
    error.hidesText = true
    return error
  }

  /// The name of the format whose file signature the bytes are.
  private static func compression(of bytes: ArraySlice<UInt8>) -> String? {
    // The signature of bzip2 is all letters but for what follows it: a block or the end.
    let isBzip2 =
      bytes.starts(with: "BZh".utf8)
      && (bytes.dropFirst(4).starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
        || bytes.dropFirst(4).starts(with: [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]))
    if isBzip2 { return "bzip2" }
    return signatures.first { bytes.starts(with: $0.bytes) }?.name
  }

  private static var signatures: [(bytes: [UInt8], name: String)] {
    [
      ([0x1F, 0x8B], "gzip"),
      ([0x50, 0x4B, 0x03, 0x04], "zip"), ([0x50, 0x4B, 0x05, 0x06], "zip"),
      ([0x28, 0xB5, 0x2F, 0xFD], "zstd"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz"),
      ([0x04, 0x22, 0x4D, 0x18], "lz4"),
      ([0x1F, 0x9D], "compress"),
      ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z"),
    ]
  }

  /// Whether a text begins as UTF-16 or UTF-32 does: with a mark, or with a zero byte among others.
  private static func isWideEncoding(_ start: ArraySlice<UInt8>) -> Bool {
    if start.starts(with: [0xFE, 0xFF]) || start.starts(with: [0xFF, 0xFE]) { return true }
    return start.count >= 2 && start.prefix(2).contains(0) && start.contains { $0 != 0 }
  }
}
