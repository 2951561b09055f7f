extension Document {
  /// The document with the tree of another one behind its own, and the node of that tree's root.
  ///
  /// All nodes keep their identity and place. The new nodes hang nowhere: paths do not lead to them.
  package func appending(_ other: Document) -> (document: Document, root: NodeID) {
    var result = self
    let shift = nodeCount
    let offset = source.count
    result.source += other.source
    result.nodes.removeSubrange(nodeCount...)
    result.nodes.reserveCapacity(nodeCount + other.nodeCount)
    for node in other.nodes[..<other.nodeCount] {
      var node = node
      node.start = UInt32(clamping: Int(node.start) + offset)
      if node.kind == .array || node.kind == .object {
        node.next = UInt32(clamping: Int(node.next) + shift)
      }
      result.nodes.append(node)
    }
    for entry in other.sideTexts.entries {
      result.sideTexts.append(
        other.sideTexts.storage[entry.start..<entry.end], for: entry.node + shift)
    }
    result.nodeCount += other.nodeCount
    return (result, NodeID(shift))
  }
}
