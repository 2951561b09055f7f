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
      return "{" + kept.map { members[$0] }.joined(separator: ", ") + "}\n"
    }.joined()
  }()

  /// Where a line has the faults of an earlier one, its findings are those that it would have alone.
  @Test(arguments: (0..<128).map { FindingNeeds(rawValue: $0) })
  func findingsDoNotDependOnLinesBefore(needs: FindingNeeds) {
    func findings(usesPlaces: Bool) -> [Finding] {
      var options = LintOptions(
        in: RealFileSystem(), packs: builtIn.packs, applicability: .always, needs: needs)
      options.usesPlaces = usesPlaces
      var linter = Linter(options: options)
      let input = InputSource(
        .file("a.jsonl"), shownPath: "a.jsonl", syntax: .jsonLines, isExplicit: true)
      return linter.lint(whole: Array(Self.log.utf8), of: input).findings
    }
    func text(_ finding: Finding) -> String {
      let location = finding.location
      return """
        \(finding.brief) \(finding.message) \(finding.detail ?? "-") \(location.region.end.offset) \
        \(location.excerpt.map { "\($0)" } ?? "-") \(location.normalizedPath ?? "-") \
        \(finding.ordinal) \(finding.lineHash ?? "-") \(finding.related.map(\.message))
        """
    }
    let found = findings(usesPlaces: true).map(text)
    #expect(found == findings(usesPlaces: false).map(text))
    #expect(found.count > 128)
    #expect(!found.contains { $0.contains("s3cr3t") })
  }
}
