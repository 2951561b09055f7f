import Findings
import Linting
import RequisiteFiles
import SourceText
import TestSupport
import Testing

/// What every rule did: a rule that looked at nothing is told from one that held.
struct StatisticsTests {
  private static let pack = """
    requisite: 1
    name: p
    request: { schema: model.yaml, detect: { required: [n] } }
    rules:
      held: { given: '$.n[*]', then: { type: integer } }
      failed: { given: '$.n[*]', then: { maximum: 2 } }
      twice-selected: { given: ['$.n[*]', '$.n[0]'], then: { minimum: 0 } }
      skipped: { given: '$.n[*]', when: { minimum: 3 }, then: { maximum: 9 } }
      always-skipped: { given: '$.n[*]', when: self > 100, then: { multipleOf: 7 } }
      nowhere: { given: $.m, then: { minLength: 3 } }
      switched-off: { severity: off, given: $.m, then: { minLength: 3 } }
    """
  private static let model = """
    type: object
    properties: { n: { type: array, items: { type: [integer, 'null'] } }, m: { type: string } }
    """

  private func statistics(of requests: [String]) throws -> RunStatistics {
    var statistics = RunStatistics()
    try withFolder { folder in
      try write(Self.pack, to: "\(folder)/p.yaml")
      try write(Self.model, to: "\(folder)/model.yaml")
      let loading = PackLoader(in: RealFileSystem()).load([PackReference("\(folder)/p.yaml")])
      #expect(loading.diagnostics == [])
      var linter = LintSession([
        LintOptions(
          in: RealFileSystem(), packs: loading.packs, applicability: .whenDetected,
          collectsStatistics: true)
      ])
      for request in requests {
        _ = linter.lint(
          Array(request.utf8),
          of: InputSource(.file("r.json"), shownPath: "r.json", syntax: .json, isExplicit: true))
      }
      let counted = linter.statistics
      statistics = try #require(counted)
    }
    return statistics
  }

  @Test func countsWhatEachRuleDid() throws {
    let statistics = try statistics(of: [
      #"{"n": [1, 2, 3]}"#, #"{"n": [4]}"#, #"{"n": ["x"]}"#, #"{"other": 1}"#, "{broken",
    ])
    let lines = statistics.rules.map {
      "\($0.id.rule) \($0.seenRequestCount) \($0.requestCount) \($0.heldCount) \($0.failedCount) \($0.skippedCount)\($0.isInert ? " inert" : "")"
    }
    // A string is no number, so what is said of numbers holds of it.
    #expect(
      lines == [
        "always-skipped 3 1 1 0 4",
        "failed 3 3 3 2 0", "held 3 3 4 1 0", "nowhere 3 0 0 0 0 inert",
        "skipped 3 3 3 0 2", "switched-off 3 0 0 0 0", "twice-selected 3 3 5 0 0",
      ])
    #expect(
      statistics.models == [RunStatistics.Model(pack: "p", heldCount: 2, failedCount: 1)])
    #expect(statistics.inertRules.map(\.id.rule) == ["nowhere"])
  }

  @Test func aRunWithoutRequestsAppliesNothing() throws {
    let statistics = try statistics(of: [#"{"other": 1}"#])
    #expect(
      statistics.inertRules.map(\.id.rule) == [
        "always-skipped", "failed", "held", "nowhere", "skipped", "twice-selected",
      ])
  }

  @Test func countingChangesNoFinding() throws {
    let text = #"{"InstanceId": "i", "ParticipantDetails": 3, "ChatDurationInMinutes": 5, "X": 1}"#
    var linter = LintSession([
      LintOptions(
        in: RealFileSystem(), packs: builtIn.packs, applicability: .always, collectsStatistics: true
      )
    ])
    let result = linter.lint(
      Array(text.utf8),
      of: InputSource(
        .file("request.json"), shownPath: "request.json", syntax: .json, isExplicit: true))
    #expect(
      result.findings.map { "\($0.brief) \($0.message)" }
        == lint(text.utf8).findings.map { "\($0.brief) \($0.message)" })
    #expect(!result.findings.isEmpty)
  }
}
