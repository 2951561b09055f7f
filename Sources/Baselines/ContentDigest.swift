import SourceText

/// Tells whether two texts hold the same request: a hash that white space does not change.
///
/// It is the key by which a file is found again under another name.
package struct ContentDigest: Sendable {
  /// Which white space means nothing.
  package enum Format: Sendable {
    /// All white space outside of strings (RFC 8259, section 2); for JSON Lines too.
    case json
    /// The carriage returns of line ends: in YAML, all other white space may matter.
    case yaml
  }

  private let format: Format
  private var hash = SHA256()
  private var isInString = false
  private var isEscaped = false

  /// Begins the digest of a text.
  package init(_ format: Format) {
    self.format = format
  }

  /// Takes in the next bytes of the text.
  package mutating func update(_ bytes: [UInt8]) {
    switch format {
    case .yaml: hash.update(bytes.filter { $0 != UInt8(ascii: "\r") })
    case .json:
      var kept: [UInt8] = []
      for byte in bytes {
        if isInString {
          if isEscaped {
            isEscaped = false
          } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
          } else if byte == UInt8(ascii: "\"") {
            isInString = false
          }
          kept.append(byte)
          continue
        }
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D: continue
        case UInt8(ascii: "\""): isInString = true
        default: break
        }
        kept.append(byte)
      }
      hash.update(kept)
    }
  }

  /// The first 16 hexadecimal digits of the hash.
  package consuming func finish() -> String { String(hash.finish().prefix(Self.digitCount)) }

  /// The digest of a whole text.
  package static func of(_ bytes: [UInt8], _ format: Format) -> String {
    var digest = ContentDigest(format)
    digest.update(bytes)
    return digest.finish()
  }

  /// How many digits a digest has.
  static let digitCount = 16
}
