/// Text that is equal to other text only if its bytes are, which Swift's strings do not ask.
package struct ExactText: Hashable, Sendable {
  /// The text.
  package let text: String

  /// Creates the text.
  package init(_ text: String) { self.text = text }

  /// Whether two texts have the same bytes of UTF-8.
  package static func == (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.count == right.text.utf8.count && left.text.hasBytes(of: right.text)
  }

  /// Feeds the bytes to a hasher.
  package func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}
