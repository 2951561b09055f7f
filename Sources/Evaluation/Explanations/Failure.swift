package import Documents
package import SourceText

/// One assertion that did not hold: what a finding is made of.
package struct Failure: Sendable {
  /// The keyword, as packs write it; empty for an expression.
  package var keyword: String
  /// The node at which it failed: a value, or a name.
  package var anchor: NodeID
  /// For a member that is missing, its name; the anchor is then the object that lacks it.
  package var missing: String?
  /// What the keyword says of the value; without a full stop.
  package var message: String
  /// Where alternatives were chosen among, what failed in the nearest one, and what it says.
  var leaf: Related?
  /// Whether a condition that brought the keyword in was reported already.
  var tellsCircumstance = false
  /// Another keyword whose failure at the same place is the same fault.
  var alias: FaultKey.Alias?
  /// For an expression that cannot be evaluated, what must be wrong by the model for this to be
  /// nothing else: for each fault, any of these.
  ///
  /// Empty where the model says nothing of it.
  var causes: [[FaultKey]] = []
  /// Whether an expression could not be evaluated, so that nobody knows whether the rule holds.
  package var isEvaluationError = false
  /// Other nodes that matter, and what they have to do with it.
  package var related: [Related]
  /// The part of the anchor's decoded text that is meant, in bytes of UTF-8; nil for all of it.
  package var decodedRange: TextRange?

  /// What stands for the keyword where evaluation was given up.
  static let limitKeyword = "limit"

  /// Whether a rule gave up, so that nobody knows whether it holds: an error, however small the rule.
  package var isLimit: Bool { keyword == Self.limitKeyword }

  /// A node beside the anchor.
  package struct Related: Sendable, Hashable {
    /// The node.
    package var node: NodeID
    /// What it has to do with the failure.
    package var message: String

    /// Creates an entry.
    package init(_ node: NodeID, _ message: String) {
      self.node = node
      self.message = message
    }
  }

  /// Creates a failure.
  package init(
    keyword: String, anchor: NodeID, missing: String? = nil, message: String,
    related: [Related] = [], decodedRange: TextRange? = nil
  ) {
    self.keyword = keyword
    self.anchor = anchor
    self.missing = missing
    self.message = message
    self.related = related
    self.decodedRange = decodedRange
  }
}
