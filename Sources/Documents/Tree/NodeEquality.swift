extension Request {
  /// Whether two values are equal as JSON Schema means it (2020-12 core, section 4.2.2).
  ///
  /// Numbers compare exactly, strings and names by code points, members in any order.
  package static func equal(
    _ left: Request, _ leftNode: NodeID, _ right: Request, _ rightNode: NodeID
  ) -> Bool {
    let kind = left.kind(of: leftNode)
    guard kind == right.kind(of: rightNode) else { return false }
    switch kind {
    case .null, .absent: return true
    case .boolean: return left.isTrue(leftNode) == right.isTrue(rightNode)
    case .number: return left.number(of: leftNode) == right.number(of: rightNode)
    case .string, .name: return equalTexts(left, leftNode, right, rightNode)
    case .array:
      guard left.childCount(of: leftNode) == right.childCount(of: rightNode) else { return false }
      return zip(left.elements(of: leftNode), right.elements(of: rightNode))
        .allSatisfy { equal(left, $0, right, $1) }
    case .object: return equalObjects(left, leftNode, right, rightNode)
    }
  }

  private static func equalTexts(
    _ left: Request, _ leftNode: NodeID, _ right: Request, _ rightNode: NodeID
  ) -> Bool {
    left.withUTF8(of: leftNode) { leftText in
      right.withUTF8(of: rightNode) { rightText in
        guard leftText.count == rightText.count else { return false }
        for index in leftText.indices where leftText[index] != rightText[index] { return false }
        return true
      }
    }
  }

  /// Whether two objects have equal members; of members with one name, the last counts.
  private static func equalObjects(
    _ left: Request, _ leftNode: NodeID, _ right: Request, _ rightNode: NodeID
  ) -> Bool {
    let others = right.lastMembers(of: rightNode)
    let members = left.lastMembers(of: leftNode)
    guard members.count == others.count else { return false }
    for (name, value) in members {
      guard let other = others[name], equal(left, value, right, other) else { return false }
    }
    return true
  }

  /// The values of an object's members by name; of members with one name, the last.
  private func lastMembers(of object: NodeID) -> [ArraySlice<UInt8>: NodeID] {
    var values: [ArraySlice<UInt8>: NodeID] = [:]
    values.reserveCapacity(childCount(of: object))
    for member in members(of: object) { values[utf8(of: member.name)] = member.value }
    return values
  }

  /// A hash of a value, the same for equal values of all documents.
  package func valueHash(of node: NodeID) -> Int {
    var hasher = Hasher()
    hash(node, into: &hasher)
    return hasher.finalize()
  }

  /// Feeds a value to a hasher so that equal values hash alike.
  private func hash(_ node: NodeID, into hasher: inout Hasher) {
    let kind = kind(of: node)
    // A name is compared with strings.
    hasher.combine(kind == .name ? .string : kind)
    switch kind {
    case .null, .absent: break
    case .boolean: hasher.combine(isTrue(node))
    case .number:
      switch number(of: node) {
      case .integer(let value): hasher.combine(value)
      case .decimal(let value):
        hasher.combine(value.isNegative)
        hasher.combine(value.digits)
        hasher.combine(value.exponent)
        if value.isSaturated { hasher.combine(value.farPower) }
      }
    case .string, .name: hasher.combine(utf8(of: node))
    // The sizes go in as well, or values of different shape would hash alike.
    case .array:
      hasher.combine(childCount(of: node))
      for element in elements(of: node) { hash(element, into: &hasher) }
    case .object:
      let members = lastMembers(of: node)
      hasher.combine(members.count)
      var sum = 0
      for (name, value) in members {
        var inner = Hasher()
        inner.combine(name)
        hash(value, into: &inner)
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
      let key = valueHash(of: element)
      for earlier in seen[key] ?? [] where Self.equal(self, element, self, earlier) {
        return (element, earlier)
      }
      seen[key, default: []].append(element)
    }
    return nil
  }

  /// The elements of an array that equal earlier ones, each with the first of those.
  package func repetitions(
    in array: NodeID, limit: Int
  ) -> [(element: NodeID, earlier: NodeID)] {
    var repetitions: [(element: NodeID, earlier: NodeID)] = []
    var seen: [Int: [NodeID]] = [:]
    for element in elements(of: array) {
      var hasher = Hasher()
      hash(element, into: &hasher)
      let key = hasher.finalize()
      if let earlier = seen[key]?.first(where: { Self.equal(self, element, self, $0) }) {
        repetitions.append((element, earlier))
        if repetitions.count >= limit { break }
      } else {
        seen[key, default: []].append(element)
      }
    }
    return repetitions
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
    let (left, right) = (document.nodes[left.index], document.nodes[right.index])
    guard left.length == right.length else { return false }
    for offset in 0..<Int(left.length)
    where document.source[Int(left.start) + offset] != document.source[Int(right.start) + offset] {
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
