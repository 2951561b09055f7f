package import Documents
package import RequestDecoding
import SourceText

/// What a failed schema says: one failure for each leaf keyword that does not hold.
package struct Explanation {
  /// The failures in the order in which they were met.
  package var failures: [Failure] = []
  /// Shows values, or keeps them back.
  package let values: ValueText
  /// Whether nobody reads what keywords say, so that they say nothing.
  var isWordless = false
  /// How the request spells the members of its model.
  private let model: RequestModel
  let casing: Casing

  /// How many failures are kept: one more than is reported, so that it shows that there are more.
  static let limit = Evaluator.failureLimit + 1

  /// Whether no more can be known.
  var isFull: Bool { failures.count >= Self.limit }

  /// A condition under which keywords apply.
  struct Circumstance: Sendable {
    /// The value that it is a condition on.
    var node: NodeID
    /// The nodes that decided it.
    var related: [Failure.Related]
    /// The same in words, for where the value itself decided it.
    var words: String
  }

  /// Begins an explanation.
  package init(
    values: ValueText, model: RequestModel = RequestModel(), casing: Casing = .wire
  ) {
    self.values = values
    self.model = model
    self.casing = casing
  }

  /// An explanation of the same request without any failure.
  func emptied() -> Explanation {
    var other = Explanation(values: values, model: model, casing: casing)
    other.isWordless = isWordless
    return other
  }

  /// Hands over the failures so far, and begins again without any.
  mutating func takeFailures() -> [Failure] {
    defer { failures = [] }
    return failures
  }

  /// A member's name as the request would spell it.
  func spelled(_ name: MemberName) -> String {
    model.name(name.text, of: name.symbol, in: casing)
  }

  mutating func add(
    _ keyword: String, _ anchor: NodeID, missing: String? = nil, _ message: String,
    related: [Failure.Related] = [], decodedRange: TextRange? = nil,
    leaf: Failure.Related? = nil, alias: FaultKey.Alias? = nil
  ) {
    guard failures.count < Self.limit else { return }
    failures.append(
      Failure(
        keyword: keyword, anchor: anchor, missing: missing, message: message, related: related,
        decodedRange: decodedRange))
    failures[failures.count - 1].leaf = leaf
    failures[failures.count - 1].alias = alias
  }

  /// Adds a failure whose words are found only where somebody reads them.
  @inline(__always)
  mutating func add(
    _ keyword: String, _ anchor: NodeID, missing: String? = nil, alias: FaultKey.Alias? = nil,
    words: @autoclosure () -> String
  ) {
    add(keyword, anchor, missing: missing, isWordless ? "" : words(), alias: alias)
  }

  /// Adds to the failures from a place on what brought their keywords in; the innermost condition is
  /// to be added first.
  mutating func add(_ circumstance: Circumstance, from start: Int) {
    for index in start..<failures.count {
      let anchor = failures[index].anchor
      var related = circumstance.related.filter { $0.node != anchor }
      if related.isEmpty, circumstance.node != anchor {
        related = [.init(circumstance.node, circumstance.words)]
      } else if related.isEmpty, !failures[index].tellsCircumstance {
        failures[index].message += "; \(circumstance.words)"
      }
      failures[index].tellsCircumstance = true
      for node in related
      where failures[index].related.count < 8 && !failures[index].related.contains(node) {
        failures[index].related.append(node)
      }
    }
  }
}
