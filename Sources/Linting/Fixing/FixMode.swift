/// What is done with the fixes of findings.
package enum FixMode: Sendable, Hashable {
  /// Nothing; packs are loaded without them.
  case none
  /// Findings say whether they have a fix.
  case mark
  /// Findings have their fixes, as far as values may be shown.
  case attach
  /// Fixes are applied; the remaining findings have theirs.
  case apply

  /// Whether findings have their fixes.
  package var areAttached: Bool {
    switch self {
    case .none, .mark: false
    case .attach, .apply: true
    }
  }
}
