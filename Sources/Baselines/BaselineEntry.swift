import Documents
package import Findings

/// One accepted finding: which rule, where, and which of several at one place.
///
/// Nothing in it tells what was found: a message, a line or a value would make the entry stale with
/// every edit, and might give a secret away.
package struct BaselineEntry: Sendable {
  /// The file, relative to the root of the project, with forward slashes.
  package var path: String
  /// The place in the request, elements of arrays by their identity where the pack names one.
  package var pointer: String
  /// The rule.
  package var rule: RuleID
  /// Which of the rule's findings at the place it is, from 0, in the order of the text.
  package var ordinal: Int

  /// Creates an entry.
  package init(path: String, pointer: String, rule: RuleID, ordinal: Int) {
    self.path = path
    self.pointer = pointer
    self.rule = rule
    self.ordinal = ordinal
  }

  /// The entry in its one spelling: a JSON text on one line, without the line's end.
  ///
  /// Two entries are the same exactly if their lines are.
  package var line: [UInt8] {
    var output: [UInt8] = []
    var json = JSONWriter()
    json.beginObject(into: &output)
    json.member(BaselineMember.path.rawValue, path, into: &output)
    json.member(BaselineMember.pointer.rawValue, pointer, into: &output)
    json.member(BaselineMember.rule.rawValue, rule.description, into: &output)
    json.member(BaselineMember.ordinal.rawValue, ordinal, into: &output)
    json.endObject(into: &output)
    return output
  }
}

/// The members of a line of a baseline.
enum BaselineMember: String, CaseIterable {
  case path, pointer, rule, ordinal, content
}
