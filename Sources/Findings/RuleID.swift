/// The full name of a rule: the pack's name, a slash, and the rule's name within the pack.
///
/// Rules of reading itself stand under `json` and `yaml`: `json/syntax`. A keyword of the request's
/// model that fails is a rule as well: `aws-connect-chat/schema/required`.
package struct RuleID: Sendable, Hashable {
  /// The name of the pack, or `json` or `yaml`.
  package var pack: String
  /// The name of the rule within the pack.
  package var rule: String

  /// Creates an id from its two parts.
  package init(pack: String, rule: String) {
    self.pack = pack
    self.rule = rule
  }
}

extension RuleID: CustomStringConvertible, Comparable {
  /// The full name.
  package var description: String { "\(pack)/\(rule)" }

  /// Orders by pack, then by rule.
  package static func < (left: RuleID, right: RuleID) -> Bool {
    (left.pack, left.rule) < (right.pack, right.rule)
  }
}
