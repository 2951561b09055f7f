import Documents

/// JSON within strings, as `contentSchema` looks into it.
enum EmbeddedSpecimen {
  /// How JSON is embedded.
  enum Form: Hashable {
    case text, base64
  }

  /// Values that a string may hold.
  private static let samples = ["{}", "[]", "1", "1.5", "\"x\"", "true", "null", "x"]

  /// Strings with simple values in them.
  static func strings(_ form: Form) -> [Specimen] {
    samples.map { .string(form == .text ? Array($0.utf8) : encoded(Array($0.utf8))) }
  }

  /// The object or array that a string holds; nil where it holds none.
  static func read(_ bytes: [UInt8]) -> (value: Specimen, form: Form)? {
    if let value = value(bytes) { return (value, .text) }
    guard let text = decoded(bytes), let value = value(text) else { return nil }
    return (value, .base64)
  }

  /// The string that holds a value.
  static func string(_ value: Specimen, _ form: Form) -> Specimen {
    .string(form == .text ? value.json() : encoded(value.json()))
  }

  private static func value(_ bytes: [UInt8]) -> Specimen? {
    guard let first = bytes.first(where: { $0 > 0x20 }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else { return nil }
    let reading = JSONReader.read(bytes)
    guard reading.errors.isEmpty, !reading.document.isEmpty else { return nil }
    return Specimen(.root, in: reading.document)
  }

  // MARK: - Base64 (RFC 4648, section 4)

  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    var start = 0
    while start < bytes.count {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for position in 0..<4 {
        text.append(
          position <= group.count ? digits[value >> (18 - 6 * position) & 0x3F] : UInt8(ascii: "="))
      }
      start += 3
    }
    return text
  }

  private static func decoded(_ text: [UInt8]) -> [UInt8]? {
    guard !text.isEmpty, text.count.isMultiple(of: 4) else { return nil }
    var bytes: [UInt8] = []
    var value = 0
    var bits = 0
    for byte in text {
      if byte == UInt8(ascii: "=") { break }
      guard let digit = digits.firstIndex(of: byte) else { return nil }
      value = (value << 6 | digit) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: value >> bits))
      }
    }
    return bytes
  }
}
