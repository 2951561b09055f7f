/// Text that is equal to other text only if its bytes are, which Swift's strings do not ask: a path, a URI, the
/// name of a member.
package struct ExactText: Hashable, Sendable {
  /// The text.
  package let text: String

  /// Creates the text.
  package init(_ text: String) { self.text = text }

  /// Whether two texts have the same bytes of UTF-8.
  package static func == (left: ExactText, right: ExactText) -> Bool {
    left.text.hasSameBytes(as: right.text)
  }

  /// Feeds the bytes to a hasher.
  package func hash(into hasher: inout Hasher) {
    let isDone: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
      unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isDone == nil { for byte in text.utf8 { hasher.combine(byte) } }
    hasher.combine(0xFF as UInt8)
  }
}
