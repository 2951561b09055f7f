extension Document {
  /// The tree as indented text, one node a line, for debugging and tests.
  package func dump() -> String {
    var text = ""
    var ends: [Int] = []
    for index in 0..<nodeCount {
      let node = NodeID(index)
      while let last = ends.last, index >= last { ends.removeLast() }
      text += String(repeating: "  ", count: ends.count)
      text += "\(kind(of: node)) \(range(of: node))"
      switch kind(of: node) {
      case .array, .object:
        text += " #\(childCount(of: node))"
        ends.append(end(of: node))
      case .name, .string, .number: text += " \(self.text(of: node).debugDescription)"
      case .boolean: text += " \(isTrue(node))"
      case .null, .absent: break
      }
      text += "\n"
    }
    return text
  }
}
