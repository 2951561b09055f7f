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

  private(set) var entries: [Entry] = []
  /// For each distinct path, its stretch of `symbols`.
  private var paths: [Range<Int>] = []
  private var symbols: [Symbol] = []
  /// For each path, the node it leads to in the request at hand: -1 for none, -2 if not yet walked.
  private var nodes: [Int] = []

  init(_ plan: Plan) {
    var known: [[Symbol]: Int] = [:]
    for (index, rule) in plan.rules.enumerated() where rule.severity != nil {
      for selector in rule.selectors {
        var entry = Entry(
          rule: index, path: nil, thenEach: false, query: 0, condition: Check(rule.condition),
          assertion: Check(rule.assertion))
        switch selector {
        case .path(let path, let thenEach):
          entry.path = known[path] ?? paths.count
          entry.thenEach = thenEach
          if known[path] == nil {
            known[path] = paths.count
            paths.append(symbols.count..<(symbols.count + path.count))
            symbols += path
          }
        case .query(let query): entry.query = query
        }
        entries.append(entry)
      }
    }
    nodes = [Int](repeating: -2, count: paths.count)
  }

  /// Forgets where the paths led in the last request.
  mutating func reset() {
    for index in nodes.indices { nodes[index] = -2 }
  }

  /// The node that a path leads to, or nil.
  mutating func node(along path: Int, in request: Request) -> NodeID? {
    let known = nodes[path]
    if known != -2 { return known < 0 ? nil : NodeID(known) }
    var node: NodeID? = request.root
    for index in paths[path] {
      guard let parent = node else { break }
      node = request.value(of: symbols[index], in: parent)
    }
    nodes[path] = node?.index ?? -1
    return node
  }
}
