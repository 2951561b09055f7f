import Findings
import Foundation
import Reporting
import SourceText
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// The reports on a pack's test, over text that nobody vouches for.
struct PackTestReportTests {
  private static let hostile = "]]><a b=\"c\">&'\u{1B}[31m\u{0}\u{202E}\u{FFFE}\n::error::x"

  private var report: PackTestReport {
    let file = SourceFile("p<&>.yaml", "rules:\n  r: \(Self.hostile)\n")
    let place = file.location(of: "r:", pointer: "/rules/r")
    var mutation = MutationTest()
    mutation.noticedCount = 2
    mutation.unviableCount = 1
    mutation.survivors = [
      .init(
        change: Self.hostile, location: place,
        suggestion: .init(side: .fail, request: "A: \(Self.hostile)")),
      .init(change: "minimum: 1 → 2", location: place),
    ]
    return PackTestReport(suites: [
      PackTestSuite(
        name: "p", path: file.path,
        rules: [
          RuleTest(
            id: RuleID(pack: "p", rule: "r"), location: place,
            examples: [
              ExampleTest(side: .pass, number: 1, title: Self.hostile, location: place),
              ExampleTest(
                side: .pass, number: 2, title: "{}", location: place,
                fault: Diagnostic("pack/bad-example", Self.hostile, at: place)),
            ]),
          RuleTest(
            id: RuleID(pack: "p", rule: "s"), location: place,
            examples: [
              ExampleTest(side: .fail, number: 1, title: "5", location: place)
            ], mutation: mutation),
        ], notices: [Diagnostic("test/limit", severity: .warning, Self.hostile, at: place)])
    ])
  }

  private func text(
    _ format: PackTestFormat, _ demands: PackTestDemands = PackTestDemands()
  ) -> String {
    var output: [UInt8] = []
    format.write(report, demands: demands, options: ReportOptions(), into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Counts what a reader of XML finds.
  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [String: Int] = [:]
    var suite: [String: String] = [:]

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements[name, default: 0] += 1
      if name == "testsuite" { suite = attributes }
    }
  }

  @Test(arguments: [
    (PackTestDemands(), 1, 2), (PackTestDemands(isStrict: true), 3, 0),
    (PackTestDemands(minimumScore: 51), 2, 2), (PackTestDemands(minimumScore: 50), 1, 2),
  ])
  func junitIsWellFormed(demands: PackTestDemands, failures: Int, skipped: Int) throws {
    let text = text(.junit, demands)
    let parser = XMLParser(data: Data(text.utf8))
    let reader = Reader()
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))\n\(text)")
    // Three examples, two that are missing, and one rule's mutants.
    #expect(reader.elements["testcase"] == 6)
    #expect(reader.elements["failure"] == failures)
    #expect(reader.elements["skipped"] ?? 0 == skipped)
    #expect(reader.elements["a"] == nil)
    #expect(reader.suite["tests"] == "6")
    #expect(reader.suite["failures"] == String(failures))
    #expect(reader.suite["skipped"] == String(skipped))
  }

  @Test(arguments: PackTestFormat.allCases)
  func nothingUnseenGetsOut(format: PackTestFormat) {
    let text = text(format)
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(!text.contains("\u{202E}"))
    #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::") })
  }

  @Test func jsonTellsAll() throws {
    let value = try #require(
      try JSONSerialization.jsonObject(with: Data(text(.json).utf8)) as? [String: Any])
    #expect(value["version"] as? Int == 1)
    let pack = try #require((value["packs"] as? [[String: Any]])?.first)
    let rules = try #require(pack["rules"] as? [[String: Any]])
    #expect(rules.map { $0["missing"] as? [String] } == [["fail"], ["pass"]])
    let mutants = try #require(pack["mutants"] as? [String: Any])
    #expect(mutants["percent"] as? Double == 50)
    let survivors = try #require(rules[1]["survivors"] as? [[String: Any]])
    #expect(survivors.map { $0["change"] as? String } == [Self.hostile, "minimum: 1 → 2"])
    let summary = try #require(value["summary"] as? [String: Any])
    #expect(summary["failedExamples"] as? Int == 1)
  }

  @Test func aRunFailsAsAsked() {
    var sound = report
    sound.suites[0].rules[0].examples.removeLast()
    #expect(PackTestDemands().areMissed(by: report))
    #expect(!PackTestDemands().areMissed(by: sound))
    #expect(PackTestDemands(isStrict: true).areMissed(by: sound))
    #expect(PackTestDemands(minimumScore: 51).areMissed(by: sound))
    #expect(!PackTestDemands(minimumScore: 50).areMissed(by: sound))
    // Nearly all is not all.
    #expect(MutationScore(noticed: 9_999, survived: 1).permille == 999)
  }
}
