import Findings
import Linting
import RequisiteFiles
import SourceText
import TestSupport
import Testing

/// Logs whose lines have keys: what is found of a line depends on no other line.
struct KeyedLogTests {
  private static let bad = cleanRequest.dropLast() + ", \"ChatDurationInMinutes\": 5}"

  /// The findings of lines with keys, in their order.
  private func findings(_ lines: [String], jobs: Int = 1) throws -> [Finding] {
    try findings(lines.map { Array($0.utf8) }, jobs: jobs)
  }

  private func findings(_ lines: [[UInt8]], jobs: Int = 1) throws -> [Finding] {
    var all = LintResult()
    try withFolder { folder in
      try write(Array(lines.joined(separator: [UInt8(ascii: "\n")])), to: "\(folder)/log.tsv")
      let options = LintOptions(
        in: RealFileSystem(), packs: builtIn.packs, applicability: .whenDetected)
      var session = LintSession([options], jobs: jobs)
      let input = InputSource(.file("\(folder)/log.tsv"), shownPath: "log.tsv").keyed()
      session.run([(input, 0)]) { _, result in
        all.findings += result.findings
        all.diagnostics += result.diagnostics
      } ended: { _ in
      }
    }
    #expect(all.diagnostics.isEmpty)
    return all.findings
  }

  /// What a report says of a finding.
  private func text(_ finding: Finding) -> String {
    let (start, end) = (finding.region.start, finding.region.end)
    return
      "\(finding.artifactPath) \(start.line):\(start.column)-\(end.line):\(end.column) \(finding.rule) \(finding.message) \(finding.fingerprint)"
  }

  /// Lines of all kinds, in more than one block.
  private var lines: [String] {
    (0..<6_000).map { number in
      switch number {
      case let number where number % 500 == 3: "k\(number)\t{\"cut\": \"\(number)"
      case let number where number % 500 == 4: "k\(number)\t{\"level\": \(number)}"
      case let number where number % 500 == 5: "{\"key\": \(number), \"request\": \(Self.bad)}"
      case let number where number % 500 == 6: "k\(number)\t{\r\(Self.bad.dropFirst())\r"
      case let number where number % 9 == 1: "k\(number)\t\(Self.bad)"
      default: "k\(number)\t\(cleanRequest)"
      }
    }
  }

  @Test func findingsDependOnNoOtherLine() throws {
    let lines = lines
    let expected = try findings(lines).map(text)
    #expect(expected.count > 700)
    #expect(try findings(lines, jobs: 4).map(text) == expected)
    #expect(try findings(lines.reversed()).map(text).sorted() == expected.sorted())
    var parts: [String] = []
    for start in stride(from: 0, to: lines.count, by: 700) {
      parts += try findings(Array(lines[start...].prefix(700)), jobs: 2).map(text)
    }
    #expect(parts == expected)
    // Each alone has the same findings as well.
    for place in [1, 3, 4, 5, 6] {
      let found = try findings([lines[place]]).map(text)
      #expect(!found.isEmpty && found.allSatisfy(expected.contains), "\(lines[place])")
    }
  }

  /// A request may be the text of a file, which may begin with a byte-order mark.
  @Test func byteOrderMarksAreSkipped() throws {
    let requests = ["\(Self.bad)", cleanRequest, "{\"cut\": \"", ""]
    for request in requests {
      let plain = try findings(["k\t\(request)"]).map(text)
      #expect(try findings(["k\t\u{FEFF}\(request)"]).map(text) == plain, "\(request)")
      #expect(try findings(["k\t\u{FEFF}\u{FEFF}\(request)"]).contains { $0.rule.pack == "json" })
    }
  }

  /// However many lines are broken, each is reported.
  @Test func brokenLinesHaveNoLimit() throws {
    let found = try findings((0..<12_000).map { "\($0)\t{" })
    #expect(found.count >= 12_000)
    #expect(Set(found.map(\.path)).count == 12_000)
    #expect(found.allSatisfy { $0.region.start.line == 1 })
  }

  @Test func fingerprintsAreThoseOfKeys() throws {
    let found = try findings(["a\t\(Self.bad)", "b\t\(Self.bad)", "a\t\(Self.bad)"])
    #expect(found.map(\.fingerprint)[0] == found.map(\.fingerprint)[2])
    #expect(Set(found.map(\.fingerprint)).count == 2)
  }

  /// Keys that an input in another encoding, or in a container, would begin with.
  static let magicKeys: [[UInt8]] = [
    [0x78, 0x00], [0xFF, 0xFE], [0xFE, 0xFF], [0x50, 0x4B, 0x03, 0x04], [0x28, 0xB5, 0x2F, 0xFD],
    [0x1F, 0x8B, 0x08], [0x1F], [0xEF, 0xBB, 0xBF], [0x00], [0x42, 0x5A, 0x68],
  ]

  /// What the first bytes look like does not matter: they are those of a key.
  @Test(arguments: magicKeys) func firstKeysAreLikeAllOthers(_ key: [UInt8]) throws {
    let lines = [key + Array("\t\(Self.bad)".utf8), Array("2\t\(Self.bad)".utf8)]
    let found = try findings(lines).map(text)
    #expect(found.count == 2)
    #expect(found.last?.hasPrefix("2 1:") ?? false)
    #expect(try findings(lines.reversed()).map(text) == found.reversed())
    #expect(try findings([lines[0]]).map(text) == found.dropLast())
  }

  /// A request may be in another encoding, which is a finding of its line alone.
  @Test func encodingsAreThoseOfRequests() throws {
    let wide: [UInt8] = [0x7B, 0, 0x7D, 0]
    let lines = [Array("1\t".utf8) + wide, Array("2\t\(Self.bad)".utf8)]
    let found = try findings(lines)
    #expect(found.map { "\($0.path) \($0.rule)" }.first == "1 json/encoding")
    #expect(found.last?.path == "2")
    #expect(try findings(lines.reversed()).map(text) == found.reversed().map(text))
  }
}
