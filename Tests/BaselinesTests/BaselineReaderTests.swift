import Baselines
import Findings
import SourceText
import TestSupport
import Testing

struct BaselineReaderTests {
  private static let header = #"{"requisite-baseline":1}"#
  private static let entry = #"{"path":"a/b.json","pointer":"/A","rule":"p/r","ordinal":0}"#

  private static func read(_ text: String) -> BaselineReading {
    BaselineReader.read(SourceFile(path: "b.jsonl", bytes: Array(text.utf8)))
  }

  @Test func readsWhatItWrites() {
    var baseline = Baseline()
    for (path, pointer, rule, ordinal) in [
      ("b.json", "", "r", 0), ("a b/ü\u{1B}.json", "/x~1y/{Id=1}", "schema/type", 1),
      ("a.json", "/A", "r", 10), ("a.json", "/A", "r", 2),
    ] {
      baseline.insert(
        BaselineEntry(
          path: path, pointer: pointer, rule: RuleID(pack: "p", rule: rule), ordinal: ordinal))
    }
    baseline.insert(content: "0123456789abcdef", ofFileAt: "a.json")
    let text = String(decoding: baseline.bytes, as: UTF8.self)
    #expect(
      text == """
        {"requisite-baseline":1}
        {"path":"a b/ü\\u001b.json","pointer":"/x~1y/{Id=1}","rule":"p/schema/type","ordinal":1}
        {"path":"a.json","content":"0123456789abcdef"}
        {"path":"a.json","pointer":"/A","rule":"p/r","ordinal":10}
        {"path":"a.json","pointer":"/A","rule":"p/r","ordinal":2}
        {"path":"b.json","pointer":"","rule":"p/r","ordinal":0}

        """)
    let reading = Self.read(text)
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.baseline.bytes == baseline.bytes)
    #expect(reading.baseline.entryCount == 4)
    #expect(reading.baseline.file(at: "a.json")?.contents == ["0123456789abcdef"])
  }

  @Test(arguments: [
    ("", "1:1"),
    ("\n \n", "1:1"),
    ("[]", "1:1"),
    ("hello", "1:1"),
    ("{}", "1:1"),
    (#"{"requisite-baseline":2}"#, "1:23"),
    (#"{"requisite-baseline":"1"}"#, "1:23"),
  ])
  func refusesOtherFiles(text: String, place: String) throws {
    let reading = Self.read(text)
    #expect(reading.hasErrors)
    #expect(Self.brief(try #require(reading.diagnostics.first)) == place)
    expectMessages(reading.diagnostics.map(\.goldenLine), of: text)
  }

  @Test(arguments: [
    ("x", "2:1"),
    (#"{"path":"a"} {}"#, "2:1"),
    (#"{"path":"a","pointer":"","rule":"p/r"}"#, "2:1"),
    (#"{"path":"a","pointer":"","ordinal":0}"#, "2:1"),
    (#"{"path":"a","rule":"p/r","ordinal":0}"#, "2:1"),
    (#"{"pointer":"","rule":"p/r","ordinal":0}"#, "2:1"),
    (#"{"path":"a","pointer":"A","rule":"p/r","ordinal":0}"#, "2:23"),
    (#"{"path":"a","pointer":"","rule":"r","ordinal":0}"#, "2:33"),
    (#"{"path":"a","pointer":"","rule":"p/r","ordinal":-1}"#, "2:49"),
    (#"{"path":"a","pointer":"","rule":"p/r","ordinal":0.5}"#, "2:49"),
    (#"{"path":"a","pointer":"","rule":"p/r","ordinal":"0"}"#, "2:49"),
    (#"{"path":"a","pointer":"","rule":"p/r","ordinal":99999999999999999999}"#, "2:49"),
    (#"{"path":1,"pointer":"","rule":"p/r","ordinal":0}"#, "2:9"),
    (#"{"path":"/a","pointer":"","rule":"p/r","ordinal":0}"#, "2:9"),
    (#"{"path":"a/../b","pointer":"","rule":"p/r","ordinal":0}"#, "2:9"),
    (#"{"path":"./a","pointer":"","rule":"p/r","ordinal":0}"#, "2:9"),
    (#"{"path":"","pointer":"","rule":"p/r","ordinal":0}"#, "2:9"),
    (#"{"path":"a","pointr":"","rule":"p/r","ordinal":0}"#, "2:13"),
    (#"{"path":"a","path":"b","pointer":"","rule":"p/r","ordinal":0}"#, "2:13"),
    (#"{"path":"a","content":"0123"}"#, "2:23"),
    (#"{"path":"a","content":"0123456789abcdeF"}"#, "2:23"),
    (#"{"path":"a","content":"0123456789abcdef","ordinal":0}"#, "2:52"),
    ("<<<<<<< HEAD", "2:1"),
  ])
  func reportsErrorsOfLines(line: String, place: String) throws {
    let reading = Self.read("\(Self.header)\n\(line)\n\(Self.entry)\n")
    #expect(reading.hasErrors)
    #expect(reading.diagnostics.map(Self.brief) == [place])
    expectMessages(reading.diagnostics.map(\.goldenLine), of: line)
  }

  /// Merges leave blank lines, lines out of order and lines that both sides have added.
  @Test func takesWhatMergesLeave() {
    let other = #"{"ordinal":0,"rule":"p/r","pointer":"/Z","path":"z.json"}"#
    let reading = Self.read(
      "\(Self.header)\n\(other)\n\n\(Self.entry)\n\(Self.entry)\n\n")
    #expect(!reading.hasErrors)
    #expect(reading.baseline.entryCount == 2)
    #expect(
      reading.diagnostics.map(Self.brief) == ["5:1"])
  }

  @Test func bothContentsOfAMergeCount() {
    let reading = Self.read(
      """
      \(Self.header)
      {"path":"a","content":"0123456789abcdef"}
      {"path":"a","content":"fedcba9876543210"}
      """)
    #expect(reading.diagnostics.isEmpty)
    #expect(
      reading.baseline.file(at: "a")?.contents == ["0123456789abcdef", "fedcba9876543210"])
  }

  @Test func carriageReturnsAndAByteOrderMarkAreNoTrouble() {
    let reading = Self.read("\u{FEFF}\(Self.header)\r\n\(Self.entry)\r\n")
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.baseline.entryCount == 1)
  }

  @Test func mistakesAreBounded() {
    let reading = Self.read(Self.header + "\n" + String(repeating: "x\n", count: 5_000))
    #expect(reading.diagnostics.count == 100)
  }

  /// The additions of two branches are lines of their own, whichever comes first.
  @Test func additionsOfTwoBranchesMergeLineByLine() {
    func baseline(_ names: [String]) -> Baseline {
      var baseline = Baseline()
      for name in names {
        baseline.insert(
          BaselineEntry(
            path: "\(name).json", pointer: "/A", rule: RuleID(pack: "p", rule: "r"), ordinal: 0))
      }
      return baseline
    }
    func lines(_ baseline: Baseline) -> [Substring] {
      String(decoding: baseline.bytes, as: UTF8.self).split(separator: "\n")
    }
    let base = lines(baseline(["c", "m"]))
    let ours = lines(baseline(["c", "d", "m"]))
    let theirs = lines(baseline(["a", "c", "m", "z"]))
    // Neither side changes a line that was there, nor the order of those.
    #expect(ours.filter(base.contains) == base)
    #expect(theirs.filter(base.contains) == base)
    let merged = (ours + theirs.filter { !ours.contains($0) }).joined(separator: "\n")
    #expect(Self.read(merged).baseline.bytes == baseline(["z", "d", "a", "m", "c"]).bytes)
  }

  private static func brief(_ diagnostic: Diagnostic) -> String {
    let start = diagnostic.location?.region.start
    return "\(start?.line ?? 0):\(start?.column ?? 0)"
  }
}
