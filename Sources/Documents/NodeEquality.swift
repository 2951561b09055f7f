extension Document {
  /// Whether two values are equal as JSON Schema means it (2020-12 core, section 4.2.2).
  ///
  /// Numbers compare exactly, strings and names by code points, members in any order.
  package static func equal(
    _ left: Document, _ leftNode: NodeID, _ right: Document, _ rightNode: NodeID
  ) -> Bool {
    let kind = left.kind(of: leftNode)
    guard kind == right.kind(of: rightNode) else { return false }
    switch kind {
    case .null, .absent: return true
    case .boolean: return left.isTrue(leftNode) == right.isTrue(rightNode)
    case .number: return left.number(of: leftNode) == right.number(of: rightNode)
    case .string, .name: return left.utf8(of: leftNode).elementsEqual(right.utf8(of: rightNode))
    case .array:
      guard left.childCount(of: leftNode) == right.childCount(of: rightNode) else { return false }
      return zip(left.elements(of: leftNode), right.elements(of: rightNode))
        .allSatisfy { equal(left, $0, right, $1) }
    case .object:
      let count = left.memberCount(of: leftNode)
      guard count == right.memberCount(of: rightNode) else { return false }
      var values: [ArraySlice<UInt8>: NodeID] = [:]
      values.reserveCapacity(count)
      for member in right.members(of: rightNode) {
        values[right.utf8(of: member.name)] = member.value
      }
      return left.members(of: leftNode).allSatisfy { member in
        values[left.utf8(of: member.name)].map { equal(left, member.value, right, $0) } ?? false
      }
    }
  }

  /// Feeds a value to a hasher so that equal values hash alike.
  private func hash(_ node: NodeID, into hasher: inout Hasher) {
    let kind = kind(of: node)
    hasher.combine(kind)
    switch kind {
    case .null, .absent: break
    case .boolean: hasher.combine(isTrue(node))
    case .number:
      switch number(of: node) {
      case .integer(let value): hasher.combine(value)
      case .decimal(let value):
        hasher.combine(value.digits)
        hasher.combine(value.exponent)
      }
    // The sizes go in as well, or values of different shape would hash alike.
    case .string, .name:
      let text = utf8(of: node)
      hasher.combine(text.count)
      for byte in text { hasher.combine(byte) }
    case .array:
      hasher.combine(childCount(of: node))
      for element in elements(of: node) { hash(element, into: &hasher) }
    case .object:
      hasher.combine(memberCount(of: node))
      var sum = 0
      for member in members(of: node) {
        var inner = Hasher()
        hash(member.name, into: &inner)
        hash(member.value, into: &inner)
        sum ^= inner.finalize()
      }
      hasher.combine(sum)
    }
  }

  /// The first element of an array that equals an earlier one, and that earlier one.
  ///
  /// Takes time linear in the array's text, whatever the elements.
  package func firstRepetition(in array: NodeID) -> (element: NodeID, earlier: NodeID)? {
    let count = childCount(of: array)
    guard count > 1 else { return nil }
    if count <= 12 { return firstRepetition(inShort: array) }
    var seen: [Int: [NodeID]] = [:]
    for element in elements(of: array) {
      var hasher = Hasher()
      hash(element, into: &hasher)
      let key = hasher.finalize()
      for earlier in seen[key] ?? [] where Self.equal(self, element, self, earlier) {
        return (element, earlier)
      }
      seen[key, default: []].append(element)
    }
    return nil
  }

  /// The same for few elements, each compared with those before it: nothing is allocated.
  private func firstRepetition(
    inShort array: NodeID
  ) -> (element: NodeID, earlier: NodeID)? {
    for element in elements(of: array) {
      for earlier in elements(of: array) {
        if earlier == element { break }
        if isVerbatim(element), isVerbatim(earlier), kind(of: element) == .string,
          kind(of: earlier) == .string
        {
          if sourceEquals(element, earlier) { return (element, earlier) }
        } else if Self.equal(self, element, self, earlier) {
          return (element, earlier)
        }
      }
    }
    return nil
  }

  /// Whether two nodes have the same source text.
  private func sourceEquals(_ left: NodeID, _ right: NodeID) -> Bool {
    let (left, right) = (nodes[left.index], nodes[right.index])
    guard left.length == right.length else { return false }
    for offset in 0..<Int(left.length)
    where source[Int(left.start) &+ offset] != source[Int(right.start) &+ offset] {
      return false
    }
    return true
  }

  /// The UTF-8 bytes of all names and string values at and under a node, decoded.
  ///
  /// Numbers, booleans and nulls take none; hidden members do not count.
  package func totalUTF8Count(of node: NodeID) -> Int {
    var total = 0
    var index = node.index
    let end = end(of: node)
    while index < end {
      let current = NodeID(index)
      switch kind(of: current) {
      case .name:
        if isHidden(current) {
          index = self.end(of: NodeID(index + 1))
          continue
        }
        total += utf8Count(of: current)
      case .string: total += utf8Count(of: current)
      case .null, .boolean, .number, .array, .object, .absent: break
      }
      index += 1
    }
    return total
  }
}
