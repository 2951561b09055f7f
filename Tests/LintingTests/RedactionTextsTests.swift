import Documents
import Findings
import Foundation
import Linting
import Reporting
import RequisiteFiles
import SourceText
import TestSupport
import Testing

/// No report, fix or inspected tree of a request shows its secret, however the request is broken.
///
/// `Tests/Fuzzing/RedactionRun` asks the same of the program, of many more texts.
struct RedactionTextsTests {
  /// What no output may hold.
  private static let canary = "CANAR"

  @Test(arguments: 1...8) func showsNoSecret(seed: Int) throws {
    var texts = RedactionTexts(seed: UInt64(seed))
    let redactor = Redactor(packs: builtIn.packs)
    for number in 0..<250 {
      let text = texts.text()
      for showsValues in [true, false] {
        let shown = try Self.output(of: text, showsValues: showsValues)
        let isSafe = shown.firstRange(of: Self.canary) == nil
        #expect(isSafe, "text \(number): \(String(decoding: text.bytes, as: UTF8.self))\n\(shown)")
      }
      guard text.kind != "jsonl" else { continue }
      let hidden = redactor.redactions(of: text.bytes, text.kind == "yaml" ? .yaml : .json)
      let rest = text.bytes.indices.filter { hidden.cover(at: $0) == nil }.map { text.bytes[$0] }
      let isHidden = String(decoding: rest, as: UTF8.self).firstRange(of: Self.canary) == nil
      #expect(isHidden, "text \(number): \(String(decoding: text.bytes, as: UTF8.self))")
    }
  }

  /// All reports of a text, with its fixes, fingerprints and pointers.
  private static func output(of text: RedactionTexts.Text, showsValues: Bool) throws -> String {
    var options = LintOptions(in: RealFileSystem(), packs: builtIn.packs, applicability: .always)
    options.fixes = .attach
    options.needs.insert(.fixHunks)
    options.disclosure = showsValues ? .full : .kindsOnly
    var linter = LintSession([options])
    let name = "request.\(text.kind)"
    var result = LintResult()
    var output = ""
    if text.kind == "jsonl" {
      try withFolder { folder in
        try Data(text.bytes).write(to: URL(filePath: "\(folder)/\(name)"))
        let input = InputSource(
          .file("\(folder)/\(name)"), shownPath: name, syntax: .jsonLines, isExplicit: true)
        let redactor = linter.redactor()
        _ = linter.fixLog(
          input, includingUnsafe: true, sink: { output += shown(of: $0, redactor) },
          emit: { output += words($0) })
        linter.lint(input) { part in
          result.findings += part.findings
          result.diagnostics += part.diagnostics
        }
      }
    } else {
      result = linter.lint(
        text.bytes,
        of: InputSource(
          .file(name), shownPath: name, syntax: text.kind == "yaml" ? .yaml : .json,
          isExplicit: true))
    }
    return output + words(result)
  }

  /// What a diff may show of a part of a log.
  private static func shown(of piece: FixedPiece, _ redactor: Redactor) -> String {
    let lines: [([UInt8], [TextRange])]
    switch piece {
    case .same(_, isHidden: true): return ""
    case .same(let bytes, _):
      lines = LineDifference.lines(of: bytes).map {
        (Array(bytes[$0.lowerBound..<$0.upperBound]), [])
      }
    case .changed(let old, let new, let hidden): lines = [(old, []), (new, hidden)]
    }
    return lines.map { bytes, ranges in
      let hidden = redactor.redactions(ofLine: bytes).adding(ranges)
      let rest = bytes.indices.filter { hidden.cover(at: $0) == nil }.map { bytes[$0] }
      return String(decoding: rest, as: UTF8.self)
    }.joined()
  }

  private static func words(_ result: LintResult) -> String {
    var output = result.diagnostics.map(\.message).joined(separator: "\n")
    for format in ReportFormat.allCases {
      var writer = ReportWriter(
        format: format, header: ReportHeader(toolVersion: "0", rules: []), options: ReportOptions())
      var report: [UInt8] = []
      writer.begin(into: &report)
      for finding in result.findings { writer.append(finding, into: &report) }
      output += String(decoding: report, as: UTF8.self)
    }
    for finding in result.findings { output += finding.stablePointer?.description ?? "" }
    return output
  }
}
