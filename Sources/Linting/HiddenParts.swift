package import Documents
package import Evaluation
import Findings
package import SourceText
import YAML

/// What of one document is never shown: in no message, excerpt, pointer, fix or diff.
package struct HiddenParts: Sendable {
  /// The nodes that are hidden with all that they hold; a name among them is hidden itself.
  package var nodes: [NodeID] = []
  /// The strings that hold something hidden, such as a member of embedded JSON.
  package var strings: [NodeID] = []
  /// The bytes of all that.
  package var ranges: [TextRange] = []

  /// Whether a sensitive value may go on behind the text.
  package private(set) var isOpen = false

  /// Creates parts that hide nothing.
  package init() {}

  /// Hides all of a document.
  static func everything(in document: Document) -> HiddenParts {
    var parts = HiddenParts()
    parts.isOpen = true
    parts.nodes = document.isEmpty ? [] : [.root]
    parts.ranges = [document.range]
    return parts
  }

  /// Hides nodes, what sensitive names mark inside strings, and what they may mark in a malformed text.
  ///
  /// The nodes are those that the packs select; `text` is nil where packs call nothing sensitive. In a
  /// broken text the tree may not say what belongs to a name.
  package init(
    _ nodes: [NodeID], _ text: SensitiveText?, in document: Document, isBroken: Bool, isYAML: Bool
  ) {
    guard let text, !text.names.isEmpty else { return }
    self.nodes = nodes
    ranges = nodes.map { document.range(of: $0) }
    if isYAML, document.source.contains(UInt8(ascii: "#")) {
      ranges += nodes.flatMap { text.comments(beside: $0, in: document) }
    }
    if isBroken {
      // One line of a log is a text of its own.
      let range = document.range
      let bytes = Array(document.source[range.lowerBound..<range.upperBound])
      let found = text.ranges(in: bytes, isYAML: isYAML)
      isOpen = text.isOpen(after: found, in: bytes)
      hide(found.map { $0.shifted(by: range.lowerBound) }, in: document)
    }
    hideStrings(text, in: document)
  }

  /// Hides the nodes that have bytes in ranges.
  private mutating func hide(_ found: [TextRange], in document: Document) {
    guard !found.isEmpty else { return }
    let redactions = Redactions(found)
    ranges += found
    var index = 0
    while index < document.nodeCount {
      let node = NodeID(index)
      let range = document.range(of: node)
      let isHidden =
        switch document.kind(of: node) {
        case .object, .array: redactions.cover(at: range.lowerBound) != nil
        case .null, .boolean, .number, .string, .name, .absent:
          redactions.meets(range) || redactions.cover(at: range.lowerBound) != nil
        }
      index = isHidden ? document.end(of: node) : index + 1
      if isHidden {
        nodes.append(node)
        ranges.append(range)
      }
    }
  }

  /// Hides what sensitive names mark inside strings.
  private mutating func hideStrings(_ text: SensitiveText, in document: Document) {
    for index in 0..<document.nodeCount {
      let node = NodeID(index)
      let kind = document.kind(of: node)
      guard kind == .string || kind == .name else { continue }
      let found = text.ranges(inString: document.utf8(of: node))
      guard !found.isEmpty else { continue }
      if kind == .name {
        nodes.append(node)
        ranges.append(document.range(of: node))
        continue
      }
      strings.append(node)
      let map = ScalarMap(of: node, in: document)
      for range in found {
        let source = map.sourceRange(ofDecoded: range)
        ranges.append(source.isEmpty ? document.range(of: node) : source)
      }
    }
  }
}
