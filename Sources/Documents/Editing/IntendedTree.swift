/// What a document is to read as once its text was edited.
///
/// Names and spellings count here, not what they mean to rules: an edit must change nothing else.
package struct IntendedTree {
  private let tree: ValueTree
  private var replaced: [NodeID: JSONValue] = [:]
  private var renamed: [NodeID: [UInt8]] = [:]
  private var removed: Set<NodeID> = []

  /// Creates the tree of a document that stays as it is.
  package init(_ tree: ValueTree) { self.tree = tree }

  /// Has another value in the place of a node.
  package mutating func replace(_ node: NodeID, by value: JSONValue) { replaced[node] = value }

  /// Has another name for a member.
  package mutating func rename(_ name: NodeID, to text: [UInt8]) { renamed[name] = text }

  /// Has the member of a name left out.
  package mutating func remove(memberNamed name: NodeID) { removed.insert(name) }

  /// Whether a document is this tree; the order of members does not count.
  package func matches(_ other: Document) -> Bool {
    !other.isEmpty && matches(.node(.root), other, .root, within: [])
  }

  /// Compares; recursion is as deep as the values nest.
  ///
  /// Within what replaced a node, the same node is the one that was: a copy of it.
  private func matches(
    _ value: JSONValue, _ other: Document, _ node: NodeID, within outer: Set<NodeID>
  ) -> Bool {
    if case .node(let old) = value, !outer.contains(old), let new = replaced[old] {
      return matches(new, other, node, within: outer.union([old]))
    }
    let kind = other.kind(of: node)
    guard tree.kind(of: value) == kind else { return false }
    switch tree.expanded(value) {
    case .null: return true
    case .boolean(let isTrue): return isTrue == other.isTrue(node)
    case .number(let text): return ExactNumber(text[...]) == other.number(of: node)
    case .string(let text): return other.utf8(of: node).elementsEqual(text)
    case .array(let elements):
      return elements.count == other.childCount(of: node)
        && zip(elements, other.elements(of: node)).allSatisfy {
          matches($0, other, $1, within: outer)
        }
    case .object(let members, let origin):
      return matches(members, origin: origin, other, node, within: outer)
    case .node: return false
    }
  }

  private func matches(
    _ members: [JSONValue.Member], origin: NodeID?, _ other: Document, _ object: NodeID,
    within outer: Set<NodeID>
  ) -> Bool {
    var expected: [(name: [UInt8], value: JSONValue)] = []
    var isNew: Set<[UInt8]> = []
    for member in members {
      if let name = member.origin {
        guard !removed.contains(name) else { continue }
        expected.append((text(of: name), member.value))
      } else {
        isNew.insert(member.name)
        expected.append((tree.spelled(member.name), member.value))
      }
    }
    if let origin {
      let request = tree.request
      for name in request.allNames(of: origin)
      where request.isHidden(name) && !removed.contains(name) {
        let isFilled =
          request.kind(of: NodeID(name.index + 1)) == .null
          && isNew.contains(tree.name(of: name))
        if isFilled {
          // It keeps its own spelling.
          if let place = expected.firstIndex(where: {
            $0.name == tree.spelled(tree.name(of: name))
          }) {
            expected[place].name = text(of: name)
          }
        } else {
          expected.append((text(of: name), .node(NodeID(name.index + 1))))
        }
      }
    }
    let found = other.allNames(of: object)
    guard found.count == expected.count else { return false }
    let sorted = expected.enumerated().sorted {
      $0.element.name == $1.element.name
        ? $0.offset < $1.offset
        : $0.element.name.lexicographicallyPrecedes($1.element.name)
    }
    let sortedNames = found.map { (node: $0, text: Array(other.utf8(of: $0))) }.sorted {
      $0.text == $1.text ? $0.node < $1.node : $0.text.lexicographicallyPrecedes($1.text)
    }
    return zip(sorted, sortedNames).allSatisfy { expected, found in
      expected.element.name == found.text
        && matches(
          expected.element.value, other, NodeID(found.node.index + 1), within: outer)
    }
  }

  private func text(of name: NodeID) -> [UInt8] {
    renamed[name] ?? Array(tree.document.utf8(of: name))
  }
}
