package import SourceText

/// Tells whether two texts hold the same request: a hash that white space does not change.
///
/// It is the key by which a file is found again under another name.
package struct ContentDigest: Sendable {
  private let syntax: Syntax
  private var hash = SHA256()
  private var isInString = false
  private var isEscaped = false

  /// Begins the digest of a text.
  package init(_ syntax: Syntax) {
    self.syntax = syntax
  }

  /// Takes in the next bytes of the text.
  package mutating func update(_ bytes: [UInt8]) {
    switch syntax {
    // In YAML, all white space but the carriage returns of line ends may matter.
    case .yaml: hash.update(bytes.filter { $0 != UInt8(ascii: "\r") })
    // In JSON, no white space outside of strings does (RFC 8259, section 2).
    case .json, .jsonLines:
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
  package static func of(_ bytes: [UInt8], _ syntax: Syntax) -> String {
    var digest = ContentDigest(syntax)
    digest.update(bytes)
    return digest.finish()
  }

  /// How many digits a digest has.
  static let digitCount = 16
}
