import Findings

/// A rule, for people who have to fix its findings.
public struct Rule: Sendable, Hashable, Identifiable {
  /// The full id, `PACK/RULE`: for example `aws-connect-chat/initial-message-length`.
  public let id: String
  /// The severity of the rule's findings; nil if the rule is off.
  public let severity: Severity?
  /// What the rule demands, in one line.
  public let summary: String
  /// Why the rule matters and how to fix its findings, in Markdown.
  public let help: String
  /// The address of a page to read on.
  public let url: String?
}

extension Rule {
  init(_ description: RuleDescription) {
    self.init(
      id: description.id.description, severity: description.severity.map { Severity($0) },
      summary: description.summary, help: description.help, url: description.url)
  }

  /// The rule of a finding that no description was found for.
  init(_ finding: Findings.Finding) {
    self.init(
      id: finding.rule.description, severity: Severity(finding.severity), summary: "", help: "",
      url: nil)
  }

  /// The rule that texts can be checked, by the code of what keeps them from it.
  init(unchecked code: String) {
    self.init(
      id: code, severity: .error, summary: "The text can be checked.",
      help:
        "Nothing is known of a text that was not checked. Load the pack that it is a request of, or fix the program that writes it.",
      url: nil)
  }
}
