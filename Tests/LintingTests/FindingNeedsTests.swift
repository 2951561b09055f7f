import Findings
import Linting
import RequisiteFiles
import SourceText
import TestSupport
import Testing

/// What findings have is what was asked for, and nothing else.
struct FindingNeedsTests {
  private static let request = #"{"InstanceId": 1, "ContactFlowId": 2, "Nme": {}}"#

  private func findings(_ needs: FindingNeeds, _ format: Syntax) -> [Finding] {
    var linter = Linter(
      options: LintOptions(
        in: RealFileSystem(), packs: builtIn.packs, applicability: .always, needs: needs))
    let name = format == .jsonLines ? "a.jsonl" : format == .yaml ? "a.yaml" : "a.json"
    let input = InputSource(.file(name), shownPath: name, syntax: format, isExplicit: true)
    let text = Self.request + (format == .jsonLines ? "\n" + Self.request + "\n" : "")
    return linter.lint(whole: Array(text.utf8), of: input).findings
  }

  @Test(arguments: [Syntax.json, .jsonLines, .yaml])
  func nothingElseIsMade(format: Syntax) throws {
    let bare = findings([], format)
    #expect(bare.count > 1)
    for (need, has) in [
      (.excerpts, { $0.location.excerpt != nil }),
      (.normalizedPaths, { $0.location.pointer == nil || $0.location.normalizedPath != nil }),
      (.fingerprints, { $0.ordinal > 0 }),
      (.lineHashes, { $0.lineHash != nil }),
    ] as [(FindingNeeds, (Finding) -> Bool)] {
      let found = findings(need, format)
      #expect(found.map(\.location.region) == bare.map(\.location.region))
      #expect(found.map(\.message) == bare.map(\.message))
      // Ordinals count what is at one place.
      if need == .fingerprints {
        #expect(Set(found.map(\.fingerprint)).count == found.count, "\(format)")
      } else {
        #expect(found.allSatisfy(has), "\(need) \(format)")
      }
      for finding in found {
        #expect((finding.location.excerpt != nil) == (need == .excerpts))
        #expect(finding.location.normalizedPath == nil || need == .normalizedPaths)
        #expect(finding.ordinal == 0 || need == .fingerprints)
        #expect((finding.lineHash != nil) == (need == .lineHashes))
        #expect(finding.stablePointer == nil && finding.fix == nil && finding.fixability == nil)
      }
    }
  }

  /// Lines that lack a token, some of them with other faults or with hidden values beside.
  private static let log: String = {
    let members = [
      #""InstanceId": "i""#, #""ContactFlowId": "f""#, #""CustomerId": "s3cr3t""#,
      #""ParticipantDetails": {"DisplayName": "J"}"#, #""ClientToken": "t""#,
      #""Attributes": {"a": "{\"CustomerId\": \"s3cr3t\"}"}"#, #""Priority": 1"#,
    ]
    return (0..<128).map { bits in
      let kept = members.indices.filter { bits & (1 << $0) == 0 || $0 < 2 && bits % 3 > 0 }
      // Blanks before a request move it, and a CR by itself ends a line.
      let blank = bits < 96 ? "" : ["", "  ", "\t", "\r"][bits % 4]
      return blank + "{" + kept.map { members[$0] }.joined(separator: ", ") + "}\n"
    }.joined()
  }()

  /// Where a line has the faults of an earlier one, its findings are those that it would have alone.
  @Test(arguments: (0..<128).map { FindingNeeds(rawValue: $0) })
  func findingsDoNotDependOnLinesBefore(needs: FindingNeeds) {
    let found = findings(of: ["a.jsonl": Self.log], needs, usesPlaces: true)
    #expect(found == findings(of: ["a.jsonl": Self.log], needs, usesPlaces: false))
    #expect(found.count > 128)
    #expect(!found.contains { $0.contains("s3cr3t") })
  }

  /// Nor on earlier files, or on whether the requests before were elements of an array.
  @Test(arguments: [[], .withoutText] as [FindingNeeds])
  func findingsDoNotDependOnFilesBefore(needs: FindingNeeds) {
    let request =
      #"{"InstanceId": "i", "ContactFlowId": "f", "ParticipantDetails": {"DisplayName": "J"}}"#
    let log = Array(repeating: request, count: 40).joined(separator: "\n")
    let array = "[\(log.replacing("\n", with: ",\n"))]"
    let files = ["a.jsonl": log, "b.jsonl": log, "c.json": array, "d.jsonl": log, "e.json": array]
    let found = findings(of: files, needs, .whenDetected, usesPlaces: true)
    #expect(found == findings(of: files, needs, .whenDetected, usesPlaces: false))
    #expect(found.count == 200)
    for name in files.keys { #expect(found.count { $0.hasPrefix(name) } == 40, "\(name)") }
  }

  /// A limit of the cost of expressions finds the same in every line.
  @Test func costsDoNotDependOnLinesBefore() {
    let found = findings(of: ["a.jsonl": Self.log], [], usesPlaces: true, costLimit: 1)
    #expect(found == findings(of: ["a.jsonl": Self.log], [], usesPlaces: false, costLimit: 1))
    #expect(found.contains { $0.contains("costs more than the limit of 1 step") })
  }

  /// The limit that the command line passes on by itself leaves requests to the places.
  @Test(arguments: [
    (nil, true), (LintOptions.defaultCost, true), (.max, true),
    (LintOptions.defaultCost - 1, false),
  ])
  func defaultCostsAreToldByPlaces(costLimit: Int?, isGuided: Bool) {
    let options = LintOptions(
      in: RealFileSystem(), packs: builtIn.packs, applicability: .always, costLimit: costLimit)
    #expect(options.isGuided == isGuided)
  }

  /// All that there is to see of findings.
  private func findings(
    of files: [String: String], _ needs: FindingNeeds, _ applicability: Applicability = .always,
    usesPlaces: Bool, costLimit: Int? = nil
  ) -> [String] {
    func text(_ finding: Finding) -> String {
      let location = finding.location
      return """
        \(location.path) \(finding.brief) \(finding.message) \(finding.detail ?? "-") \
        \(location.region.end.offset) \
        \(location.region) \(String(describing: finding.fixability)) \
        \(location.excerpt.map { "\($0)" } ?? "-") \(location.normalizedPath ?? "-") \
        \(finding.ordinal) \(finding.lineHash ?? "-") \(finding.related.map(\.message))
        """
    }
    var options = LintOptions(
      in: RealFileSystem(), packs: builtIn.packs, applicability: applicability, needs: needs)
    options.usesPlaces = usesPlaces
    options.costLimit = costLimit
    var linter = Linter(options: options)
    var found: [String] = []
    for (name, content) in files.sorted(by: { $0.key < $1.key }) {
      let input = InputSource(.file(name), shownPath: name, isExplicit: true)
      found += linter.lint(whole: Array(content.utf8), of: input).findings.map(text)
    }
    return found
  }
}
