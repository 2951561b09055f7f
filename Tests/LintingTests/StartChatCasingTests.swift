import Documents
import Findings
import Linting
import RequestDecoding
import RequisiteFiles
import SourceText
import TestSupport
import Testing

/// A finding as the suite writes it.
private struct Fault: Hashable, CustomStringConvertible {
  var rule: String
  var pointer: String
  var description: String { "\(rule) \(pointer)" }

  /// The pointer's last token folded, after the pointer that it follows.
  var foldedPointer: [[UInt8]] {
    let parts = pointer.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return parts.dropLast().map { Array($0.utf8) } + [NearestName.folded(parts.last ?? "")]
  }
}

/// The suite's requests in the default casing, in which a respelled member is read as the member.
///
/// That names taken letter by letter give the suite's findings is tested with the compiler; here
/// the two casings are held against each other.
@Suite(.enabled(if: Conformance.has("startchat"), "the StartChatContact data is not here"))
struct StartChatCasingTests {
  @Test(arguments: [("boundary", 193, 4), ("random-open", 600, 114)])
  func autoDiffersByWhatItReads(suite: String, total: Int, different: Int) throws {
    var wireLinter = LintSession([
      LintOptions(in: RealFileSystem(), packs: builtIn.packs, applicability: .always, casing: .wire)
    ])
    var autoLinter = LintSession([
      LintOptions(in: RealFileSystem(), packs: builtIn.packs, applicability: .always)
    ])
    var count = 0
    var differentCount = 0
    for line in try Conformance.unzipped("startchat/\(suite).ndjson.gz")
      .split(separator: UInt8(ascii: "\n"))
    {
      let example = JSONReader.read(Array(line)).document
      let id = example.value(named: "id", in: .root).map { example.text(of: $0) } ?? ""
      let range = example.range(of: try #require(example.value(named: "request", in: .root)))
      let bytes = Array(example.source[range.lowerBound..<range.upperBound])
      let input = InputSource(.file(id), shownPath: id, syntax: .json, isExplicit: true)
      let wire = faults(wireLinter.lint(bytes, of: input))
      let auto = faults(autoLinter.lint(bytes, of: input))
      count += 1
      guard wire != auto else { continue }
      differentCount += 1
      explain(lost: wire.subtracting(auto), gained: auto.subtracting(wire), of: id)
    }
    print(
      "StartChatContact \(suite), casing auto: \(count) compared, \(differentCount) read further")
    #expect(count == total)
    #expect(differentCount == different)
  }

  private func faults(_ result: LintResult) -> Set<Fault> {
    Set(
      result.findings.map {
        Fault(rule: $0.rule.rule, pointer: $0.location.pointer?.description ?? "")
      })
  }

  /// Each difference follows from reading a respelled member as the member.
  private func explain(lost: Set<Fault>, gained: Set<Fault>, of id: String) {
    let respelled = Set(gained.filter { $0.rule == "schema/casing" })
    #expect(
      Set(respelled.map(\.pointer))
        == Set(lost.filter { $0.rule == "schema/additionalProperties" }.map(\.pointer)), "\(id)")
    let members = Set(respelled.map(\.foldedPointer))
    for fault in lost where fault.rule != "schema/additionalProperties" {
      #expect(
        fault.rule == "schema/required" && members.contains(fault.foldedPointer), "\(id): \(fault)")
    }
    for fault in gained.subtracting(respelled) {
      // The model now sees what is in the member, and the guide rule its subtype.
      let isInside = respelled.contains { member in
        fault.pointer == member.pointer || fault.pointer.hasPrefix(member.pointer + "/")
      }
      let isGuide =
        fault.rule == "guide-needs-interactive-types"
        && respelled.contains { $0.pointer == "/SegmentAttributes/connect:Subtype/valueString" }
      #expect(isInside || isGuide, "\(id): \(fault)")
    }
  }
}
