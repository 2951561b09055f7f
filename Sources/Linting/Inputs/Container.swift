/// A format that holds the text of an input in other bytes.
///
/// To add one, describe it as a `ContainerFormat` beside its decoder, and list that in `formats`.
package struct Container: Sendable, Equatable {
  /// The formats of all containers.
  static let formats: [ContainerFormat] = [.gzip]

  /// The place in the list.
  private let place: Int

  /// What the container is like.
  var format: ContainerFormat { Self.formats[place] }

  private init?(where isMeant: (ContainerFormat) -> Bool) {
    guard let place = Self.formats.firstIndex(where: isMeant) else { return nil }
    self.place = place
  }

  /// How many bytes tell a container.
  static let signatureCount = formats.map(\.signature.count).max() ?? 0

  /// The container that the first bytes of a file are of; nil for plain text.
  init?(beginning bytes: some Collection<UInt8>) {
    self.init { bytes.starts(with: $0.signature) }
  }

  /// Whether more bytes could make these the beginning of a container.
  static func mayBegin(with bytes: some Collection<UInt8>) -> Bool {
    formats.contains { $0.signature.starts(with: bytes) }
  }

  /// The container that a file's name tells; nil for plain text.
  package init?(path: String) {
    self.init { path.utf8[...].hasEnding($0.ending) }
  }

  /// A file's name without the ending of its container.
  static func removingEnding(of path: String) -> Substring.UTF8View {
    path.utf8.dropLast(Container(path: path)?.format.ending.utf8.count ?? 0)
  }
}

/// What there is to know of a container.
struct ContainerFormat: Sendable {
  /// The name of the format in messages.
  let name: String
  /// The ending that a file's name has, after that of its syntax.
  let ending: String
  /// The bytes that every such file begins with.
  let signature: [UInt8]
  /// The code of the error that bytes of another format, or damaged ones, are.
  var damageCode = "input/unreadable"
  /// Makes what decompresses a file; the text comes in chunks of a size.
  let makeDecoder: @Sendable (_ chunkSize: Int) -> any ContainerDecoder
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

  /// What is wrong, as the end of a sentence that begins with the file.
  func problem(_ container: ContainerFormat) -> String {
    let name = container.name
    return switch self {
    case .otherFormat: "is not a \(name) file, though its name says so"
    case .truncated: "ends within its \(name) data"
    case .trailingBytes: "has other bytes after its \(name) data"
    case .wrongChecksum: "has damaged \(name) data: the checksum is wrong"
    case .wrongLength: "has damaged \(name) data: the length is wrong"
    case .malformed(let reason): "has damaged \(name) data: \(reason)"
    }
  }

  /// What to do about it.
  var hint: String {
    switch self {
    case .otherFormat: "rename it, or compress it"
    case .trailingBytes: "remove them, or compress it again"
    case .truncated, .wrongChecksum, .wrongLength, .malformed: "copy or compress it again"
    }
  }
}

extension Substring.UTF8View {
  /// Whether the bytes end with those of a text of small letters, whatever the case of ASCII letters in them.
  func hasEnding(_ ending: String) -> Bool {
    // A pair of sequences would be a type of its own, which takes longer to set up than all else here.
    var place = endIndex
    for wanted in ending.utf8.reversed() {
      guard place > startIndex else { return false }
      place = index(before: place)
      let byte = self[place]
      guard byte == wanted || (0x41...0x5A).contains(byte) && byte | 0x20 == wanted else {
        return false
      }
    }
    return true
  }
}
