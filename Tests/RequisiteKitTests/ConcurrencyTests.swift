import RequisiteKit
import Testing

/// One rule set may be used by many tasks at once.
struct ConcurrencyTests {
  /// `Tests/Benchmarks/thread-sanitizer` runs this one.
  @Test func eightTasksFindWhatOneFinds() async throws {
    let rules = try RuleSet(builtIn: "aws-connect-chat")
    let requests = Request.all.filter { $0.name != "long.jsonl" }
    let expected = requests.map { rules.check($0.bytes, as: $0.syntax) }
    #expect(expected.joined().count > 30)
    let different = await withTaskGroup(of: [String].self) { group in
      for task in 0..<8 {
        group.addTask {
          (0..<125).compactMap { round in
            // Each task goes its own way through the requests.
            let place = (round * (task + 1) + task) % requests.count
            let request = requests[place]
            let found = rules.check(request.bytes, as: request.syntax)
            return found == expected[place] ? nil : request.name
          }
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(different == [])
  }
}
