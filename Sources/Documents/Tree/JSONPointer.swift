package import SourceText

extension Document {
  /// The nodes from the root down to `node`, which is a value or a name; the node itself is last.
  package func path(to node: NodeID) -> [NodeID] {
    var path: [NodeID] = []
    var current = NodeID.root
    guard node.index >= 0, node.index < nodeCount else { return [] }
    // Most places are no deeper.
    path.reserveCapacity(8)
    descent: while true {
      path.append(current)
      if current == node { return path }
      switch kind(of: current) {
      case .array:
        for element in elements(of: current) where node.index < end(of: element) {
          current = element
          continue descent
        }
        return path
      case .object:
        // Hidden members are walked too: they have a place even where they do not count.
        var index = current.index + 1
        let limit = end(of: current)
        while index < limit {
          let memberEnd = end(of: NodeID(index + 1))
          if node.index < memberEnd {
            if node.index == index { return path + [node] }
            current = NodeID(index + 1)
            continue descent
          }
          index = memberEnd
        }
        return path
      case .null, .boolean, .number, .string, .name, .absent:
        return path
      }
    }
  }

  /// The pointer of a value, or of the member that a name belongs to, in the request's own spelling.
  package func pointer(to node: NodeID) -> JSONPointer {
    var pointer = JSONPointer()
    let path = path(to: node)
    for (parent, child) in zip(path, path.dropFirst()) {
      switch kind(of: parent) {
      case .array:
        var position = 0
        for element in elements(of: parent) {
          if element == child { break }
          position += 1
        }
        pointer.append(index: position)
      case .object:
        let name = kind(of: child) == .name ? child : NodeID(child.index - 1)
        pointer.append(utf8(of: name))
      case .null, .boolean, .number, .string, .name, .absent: break
      }
    }
    return pointer
  }

  /// The node that a pointer leads to, or nil; names compare by their decoded bytes.
  package func node(at pointer: JSONPointer) -> NodeID? {
    guard !isEmpty else { return nil }
    var current = NodeID.root
    for token in pointer.tokens {
      guard let next = child(token, of: current) else { return nil }
      current = next
    }
    return current
  }

  /// The element or member value that one reference token leads to, or nil.
  package func child(_ token: [UInt8], of node: NodeID) -> NodeID? {
    switch kind(of: node) {
    case .array:
      guard var remaining = Self.arrayIndex(token), remaining < childCount(of: node) else {
        return nil
      }
      for element in elements(of: node) {
        if remaining == 0 { return element }
        remaining -= 1
      }
      return nil
    case .object:
      var found: NodeID?
      var index = node.index + 1
      let limit = end(of: node)
      while index < limit {
        if text(of: NodeID(index), equals: token) { found = NodeID(index + 1) }
        index = end(of: NodeID(index + 1))
      }
      return found
    case .null, .boolean, .number, .string, .name, .absent: return nil
    }
  }

  /// The array index that a token writes (RFC 6901, section 4): digits without a leading zero.
  static func arrayIndex(_ token: [UInt8]) -> Int? {
    guard let first = token.first, token.count <= 18,
      token.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      first != UInt8(ascii: "0") || token.count == 1
    else { return nil }
    return token.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}
