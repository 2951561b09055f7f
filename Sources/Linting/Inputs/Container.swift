/// A format that holds the text of an input in other bytes.
package enum Container: Sendable, CaseIterable {
  /// None: the bytes are the text.
  case plain
  /// Members of gzip (RFC 1952), whose contents are one text.
  case gzip

  /// The ending that a file's name has, after that of its format.
  private var ending: String {
    switch self {
    case .plain: ""
    case .gzip: ".gz"
    }
  }

  /// The bytes that every such file begins with.
  private var signature: [UInt8] {
    switch self {
    case .plain: []
    case .gzip: [0x1F, 0x8B]
    }
  }

  /// The name of the format in messages.
  var name: String {
    switch self {
    case .plain: "plain text"
    case .gzip: "gzip"
    }
  }

  /// Decompresses the bytes; nil where there is nothing to decompress.
  func decoder(chunkSize: Int) -> (any ContainerDecoder)? {
    switch self {
    case .plain: nil
    case .gzip: GzipDecoder(chunkSize: chunkSize)
    }
  }

  /// How many bytes tell a container.
  static let signatureCount = 2

  /// The container that the first bytes of a file are of.
  init(beginning bytes: some Collection<UInt8>) {
    self =
      Self.allCases.first { $0 != .plain && bytes.starts(with: $0.signature) } ?? .plain
  }

  /// Whether more bytes could make these the beginning of a container.
  static func mayBegin(with bytes: some Collection<UInt8>) -> Bool {
    allCases.contains { $0 != .plain && $0.signature.starts(with: bytes) }
  }

  /// The container that a file's name tells.
  init(path: String) { self = Self.split(path).container }

  /// A file's name in lower case without the ending of its container, and the container.
  static func split(_ path: String) -> (path: String, container: Container) {
    let name = path.lowercased()
    for container in allCases where container != .plain && name.hasSuffix(container.ending) {
      return (String(name.dropLast(container.ending.count)), container)
    }
    return (name, .plain)
  }
}

/// Decompresses the bytes of a container, which come in parts.
protocol ContainerDecoder: AnyObject {
  /// Whether the bytes so far are a whole file.
  var isComplete: Bool { get }

  /// Whether there may be more text without further bytes.
  var hasOutput: Bool { get }

  /// Decompresses bytes from a position on, which moves on over what was used, and appends the text: at
  /// most a chunk, and none only if all bytes were used.
  ///
  /// - Throws: `ContainerError`; what was decompressed before is appended nevertheless.
  func decode(
    _ bytes: [UInt8], from position: inout Int, into text: inout [UInt8]
  ) throws(ContainerError)
}

/// What is wrong with the bytes of a container.
enum ContainerError: Error, Equatable {
  /// The name tells a container that the bytes are not of.
  case otherFormat
  /// The bytes end within the compressed data.
  case truncated
  /// Something other than compressed data follows it.
  case trailingBytes
  /// The text is not the one that was compressed.
  case wrongChecksum
  /// The text does not have the length of the one that was compressed.
  case wrongLength
  /// The bytes are not those of the format, in the library's words.
  case malformed(String)

  /// What is wrong, in a sentence about the file.
  func message(_ container: Container) -> String {
    switch self {
    case .otherFormat:
      "is not a \(container.name) file, though its name says so; rename it, or compress it"
    case .truncated: "ends within its \(container.name) data; copy or compress it again"
    case .trailingBytes:
      "has other bytes after its \(container.name) data; remove them, or compress it again"
    case .wrongChecksum:
      "has damaged \(container.name) data: the checksum is wrong; copy or compress it again"
    case .wrongLength:
      "has damaged \(container.name) data: the length is wrong; copy or compress it again"
    case .malformed(let reason):
      "has damaged \(container.name) data: \(reason); copy or compress it again"
    }
  }
}
