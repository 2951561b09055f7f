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
}
