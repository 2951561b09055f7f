import Findings
import Reporting
import Testing

/// Diffs as `patch` reads them.
struct UnifiedDiffTests {
  private func diff(_ old: [String], _ new: [String]) -> [String] {
    var diff = UnifiedDiff(path: "a.json", options: ReportOptions())
    var output: [UInt8] = []
    func bytes(_ lines: [String]) -> [UInt8] { lines.flatMap { Array("\($0)\n".utf8) } }
    diff.append(from: bytes(old), to: bytes(new), redactions: ([], []), into: &output)
    diff.end(into: &output)
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static let lines = (1...30).map { "line \($0)" }

  /// The second hunk counts the lines that the first one put in, in the new text alone.
  @Test func laterHunksStandWhereTheNewTextHasThem() {
    var new = Self.lines
    new[24] = "changed"
    new.insert(contentsOf: ["x", "y"], at: 4)
    #expect(
      diff(Self.lines, new).filter { $0.hasPrefix("@@") } == [
        "@@ -2,6 +2,8 @@", "@@ -22,7 +24,7 @@",
      ])
  }

  @Test func linesThatGoMoveLaterHunksUp() {
    var new = Self.lines
    new[24] = "changed"
    new.removeSubrange(3..<6)
    #expect(
      diff(Self.lines, new).filter { $0.hasPrefix("@@") } == [
        "@@ -1,9 +1,6 @@", "@@ -22,7 +19,7 @@",
      ])
  }

  @Test func changesNearEachOtherShareAHunk() {
    var new = Self.lines
    new[4] = "a"
    new[10] = "b"
    #expect(diff(Self.lines, new).filter { $0.hasPrefix("@@") } == ["@@ -2,13 +2,13 @@"])
    new[11] = Self.lines[11]
    new[10] = Self.lines[10]
    new[12] = "b"
    #expect(
      diff(Self.lines, new).filter { $0.hasPrefix("@@") } == [
        "@@ -2,7 +2,7 @@", "@@ -10,7 +10,7 @@",
      ])
  }

  @Test func nothingIsWrittenOfWhatStays() {
    #expect(diff(Self.lines, Self.lines) == [])
  }

  @Test func emptyTextsStandAfterLineZero() {
    #expect(diff([], ["a", "b"]).contains("@@ -0,0 +1,2 @@"))
    #expect(diff(["a"], []).contains("@@ -1 +0,0 @@"))
  }
}
