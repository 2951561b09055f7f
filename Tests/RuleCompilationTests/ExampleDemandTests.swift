import Findings
import RuleCompilation
import RulePacks
import SourceText
import TestSupport
import Testing

/// What an example says of its findings, and what it is told where they are others.
struct ExampleDemandTests {
  @Test(
    arguments: [
      ("count: 2", []),
      ("pointer: /A/1", []),
      ("pointer: /A/1, severity: warning, count: 2", []),
      ("message: at most 1, pointer: /A/2", []),
      ("detail: '3 characters, more than the maximum of 1', pointer: /A/2", []),
      ("name: two long items", []),
      ("count: 1", ["12"]),
      ("severity: error", ["12"]),
      ("pointer: /A/0", ["12"]),
      ("pointer: /A/2, message: at most 2", ["12"]),
    ] as [(String, [String])])
  func comparesFindings(demands: String, expected: [String]) throws {
    let text = """
      requisite: 1
      name: p
      rules:
        r:
          severity: warning
          given: $.A[*]
          then: { maxLength: 1 }
          message: at most 1
          examples:
            pass: [{ A: [x] }]
            fail:
              - { $request: { A: [x, xx, xxx] }, \(demands) }
      """
    let reading = RulePackReader.read(SourceFile(path: "p.yaml", bytes: Array(text.utf8))) {
      path throws(Diagnostic) in throw Diagnostic("pack/unreadable", path)
    }
    let found = RuleCompiler.compile(reading).diagnostics
    #expect(found.map { "\($0.location?.region.start.line ?? 0)" } == expected)
    expectMessages(found.map(\.goldenLine), of: demands)
  }
}
