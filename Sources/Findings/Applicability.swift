/// The documents that a pack applies to.
package enum Applicability: Sendable, Hashable {
  /// Every document: the pack was chosen by name.
  case always
  /// The documents that match its `detect`.
  case whenDetected
}
