package import Documents
import SourceText

/// What a failed schema says: one failure for each leaf keyword that does not hold.
package struct Explanation: Sendable {
  /// The failures in the order in which they were met.
  package var failures: [Failure] = []
  /// Shows values, or keeps them back.
  package let values: ValueText
  /// Why the keywords at hand apply at all: the conditions that brought them in, outermost first.
  var circumstances: [Circumstance] = []
  /// Names that the model knows, for suggesting the nearest.
  let symbols: SymbolTable

  /// How many failures of one request are told.
  static let limit = 1_000

  /// A condition under which keywords apply.
  struct Circumstance: Sendable {
    /// The nodes that decided it.
    var related: [Failure.Related]
    /// The same in words, for where those nodes are the failing value itself.
    var words: String
  }

  /// Begins an explanation.
  package init(values: ValueText, symbols: SymbolTable) {
    self.values = values
    self.symbols = symbols
  }

  mutating func add(
    _ keyword: String, _ anchor: NodeID, missing: String? = nil, _ message: String,
    related: [Failure.Related] = [], range: TextRange? = nil
  ) {
    guard failures.count < Self.limit else { return }
    var (message, related) = (message, related)
    for circumstance in circumstances {
      let others = circumstance.related.filter { $0.node != anchor }
      if others.isEmpty { message += "; \(circumstance.words)" }
      for other in others where !related.contains(other) { related.append(other) }
    }
    failures.append(
      Failure(
        keyword: keyword, anchor: anchor, missing: missing, message: message, related: related,
        range: range))
  }
}
