package import Documents
import SourceText

/// Why an evaluation ended early: it took more steps than it may.
package struct JSONPathLimit: Error, Sendable, Hashable {
  /// How many steps it may take.
  package var steps: Int

  /// A sentence for people.
  package var message: String {
    "JSONPath query took more than \(steps) steps on this document"
  }
}

extension JSONPathQuery {
  /// The default maximum number of steps of an evaluation.
  ///
  /// A step visits a node, or compares a few bytes of a string.
  package static let defaultStepLimit = 20_000_000
  /// The steps that a query has, however little an expression may cost.
  package static let leastSteps = 1_000_000

  /// The nodes that the query selects (RFC 9535, section 2.1.2), in its order, with duplicates.
  ///
  /// `$` stands for the request's root. Hidden members do not count. A cache, which serves one query
  /// alone, spares building the patterns' tables anew.
  ///
  /// - Throws: `JSONPathLimit` if the evaluation takes more than `stepLimit` steps.
  package func select(
    in request: Request, stepLimit: Int = defaultStepLimit,
    cache: inout JSONPathCache
  ) throws(JSONPathLimit) -> [NodeID] {
    var steps = 0
    return try select(
      in: request, stepLimit: stepLimit, steps: &steps, cache: &cache)
  }

  /// The nodes that the query selects, in its order, with duplicates; `steps` receives the steps
  /// taken, also if the limit is exceeded.
  ///
  /// - Throws: `JSONPathLimit` if the evaluation takes more than `stepLimit` steps.
  package func select(
    in request: Request, stepLimit: Int, steps: inout Int,
    cache: inout JSONPathCache
  ) throws(JSONPathLimit) -> [NodeID] {
    guard !request.isEmpty else { return [] }
    var evaluation = JSONPathEvaluation(
      request: request, stepLimit: stepLimit, cache: cache)
    cache = JSONPathCache()
    defer {
      cache = evaluation.cache
      steps = evaluation.steps
    }
    return try evaluation.nodes(of: self, from: request.root)
  }

  /// The nodes that the query selects, in its order, with duplicates.
  ///
  /// - Throws: `JSONPathLimit` if the evaluation takes more than `stepLimit` steps.
  package func select(
    in request: Request, stepLimit: Int = defaultStepLimit
  ) throws(JSONPathLimit) -> [NodeID] {
    var cache = JSONPathCache()
    return try select(in: request, stepLimit: stepLimit, cache: &cache)
  }
}

extension LogicalExpression {
  /// Whether the condition of a filter holds for a node, for an evaluator with a walk of its own.
  ///
  /// The steps taken are added to `steps`, so that one limit can apply to a whole walk. The cache
  /// belongs to the query that the condition is a part of.
  ///
  /// - Throws: `JSONPathLimit` if `steps` exceeds `stepLimit`.
  package func holds(
    for node: NodeID, in request: Request, steps: inout Int,
    stepLimit: Int = JSONPathQuery.defaultStepLimit, cache: inout JSONPathCache
  ) throws(JSONPathLimit) -> Bool {
    var evaluation = JSONPathEvaluation(
      request: request, stepLimit: stepLimit, cache: cache)
    cache = JSONPathCache()
    evaluation.steps = steps
    defer {
      steps = evaluation.steps
      cache = evaluation.cache
    }
    return try evaluation.holds(self, for: node)
  }
}

/// One evaluation of a query on a document.
///
/// It recurs along the query alone, whose nesting the parser bounds, and in comparisons along the
/// document, whose nesting its reader bounds.
struct JSONPathEvaluation {
  let request: Request
  let stepLimit: Int
  var steps = 0
  var cache: JSONPathCache

  init(request: Request, stepLimit: Int, cache: JSONPathCache) {
    self.request = request
    self.stepLimit = stepLimit
    self.cache = cache
  }

  mutating func spend(_ count: Int = 1) throws(JSONPathLimit) {
    steps &+= count
    if steps > stepLimit { throw JSONPathLimit(steps: stepLimit) }
  }

  /// The children of an array or object in order.
  private struct Children {
    var elements: Document.Elements
    var members: Request.Members

    init(of node: NodeID, in request: Request) {
      elements = request.elements(of: node)
      members = request.members(of: node)
    }

