/// The form in which the test of a pack leaves the program.
package enum PackTestFormat: String, Sendable, CaseIterable {
  /// For people: what is missing, with the line it is about, then a table of the rules.
  case text
  /// For continuous integration: JUnit's XML.
  case junit
  /// For programs: all that is known, version 1.
  case json

  /// How text that a CI system would read as a command is escaped.
  private var syntax: LogCommands.Syntax {
    switch self {
    case .text: .text
    case .junit: .markup
    case .json: .json
    }
  }

  /// Writes a whole report.
  package func write(
    _ report: PackTestReport, demands: PackTestDemands, options: ReportOptions,
    into output: inout [UInt8]
  ) {
    let start = output.count
    defer { LogCommands.escape(&output, from: start, as: syntax) }
    switch self {
    case .text:
      PackTestTextWriter(demands: demands, options: options).write(report, into: &output)
    case .junit: JUnitWriter(demands: demands).write(report, into: &output)
    case .json: PackTestJSONWriter.write(report, into: &output)
    }
  }
}

extension PackTestReport {
  /// The run in one line without a line end.
  package func line() -> String {
    let rules = suites.flatMap(\.rules)
    let examples = rules.flatMap(\.examples)
    let tested = rules.count { !$0.examples.isEmpty }
    let failed = examples.count { $0.fault != nil }
    var parts = [
      examples.isEmpty
        ? "no examples"
        : "\(Self.counted(examples.count, "example")) of \(Self.counted(tested, "rule"))"
          + (failed == 0 ? " passed" : ", \(failed) failed")
    ]
    let lacking = rules.count { !$0.missing.isEmpty }
    if lacking > 0 {
      parts.append("\(Self.counted(lacking, "rule")) without a passing or failing example")
    }
    let score = score
    if score.total > 0 {
      parts.append("\(score.noticed) of \(score.total) mutants killed (\(score.percent))")
    }
    if score.untried > 0 { parts.append("\(Self.counted(score.untried, "mutant")) not tested") }
    return parts.joined(separator: "; ")
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }
}

extension MutationScore {
  /// The score in percent, such as `99.6%`; `100%` only where all is noticed.
  var percent: String {
    permille.isMultiple(of: 10) ? "\(permille / 10)%" : "\(permille / 10).\(permille % 10)%"
  }
}

extension ExampleTest.Side {
  /// What an example of this side is called.
  var adjective: String { self == .pass ? "passing" : "failing" }
}
