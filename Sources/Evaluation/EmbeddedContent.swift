import Documents
import SourceText

/// JSON that stands in a string of a request.
struct EmbeddedContent {
  /// The JSON as a document of its own, whose source is the string's decoded text.
  var document: Document

  /// Reads what a string holds, or gives nil where it does not hold that.
  static func read(
    _ content: Content, _ node: NodeID, in document: Document
  ) -> EmbeddedContent? {
    var bytes = Array(document.utf8(of: node))
    if content.isBase64 {
      guard let decoded = Base64.decoded(bytes) else { return nil }
      bytes = decoded
    }
    guard content.isJSON else { return EmbeddedContent(document: Document(source: bytes)) }
    let reading = JSONReader.read(bytes)
    return reading.errors.isEmpty ? EmbeddedContent(document: reading.document) : nil
  }

  /// Binds names as they are spelled: nothing is known of what strings hold.
  mutating func bindNames(to symbols: SymbolTable) {
    var binder = NameBinder(symbols: symbols, shapes: NameShapes())
    if !binder.bind(&document) {
      for index in 0..<document.nodeCount where document.kind(of: NodeID(index)) == .name {
        let name = NodeID(index)
        document.bind(name, to: symbols.symbol(of: Array(document.utf8(of: name))))
      }
    }
  }
}

/// Base64 (RFC 4648, section 4), with its padding.
enum Base64 {
  /// The bytes that a text stands for, or nil where it is no base64.
  static func decoded(_ text: [UInt8]) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    for byte in text.dropLast(padding) {
      guard let value = value(of: byte) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }

  private static func value(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
