package import Documents
import SourceText

/// A value as text for people, such as in a message.
package struct CELRendering: Sendable {
  /// The text.
  package var text: String
  /// Whether something sensitive was left out of it.
  package var isRedacted: Bool
}

extension CELValue {
  /// What stands where a sensitive value would be shown.
  package static let redaction = Redaction.mark

  /// The value as text: a string as it is, numbers in decimal, lists and maps as in JSON.
  ///
  /// A node for which `isSensitive` is true shows as `‹redacted›`, and so does all that it holds. Text
  /// over `limit` bytes of UTF-8 ends in `…`. What was computed from sensitive values is not seen
  /// here: `CELEvaluator.touched` has it.
  package func rendered(
    in request: Request, symbols: SymbolTable, limit: Int = 1000,
    isSensitive: (NodeID) -> Bool = { _ in false }
  ) -> CELRendering {
    var renderer = Renderer(symbols: symbols, limit: limit)
    renderer.append(self, in: request, isNested: false, depth: 0, isSensitive)
    return CELRendering(text: renderer.text(), isRedacted: renderer.isRedacted)
  }
}

private struct Renderer {
  let symbols: SymbolTable
  let limit: Int
  private var bytes: [UInt8] = []
  private(set) var isRedacted = false

  init(symbols: SymbolTable, limit: Int) {
    self.symbols = symbols
    self.limit = limit
  }

  private var isFull: Bool { bytes.count > limit }

  /// The text, cut at the limit between two code points.
  func text() -> String {
    guard isFull else { return String(decoding: bytes, as: UTF8.self) }
    var end = limit
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: bytes[..<end], as: UTF8.self) + "…"
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func append(
    _ value: CELValue, in request: Request, isNested: Bool, depth: Int32,
    _ isSensitive: (NodeID) -> Bool
  ) {
    if isFull { return }
    switch value {
    case .node(let node), .name(let node):
      if isSensitive(node) {
        isRedacted = true
        append(CELValue.redaction)
        return
      }
    default: break
    }
    if depth > CELValue.depthLimit + 512 {
      append("…")
      return
    }
    if let text = value.text(in: request, symbols) {
      appendString(text, isQuoted: isNested)
      return
    }
    if var cursor = ListCursor(value, in: request) {
      append("[")
      var isFirst = true
      while !isFull, let element = cursor.next(in: request) {
        if !isFirst { append(", ") }
        isFirst = false
        append(element, in: request, isNested: true, depth: depth + 1, isSensitive)
      }
      append("]")
      return
    }
    if var cursor = MapCursor(value, in: request) {
      append("{")
      var isFirst = true
      while !isFull, let entry = cursor.next(in: request) {
        if !isFirst { append(", ") }
        isFirst = false
        append(entry.key, in: request, isNested: true, depth: depth + 1, isSensitive)
        append(": ")
        append(entry.value, in: request, isNested: true, depth: depth + 1, isSensitive)
      }
      append("}")
      return
    }
    appendScalar(value, in: request, isNested: isNested, depth: depth, isSensitive)
  }

  private mutating func appendScalar(
    _ value: CELValue, in request: Request, isNested: Bool, depth: Int32,
    _ isSensitive: (NodeID) -> Bool
  ) {
    // A number of the document is shown as it is written, exactly.
    if case .node(let node) = value {
      bytes.append(contentsOf: request.utf8(of: node).prefix(limit + 1))
      return
    }
    switch value {
    case .null: append("null")
    case .boolean(let isTrue): append(isTrue ? "true" : "false")
    case .integer(let number): append(String(number))
    case .unsigned(let number): append(String(number))
    case .double(let number): append(NumberText.shortest(number))
    case .bytes(let bytes): append("\(bytes.count) bytes")
    case .timestamp(let time): append(TimeText.text(of: time))
    case .duration(let span): append(TimeText.text(ofDuration: span))
    case .type(let kind): append(kind.rawValue)
    case .address(let address): append(AddressText.text(of: address))
    case .network(let network): append(AddressText.text(ofNetwork: network))
    case .optional(let optional):
      if let wrapped = optional.value {
        append(wrapped, in: request, isNested: isNested, depth: depth + 1, isSensitive)
      } else {
        append("none")
      }
    case .string, .list, .map, .node, .name: break
    }
  }

  private mutating func appendString(_ text: ArraySlice<UInt8>, isQuoted: Bool) {
    guard isQuoted else {
      // A little more than fits, so that a cut falls between two code points.
      bytes.append(contentsOf: text.prefix(limit + 4))
      return
    }
    append("\"")
    for byte in text {
      if isFull { return }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        append("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
      default: bytes.append(byte)
      }
    }
    append("\"")
  }
}
