import Findings
import Linting
import RequisiteFiles
import SourceText
import TestSupport
import Testing

/// Logs: what of their lines is reported, and what is not.
struct LogTests {
  /// What linting a log gives, with the built-in pack for what looks like its request.
  private func lint(
    _ text: String, isExplicit: Bool = false, isStream: Bool = false,
    limits: SizeLimits = .standard
  ) throws -> LintResult {
    var all = LintResult()
    try withFolder { folder in
      try write(text, to: "\(folder)/log.jsonl")
      var options = LintOptions(
        in: RealFileSystem(), packs: builtIn.packs, applicability: .whenDetected)
      options.sizeLimits = limits
      var linter = LintSession([options])
      linter.lint(
        InputSource(
          .file("\(folder)/log.jsonl"), shownPath: "log.jsonl", syntax: .jsonLines,
          isExplicit: isExplicit, isStream: isStream)
      ) { result in
        all.findings += result.findings
        all.diagnostics += result.diagnostics
        all.requestCount += result.requestCount
      }
    }
    return all
  }

  private func repeated(_ line: String, _ count: Int) -> String {
    String(repeating: line + "\n", count: count)
  }

  /// Lines, whether the log was named, the lines of `json/syntax`, other findings, the diagnostics.
  @Test(arguments: [
    ("{\n\(cleanRequest)\n{\n", false, [1, 3], [String](), [String]()),
    ("{\n{\n", false, [], [], ["input/unrecognisable"]),
    ("plain\n{\"a\": 1}\n", false, [], [], ["input/unrecognisable"]),
    ("plain\n", true, [1], [], []),
    ("{\"a\": 1}\n{\"b\": 2}\n", false, [], [], []),
    ("{\"a\": 1}\n{\"b\": 2}\n", true, [], [], ["input/no-pack"]),
    ("{\"a\": 1}\n\(cleanRequest)\n", false, [], [], ["input/unfit-lines"]),
    ("{\"a\": 1}\n\(cleanRequest)\n", true, [], [], ["input/unfit-lines"]),
    ("", true, [], [], ["input/empty-log"]), ("\n \r\n", true, [], [], ["input/empty-log"]),
    ("", false, [], [], []),
  ])
  func linesAreReportedOrAccountedFor(
    text: String, isExplicit: Bool, lines: [Int], others: [String], codes: [String]
  ) throws {
    let result = try lint(text, isExplicit: isExplicit)
    let broken = result.findings.filter { $0.rule.description == "json/syntax" }
    #expect(Set(broken.map(\.location.region.start.line)) == Set(lines))
    #expect(result.findings.count - broken.count == others.count)
    #expect(result.diagnostics.map(\.code) == codes)
  }

  /// Places are those of the file, whichever block of it they are in.
  @Test func placesOfLaterBlocksAreThoseOfTheFile() throws {
    // More than four blocks.
    let count = (1 << 20) / cleanRequest.utf8.count
    let log = repeated(cleanRequest, count) + "{\n" + repeated(cleanRequest, count) + "{"
    let starts = try lint(log, isExplicit: true).findings.map(\.location.region.start)
    #expect(Set(starts.map(\.line)) == [count + 1, 2 * count + 2])
    let first = (cleanRequest.utf8.count + 1) * count
    // An object that ends too early is wrong behind its brace.
    #expect(Set(starts.map(\.offset)) == [first + 1, log.utf8.count])
  }

  /// Beyond a limit, a finding says how many broken lines are not reported.
  @Test(arguments: [(true, ""), (false, cleanRequest + "\n"), (true, cleanRequest + "\n")])
  func brokenLinesBeyondTheLimitAreCounted(isExplicit: Bool, tail: String) throws {
    let count = 10_010
    let result = try lint(repeated("[1 2]", count) + tail, isExplicit: isExplicit)
    let broken = result.findings.filter { $0.rule.description == "json/syntax" }
    let reported = Set(broken.map(\.location.region.start.line)).count
    // Each line has the same number of findings, and none is cut apart.
    let each = try #require(Optional(broken.count / max(reported, 1)).flatMap { $0 > 0 ? $0 : nil })
    #expect(broken.count == each * reported && reported < count)
    #expect(broken.count <= 10_000 && broken.count > 10_000 - each)
    let limits = result.findings.filter { $0.rule.description == "json/limit" }
    #expect(limits.map(\.severity) == [.error])
    #expect(limits.map(\.location.region.start.line) == [reported + 1])
    let others = count - reported
    #expect(limits.first?.message.hasPrefix("\(others) ") == true)
    #expect(limits.first?.location.excerpt?.text.contains("1 2") == false)
    #expect(result.requestCount == count + (tail.isEmpty ? 0 : 1))
  }

