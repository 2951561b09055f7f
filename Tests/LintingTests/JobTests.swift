import Findings
@testable import Linting
import Reporting
import RequisiteFiles
import SourceText
import TestSupport
import Testing

/// Any number of threads gives the same results, in the same order.
struct JobTests {
  private static let bad =
    #"{"InstanceId": "i", "ContactFlowId": "f", "ParticipantDetails": {}, "CustomerId": "s"}"#

  /// More than one block of lines, whose kinds come in turns.
  private static func log(_ lines: [String]) -> String {
    (0..<6_000).map { lines[$0 % lines.count] }.joined(separator: "\n")
  }

  static let logs: [String] = [
    log([cleanRequest]), log([cleanRequest, bad]), log([bad, "", cleanRequest + "\r"]),
    log(["{\"a\": 1}", cleanRequest]),
    log(["{\"a\": 1}"]), log(["{"]), log([cleanRequest, "{", bad]),
    // A request on several lines may hold a value that goes on in the next line.
    log([cleanRequest, "{\"CustomerId\":", "\"secret\",", "\"x\": 1}", bad]),
    // All broken lines come in one block, and later ones follow as if there were none.
    log([cleanRequest]) + "\n" + log(["[1, "]) + "\n" + log([bad, cleanRequest]),
    log(["{\"wrapped\": \(bad)}"]) + "\n" + log([bad]), "", "\n\n",
  ]

  /// Everything that reports could show of inputs.
  private func results(
    of inputs: [InputSource], jobs: Int, changing options: (inout LintOptions) -> Void = { _ in }
  ) -> [String] {
    var settings = LintOptions(
      in: RealFileSystem(), packs: builtIn.packs, applicability: .whenDetected)
    settings.needs.insert(.lineHashes)
    settings.fixes = .attach
    settings.collectsStatistics = true
    options(&settings)
    var results: [String] = []
    var session = LintSession([settings], jobs: jobs)
    session.run(inputs.map { ($0, 0) }) { place, result in
      results += result.findings.map {
        "\(place) \($0.rule) \($0.message) \($0.location) \($0.fingerprint) \($0.lineHash ?? "") \($0.related.count) \(String(describing: $0.fix))"
      }
      results += result.diagnostics.map { "\(place) \($0.code) \($0.message)" }
      results.append("\(place): \(result.requestCount)")
    } ended: {
      results.append("\($0) ended")
    }
    results += session.statistics?.rules.map { "\($0)" } ?? []
    // Empty parts are not handed on; how a log is parted is no part of the result.
    return results.filter { !$0.hasSuffix(": 0") }
  }

  @Test(arguments: logs.indices, [true, false])
  func logsGiveTheSame(log: Int, isExplicit: Bool) throws {
    try withFolder { folder in
      try write(Self.logs[log], to: "\(folder)/log.jsonl")
      let input = InputSource(
        .file("\(folder)/log.jsonl"), shownPath: "log.jsonl", syntax: .jsonLines,
        isExplicit: isExplicit)
      let one = results(of: [input], jobs: 1)
      for jobs in [2, 5] {
        // The whole of both would be megabytes.
        let isSame = results(of: [input], jobs: jobs) == one
        #expect(isSame, "\(jobs)")
      }
    }
  }

  @Test func filesGiveTheSame() throws {
    try withFolder { folder in
      var inputs: [InputSource] = []
      for number in 0..<60 {
        let isLog = number % 3 == 0
        let name = isLog ? "\(number).jsonl" : "\(number).json"
        let text = number % 7 == 0 ? "{" : number % 2 == 0 ? cleanRequest : Self.bad
        try write(isLog ? "\(text)\n\(Self.bad)\n" : text, to: "\(folder)/\(name)")
        inputs.append(
          InputSource(
            .file("\(folder)/\(name)"), shownPath: name, syntax: isLog ? .jsonLines : .json,
            isExplicit: true))
      }
      inputs.append(
        InputSource(
          .file("\(folder)/missing.json"), shownPath: "missing.json", syntax: .json,
          isExplicit: true))
      let one = results(of: inputs, jobs: 1)
      for jobs in [2, 4] {
        let isSame = results(of: inputs, jobs: jobs) == one
        #expect(isSame, "\(jobs)")
      }
    }
  }

  /// Small files between large ones, logs of one line, and inputs that cannot be read.
  @Test func filesOfAnySizeGiveTheSame() throws {
    try withFolder { folder in
      var inputs: [InputSource] = []
      for number in 0..<150 {
        let name = number % 11 == 10 ? "\(number).jsonl" : "\(number).json"
        let isLarge = number % 25 > 21
        let text = number % 2 == 0 ? cleanRequest : Self.bad
        let blank = String(repeating: " ", count: isLarge ? WorkLimits.size : number)
        let isArray = number % 13 == 0 && !name.hasSuffix("l")
        if number % 50 != 49 {
          try write(
            isArray ? "[\(text), \(Self.bad)]" : "\(blank)\(text)\n", to: "\(folder)/\(name)")
        }
        inputs.append(InputSource(.file("\(folder)/\(name)"), shownPath: name))
      }
      let one = results(of: inputs, jobs: 1)
      #expect(one.count > 300)
      for jobs in [2, 3, 16] {
        let isSame = results(of: inputs, jobs: jobs) == one
        #expect(isSame, "\(jobs)")
      }
    }
  }

  /// Blocks of a log are checked before their turn, or the threads would be of no use.
  @Test func blocksAreCheckedByThemselves() {
    let options = LintOptions(
      in: RealFileSystem(), packs: builtIn.packs, applicability: .whenDetected)
    var linter = Linter(options: options)
    let input = InputSource(
      .file("log.jsonl"), shownPath: "log.jsonl", syntax: .jsonLines, isExplicit: false)
    for (text, isPlain) in [
      (cleanRequest, true), (Self.bad + "\n" + cleanRequest, true), ("{", false), ("", true),
      (cleanRequest + "\n{\n", false),
    ] {
      let base = LineIndex.Base(offset: 500, lines: 7)
      let checked = linter.checkPlain(
        LogBlock(bytes: Array(text.utf8), base: base), of: input)
      #expect((checked != nil) == isPlain, "\(text)")
      for finding in checked?.findings ?? [] {
        #expect(finding.location.region.start.line == 8)
        #expect(finding.location.region.start.offset >= 500)
      }
    }
  }
}
