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
  /// Finds such strings, where they have not been searched and `strings` and `ranges` lack them.
  private(set) var search: SensitiveText?

  /// What of the decoded text of each of the strings is hidden.
  package private(set) var marks: [NodeID: [TextRange]] = [:]
  /// How a sensitive value may go on behind the text.
  package private(set) var continuation = SensitiveText.Continuation.none
  /// Whether all of the document is hidden, as it may belong to a value before it.
  package private(set) var isEverything = false

  /// Creates parts that hide nothing.
  package init() {}

  /// Creates parts that hide ranges of a text without a tree.
  init(ranges: [TextRange]) { self.ranges = ranges }

  /// The strings that hold something hidden, known or to be searched.
  var hiddenStrings: HiddenStrings {
    search.map { HiddenStrings(searchedBy: $0) } ?? HiddenStrings(strings)
  }

  /// Hides all of a document, in which a sensitive value goes on.
  static func everything(
    in document: Document, _ continuation: SensitiveText.Continuation
  ) -> HiddenParts {
    var parts = HiddenParts()
    parts.continuation = continuation
    parts.isEverything = true
    parts.nodes = document.isEmpty ? [] : [.root]
    parts.ranges = [document.range]
    return parts
  }

  /// Hides nodes, what sensitive names mark inside strings, and what they may mark in a malformed text.
  ///
  /// The selection is that of the packs; `text` is nil where packs call nothing sensitive. In a
  /// broken text the tree may not say what belongs to a name. With `leavesStrings`, strings are left
  /// for `search`.
  init(
    _ selection: Redactor.Selection, _ text: SensitiveText?, in document: Document,
    isBroken: Bool, _ syntax: Syntax, leavesStrings: Bool = false
  ) {
    guard let text, !text.names.isEmpty else { return }
    nodes = selection.nodes
    ranges = nodes.map { document.range(of: $0) }
    if syntax == .yaml, document.source.contains(where: SensitiveText.beginsRemark) {
      ranges += text.comments(beside: nodes, in: document)
    }
    if isBroken {
      // One line of a log is a text of its own.
      let range = document.range
      let bytes = Array(document.source[range.lowerBound..<range.upperBound])
      var found = text.ranges(in: bytes, syntax)
      continuation = text.continuation(after: found, in: bytes)
      // The tree may lack strings of such a text.
      found += text.encodedRanges(in: bytes, syntax)
      hide(found.map { $0.shifted(by: range.lowerBound) }, in: document)
    }
    if syntax == .yaml { ranges += text.aliases(ofAnchorsIn: ranges, of: document.source) }
    if leavesStrings { search = text }
    hideStrings(text, selection, in: document)
  }

  /// Hides ranges, and the nodes that have bytes in them.
  mutating func hide(_ found: [TextRange], in document: Document) {
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
  private mutating func hideStrings(
    _ text: SensitiveText, _ selection: Redactor.Selection, in document: Document
  ) {
    for index in 0..<document.nodeCount {
      let node = NodeID(index)
      let kind = document.kind(of: node)
      guard kind == .string && search == nil || kind == .name else { continue }
      // A name that packs mention holds nothing but itself.
      if kind == .name, selection.knows(node) { continue }
      let found = text.ranges(inString: document.utf8(of: node))
      guard !found.isEmpty else { continue }
      if kind == .name {
        // Where no colon parts a sensitive name from its value, what is behind the next one may be it.
        for hidden in [node, NodeID(index + 1)] where hidden.index < document.nodeCount {
          nodes.append(hidden)
          ranges.append(document.range(of: hidden))
        }
        continue
      }
      strings.append(node)
      marks[node] = found
      ranges += Self.sourceRanges(ofDecoded: found, of: node, in: document)
    }
  }

  private static func sourceRanges(
    ofDecoded found: [TextRange], of node: NodeID, in document: Document
  ) -> [TextRange] {
    guard !found.isEmpty else { return [] }
    let map = ScalarMap(of: node, in: document)
    return found.map { range in
      let source = map.sourceRange(ofDecoded: range)
      return source.isEmpty ? document.range(of: node) : source
    }
  }

  /// What sensitive names mark inside the strings that have bytes in a range.
  static func ranges(
    meeting range: TextRange, in document: Document, foundBy search: SensitiveText
  ) -> [TextRange] {
    var found: [TextRange] = []
    // Of the nodes that begin before the range, only the last one can be a string that goes on in it.
    var index = max(document.firstNode(behind: range.lowerBound) - 1, 0)
    while index < document.nodeCount {
      let node = NodeID(index)
      if document.range(of: node).lowerBound >= range.upperBound { break }
      if document.kind(of: node) == .string {
        let marks = search.ranges(inString: document.utf8(of: node))
        found += sourceRanges(ofDecoded: marks, of: node, in: document)
      }
      index += 1
    }
    return found
  }
}
