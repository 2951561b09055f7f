package import Documents
import Formats
package import SourceText

/// Finds what sensitive names mark in text that cannot be read as a tree, or that is inside a string.
///
/// The value of a sensitive name is hidden by itself where it is well formed and what follows it is a
/// member of an object or the end of one. Otherwise nobody can say where it ends: then all is hidden up
/// to a line that begins with another member of a model and is indented no deeper than the name.
package struct SensitiveText: Sendable {
  /// The names.
  package let names: SensitiveNames

  /// Creates a finder of the names of plans.
  package init(_ plans: [Plan]) { names = SensitiveNames(plans) }

  /// What follows each sensitive name in a malformed text, as far as it may belong to its value.
  package func ranges(in bytes: [UInt8], isYAML: Bool) -> [TextRange] {
    if names.coversAll { return [TextRange(0, bytes.count)] }
    guard !names.isEmpty else { return [] }
    let scan = TextScan(bytes: bytes, names: names, isYAML: isYAML)
    var ranges: [TextRange] = []
    var index = 0
    while index < bytes.count {
      guard scan.isNameStart(index), let end = scan.nameEnd(from: index) else {
        index += 1
        continue
      }
      ranges += scan.comments(before: index)
      let value = scan.value(from: end)
      ranges.append(value)
      if isYAML { ranges += anchors(of: value, in: scan) }
      index = max(value.upperBound, index + 1)
    }
    return ranges
  }

  /// Whether a value may go on behind a malformed text, as where a log has a request on several lines.
  package func isOpen(after ranges: [TextRange], in bytes: [UInt8]) -> Bool {
    let end = (bytes.lastIndex { $0 > 0x20 } ?? -1) + 1
    return ranges.contains { $0.upperBound >= end }
  }

  /// Whether a text begins with another member of a model than a sensitive one.
  package func beginsWithOtherMember(_ bytes: [UInt8]) -> Bool {
    let scan = TextScan(bytes: bytes, names: names, isYAML: false)
    return scan.beginsAnew(TextRange(0, bytes.count))
  }

  /// What is marked inside a string, in offsets of its decoded text; that of JSON alone is looked for.
  package func ranges(inString text: ArraySlice<UInt8>, depth: Int = 0) -> [TextRange] {
    guard !names.isEmpty, depth < 8 else { return [] }
    guard Self.mayHoldJSON(text) else { return encodedRanges(in: text, depth: depth) }
    let bytes = Array(text)
    var document = Document(source: bytes)
    guard JSONReader.read(into: &document) else {
      // Not every text with a bracket in it is JSON.
      return names.coversAll ? [] : ranges(in: bytes, isYAML: false)
    }
    let parts = parts(in: document, depth: depth)
    return (parts.nodes + parts.strings).map { document.range(of: $0) }
  }

  /// The values of sensitive members in a document that no pack selects in, such as embedded JSON,
  /// and the strings in it that hold such members.
  package func parts(
    in document: Document, depth: Int = 0
  ) -> (nodes: [NodeID], strings: [NodeID]) {
    var strings: [NodeID] = []
    for index in 0..<document.nodeCount where document.kind(of: NodeID(index)) == .string {
      let node = NodeID(index)
      if !ranges(inString: document.utf8(of: node), depth: depth + 1).isEmpty {
        strings.append(node)
      }
    }
    return (names.values(in: document), strings)
  }

  private static func mayHoldJSON(_ text: ArraySlice<UInt8>) -> Bool {
    var index = text.startIndex
    while index < text.endIndex {
      // The two brackets differ in one bit.
      if text[index] | 0x20 == UInt8(ascii: "{") { return true }
      index += 1
    }
    return text.first { $0 > 0x20 } == UInt8(ascii: "\"")
  }

  /// The whole of a text that is base64 of JSON which holds something sensitive.
  private func encodedRanges(in text: ArraySlice<UInt8>, depth: Int) -> [TextRange] {
    // What begins with a bracket, a quote or white space begins so in base64.
    guard text.count >= 8, text.count % 4 == 0, let first = text.first,
      "eWICDA".utf8.contains(first),
      text.allSatisfy({ byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"),
          UInt8(ascii: "="):
          true
        default: false
        }
      }), let decoded = try? Base64.decoded(text), Self.mayHoldJSON(decoded[...]),
      !ranges(inString: decoded[...], depth: depth + 1).isEmpty
    else { return [] }
    return [TextRange(0, text.count)]
  }

  // MARK: - YAML

  /// The comments beside a value and its key, which may repeat it.
  package func comments(beside value: NodeID, in document: Document) -> [TextRange] {
    let bytes = document.source
    let scan = TextScan(bytes: bytes, names: names, isYAML: true)
    let range = document.range(of: value)
    let hasName = value.index > 0 && document.kind(of: NodeID(value.index - 1)) == .name
    let name = hasName ? document.range(of: NodeID(value.index - 1)) : range
    var found = scan.comments(before: name.lowerBound) + scan.comments(after: range.upperBound)
    if name.upperBound < range.lowerBound {
      let between = TextRange(name.upperBound, range.lowerBound)
      if bytes[between.lowerBound..<between.upperBound].contains(UInt8(ascii: "#")) {
        found.append(between)
      }
    }
    return found
  }

  /// What an anchor marks whose alias is the value of a sensitive name.
  private func anchors(of value: TextRange, in scan: TextScan) -> [TextRange] {
    guard let name = scan.aliasName(in: value) else { return [] }
    var ranges: [TextRange] = []
    var index = 0
    let anchor = [UInt8(ascii: "&")] + name
    while index + anchor.count <= scan.bytes.count, ranges.count < 16 {
      if scan.bytes[index] == UInt8(ascii: "&"), scan.bytes[index...].starts(with: anchor) {
        let range = scan.brokenValue(from: index + anchor.count)
        ranges.append(range)
        index = max(range.upperBound, index + 1)
      } else {
        index += 1
      }
    }
    return ranges
  }
}
