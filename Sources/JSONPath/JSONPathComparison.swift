import Documents
import SourceText

/// One side of a comparison: a node, a value of the query, or Nothing.
enum ComparedValue {
  /// No value at all, which equals itself alone.
  case nothing
  case node(NodeID)
  case null
  case boolean(Bool)
  case number(ExactNumber)
  case string([UInt8])

  init(_ literal: ValueExpression.Literal) {
    switch literal {
    case .null: self = .null
    case .boolean(let value): self = .boolean(value)
    case .number(let value): self = .number(value)
    case .string(let text): self = .string(text)
    }
  }
}

// Comparisons (RFC 9535, section 2.3.5.2.2): numbers by exact value, strings by code points.
extension JSONPathEvaluation {
  mutating func compare(
    _ left: ComparedValue, _ comparison: ComparisonOperator, _ right: ComparedValue
  ) throws(JSONPathLimit) -> Bool {
    switch comparison {
    case .equal: return try areEqual(left, right)
    case .notEqual: return try !areEqual(left, right)
    case .less: return try isLess(left, right)
    case .greater: return try isLess(right, left)
    case .lessOrEqual:
      if try isLess(left, right) { return true }
      return try areEqual(left, right)
    case .greaterOrEqual:
      if try isLess(right, left) { return true }
      return try areEqual(left, right)
    }
  }

  private mutating func areEqual(
    _ left: ComparedValue, _ right: ComparedValue
  ) throws(JSONPathLimit) -> Bool {
    switch (left, right) {
    case (.node(let left), .node(let right)): return try areEqual(left, right)
    case (.node(let node), let value), (let value, .node(let node)):
      return try equals(node, value)
    case (.nothing, .nothing), (.null, .null): return true
    case (.boolean(let left), .boolean(let right)): return left == right
    case (.number(let left), .number(let right)): return left == right
    case (.string(let left), .string(let right)): return left == right
    case (.nothing, _), (.null, _), (.boolean, _), (.number, _), (.string, _): return false
    }
  }

  /// Whether a node has the value of a literal or of a function's result.
  private mutating func equals(
    _ node: NodeID, _ value: ComparedValue
  ) throws(JSONPathLimit) -> Bool {
    switch (request.kind(of: node), value) {
    case (.null, .null): return true
    case (.boolean, .boolean(let wanted)): return request.isTrue(node) == wanted
    case (.number, .number(let wanted)):
      try spend(request.range(of: node).count / 16)
      return request.number(of: node) == wanted
    case (.string, .string(let wanted)):
      try spend(wanted.count / 16)
      return request.text(of: node, equals: wanted)
    default: return false
    }
  }

  private mutating func isLess(
    _ left: ComparedValue, _ right: ComparedValue
  ) throws(JSONPathLimit) -> Bool {
    if let left = try number(left), let right = try number(right) { return left < right }
    guard let left = text(left), let right = text(right) else { return false }
    try spend(min(left.count, right.count) / 16)
    // UTF-8 sorts as its code points do.
    return left.lexicographicallyPrecedes(right)
  }

  private mutating func number(
    _ value: ComparedValue
  ) throws(JSONPathLimit) -> ExactNumber? {
    switch value {
    case .number(let number): return number
    case .node(let node):
      guard request.kind(of: node) == .number else { return nil }
      try spend(request.range(of: node).count / 16)
      return request.number(of: node)
    case .nothing, .null, .boolean, .string: return nil
    }
  }

  private func text(_ value: ComparedValue) -> ArraySlice<UInt8>? {
    switch value {
    case .string(let text): text[...]
    case .node(let node): request.kind(of: node) == .string ? request.utf8(of: node) : nil
    case .nothing, .null, .boolean, .number: nil
    }
  }

  // MARK: - Two nodes

  /// Whether two nodes hold the same value, all the way down.
  private mutating func areEqual(
    _ left: NodeID, _ right: NodeID
  ) throws(JSONPathLimit) -> Bool {
    try spend()
    if left == right { return request.kind(of: left) != .absent }
    let kind = request.kind(of: left)
    guard kind == request.kind(of: right) else { return false }
    switch kind {
    case .null: return true
    case .boolean: return request.isTrue(left) == request.isTrue(right)
    case .number:
      try spend((request.range(of: left).count + request.range(of: right).count) / 16)
      return request.number(of: left) == request.number(of: right)
    case .string, .name: return try haveEqualText(left, right)
    case .array:
      guard request.childCount(of: left) == request.childCount(of: right) else { return false }
      var others = request.elements(of: right)
      for element in request.elements(of: left) {
        guard let other = others.next() else { return false }
        if try !areEqual(element, other) { return false }
      }
      return true
    case .object: return try areEqualObjects(left, right)
    case .absent: return false
    }
  }

  private mutating func haveEqualText(
    _ left: NodeID, _ right: NodeID
  ) throws(JSONPathLimit) -> Bool {
    try spend((request.range(of: left).count + request.range(of: right).count) / 16)
    return request.utf8(of: left) == request.utf8(of: right)
  }

  /// Compares members by name; those that are in the same order are found without a search.
  private mutating func areEqualObjects(
    _ left: NodeID, _ right: NodeID
  ) throws(JSONPathLimit) -> Bool {
    try spend(request.childCount(of: left) + request.childCount(of: right))
    guard request.memberCount(of: left) == request.memberCount(of: right) else { return false }
    var others = request.members(of: right)
    for member in request.members(of: left) {
      var counterpart = others.next()
      if let found = counterpart, try !haveEqualText(member.name, found.name) {
        counterpart = nil
        for candidate in request.members(of: right) {
          try spend()
          if try haveEqualText(member.name, candidate.name) {
            counterpart = candidate
            break
          }
        }
      }
      guard let counterpart, try areEqual(member.value, counterpart.value) else { return false }
    }
    return true
  }
}
