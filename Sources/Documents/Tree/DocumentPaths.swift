package import SourceText

/// Where each node of a document hangs, so that its path costs no more than its depth.
///
/// Made once for a document that has something to report: a walk down from the root would cost the
/// width of every container on the way, for each finding anew.
package struct DocumentPaths: Sendable {
  /// For each node, the container it is in; the root's own index for the root.
  private var parents: [Int32]
  /// For each element of an array, its place; -1 for all other nodes.
  private var positions: [Int32]
  /// The place of the document in the array that its file is; nil where it is by itself.
  package let outerPosition: Int?

  /// Goes through a document once, which may be an element of an array that its file is.
  package init(_ document: Document, outerPosition: Int? = nil) {
    self.outerPosition = outerPosition
    let count = document.nodeCount
    parents = [Int32](repeating: 0, count: count)
    positions = [Int32](repeating: -1, count: count)
    var open: [(node: Int, end: Int, isArray: Bool, next: Int32)] = []
    for index in 0..<count {
      while let last = open.last, index >= last.end { open.removeLast() }
      if let last = open.last {
        parents[index] = Int32(truncatingIfNeeded: last.node)
        if last.isArray {
          positions[index] = last.next
          open[open.count - 1].next &+= 1
        }
      }
      let kind = document.kind(of: NodeID(index))
      if kind == .array || kind == .object {
        open.append((index, document.end(of: NodeID(index)), kind == .array, 0))
      }
    }
  }

  /// The nodes from the root down to a value or a name; the node itself is last.
  package func path(to node: NodeID) -> [NodeID] {
    guard parents.indices.contains(node.index) else { return [] }
    var path = [node]
    var current = node.index
    while current != 0 {
      current = Int(parents[current])
      path.append(NodeID(current))
    }
    return path.reversed()
  }

  /// The place of an element in its array, or nil for any other node.
  package func position(of node: NodeID) -> Int? {
    guard parents.indices.contains(node.index), positions[node.index] >= 0 else { return nil }
    return Int(positions[node.index])
  }

  /// The pointer of a value, or of the member that a name belongs to, in the request's own spelling.
  ///
  /// `identities` has the tokens of elements that are not to be named by their positions.
  package func pointer(
    to node: NodeID, in document: Document, identities: [NodeID: [UInt8]] = [:]
  ) -> JSONPointer {
    var pointer = JSONPointer()
    if let outerPosition { pointer.append(index: outerPosition) }
    for child in path(to: node).dropFirst() {
      if !identities.isEmpty, let token = identities[child] {
        pointer.append(token[...])
      } else if let position = position(of: child) {
        pointer.append(index: position)
      } else {
        let name = document.kind(of: child) == .name ? child : NodeID(child.index - 1)
        pointer.append(document.utf8(of: name))
      }
    }
    return pointer
  }
}
