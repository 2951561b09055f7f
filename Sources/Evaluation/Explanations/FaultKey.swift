import Documents
import SourceText

/// What makes two failures one fault: the keyword and the place.
struct FaultKey: Hashable, Sendable {
  var keyword: String
  var anchor: NodeID
  var missing: ExactText?

  /// The side on which a number is out of range, whatever keyword says so.
  enum Alias: String, Sendable {
    case aboveRange = "above range"
    case belowRange = "below range"
  }

  init(_ keyword: String, _ anchor: NodeID, missing: String? = nil) {
    self.keyword = keyword
    self.anchor = anchor
    self.missing = missing.map { ExactText($0) }
  }

  init(_ failure: Failure) {
    self.init(failure.keyword, failure.anchor, missing: failure.missing)
  }

  /// The key under which a failure by a bound is the same as one by the width of an integer.
  init?(aliasOf failure: Failure) {
    let alias: Alias
    switch failure.keyword {
    case "maximum", "exclusiveMaximum": alias = .aboveRange
    case "minimum", "exclusiveMinimum": alias = .belowRange
    default:
      guard let own = failure.alias else { return nil }
      alias = own
    }
    self.init(alias.rawValue, failure.anchor)
  }
}
