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

  /// A run with a long log is told once, whatever the number of its inputs and threads.
  @Test(arguments: [1, 2]) func aLongRunIsToldOnce(jobs: Int) {
    let long = Array(repeating: cleanRequest, count: 3_000).joined(separator: "\n")
    let short = InMemoryFileSystem(["/s.jsonl": Array(cleanRequest.utf8)])
    let files = InMemoryFileSystem([
      "/a.jsonl": Array(long.utf8), "/b.jsonl": Array(long.utf8),
      "/c.json": Array("[\(long.replacing("\n", with: ",\n"))]".utf8),
    ])
    func count(_ names: [String], in files: InMemoryFileSystem) -> Int {
      final class Calls { var count = 0 }
      let calls = Calls()
      let options = LintOptions(in: files, packs: builtIn.packs, applicability: .whenDetected)
      var session = LintSession([options], jobs: jobs) { calls.count += 1 }
      session.run(names.map { (InputSource(.file($0), shownPath: $0), 0) }) { _, _ in
      } ended: { _ in
      }
      return calls.count
    }
    #expect(count(["/s.jsonl"], in: short) == 0)
    #expect(count(["/c.json"], in: files) == 1)
    #expect(count(["/a.jsonl", "/b.jsonl", "/c.json"], in: files) == 1)
  }

  /// A baseline accepts the same of files, logs and arrays, and knows the same to be new and stale.
  @Test func aBaselineHoldsTheSame() throws {
    try withProject { project in
      for number in 0..<60 {
        try project.write(number % 3 == 0 ? cleanRequest : Self.bad, to: "f\(number).json")
      }
      try project.write("[\(Self.bad), \(cleanRequest), \(Self.bad)]", to: "g.json")
      try project.write(Self.log([cleanRequest, Self.bad, "{"]), to: "l.jsonl")
      let baseline = try project.written()
      for number in stride(from: 0, to: 60, by: 2) {
        try project.write(number % 4 == 0 ? Self.bad : cleanRequest, to: "f\(number).json")
      }
      try project.write("[\(Self.bad)]", to: "g.json")
      func outcome(jobs: Int) throws -> [String] {
        let outcome = try project.check(baseline: baseline, jobs: jobs)
        return outcome.findings.map { "\($0.rule) \($0.location)" }
          + outcome.stale.map { "\($0)" } + ["\(outcome.acceptedCount)"]
      }
      let one = try outcome(jobs: 1)
      #expect(one.count > 20)
      for jobs in [2, 5] {
        let isSame = try outcome(jobs: jobs) == one
        #expect(isSame, "\(jobs)")
      }
    }
  }

  /// A log that cannot be read to its end is told apart, so that nobody takes what was fixed for all of it.
  @Test func aLogThatBreaksOffWhileItIsFixedIsNoWhole() throws {
    try withFolder { folder in
      let long = "\"\(String(repeating: "x", count: 4 * LogReader.blockSize))\""
      for (text, isBroken) in [
        ("\(Self.bad)\n\(cleanRequest)\n", false), ("\(Self.bad)\n\(long)\n", true),
      ] {
        try write(text, to: "\(folder)/log.jsonl")
        var options = LintOptions(
          in: RealFileSystem(), packs: builtIn.packs, applicability: .whenDetected)
        options.sizeLimits = SizeLimits(document: 2 * LogReader.blockSize, log: 1 << 24)
        var session = LintSession([options])
        let input = InputSource(
          .file("\(folder)/log.jsonl"), shownPath: "log.jsonl", syntax: .jsonLines)
        let tally = session.fixLog(input, includingUnsafe: false) { _ in
        } emit: { _ in
        }
        #expect(tally.isBrokenOff == isBroken)
      }
    }
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

  /// Writes a line for each finding.
  private struct Lines: FindingWriter {
    func append(_ finding: Finding, into output: inout [UInt8]) {
      output += "\(finding.location.path) \(finding.brief) \(finding.message)\n".utf8
    }
  }

  /// What threads write is what is written of findings that are handed on, in their order.
  @Test(
    arguments: [[], .fingerprints, .lineHashes, [.excerpts, .related]] as [FindingNeeds],
    [false, true])
  func writtenFindingsAreTheSame(needs: FindingNeeds, hasGeneralPack: Bool) throws {
    let noted = Self.bad.dropLast() + #", "note": "TODO"}"#
    let array = Self.log([Self.bad, cleanRequest, "7", String(noted)])
    try withFolder { folder in
      var inputs: [InputSource] = []
      for (name, text) in [
        ("a.json", "[\(array.replacing("\n", with: ",\n"))]"),
        ("b.jsonl", Self.log([cleanRequest, Self.bad])), ("c.json", Self.bad),
        ("d.jsonl", Self.log([cleanRequest, "{", Self.bad])), ("e.json", cleanRequest),
        ("f.yaml", Self.bad),
      ] {
        try write(text, to: "\(folder)/\(name)")
        inputs.append(InputSource(.file("\(folder)/\(name)"), shownPath: name, isExplicit: true))
      }
      let options = LintOptions(
        in: RealFileSystem(), packs: hasGeneralPack ? BatchTests.withGeneralPack : builtIn.packs,
        applicability: .whenDetected, needs: needs)
      func report(jobs: Int, by writer: Lines?) -> WrittenReport {
        var session = LintSession([options], jobs: jobs, writer: writer)
        var report = WrittenReport()
        session.run(inputs.map { ($0, 0) }) { _, result in
          report.add(result, by: Lines())
        } ended: { _ in
        }
        return report
      }
      let one = report(jobs: 1, by: nil)
      #expect(one.partCount == 0 && one.tally.worst == .error)
      for jobs in [1, 3] {
        let several = report(jobs: jobs, by: Lines())
        let isSame = several.text == one.text
        #expect(isSame && several.tally == one.tally, "\(jobs)")
        #expect((several.partCount > 0) == (jobs > 1 && needs.isDisjoint(with: .beyondOneBlock)))
      }
    }
  }

  /// What results come to that may be written in part.
  private struct WrittenReport {
    var text: [UInt8] = []
    var tally = FindingTally()
    /// How many results were written.
    var partCount = 0

    mutating func add(_ result: LintResult, by writer: Lines) {
      if let written = result.written {
        text += written.text
        tally = tally + written.tally
        partCount += 1
      }
      for finding in result.findings {
        writer.append(finding, into: &text)
        tally.add(finding)
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
