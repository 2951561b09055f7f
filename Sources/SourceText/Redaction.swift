/// What stands in place of a sensitive value, wherever one would be shown.
package enum Redaction {
  /// The mark itself: one, so that no writer can drift from the others.
  package static let mark = "‹redacted›"
}
