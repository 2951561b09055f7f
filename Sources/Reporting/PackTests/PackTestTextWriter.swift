import Findings
import SourceText

/// Writes the test of packs for people.
///
/// Errors and gaps come first, each with its line, then a table of the rules.
struct PackTestTextWriter {
  /// The number of survivors that are shown of a rule.
  static let survivorLimit = 20

  private let demands: PackTestDemands
  private let palette: Palette
  private let block: TextBlock

  init(demands: PackTestDemands, options: ReportOptions) {
    self.demands = demands
    palette = Palette(options)
    block = TextBlock(palette: palette, columns: options.columns)
  }

  func write(_ report: PackTestReport, into output: inout [UInt8]) {
    for (index, suite) in report.suites.enumerated() {
      if index > 0 { output.write("\n") }
      let severity: Severity = demands.isMissed(by: suite.score) ? .error : .warning
      for rule in suite.rules { write(rule, survivors: severity, into: &output) }
      for notice in suite.notices {
        write(notice.severity, notice.message, notice.location, name: notice.code, into: &output)
        output.write("\n")
      }
      writeTable(suite, into: &output)
    }
  }

  // MARK: - Errors

  private func write(
    _ rule: RuleTest, survivors severity: Severity, into output: inout [UInt8]
  ) {
    let name = rule.id.description
    for example in rule.examples {
      guard let fault = example.fault else { continue }
      write(.error, fault.message, fault.location, name: name, into: &output)
      output.write("\n")
    }
    if !rule.missing.isEmpty {
      let sides = rule.missing.map(\.adjective).joined(separator: " and no ")
      write(
        demands.isStrict ? .error : .warning,
        "rule '\(rule.id.rule)' has no \(sides) example; add one under 'examples'",
        rule.location, name: name,
        into: &output)
      output.write("\n")
    }
    guard let mutation = rule.mutation else { return }
    var shown: Set<MutationTest.Suggestion> = []
    for survivor in mutation.survivors.prefix(Self.survivorLimit) {
      write(
        severity, "this mutant survives all examples: \(survivor.change)", survivor.location,
        name: name, into: &output)
      let indent = ExcerptBlock.gutterWidth(line: survivor.location.region.start.line)
      if let suggestion = survivor.suggestion, !shown.insert(suggestion).inserted {
        block.write(
          "help", "an example suggested above also kills it: - \(suggestion.request)",
          indent: indent,
          into: &output)
      } else if let suggestion = survivor.suggestion {
        // On a line of its own and never broken, so that it can be copied.
        block.write(
          "help", "an example under '\(suggestion.side.rawValue)' that kills it:",
          indent: indent, into: &output)
        output.write(" ", count: indent + 4)
        output.write("- " + TerminalText.line(of: suggestion.request) + "\n")
      } else {
        block.write(
          "help",
          "add an example that tells the mutant from the rule; no value that the rule mentions does",
          indent: indent, into: &output)
      }
      output.write("\n")
    }
    let rest = mutation.survivors.count - Self.survivorLimit
    if rest > 0 {
      output.write("… and \(rest) more of this rule; --format json shows all\n\n")
    }
  }

  private func write(
    _ severity: Severity, _ message: String, _ location: Location?, name: String,
    into output: inout [UInt8]
  ) {
    if let location { palette.write(placeOf: location, into: &output) }
    palette.write(severity, message, name: name, into: &output)
    if let location { block.writeExcerpt(of: location, severity, into: &output) }
  }

  // MARK: - Table

  private struct Row {
    var name: String
    var examples: String
    var mutants: String
    var isGood: Bool
  }

  private func writeTable(_ suite: PackTestSuite, into output: inout [UInt8]) {
    var rows = suite.rules.map { rule in
      let good = rule.examples.count { $0.fault == nil }
      let score = rule.mutation?.score
      return Row(
        name: "  " + TerminalText.visible(rule.id.rule),
        examples: "\(good)/\(rule.examples.count)",
        mutants: score.map { $0.total == 0 ? "-" : "\($0.noticed)/\($0.total)" } ?? "-",
        isGood: good == rule.examples.count && rule.missing.isEmpty
          && (score.map { $0.survived == 0 } ?? true))
    }
    let examples = suite.rules.flatMap(\.examples)
    let score = suite.score
    rows.append(
      Row(
        name: "  all", examples: "\(examples.count { $0.fault == nil })/\(examples.count)",
        mutants: score.total == 0
          ? "-" : "\(score.noticed)/\(score.total) \(score.percent)", isGood: true))
    let heading = TerminalText.visible(suite.name)
    let width = max(heading.utf8.count, rows.map { $0.name.utf8.count }.max() ?? 0) + 2
    let middle = max(8, rows.map { $0.examples.utf8.count }.max() ?? 0) + 2
    palette.write(heading, .message, into: &output)
    output.write(" ", count: width - heading.utf8.count)
    output.write("examples")
    output.write(" ", count: middle - 8)
    output.write("mutants killed\n")
    for row in rows {
      output.write(row.name)
      output.write(" ", count: width - row.name.utf8.count)
      output.write(row.examples)
      output.write(" ", count: middle - row.examples.utf8.count)
      if row.isGood {
        output.write(row.mutants)
      } else {
        palette.write(row.mutants, .severity(.warning), into: &output)
      }
      output.write("\n")
    }
    if score.unviable > 0 {
      output.write(
        "  \(score.unviable) more mutant\(score.unviable == 1 ? " is not a valid rule and does" : "s are not valid rules and do") not count\n"
      )
    }
  }
}
