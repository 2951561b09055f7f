import Findings
import SourceText

/// Writes the test of packs as JUnit's XML, which continuous integration shows as tests.
///
/// A pack is a suite; an example is a case, and so are the mutants of a rule, taken together, and the
/// wish for examples of both kinds where there are none. What does not fail the run is no failure: it is
/// told as output of its case, or the case is skipped.
struct JUnitWriter {
  let demands: PackTestDemands

  /// A test as JUnit knows it.
  private struct Case {
    var className: String
    var name: String
    var location: Location
    var outcome: Outcome

    enum Outcome {
      case success(output: [String])
      case failure(type: String, message: String, lines: [String])
      case skipped(message: String)
    }

    var isFailure: Bool {
      if case .failure = outcome { true } else { false }
    }

    var isSkipped: Bool {
      if case .skipped = outcome { true } else { false }
    }
  }

  func write(_ report: PackTestReport, into output: inout [UInt8]) {
    let suites = report.suites.map { (suite: $0, cases: cases(of: $0)) }
    let all = suites.flatMap(\.cases)
    output.write(XMLText.declaration + "<testsuites name=\"requisite\"")
    writeCounts(all, into: &output)
    output.write(">\n")
    for (suite, cases) in suites {
      output.write("  <testsuite")
      XMLText.write(attribute: "name", suite.name, into: &output)
      writeCounts(cases, into: &output)
      XMLText.write(attribute: "file", suite.path, into: &output)
      output.write(">\n")
      for item in cases { write(item, into: &output) }
      if !suite.notices.isEmpty {
        output.write("    <system-err>")
        writeText(suite.notices.map(\.message), into: &output)
        output.write("</system-err>\n")
      }
      output.write("  </testsuite>\n")
    }
    output.write("</testsuites>\n")
  }

  // MARK: - Cases

  private func cases(of suite: PackTestSuite) -> [Case] {
    let isMissed = demands.isMissed(by: suite.score)
    return suite.rules.flatMap { rule in
      let name = rule.id.description
      var cases = rule.examples.map { example in
        Case(
          className: name, name: "\(example.side.rawValue) \(example.number): \(example.title)",
          location: example.location,
          outcome: example.fault.map {
            .failure(
              type: $0.code, message: $0.message,
              lines: [place($0.location ?? example.location) + $0.message])
          } ?? .success(output: []))
      }
      for side in rule.missing {
        let message =
          "rule '\(rule.id.rule)' has no \(side.adjective) example; add one under 'examples'"
        cases.append(
          Case(
            className: name, name: "has a \(side.adjective) example", location: rule.location,
            outcome: demands.isStrict
              ? .failure(
                type: "test/missing-example", message: message,
                lines: [place(rule.location) + message])
              : .skipped(message: message)))
      }
      if let mutants = mutants(of: rule, isMissed) { cases.append(mutants) }
      return cases
    }
  }

  private func mutants(of rule: RuleTest, _ isMissed: Bool) -> Case? {
    guard let mutation = rule.mutation, mutation.score.total > 0 else { return nil }
    let lines = mutation.survivors.flatMap { survivor in
      [place(survivor.location) + "this mutant survives all examples: \(survivor.change)"]
        + (survivor.suggestion.map {
          [
            "  an example under '\($0.side.rawValue)' that kills it:",
            "    - \($0.request)",
          ]
        } ?? [])
    }
    let score = mutation.score
    let message = "\(score.noticed) of \(score.total) mutants killed"
    let fails = score.survived > 0 && isMissed
    return Case(
      className: rule.id.description, name: "mutants", location: rule.location,
      outcome: fails
        ? .failure(type: "test/survivors", message: message, lines: lines)
        : .success(output: lines.isEmpty ? [] : [message] + lines))
  }

  private func place(_ location: Location) -> String {
    "\(location.artifactPath):\(location.region.start.line):\(location.region.start.column): "
  }

  // MARK: - XML

  private func write(_ item: Case, into output: inout [UInt8]) {
    output.write("    <testcase")
    XMLText.write(attribute: "classname", item.className, into: &output)
    XMLText.write(attribute: "name", item.name, into: &output)
    XMLText.write(attribute: "file", item.location.artifactPath, into: &output)
    XMLText.write(attribute: "line", String(item.location.region.start.line), into: &output)
    switch item.outcome {
    case .success(let lines) where lines.isEmpty: output.write("/>\n")
    case .success(let lines):
      output.write(">\n      <system-out>")
      writeText(lines, into: &output)
      output.write("</system-out>\n    </testcase>\n")
    case .failure(let type, let message, let lines):
      output.write(">\n      <failure")
      XMLText.write(attribute: "type", type, into: &output)
      XMLText.write(attribute: "message", message, into: &output)
      output.write(">")
      writeText(lines, into: &output)
      output.write("</failure>\n    </testcase>\n")
    case .skipped(let message):
      output.write(">\n      <skipped")
      XMLText.write(attribute: "message", message, into: &output)
      output.write("/>\n    </testcase>\n")
    }
  }

  private func writeCounts(_ cases: [Case], into output: inout [UInt8]) {
    XMLText.write(attribute: "tests", String(cases.count), into: &output)
    XMLText.write(attribute: "failures", String(cases.count(where: \.isFailure)), into: &output)
    XMLText.write(attribute: "errors", "0", into: &output)
    XMLText.write(attribute: "skipped", String(cases.count(where: \.isSkipped)), into: &output)
  }

  private func writeText(_ lines: [String], into output: inout [UInt8]) {
    for (index, line) in lines.enumerated() {
      if index > 0 { output.write("\n") }
      XMLText.write(line, into: &output)
    }
  }
}