    mutating func next() -> NodeID? { elements.next() ?? members.next()?.value }
  }

  // MARK: - Segments

  /// The nodes that a query selects, where `@` stands for `current`.
  mutating func nodes(
    of query: JSONPathQuery, from current: NodeID
  ) throws(JSONPathLimit) -> [NodeID] {
    var nodes = [query.start == .root ? request.root : current]
    for segment in query.segments {
      var selected: [NodeID] = []
      for node in nodes {
        if segment.isDescendant {
          try selectBelow(node, segment, into: &selected)
        } else {
          for selector in segment.selectors { try select(selector.kind, of: node, into: &selected) }
        }
      }
      nodes = selected
      if nodes.isEmpty { break }
    }
    return nodes
  }

  /// Applies a segment to a node and all below it, which lie behind it in document order.
  private mutating func selectBelow(
    _ node: NodeID, _ segment: JSONPathQuery.Segment, into selected: inout [NodeID]
  ) throws(JSONPathLimit) {
    var index = node.index
    let end = request.end(of: node)
    while index < end {
      try spend()
      let current = NodeID(index)
      index += 1
      switch request.kind(of: current) {
      case .array, .object:
        for selector in segment.selectors {
          try select(selector.kind, of: current, into: &selected)
        }
      case .name: if request.isHidden(current) { index = request.end(of: NodeID(index)) }
      case .null, .boolean, .number, .string, .absent: break
      }
    }
  }

  // MARK: - Selectors

  private mutating func select(
    _ selector: JSONPathQuery.Selector.Kind, of node: NodeID, into selected: inout [NodeID]
  ) throws(JSONPathLimit) {
    switch selector {
    case .name(let name):
      if let value = try member(name, of: node) { selected.append(value) }
    case .index(let index):
      if let value = try element(at: index, of: node) { selected.append(value) }
    case .wildcard:
      var children = Children(of: node, in: request)
      while let child = children.next() {
        try spend()
        selected.append(child)
      }
    case .slice(let start, let end, let step):
      try selectSlice(start, end, step, of: node, into: &selected)
    case .filter(let condition):
      var children = Children(of: node, in: request)
      while let child = children.next() {
        try spend()
        if try holds(condition, for: child) { selected.append(child) }
      }
    }
  }

  /// The member of an object with a name, the last one of several.
  private mutating func member(
    _ name: JSONPathQuery.Name, of node: NodeID
  ) throws(JSONPathLimit) -> NodeID? {
    guard request.kind(of: node) == .object else { return nil }
    try spend(1 + request.childCount(of: node))
    if name.symbol != .unknown { return request.value(of: name.symbol, in: node) }
    var found: NodeID?
    for member in request.members(of: node)
    where request.text(of: member.name, equals: name.bytes) {
      found = member.value
    }
    return found
  }

  private mutating func element(
    at index: Int, of node: NodeID
  ) throws(JSONPathLimit) -> NodeID? {
    guard request.kind(of: node) == .array else { return nil }
    let count = request.childCount(of: node)
    let position = index < 0 ? index + count : index
    guard position >= 0, position < count else { return nil }
    try spend(1 + position)
    var remaining = position
    for element in request.elements(of: node) {
      if remaining == 0 { return element }
      remaining -= 1
    }
    return nil
  }

  /// Selects a slice by the bounds of section 2.3.4.2.2.
  private mutating func selectSlice(
    _ start: Int?, _ end: Int?, _ step: Int, of node: NodeID, into selected: inout [NodeID]
  ) throws(JSONPathLimit) {
    guard request.kind(of: node) == .array, step != 0 else { return }
    let count = request.childCount(of: node)
    try spend(1 + count)
    func normal(_ index: Int) -> Int { index < 0 ? index + count : index }
    if step > 0 {
      let lower = min(max(normal(start ?? 0), 0), count)
      let upper = min(max(normal(end ?? count), 0), count)
      var position = 0
      var wanted = lower
      for element in request.elements(of: node) {
        if position >= upper { return }
        if position == wanted {
          selected.append(element)
          wanted += step
        }
        position += 1
      }
    } else {
      let upper = min(max(start.map(normal) ?? count - 1, -1), count - 1)
      let lower = min(max(end.map(normal) ?? -1, -1), count - 1)
      let elements = Array(request.elements(of: node))
      var position = upper
      while position > lower {
        selected.append(elements[position])
        position += step
      }
    }
  }

