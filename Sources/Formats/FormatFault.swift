/// The first place where a text leaves its format.
package struct FormatFault: Error, Sendable, Hashable {
  /// The byte offset within the text where it goes wrong; its length where something is missing.
  package let offset: Int
  /// A short clause for a person: what was expected, or what is wrong; without the place.
  package let message: String
  /// Whether the message may quote a part of the text, which matters where that is sensitive.
  package let quotesText: Bool

  init(at offset: Int, _ message: String, quotesText: Bool = false) {
    self.offset = offset
    self.message = message
    self.quotesText = quotesText
  }
}
