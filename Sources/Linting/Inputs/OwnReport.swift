import Documents
import Findings

/// Recognizes reports that this program wrote, in any layout.
package enum OwnReport {
  /// Whether a document is a JSON or SARIF report of `check`, or the JSON report of `test`.
  ///
  /// Its members are exactly those of a report, once each, so that no request passes for one by a few more.
  static func isReport(_ document: Document) -> Bool {
    guard !document.isEmpty, document.kind(of: .root) == .object else { return false }
    // Most documents differ in their first name.
    guard let first = document.members(of: .root).first(where: { _ in true })?.name,
      document.text(of: first, equals: version) || document.text(of: first, equals: schema)
    else { return false }
    let root = document.members(of: .root)
    let names = root.map { String(decoding: document.utf8(of: $0.name), as: UTF8.self) }
    let kinds = root.map { document.kind(of: $0.value) }
    guard let layout = layouts.first(where: { $0.names == names }), layout.kinds == kinds else {
      return false
    }
    if layout.names.first == "$schema" { return isOfThisProgram(document) }
    guard let summary = document.value(named: "summary", in: .root) else { return false }
    let counts = document.members(of: summary)
    return counts.map { String(decoding: document.utf8(of: $0.name), as: UTF8.self) }
      == layout.summary
      && counts.allSatisfy {
        document.kind(of: $0.value) == .number || document.kind(of: $0.value) == .object
      }
  }

  /// Whether a file is empty or begins as a JSON or SARIF report of `check` does.
  ///
  /// For a file that such a report is about to replace, since a large one should not be read as a whole.
  package static func isReport(beginning bytes: [UInt8]) -> Bool {
    guard !bytes.isEmpty else { return true }
    let text = String(
      decoding: bytes.filter { $0 != 0x20 && !(0x09...0x0D).contains($0) }, as: UTF8.self)
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
  ]

  private static let checkSummary = ["files", "requests", "errors", "warnings", "infos"]

  /// Whether the one run of a SARIF log is of this program.
  private static func isOfThisProgram(_ document: Document) -> Bool {
    guard let runs = document.value(named: "runs", in: .root), document.childCount(of: runs) == 1,
      let run = document.elements(of: runs).first(where: { _ in true }),
      let tool = document.value(named: "tool", in: run),
      let driver = document.value(named: "driver", in: tool),
      let name = document.value(named: "name", in: driver)
    else { return false }
    return document.kind(of: name) == .string
      && document.text(of: name, equals: Array(toolName.utf8))
  }

  /// The name of the tool in our SARIF logs.
  private static let toolName = "requisite"

  private static let version = Array("version".utf8)
  private static let schema = Array("$schema".utf8)

  /// What to report of such a file in a folder.
  static func skipped(_ input: InputSource) -> Diagnostic {
    Diagnostic(
      "input/own-report", severity: .info,
      "'\(input.shownPath)' is a report of requisite, so it was skipped; name it to check it")
  }
}