  // MARK: - Conditions

  /// Whether a condition holds for a node.
  mutating func holds(
    _ condition: LogicalExpression, for node: NodeID
  ) throws(JSONPathLimit) -> Bool {
    try spend()
    switch condition {
    case .or(let parts):
      for part in parts where try holds(part, for: node) { return true }
      return false
    case .and(let parts):
      for part in parts where try !holds(part, for: node) { return false }
      return true
    case .not(let part): return try !holds(part, for: node)
    case .comparison(let left, let comparison, let right):
      let left = try value(of: left, for: node)
      return try compare(left, comparison, try value(of: right, for: node))
    case .exists(let query):
      if query.isSingular { return try singularNode(of: query, from: node) != nil }
      return try !nodes(of: query, from: node).isEmpty
    case .matches(let test): return try matches(test, for: node)
    }
  }

  /// The node that a singular query selects, found without building a list.
  private mutating func singularNode(
    of query: JSONPathQuery, from current: NodeID
  ) throws(JSONPathLimit) -> NodeID? {
    var node = query.start == .root ? request.root : current
    for segment in query.segments {
      let next: NodeID?
      switch segment.selectors[0].kind {
      case .name(let name): next = try member(name, of: node)
      case .index(let index): next = try element(at: index, of: node)
      case .wildcard, .slice, .filter: next = nil
      }
      guard let next else { return nil }
      node = next
    }
    return node
  }

  private mutating func value(
    of expression: ValueExpression, for node: NodeID
  ) throws(JSONPathLimit) -> ComparedValue {
    switch expression {
    case .literal(let literal): return ComparedValue(literal)
    case .query(let query):
      return try singularNode(of: query, from: node).map { .node($0) } ?? .nothing
    case .length(let argument):
      return try length(of: value(of: argument, for: node)).map { .number(.integer(Int64($0))) }
        ?? .nothing
    case .count(let query): return .number(.integer(Int64(try nodes(of: query, from: node).count)))
    case .value(let query):
      let nodes = try nodes(of: query, from: node)
      return nodes.count == 1 ? .node(nodes[0]) : .nothing
    }
  }

  /// The function `length` (section 2.4.4); nil stands for Nothing.
  private mutating func length(of value: ComparedValue) throws(JSONPathLimit) -> Int? {
    switch value {
    case .string(let text):
      try spend(text.count / 16)
      return UTF8Decoder.scalarCount(of: text.span)
    case .node(let node):
      switch request.kind(of: node) {
      case .string:
        try spend(request.range(of: node).count / 16)
        return request.scalarCount(of: node)
      case .array: return request.childCount(of: node)
      case .object:
        try spend(request.childCount(of: node))
        return request.memberCount(of: node)
      case .null, .boolean, .number, .name, .absent: return nil
      }
    case .nothing, .null, .boolean, .number: return nil
    }
  }

  /// The functions `match` and `search` (sections 2.4.6, 2.4.7); false where either is no string.
  private mutating func matches(
    _ test: PatternTest, for node: NodeID
  ) throws(JSONPathLimit) -> Bool {
    guard let text = string(try value(of: test.subject, for: node)) else { return false }
    try spend(text.count / 8)
    var taken = 0
    if let pattern = test.compiled {
      let matches = cache.hasMatch(
        pattern, number: test.number, in: text, limit: stepLimit - steps, steps: &taken)
      try spend(taken)
      return matches
    }
    guard test.patternError == nil, let source = string(try value(of: test.pattern, for: node))
    else { return false }
    // A pattern from the document is compiled, which costs more than a match.
    try spend(100 + 16 * source.count)
    let matches = cache.hasMatch(
      source: source, isWhole: test.isWhole, in: text, limit: stepLimit - steps, steps: &taken)
    try spend(taken)
    return matches
  }

  private func string(_ value: ComparedValue) -> ArraySlice<UInt8>? {
    switch value {
    case .string(let text): text[...]
    case .node(let node): request.kind(of: node) == .string ? request.utf8(of: node) : nil
    case .nothing, .null, .boolean, .number: nil
    }
  }
}
