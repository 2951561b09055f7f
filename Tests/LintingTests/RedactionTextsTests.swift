import Documents
import Findings
import Linting
import Reporting
import SourceText
import TestSupport
import Testing

/// No report, fix or inspected tree of a request shows its secret, however the request is broken.
///
/// `Tests/Fuzzing/RedactionRun` asks the same of the program, of many more texts.
struct RedactionTextsTests {
  /// What no output may hold.
  private static let canary = "CANAR"

  @Test(arguments: 1...8) func showsNoSecret(seed: Int) {
    var texts = RedactionTexts(seed: UInt64(seed))
    let redactor = Redactor(packs: builtIn.packs)
    for number in 0..<250 {
      let text = texts.text()
      for showsValues in [true, false] {
        let shown = Self.output(of: text, showsValues: showsValues)
        let isSafe = shown.firstRange(of: Self.canary) == nil
        #expect(isSafe, "text \(number): \(String(decoding: text.bytes, as: UTF8.self))\n\(shown)")
      }
      guard text.kind != "jsonl" else { continue }
      let hidden = redactor.redactions(of: text.bytes, isYAML: text.kind == "yaml")
      let rest = text.bytes.indices.filter { hidden.cover(at: $0) == nil }.map { text.bytes[$0] }
      let isHidden = String(decoding: rest, as: UTF8.self).firstRange(of: Self.canary) == nil
      #expect(isHidden, "text \(number): \(String(decoding: text.bytes, as: UTF8.self))")
    }
  }

  /// All reports of a text, with its fixes, fingerprints and pointers.
  private static func output(of text: RedactionTexts.Text, showsValues: Bool) -> String {
    var options = LintOptions(packs: builtIn.packs, appliesToAll: true)
    options.computesFixes = true
    options.showsValues = showsValues
    var linter = Linter(options: options)
    let name = "request.\(text.kind == "yaml" ? "yaml" : "json")"
    let result = linter.lint(
      text.kind == "jsonl" ? text.bytes.split(separator: 0x0A).map(Array.init)[1] : text.bytes,
      of: LintInput(
        path: name, shownPath: name, format: text.kind == "yaml" ? .yaml : .json, isExplicit: true))
    var output = result.diagnostics.map(\.message).joined(separator: "\n")
    for format in ReportFormat.allCases {
      var writer = ReportWriter(
        format: format, header: ReportHeader(toolVersion: "0", rules: []), options: ReportOptions())
      var report: [UInt8] = []
      writer.begin(into: &report)
      for finding in result.findings { writer.append(finding, into: &report) }
      output += String(decoding: report, as: UTF8.self)
    }
    for finding in result.findings { output += finding.stablePointer ?? "" }
    return output
  }
}
