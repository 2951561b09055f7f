/// Ends a check whose result is no longer wanted, soon after somebody says so.
///
/// A check asks between blocks of a log or an array, between the stages of a document, and before each pass
/// of fixes. What it found until then is not all there is: who interrupts a check drops its result.
package final class Interruption {
  private let isWanted: () -> Bool
  /// Whether the check was ended.
  package private(set) var hasHappened = false

  /// Creates an interruption; once `isWanted` says so, it is not asked again.
  package init(when isWanted: @escaping () -> Bool) { self.isWanted = isWanted }

  /// Asks whether the check is to end here.
  package func isDue() -> Bool {
    if !hasHappened { hasHappened = isWanted() }
    return hasHappened
  }
}

extension Linter {
  /// Whether the check at hand is to end here.
  var isInterrupted: Bool { interruption?.isDue() ?? false }
}
