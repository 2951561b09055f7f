import Documents

/// A plan's rules as the hot path runs them: numbers only, so that nothing is counted or copied.
///
/// Rules that are off are not in it. Paths that several rules share are walked once for a request.
struct RuleSchedule {
  /// What a rule asks of a node.
  enum Check {
    case none
    case schema(SchemaID)
    case expression(Int)

    init(_ condition: Condition?) {
      switch condition {
      case nil: self = .none
      case .schema(let schema)?: self = .schema(schema)
      case .expression(let index)?: self = .expression(index)
      }
    }
  }

  /// One rule and one of its selectors.
  struct Entry {
    /// The rule's place in the plan.
    var rule: Int
    /// The path that leads to its nodes; nil for a query.
    var path: Int?
    /// Whether it is about the children of what the path leads to.
    var thenEach: Bool
    /// The query, where there is no path.
    var query: Int
    var condition: Check
    var assertion: Check
  }

  /// The last member of a path.
  private struct Step {
    /// The path that leads to its object; -1 where that is the request.
    var parent: Int
    var member: Symbol
  }

  private(set) var entries: [Entry] = []
  /// The distinct paths, each as one step from a shorter one.
  private var paths: [Step] = []
  /// For each path, the node it leads to in the request at hand: -1 for none, -2 if not yet walked.
  private var nodes: [Int] = []

  init(_ rules: [PlanRule]) {
    var known: [[Symbol]: Int] = [:]
    for (index, rule) in rules.enumerated() where rule.severity != nil {
      for selector in rule.selectors {
        var entry = Entry(
          rule: index, path: nil, thenEach: false, query: 0, condition: Check(rule.condition),
          assertion: Check(rule.assertion))
        switch selector {
        case .path(let path, let thenEach):
          entry.path = add(path, to: &known)
          entry.thenEach = thenEach
        case .query(let query): entry.query = query
        }
        entries.append(entry)
      }
    }
    nodes = [Int](repeating: -2, count: paths.count)
  }

  /// The number of a path, which is added, with those that lead to it, if it is new; -1 for the request.
  private mutating func add(_ path: [Symbol], to known: inout [[Symbol]: Int]) -> Int {
    guard let last = path.last else { return -1 }
    if let number = known[path] { return number }
    let parent = add(Array(path.dropLast()), to: &known)
    known[path] = paths.count
    paths.append(Step(parent: parent, member: last))
    return paths.count - 1
  }

  /// The names of a path.
  func symbols(of path: Int) -> [Symbol] {
    path < 0 ? [] : symbols(of: paths[path].parent) + [paths[path].member]
  }

  /// Forgets where the paths led in the last request.
  mutating func reset() {
    for index in nodes.indices { nodes[index] = -2 }
  }

  /// The node that a path leads to, or nil; paths are as long as rules are written, so recursion is shallow.
  mutating func node(along path: Int, in request: Request) -> NodeID? {
    guard path >= 0 else { return request.root }
    let known = nodes[path]
    if known != -2 { return known < 0 ? nil : NodeID(known) }
    let step = paths[path]
    let node = self.node(along: step.parent, in: request).flatMap {
      request.value(of: step.member, in: $0)
    }
    nodes[path] = node?.index ?? -1
    return node
  }
}
