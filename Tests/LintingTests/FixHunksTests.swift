import Findings
import Foundation
import SourceText
import Testing

@testable import Linting

/// The lines that fixes change, as a report shows them.
struct FixHunksTests {
  /// The hunks of edits that are written in the text, `[old|new]`, as lines of a diff.
  private static func diff(_ marked: String, hiding secret: String? = nil) -> [String] {
    var bytes: [UInt8] = []
    var edits: [TextEdit] = []
    for (index, part) in marked.components(separatedBy: "[").enumerated() {
      guard index > 0 else {
        bytes += part.utf8
        continue
      }
      let halves = part.components(separatedBy: "]")
      let words = halves[0].components(separatedBy: "|")
      edits.append(
        TextEdit(TextRange(at: bytes.count, count: words[0].utf8.count), Array(words[1].utf8)))
      bytes += Array((words[0] + halves[1]).utf8)
    }
    var hidden: [TextRange] = []
    if let secret {
      let start = bytes.indices.first { bytes[$0...].starts(with: secret.utf8) } ?? 0
      hidden = [TextRange(at: start, count: secret.utf8.count)]
    }
    return FixHunks(bytes, LineIndex(bytes), hiding: Redactions(hidden)).hunks(of: edits)
      .flatMap { hunk in
        ["@\(hunk.line)"] + hunk.removed.map { "-\($0)" } + hunk.added.map { "+\($0)" }
      }
  }

  @Test(arguments: [
    ("{\n  a: [1|2],\n  b\n}", ["@2", "-  a: 1,", "+  a: 2,"]),
    // Only what changes is shown of the lines that edits touch.
    ("{\n  a: 1[|,\n  b: 2]\n}", ["@2", "-  a: 1", "+  a: 1,", "+  b: 2"]),
    ("{\n  a,[\n  b|]\n}", ["@3", "-  b"]),
    ("a\r\nb[1|2]\r\nc", ["@2", "-b1", "+b2"]),
    ("[a|b]", ["@1", "-a", "+b"]),
    ("x[|y]", ["@1", "-x", "+xy"]),
    // Edits of one line are one hunk; those of lines apart, one each.
    ("[a|b] [c|d]\nx\n[e|f]", ["@1", "-a c", "+b d", "@3", "-e", "+f"]),
  ]) func showsWhatChanges(marked: String, lines: [String]) {
    #expect(Self.diff(marked) == lines)
  }

  /// Of a request on one line, the parts around each edit are shown, with whole characters.
  @Test func cutsLongLines() {
    let long = String(repeating: "é", count: 300)
    let side = String(repeating: "é", count: 50)
    #expect(
      Self.diff("\(long)[a|b]\(long)[c|d]")
        == ["@1", "-…\(side)a\(side)…", "+…\(side)b\(side)…", "@1", "-…\(side)c", "+…\(side)d"])
  }

  @Test func hidesSensitiveValues() {
    let mark = Redaction.mark
    #expect(
      Self.diff("a: secret, b: [1|2]", hiding: "secret")
        == ["@1", "-a: \(mark), b: 1", "+a: \(mark), b: 2"])
    // One that begins before what is shown is hidden all the same.
    let secret = String(repeating: "s", count: 200)
    #expect(
      Self.diff("a: \(secret), b: [1|2]", hiding: secret)
        == ["@1", "-…\(mark), b: 1", "+…\(mark), b: 2"])
  }
}
