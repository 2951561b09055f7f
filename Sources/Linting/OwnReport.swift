import Documents
import Findings

/// Recognises reports that this program wrote, in any layout.
enum OwnReport {
  /// Whether a document is a JSON or SARIF report of `check`, or the JSON report of `test`.
  static func isReport(_ document: Document) -> Bool {
    guard !document.isEmpty, document.kind(of: .root) == .object else { return false }
    func has(_ names: [String: NodeKind]) -> Bool {
      names.allSatisfy { name, kind in
        document.value(named: name, in: .root).map { document.kind(of: $0) } == kind
      }
    }
    // Most documents differ in their first name.
    guard let first = document.members(of: .root).first(where: { _ in true })?.name else {
      return false
    }
    if document.text(of: first, equals: version) {
      let counted =
        has(["version": .number, "findings": .array, "diagnostics": .array, "summary": .object])
        ? "files"
        : has(["version": .number, "packs": .array, "summary": .object]) ? "examples" : nil
      guard let counted, let summary = document.value(named: "summary", in: .root),
        let count = document.value(named: counted, in: summary)
      else { return false }
      return document.kind(of: count) == .number
    }
    if document.text(of: first, equals: schema) {
      guard has(["version": .string, "runs": .array]),
        let runs = document.value(named: "runs", in: .root),
        let run = document.elements(of: runs).first(where: { _ in true }),
        let tool = document.value(named: "tool", in: run),
        let driver = document.value(named: "driver", in: tool),
        let name = document.value(named: "name", in: driver)
      else { return false }
      return document.kind(of: name) == .string
        && document.text(of: name, equals: Array("requisite".utf8))
    }
    return false
  }

  private static let version = Array("version".utf8)
  private static let schema = Array("$schema".utf8)

  /// What to report of such a file in a folder.
  static func skipped(_ input: LintInput) -> Diagnostic {
    Diagnostic(
      "input/own-report", severity: .info,
      "'\(input.shownPath)' is a report of requisite, so it was skipped; name it to check it")
  }
}
