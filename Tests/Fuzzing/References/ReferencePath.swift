/// JSONPath (RFC 9535) on plain values: the reference for `JSONPath`.
struct ReferencePath {
  var isRelative = false
  var segments: [Segment] = []

  struct Segment {
    var isDescendant = false
    var selectors: [Selector]
  }

  indirect enum Selector {
    case name([UInt8])
    case wildcard
    case index(Int)
    case slice(Int?, Int?, Int?)
    case filter(Condition)
  }

  indirect enum Condition {
    case or(Condition, Condition)
    case and(Condition, Condition)
    case not(Condition)
    case comparison(Operand, String, Operand)
    case exists(ReferencePath)
    case matches(Operand, ReferenceRegex, isWhole: Bool, source: String)
  }

  indirect enum Operand {
    case literal(Value)
    case query(ReferencePath)
    case length(Operand)
    case count(ReferencePath)
    case value(ReferencePath)
  }

  /// A node: its value, and its normalized path (section 2.7).
  struct Node {
    var path: String
    var value: Value

    var children: [Node] {
      switch value {
      case .array(let elements):
        elements.enumerated().map { Node(path: path + "[\($0.offset)]", value: $0.element) }
      case .object(let members):
        members.map { Node(path: path + "['" + Self.escaped($0.name) + "']", value: $0.value) }
      default: []
      }
    }

    /// The node and all below it, in document order.
    var all: [Node] { [self] + children.flatMap(\.all) }

    private static func escaped(_ name: [UInt8]) -> String {
      var text = ""
      for scalar in String(decoding: name, as: UTF8.self).unicodeScalars {
        switch scalar {
        case "'": text += "\\'"
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\u{0}": text += "\\u0000"
        default: text.unicodeScalars.append(scalar)
        }
      }
      return text
    }
  }
}

// MARK: - Evaluating

extension ReferencePath {
  func nodes(root: Node, current: Node) -> [Node] {
    var nodes = [isRelative ? current : root]
    for segment in segments {
      nodes = nodes.flatMap { node in
        (segment.isDescendant ? node.all : [node]).flatMap { node in
          segment.selectors.flatMap { $0.select(from: node, root: root) }
        }
      }
    }
    return nodes
  }
}

extension ReferencePath.Selector {
  func select(from node: ReferencePath.Node, root: ReferencePath.Node) -> [ReferencePath.Node] {
    let children = node.children
    switch self {
    case .name(let name):
      guard case .object(let members) = node.value,
        let index = members.firstIndex(where: { $0.name == name })
      else { return [] }
      return [children[index]]
    case .wildcard: return children
    case .index(let index):
      guard case .array = node.value else { return [] }
      let place = index < 0 ? children.count + index : index
      return children.indices.contains(place) ? [children[place]] : []
    case .slice(let start, let end, let step):
      guard case .array = node.value else { return [] }
      return Self.slice(start, end, step ?? 1, children.count).map { children[$0] }
    case .filter(let condition):
      return children.filter { condition.holds(root: root, current: $0) }
    }
  }

  /// Section 2.3.4.2.2, word by word.
  private static func slice(_ start: Int?, _ end: Int?, _ step: Int, _ count: Int) -> [Int] {
    guard step != 0 else { return [] }
    func normalized(_ index: Int) -> Int { index >= 0 ? index : count + index }
    let first = normalized(start ?? (step > 0 ? 0 : count - 1))
    let last = end.map(normalized) ?? (step > 0 ? count : -1)
    var places: [Int] = []
    if step > 0 {
      let upper = min(max(last, 0), count)
      var index = min(max(first, 0), count)
      while index < upper {
        places.append(index)
        index += step
      }
    } else {
      var index = min(max(first, -1), count - 1)
      let lower = min(max(last, -1), count - 1)
      while lower < index {
        places.append(index)
        index += step
      }
    }
    return places
  }
}

extension ReferencePath.Condition {
  func holds(root: ReferencePath.Node, current: ReferencePath.Node) -> Bool {
    switch self {
    case .or(let left, let right):
      return left.holds(root: root, current: current) || right.holds(root: root, current: current)
    case .and(let left, let right):
      return left.holds(root: root, current: current) && right.holds(root: root, current: current)
    case .not(let inner): return !inner.holds(root: root, current: current)
    case .exists(let query): return !query.nodes(root: root, current: current).isEmpty
    case .matches(let operand, let regex, let isWhole, _):
      guard case .string(let text) = operand.value(root: root, current: current) else {
        return false
      }
      return regex.hasMatch(in: text, isWhole: isWhole)
    case .comparison(let left, let operation, let right):
      let left = left.value(root: root, current: current)
      let right = right.value(root: root, current: current)
      switch operation {
      case "==": return Self.areEqual(left, right)
      case "!=": return !Self.areEqual(left, right)
      case "<": return Self.isLess(left, right)
      case ">": return Self.isLess(right, left)
      case "<=": return Self.isLess(left, right) || Self.areEqual(left, right)
      default: return Self.isLess(right, left) || Self.areEqual(left, right)
      }
    }
  }

  private static func areEqual(_ left: Value?, _ right: Value?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return Value.areEqual(left, right)
  }

  private static func isLess(_ left: Value?, _ right: Value?) -> Bool {
    if let left = left?.double, let right = right?.double { return left < right }
    guard case .string(let left) = left, case .string(let right) = right else { return false }
    return String(decoding: left, as: UTF8.self).unicodeScalars
      .lexicographicallyPrecedes(String(decoding: right, as: UTF8.self).unicodeScalars)
  }
}

extension ReferencePath.Operand {
  /// The value; nil for Nothing.
  func value(root: ReferencePath.Node, current: ReferencePath.Node) -> Value? {
    switch self {
    case .literal(let value): return value
    case .query(let query), .value(let query):
      let nodes = query.nodes(root: root, current: current)
      return nodes.count == 1 ? nodes[0].value : nil
    case .count(let query): return .number("\(query.nodes(root: root, current: current).count)")
    case .length(let operand):
      switch operand.value(root: root, current: current) {
      case .string(let text): return .number("\(text.count { $0 & 0xC0 != 0x80 })")
      case .array(let elements): return .number("\(elements.count)")
      case .object(let members): return .number("\(members.count)")
      default: return nil
      }
    }
  }
}
