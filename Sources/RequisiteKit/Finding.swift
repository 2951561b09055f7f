import Findings
import SourceText

/// A place of a request where a rule does not hold.
///
/// No text of a finding shows a value that a pack marks as sensitive. Other texts may quote the request as
/// it is: escape them for where they go.
public struct Finding: Sendable, Hashable {
  /// The rule, with its help.
  public let rule: Rule
  /// The severity.
  public let severity: Severity
  /// What is wrong: one sentence without a full stop.
  ///
  /// Messages may change with any version: rely on ``ruleID`` and ``location``.
  public let message: String
  /// What the value is and was expected to be, where ``message`` is the author's own; without a full
  /// stop.
  public let detail: String?
  /// The location of what is wrong.
  public let location: Location
  /// Other locations that matter, such as the value that a conditional rule depends on.
  public let related: [RelatedLocation]
  /// The fix; nil if the rule has none for this value, or if it would show a sensitive value.
  public let fix: Fix?

  /// The full id of the rule, `PACK/RULE`.
  public var ruleID: String { rule.id }
}

/// A fix of a finding: edits of the checked bytes, to be applied all or not at all.
///
/// Fixes of different findings may overlap. Check the text again after applying one.
public struct Fix: Sendable, Hashable {
  /// What the fix does: a short phrase without a full stop.
  public let description: String
  /// Whether the fix cannot change the meaning of the request.
  public let isSafe: Bool
  /// The edits, in the order of their ranges, which do not overlap.
  public let edits: [Edit]

  /// The replacement of some bytes.
  public struct Edit: Sendable, Hashable {
    /// The bytes to replace, as offsets in the checked bytes; empty for an insertion.
    public let range: Range<Int>
    /// The text to put there, in UTF-8.
    public let text: String
  }
}

extension Finding {
  init(_ finding: Findings.Finding, rule: Rule) {
    self.init(
      rule: rule, severity: Severity(finding.severity), message: finding.message,
      detail: finding.detail, location: Location(finding.location, hasFile: false),
      related: finding.related.map { RelatedLocation($0, hasFile: false) },
      fix: finding.fix.map { Fix($0) })
  }

  /// What keeps a text from being checked, as a finding at its start.
  init(unchecked diagnostic: Findings.Diagnostic) {
    let start = Position(SourceText.Position.start)
    // Most hints are about the command line, which a program with the library in it does not have.
    self.init(
      rule: Rule(unchecked: diagnostic.code), severity: Severity(diagnostic.severity),
      message: diagnostic.problem, detail: nil,
      location: Location(start: start, end: start, pointer: nil, path: nil), related: [], fix: nil)
  }
}

extension Fix {
  init(_ fix: Findings.Fix) {
    self.init(
      description: fix.description, isSafe: fix.isSafe,
      edits: fix.edits.map { edit in
        let start = edit.region.start.offset
        return Edit(range: start..<max(start, edit.region.end.offset), text: edit.text)
      })
  }
}
