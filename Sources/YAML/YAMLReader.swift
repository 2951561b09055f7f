package import Documents
import SourceText

/// Reads YAML text into documents: YAML 1.2's core schema, as far as JSON can hold it.
///
/// Strings and names are kept decoded beside the source, since they may be quoted, folded or
/// indented there. Refused with an error each: duplicate keys, keys that are no scalars, merge keys
/// (`<<`), tags other than those of the core schema, `.inf` and `.nan`, and aliases that expand
/// without measure.
package enum YAMLReader {
  /// The default maximum depth of nested mappings and sequences.
  package static let defaultDepthLimit = 512

  /// The default maximum number of nodes that all aliases of a text may copy.
  package static let defaultAliasNodeLimit = 100_000

  /// Reads a text of one document; a byte-order mark at its start is skipped.
  ///
  /// Never fails: what is wrong with the text is in the reading. A second document is an error, and
  /// nothing of it is read. Nothing is read past a fault in the syntax either.
  package static func read(
    _ source: [UInt8], depthLimit: Int = defaultDepthLimit,
    aliasNodeLimit: Int = defaultAliasNodeLimit
  ) -> Reading {
    if let error = source.otherEncoding(from: 0, to: source.count) {
      return Reading(document: Document(source: source), errors: [error], isFaithful: false)
    }
    guard let screened = ScreenedSource(source) else { return refusal(ofWide: source) }
    var assembly = TreeAssembly(
      source, screened, depthLimit: depthLimit, aliasNodeLimit: aliasNodeLimit)
    return assembly.readOnlyDocument()
  }

  /// Reads every document of a text (YAML 1.2.2, section 9.2), each with places in the whole text.
  ///
  /// There is at least one reading. Faults of the bytes, such as a control character, are told in
  /// the first one.
  package static func readAll(
    _ source: [UInt8], depthLimit: Int = defaultDepthLimit,
    aliasNodeLimit: Int = defaultAliasNodeLimit
  ) -> [Reading] {
    if let error = source.otherEncoding(from: 0, to: source.count) {
      return [Reading(document: Document(source: source), errors: [error], isFaithful: false)]
    }
    guard let screened = ScreenedSource(source) else { return [refusal(ofWide: source)] }
    var assembly = TreeAssembly(
      source, screened, depthLimit: depthLimit, aliasNodeLimit: aliasNodeLimit)
    var readings: [Reading] = []
    while let reading = assembly.readNextDocument() { readings.append(reading) }
    return readings.isEmpty ? [assembly.readOnlyDocument()] : readings
  }

  private static func refusal(ofWide source: [UInt8]) -> Reading {
    var error = SyntaxError(
      .encoding, TextRange(0, min(2, source.count)),
      "file is UTF-16 or UTF-32; save it as UTF-8")
    error.hidesText = true
    return Reading(document: Document(source: source), errors: [error], isFaithful: false)
  }
}
