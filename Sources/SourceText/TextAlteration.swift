/// A small change to the text of a pattern, path or expression that gives it another meaning.
///
/// For trying whether anything notices the change: each language knows its own alterations.
package struct TextAlteration: Sendable, Hashable {
  /// The bytes of the text that are replaced.
  package var range: TextRange
  /// What is there instead.
  package var replacement: String
  /// What was changed, for a person: `<= → <`.
  package var summary: String

  /// The maximum size of a text, in bytes, which limits the time of the search for alterations.
  package static let textLimit = 20_000

  /// Creates an alteration; without a summary, it tells the old and the new text.
  package init(_ range: TextRange, in text: [UInt8], to replacement: String, summary: String? = nil)
  {
    self.range = range
    self.replacement = replacement
    if let summary {
      self.summary = summary
    } else {
      let old = String(
        decoding: text[range.lowerBound..<range.upperBound], as: UTF8.self)
      self.summary = replacement.isEmpty ? "without \(old)" : "\(old) → \(replacement)"
    }
  }

  /// The characters that go, those that come, and those next to them.
  package func characters(in text: [UInt8]) -> [Unicode.Scalar] {
    let old = String(decoding: text[range.lowerBound..<range.upperBound], as: UTF8.self)
    return (replacement + old).unicodeScalars.prefix(20).flatMap { scalar in
      [0, -1, 1].compactMap { step in
        UInt32(exactly: Int(scalar.value) + step).flatMap(Unicode.Scalar.init)
      }
    }
  }

  /// The text with the change in it.
  package func applied(to text: [UInt8]) -> String {
    String(
      decoding: Array(text[..<range.lowerBound]) + Array(replacement.utf8)
        + Array(text[range.upperBound...]), as: UTF8.self)
  }
}
