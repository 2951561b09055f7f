import Documents
import SourceText

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
    samples.map { .string(form == .text ? Array($0.utf8) : Base64.encoded(Array($0.utf8))) }
  }

  /// The object or array that a string holds; nil where it holds none.
  static func read(_ bytes: [UInt8]) -> (value: Specimen, form: Form)? {
    if let value = value(bytes) { return (value, .text) }
    guard !bytes.isEmpty, bytes.count.isMultiple(of: 4), let text = Base64.decoded(bytes[...]),
      let value = value(text)
    else { return nil }
    return (value, .base64)
  }

  /// The string that holds a value.
  static func string(_ value: Specimen, _ form: Form) -> Specimen {
    .string(form == .text ? value.json() : Base64.encoded(value.json()))
  }

  private static func value(_ bytes: [UInt8]) -> Specimen? {
    guard let first = bytes.first(where: { $0 > 0x20 }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else { return nil }
    let reading = JSONReader.read(bytes)
    guard reading.errors.isEmpty, !reading.document.isEmpty else { return nil }
    return Specimen(.root, in: reading.document)
  }
}
