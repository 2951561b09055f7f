package import Documents
package import SourceText

/// Leads from places in the decoded text of a scalar back to the source.
///
/// An expression in a pack is parsed as decoded text; its faults are shown in the file, through
/// quotes, escapes, folded lines and indentation.
package struct ScalarMap: Sendable {
  /// The source offset of each decoded byte, then of the end of the content.
  private let offsets: [Int]?
  private let range: TextRange

  /// Reads the source of a scalar or name again, in YAML's or JSON's way.
  package init(of node: NodeID, in document: Document) {
    range = document.range(of: node)
    let text = document.utf8(of: node)
    var scan = ScalarScan(document.source, range)
    offsets = scan.offsets(of: text)
  }

  /// Whether the source reads as the decoded text does; if not, every place is the scalar's start.
  package var isExact: Bool { offsets != nil }

  /// The source offset of the decoded byte at an offset.
  ///
  /// An offset inside of an escape leads to its backslash, one past the end to the content's end.
  package func sourceOffset(ofDecoded offset: Int) -> Int {
    guard let offsets, let last = offsets.last else { return range.lowerBound }
    return offsets.indices.contains(offset) ? offsets[offset] : max(range.lowerBound, last)
  }

  /// The source bytes that stand for a range of decoded bytes; all of the scalar if inexact.
  package func sourceRange(ofDecoded decoded: TextRange) -> TextRange {
    guard isExact else { return range }
    return TextRange(
      sourceOffset(ofDecoded: decoded.lowerBound), sourceOffset(ofDecoded: decoded.upperBound))
  }
}

extension YAMLReader {
  /// The source offset of the decoded byte at an offset of a scalar or name.
  ///
  /// For more than one place of a scalar, a `ScalarMap` reads the source only once.
  package static func sourceOffset(
    ofDecoded offset: Int, of node: NodeID, in document: Document
  ) -> Int {
    ScalarMap(of: node, in: document).sourceOffset(ofDecoded: offset)
  }
}
