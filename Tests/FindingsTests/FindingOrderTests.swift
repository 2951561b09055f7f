import Findings
import SourceText
import Testing

struct FindingOrderTests {
  private static func finding(
    _ path: String, _ start: Int, _ end: Int, _ rule: String = "p/r", _ pointer: String? = nil
  ) -> Finding {
    func position(_ offset: Int) -> Position {
      Position(
        line: 1, column: offset + 1, utf16Column: offset + 1, byteColumn: offset + 1,
        offset: offset, scalarOffset: offset, utf16Offset: offset)
    }
    return Finding(
      rule: RuleID(rule) ?? RuleID(pack: "p", rule: "r"), severity: .error, message: "m",
      location: Location(
        path: path, region: Region(start: position(start), end: position(end)),
        pointer: pointer.flatMap { JSONPointer($0) }, kind: .value))
  }

  /// Findings in order: by file in bytes, start, end, rule and pointer.
  private static let inOrder = [
    finding("B", 9, 9), finding("a", 0, 1), finding("a", 0, 2), finding("a", 1, 1),
    finding("a", 2, 3, "o/z"), finding("a", 2, 3, "p/q"), finding("a", 2, 3, "p/r"),
    finding("a", 2, 3, "p/r", "/0"), finding("a", 2, 3, "p/r", "/0/a"),
    finding("a", 2, 3, "p/r", "/00"), finding("a", 2, 3, "p/s"), finding("\u{E9}", 0, 0),
  ]

  @Test func ordersByPlaceThenRule() {
    for (left, earlier) in Self.inOrder.enumerated() {
      for (right, later) in Self.inOrder.enumerated() {
        #expect(Finding.precedes(earlier, later) == (left < right), "\(left) \(right)")
      }
    }
  }

  /// Files whose names look alike are two, and the findings of one come after those of the other.
  @Test func pathsAreTheirBytes() {
    let (composed, decomposed) = ("caf\u{E9}/a", "cafe\u{301}/a")
    #expect(Finding.precedes(Self.finding(decomposed, 5, 6), Self.finding(composed, 0, 1)))
    #expect(!Finding.precedes(Self.finding(composed, 0, 1), Self.finding(decomposed, 5, 6)))
    let locations = [composed, decomposed].map { Self.finding($0, 0, 1).location }
    #expect(Set(locations).count == 2)
    #expect(Set(locations.map { Diagnostic("a/b", "c", at: $0) }).count == 2)
    #expect(Set([composed, decomposed].map { Diagnostic("a/b", "no file '\($0)'") }).count == 2)
    #expect(Set([composed, decomposed].map { Diagnostic("a/b", "c", hint: $0) }).count == 2)
    #expect(
      Set(locations.map { RelatedLocation(location: $0, message: "here") }).count == 2)
  }

  /// No pointer, and that to the root, are the same place.
  @Test func aRootPointerIsNoPlaceOfItsOwn() {
    let (none, root) = (Self.finding("a", 0, 1), Self.finding("a", 0, 1, "p/r", ""))
    #expect(!Finding.precedes(none, root) && !Finding.precedes(root, none))
    #expect(none.fingerprint == root.fingerprint)
  }

  @Test func locationsHaveTheRangesOfTheirBytes() {
    #expect(Self.finding("a", 2, 5).location.range == TextRange(2, 5))
  }

  /// SHA-256 over rule, path, pointer and ordinal with a zero behind each, as it was from the first version.
  @Test func fingerprintsStayWhatTheyAre() {
    var finding = Self.finding("a.json", 2, 5, "p/r", "/a~1b/0")
    #expect(
      finding.fingerprint == "e57faaac0d6365b1b5f375ede172d3f52cb97c59eed5dc5b5dd9cb698bb68a40")
    finding.ordinal = 12
    #expect(
      finding.fingerprint == "f4953dce4116ed0595a718cfc50bf9466379d3a5b72654fa97022179329cc72a")
    finding.location.reportPath = "b/a.json"
    #expect(
      finding.fingerprint == "c08416e7051d1a79dd008627727d8337eb90a20d44bb2726dae78189c49407d7")
  }

  /// A finding that says nothing new goes where for each of its lists one is reported.
  @Test func coveredFindingsAreLeftOut() {
    func numbered(_ number: Int, _ covers: [[Int]] = []) -> Finding {
      var finding = Self.finding("a", number, number)
      finding.number = number
      finding.covers = covers
      return finding
    }
    func left(_ findings: [Finding]) -> [Int?] { Finding.uncovered(findings).map(\.number) }
    #expect(left([numbered(0), numbered(1)]) == [0, 1])
    #expect(left([numbered(0), numbered(1, [[0]])]) == [0])
    #expect(left([numbered(0), numbered(1, [[0], [7]])]) == [0, 1])
    #expect(left([numbered(0), numbered(2), numbered(1, [[0], [7, 2]])]) == [0, 2])
    #expect(left([numbered(1, [[0]])]) == [1])
  }
}
