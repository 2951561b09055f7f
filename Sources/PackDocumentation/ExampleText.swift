import Documents
import RulePacks

/// Values of packs as JSON text for people.
enum ExampleText {
  /// How many bytes of an example are shown in full.
  private static let limit = 4_000
  /// How long a text may be that stays on one line.
  private static let lineLimit = 80

  /// An example as JSON; one with long repetitions in short.
  static func text(of example: RulePack.Example, in pack: RulePack) -> String {
    let summary = example.summary(in: pack)
    let json = example.json(in: pack)
    guard json.count > lineLimit, String(decoding: json, as: UTF8.self) == summary else {
      return cut(summary)
    }
    let document = JSONReader.read(json).document
    var output: [UInt8] = []
    var writer = JSONWriter(.indented)
    write(.root, in: document, &writer, &output)
    return cut(String(decoding: output, as: UTF8.self))
  }

  /// A value as compact JSON.
  static func compact(_ node: NodeID, in document: Document) -> String {
    var output: [UInt8] = []
    var writer = JSONWriter()
    write(node, in: document, &writer, &output)
    return cut(String(decoding: output, as: UTF8.self))
  }

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > limit else { return text }
    return String(Substring(text.unicodeScalars.prefix(limit))) + "…"
  }

  /// Writes a value; recursion is as deep as the value nests, which its reader limits.
  private static func write(
    _ node: NodeID, in document: Document, _ writer: inout JSONWriter, _ output: inout [UInt8]
  ) {
    switch document.kind(of: node) {
    case .object:
      writer.beginObject(into: &output)
      for member in document.members(of: node) {
        writer.name(document.text(of: member.name), into: &output)
        write(member.value, in: document, &writer, &output)
      }
      writer.endObject(into: &output)
    case .array:
      writer.beginArray(into: &output)
      for element in document.elements(of: node) { write(element, in: document, &writer, &output) }
      writer.endArray(into: &output)
    case .string, .name: writer.value(document.text(of: node), into: &output)
    case .number: writer.value(verbatim: Array(document.utf8(of: node)), into: &output)
    case .boolean: writer.value(document.isTrue(node), into: &output)
    case .null, .absent: writer.value(nil, into: &output)
    }
  }
}
