/// A place in a document by names and indices (RFC 6901).
package struct JSONPointer: Sendable, Hashable {
  /// The reference tokens, unescaped, as UTF-8.
  package var tokens: [[UInt8]]

  /// Creates a pointer from its tokens.
  package init(tokens: [[UInt8]] = []) {
    self.tokens = tokens
  }

  /// Reads the text of a pointer, or gives nil where it is none: `/a/b~1c`, or empty for the root.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else {
      self.init()
      return
    }
    guard bytes[0] == UInt8(ascii: "/") else { return nil }
    var tokens: [[UInt8]] = []
    for part in bytes.dropFirst().split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    {
      var token: [UInt8] = []
      var index = part.startIndex
      while index < part.endIndex {
        if part[index] == UInt8(ascii: "~") {
          guard index + 1 < part.endIndex else { return nil }
          switch part[index + 1] {
          case UInt8(ascii: "0"): token.append(UInt8(ascii: "~"))
          case UInt8(ascii: "1"): token.append(UInt8(ascii: "/"))
          default: return nil
          }
          index += 2
        } else {
          token.append(part[index])
          index += 1
        }
      }
      tokens.append(token)
    }
    self.init(tokens: tokens)
  }

  /// This pointer with one more token.
  package func appending(_ token: some Sequence<UInt8>) -> JSONPointer {
    JSONPointer(tokens: tokens + [Array(token)])
  }

  /// This pointer with the name of one more member.
  package func appending(_ name: String) -> JSONPointer { appending(name.utf8) }
}

extension JSONPointer: CustomStringConvertible {
  /// The text of the pointer, `~` and `/` escaped.
  package var description: String {
    var bytes: [UInt8] = []
    for token in tokens {
      bytes.append(UInt8(ascii: "/"))
      for byte in token {
        switch byte {
        case UInt8(ascii: "~"): bytes.append(contentsOf: "~0".utf8)
        case UInt8(ascii: "/"): bytes.append(contentsOf: "~1".utf8)
        default: bytes.append(byte)
        }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Document {
  /// The nodes from the root down to `node`, which is a value or a name; the node itself is last.
  package func path(to node: NodeID) -> [NodeID] {
    var path: [NodeID] = []
    var current = NodeID.root
    guard node.index >= 0, node.index < nodeCount else { return [] }
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
        pointer.tokens.append(Array(String(position).utf8))
      case .object:
        let name = kind(of: child) == .name ? child : NodeID(child.index - 1)
        pointer.tokens.append(Array(utf8(of: name)))
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
