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

extension RuleID {
  /// Reads a full name; nil where a text cannot be one.
  package init?(_ text: String) {
    let bytes = text.utf8
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")),
      bytes.allSatisfy({ byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "/"),
          UInt8(ascii: "$"):
          true
        default: false
        }
      })
    else { return nil }
    let steps = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard steps.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.init(
      pack: String(text[..<slash]), rule: String(text[bytes.index(after: slash)...]))
  }
}

extension RuleID: CustomStringConvertible, Comparable {
  /// The full name.
  package var description: String { pack + "/" + rule }

  /// Orders by pack, then by rule.
  package static func < (left: RuleID, right: RuleID) -> Bool {
    (left.pack, left.rule) < (right.pack, right.rule)
  }
}
