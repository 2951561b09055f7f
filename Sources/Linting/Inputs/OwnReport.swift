import Documents
import Findings

/// Recognizes reports that this program wrote, in any layout.
package enum OwnReport {
  /// Whether a document is a report of `check` in JSON, or the JSON report of `test`.
  ///
  /// Its members are exactly those of a report, once each, so that no request passes for one by a few more.
  static func isReport(_ document: Document) -> Bool {
    guard !document.isEmpty else { return false }
    if document.kind(of: .root) == .array { return isGitLabReport(document) }
    guard document.kind(of: .root) == .object else { return false }
    // Most documents differ in their first name.
    guard let first = document.members(of: .root).first(where: { _ in true })?.name,
      firstNames.contains(where: { document.text(of: first, equals: $0) })
    else { return false }
    let root = document.members(of: .root)
    let names = root.map { String(decoding: document.utf8(of: $0.name), as: UTF8.self) }
    let kinds = root.map { document.kind(of: $0.value) }
    guard let layout = layouts.first(where: { $0.names == names }), layout.kinds == kinds else {
      return false
    }
    switch layout.names.first ?? "" {
    case "$schema": return isOfThisProgram(document)
    case "source": return isOurs(document.value(named: "source", in: .root), "name", document)
    case "issues": return isSonarQubeReport(document)
    default: break
    }
    guard let summary = document.value(named: "summary", in: .root) else { return false }
    let counts = document.members(of: summary)
    let countNames = counts.map { String(decoding: document.utf8(of: $0.name), as: UTF8.self) }
    let others = countNames.dropFirst(layout.summary.count)
    return countNames.starts(with: layout.summary)
      && (others.isEmpty
        || layout.summary == checkSummary && others.allSatisfy(optionalCounts.contains))
      && counts.allSatisfy {
        document.kind(of: $0.value) == .number || document.kind(of: $0.value) == .object
      }
  }

  /// Whether a file is empty or begins as a report of `check` does that a walk may come upon.
  ///
  /// For a file that such a report is about to replace, since a large one should not be read as a whole.
  package static func isReport(beginning bytes: [UInt8]) -> Bool {
    // A report for GitLab without a finding holds nothing that could be lost.
    guard !bytes.isEmpty, bytes != Array("[]\n".utf8) else { return true }
    let text = String(
      decoding: bytes.filter { $0 != 0x20 && !(0x09...0x0D).contains($0) }, as: UTF8.self)
    if beginnings.contains(where: { $0.allSatisfy(text.contains) && text.hasPrefix($0[0]) }) {
      return true
    }
    return layouts.contains { layout in
      guard let first = layout.names.first, text.hasPrefix("{\"\(first)\":") else { return false }
      if layout.summary == checkSummary { return text.contains("\"\(layout.names[1])\":[") }
      return layout.summary.isEmpty
        && layout.names.dropFirst().allSatisfy { text.contains("\"\($0)\":") }
        && text.contains("\"name\":\"\(toolName)\"")
    }
  }

  /// The number of bytes of a file by which a report can be recognized.
  package static let beginningCount = 4_096

  /// The members of a report, and of its summary.
  private struct Layout {
    var names: [String]
    var kinds: [NodeKind]
    var summary: [String] = []
  }

  private static let layouts = [
    Layout(
      names: ["version", "findings", "diagnostics", "summary"],
      kinds: [.number, .array, .array, .object], summary: checkSummary),
    Layout(
      names: ["version", "findings", "diagnostics", "summary", "statistics"],
      kinds: [.number, .array, .array, .object, .object], summary: checkSummary),
    Layout(
      names: ["version", "packs", "summary"], kinds: [.number, .array, .object],
      summary: ["examples", "failedExamples", "mutants"]),
    Layout(names: ["$schema", "version", "runs"], kinds: [.string, .string, .array]),
    Layout(names: ["source", "diagnostics"], kinds: [.object, .array]),
    Layout(names: ["issues", "rules"], kinds: [.array, .array]),
  ]

  /// How reports in formats of others begin, spaces left out, and what else is in their beginnings.
  private static let beginnings = [
    [#"{"type":"finding","path":"#, #""rule":"#], [#"{"type":"diagnostic","path":"#],
    [#"{"type":"summary","files":"#], [#"{"source":{"name":"requisite""#],
    [#"{"message":"#, #""source":{"name":"requisite""#],
    [#"[{"description":"#, #""check_name":"#, #""fingerprint":"#],
    [#"{"issues":[{"ruleId":"#], [#"{"issues":[],"rules":[]}"#],
  ]

  private static let checkSummary = ["files", "requests", "errors", "warnings", "infos"]

  /// What a summary of `check` counts only where there is any.
  private static let optionalCounts = ["suppressed", "known", "unmatched", "baseline"]

  /// Whether the one run of a SARIF log is of this program.
  private static func isOfThisProgram(_ document: Document) -> Bool {
    guard let runs = document.value(named: "runs", in: .root), document.childCount(of: runs) == 1,
      let run = document.elements(of: runs).first(where: { _ in true }),
      let tool = document.value(named: "tool", in: run),
      let driver = document.value(named: "driver", in: tool)
    else { return false }
    return isOurs(driver, "name", document)
  }

  /// Whether an array is of issues as the report for GitLab has them.
  private static func isGitLabReport(_ document: Document) -> Bool {
    guard let first = document.elements(of: .root).first(where: { _ in true }) else { return false }
    let names = ["description", "check_name", "fingerprint", "severity", "location"]
    return document.members(of: first)
      .map { String(decoding: document.utf8(of: $0.name), as: UTF8.self) } == names
  }

  /// Whether the first rule of issues for SonarQube is of this program; a report of none has none.
  private static func isSonarQubeReport(_ document: Document) -> Bool {
    guard let rules = document.value(named: "rules", in: .root),
      let issues = document.value(named: "issues", in: .root)
    else { return false }
    guard let rule = document.elements(of: rules).first(where: { _ in true }) else {
      return document.childCount(of: issues) == 0
    }
    return isOurs(rule, "engineId", document)
  }

  /// Whether a member names this program.
  private static func isOurs(_ object: NodeID?, _ member: String, _ document: Document) -> Bool {
    guard let object, let name = document.value(named: member, in: object) else { return false }
    return document.kind(of: name) == .string
      && document.text(of: name, equals: Array(toolName.utf8))
  }

  /// The name of the tool in our reports.
  static let toolName = "requisite"

  /// The names that reports begin with.
  private static let firstNames = Set(layouts.compactMap { $0.names.first.map { Array($0.utf8) } })

  /// The code of what is reported of such a file.
  static let code = "input/own-report"

  /// What to report of such a file in a folder.
  static func skipped(_ input: InputSource) -> Diagnostic {
    Diagnostic(
      code, severity: .info,
      "'\(input.shownPath)' is a report of requisite, so it was skipped",
      hint: "name it to check it")
  }
}

extension LintResult {
  /// Whether the input was skipped as a report of an earlier run.
  package var isOwnReport: Bool { diagnostics.contains { $0.code == OwnReport.code } }
}