  /// A pipe of garbage is an error, and is not read to its end; a file is, and so are lines in between
  /// that are well formed.
  @Test(arguments: [(true, 100_000), (false, 100_000), (true, 60_000)])
  func aStreamOfBrokenLinesIsGivenUp(isStream: Bool, count: Int) throws {
    let half = repeated("x", 12_000) + repeated("x", count)
    let result = try lint(
      half + cleanRequest + "\n" + half + cleanRequest + "\n", isExplicit: true, isStream: isStream)
    let isGivenUp = isStream && count >= 100_000
    #expect(result.diagnostics.map(\.code) == (isGivenUp ? ["input/too-many-broken-lines"] : []))
    #expect(result.findings.count { $0.rule.description == "json/syntax" } <= 10_000)
    #expect(result.findings.last?.rule.description == "json/limit")
    if !isGivenUp { #expect(result.requestCount == 2 * (12_000 + count) + 2) }
  }

  @Test func aLogOfNothingButBrokenLinesIsCounted() throws {
    let result = try lint(repeated("[1 2]", 10_010))
    #expect(result.findings.isEmpty && result.requestCount == 0)
    #expect(result.diagnostics.map(\.code) == ["input/unrecognisable"])
    #expect(result.diagnostics.first?.message.contains("10010 lines") == true)
  }

  @Test func logsOverTheLimitAreErrors() throws {
    let limits = SizeLimits(maximum: 200)
    #expect(try lint("\(cleanRequest)\n", limits: limits).diagnostics.isEmpty)
    let tooLarge = try lint(repeated(cleanRequest, 3), limits: limits)
    #expect(tooLarge.diagnostics.map(\.code) == ["input/too-large"])
    #expect(tooLarge.requestCount == 0)
  }

  @Test(arguments: [(1 << 20, 1 << 20), (8 << 30, Int(UInt32.max) - 1), (1, 1)])
  func limitsHoldForDocumentsAndLogs(maximum: Int, document: Int) {
    #expect(SizeLimits(maximum: maximum).document == document)
    #expect(SizeLimits(maximum: maximum).log == maximum)
    #expect(SizeLimits.standard == SizeLimits.standard)
    #expect(SizeLimits.standard.document == 512 << 20 && SizeLimits.standard.log == 4 << 30)
  }

  @Test(arguments: [Syntax.json, .yaml, .jsonLines])
  func emptyStreamsAreErrors(format: Syntax) throws {
    for (allows, codes) in [(false, ["input/nothing-checked"]), (true, [])] {
      var options = LintOptions(
        in: RealFileSystem(), packs: builtIn.packs, applicability: .whenDetected)
      options.allowsEmptyStreams = allows
      var linter = LintSession([options])
      let input = InputSource(
        .file("/dev/null"), shownPath: "stdin", syntax: format, isExplicit: true, isStream: true)
      var results: [LintResult] = []
      linter.lint(input) { results.append($0) }
      // A log that may be empty is still mentioned.
      let found = results.flatMap(\.diagnostics).filter { $0.severity == .error }.map(\.code)
      #expect(found == codes)
      #expect(results.allSatisfy { $0.findings.isEmpty && $0.requestCount == 0 })
    }
  }

  @Test func endlessDevicesAreErrors() {
    var options = LintOptions(
      in: RealFileSystem(), packs: builtIn.packs, applicability: .whenDetected)
    options.sizeLimits = SizeLimits(maximum: 1 << 16)
    var linter = LintSession([options])
    for (format, code) in [
      (Syntax.json, "input/too-large"), (.yaml, "input/too-large"),
      (.jsonLines, "input/line-too-long"),
    ] {
      var codes: [String] = []
      linter.lint(
        InputSource(
          .file("/dev/zero"), shownPath: "zero", syntax: format, isExplicit: true, isStream: true)
      ) { codes += $0.diagnostics.map(\.code) }
      #expect(codes == [code])
    }
  }
}
