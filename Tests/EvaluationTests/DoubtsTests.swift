import Documents
import Findings
import SourceText
import Testing

@testable import Evaluation

/// Which values the walk for failures visits.
struct DoubtsTests {
  /// Node 0 is the root, 1 the name `a`, 2 its array, 3 and 4 its elements, 5 the name `b`, 6 its value.
  private let request = Request(JSONReader.read(Array(#"{"a": [1, 2], "b": 3}"#.utf8)).document)

  private func met(_ doubts: Doubts) -> [Int] {
    (0..<7).filter { doubts.meet(NodeID($0), in: request) }
  }

  /// A doubt about a node leads to it, and from a check to all that it holds.
  @Test(arguments: [
    (3, false, [0, 2, 3]), (3, true, [0, 2, 3]), (2, false, [0, 2]), (2, true, [0, 2, 3, 4]),
    (0, false, [0]), (0, true, [0, 1, 2, 3, 4, 5, 6]), (1, false, [0, 1]),
  ])
  func doubtsLeadToValues(node: Int, reachesDown: Bool, expected: [Int]) {
    var doubts = Doubts()
    doubts.add(NodeID(node), reachesDown: reachesDown)
    #expect(met(doubts) == expected)
    doubts.removeAll()
    #expect(met(doubts) == [])
  }

  /// Where there are many, every value is visited.
  @Test func manyDoubtsAreNotToldApart() {
    var doubts = Doubts()
    for _ in 0..<20 { doubts.add(NodeID(3), reachesDown: false) }
    #expect(met(doubts) == [0, 2, 3])
    for node in 100..<108 { doubts.add(NodeID(node), reachesDown: false) }
    #expect(met(doubts) == Array(0..<7))
  }
}

/// Faults, however many there are.
struct FaultTableTests {
  @Test(arguments: [1, 8, 9, 30]) func theWorstSeverityCounts(count: Int) {
    var table = FaultTable()
    let keys = (0..<count).map { FaultKey("type", NodeID($0), missing: $0 % 2 == 0 ? nil : "m") }
    let areNew = keys.map { table.insert($0, .warning) }
    #expect(!areNew.contains(false))
    let areStillNew = keys.map { table.insert($0, .info) }
    #expect(!areStillNew.contains(true))
    for key in keys { #expect(table[key] == .warning) }
    for key in keys { table.insert(key, .error) }
    for key in keys { #expect(table[key] == .error) }
    #expect(table[FaultKey("type", NodeID(count))] == nil)
  }

  /// Names are the same only if their bytes are.
  @Test func namesAreToldApartByBytes() {
    var table = FaultTable()
    table.insert(FaultKey("required", .root, missing: "\u{E9}"), .error)
    #expect(table[FaultKey("required", .root, missing: "e\u{301}")] == nil)
    let isNew = table.insert(FaultKey("required", .root, missing: "e\u{301}"), .error)
    #expect(isNew)
  }
}
