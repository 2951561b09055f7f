package import SourceText

/// One change of a document's tree, to be made in its text.
package enum TreeEdit: Sendable {
  /// Another value in the place of a node.
  case replace(NodeID, JSONValue)
  /// Another name for a member.
  case rename(name: NodeID, [UInt8])
  /// Members or elements taken out of a container or put into it, those that stay in between.
  case items(of: NodeID, [ItemStep])
  /// Bytes that belong to no value.
  case cut(TextRange)
}

/// What becomes of the items of a container, from its beginning to its end.
package enum ItemStep: Sendable {
  /// The element, or the member of this name, stays.
  case keep(NodeID)
  /// The element, or the member of this name, goes.
  case remove(NodeID)
  /// A new element, or a new member where there is a name.
  case insert(name: [UInt8]?, JSONValue)
}

/// Finds the least changes that make one value of another.
///
/// What the new value takes from the document as it is costs nothing. Where one array was made of
/// another, the elements are aligned by a longest common subsequence, up to `alignmentLimit`.
package struct TreeDifference {
  private let tree: ValueTree
  private var edits: [TreeEdit] = []

  /// The most pairs of elements that are compared to align two arrays.
  private static let alignmentLimit = 1_000_000
  /// The most pairs of members that are compared to find one that got another name.
  private static let renameLimit = 256

  private init(_ tree: ValueTree) { self.tree = tree }

  /// The changes that make `value` of a node; none where they are equal.
  package static func edits(
    from node: NodeID, to value: JSONValue, in tree: ValueTree
  ) -> [TreeEdit] {
    var difference = TreeDifference(tree)
    difference.compare(node, value)
    return difference.edits
  }

  /// Compares; recursion is as deep as both values nest, which patches and readers limit.
  private mutating func compare(_ node: NodeID, _ value: JSONValue) {
    if case .node(node) = value { return }
    switch (tree.document.kind(of: node), tree.expanded(value)) {
    case (.object, .object(let members, _)): compareMembers(of: node, members)
    case (.array, .array(let elements)): compareElements(of: node, elements)
    default:
      if !tree.equal(.node(node), value) { edits.append(.replace(node, value)) }
    }
  }

  // MARK: - Objects

  private mutating func compareMembers(of object: NodeID, _ members: [JSONValue.Member]) {
    let request = tree.request
    let names = request.allNames(of: object)
    var known: [[UInt8]: NodeID] = [:]
    for name in names where !request.isHidden(name) { known[tree.name(of: name)] = name }
    var kept: Set<NodeID> = []
    var added: [JSONValue.Member] = []
    for member in members {
      if let name = known[member.name], kept.insert(name).inserted {
        compare(NodeID(name.index + 1), member.value)
      } else {
        added.append(member)
      }
    }
    let hidden = names.filter { request.isHidden($0) }
    fillNulls(hidden, &added)
    var gone = names.filter { !request.isHidden($0) && !kept.contains($0) }
    findRenamed(&gone, &added, &kept)
    guard !gone.isEmpty || !added.isEmpty else { return }
    // What goes from the very end is written over, so that the text there has one change only.
    var last = names
    var overwritten: [(NodeID, JSONValue.Member)] = []
    while let name = last.last, gone.last == name, !added.isEmpty {
      last.removeLast()
      gone.removeLast()
      overwritten.append((name, added.removeLast()))
    }
    for (name, member) in overwritten {
      edits.append(.rename(name: name, member.name))
      edits.append(.replace(NodeID(name.index + 1), member.value))
    }
    guard !gone.isEmpty || !added.isEmpty else { return }
    let removed = Set(gone)
    var steps: [ItemStep] = names.map { removed.contains($0) ? .remove($0) : .keep($0) }
    steps += added.map { .insert(name: $0.name, $0.value) }
    edits.append(.items(of: object, steps))
  }

  /// Puts new values in the places of explicit nulls, which rules do not see.
  private mutating func fillNulls(_ hidden: [NodeID], _ added: inout [JSONValue.Member]) {
    for name in hidden where tree.document.kind(of: NodeID(name.index + 1)) == .null {
      let text = tree.name(of: name)
      guard let place = added.firstIndex(where: { $0.name == text }) else { continue }
      edits.append(.replace(NodeID(name.index + 1), added.remove(at: place).value))
    }
  }

  /// Finds members that only got another name.
  private mutating func findRenamed(
    _ gone: inout [NodeID], _ added: inout [JSONValue.Member], _ kept: inout Set<NodeID>
  ) {
    guard !gone.isEmpty, gone.count * added.count <= Self.renameLimit else { return }
    for member in added {
      guard
        let place = gone.firstIndex(where: {
          tree.equal(.node(NodeID($0.index + 1)), member.value)
        })
      else { continue }
      let name = gone.remove(at: place)
      kept.insert(name)
      added.removeAll { $0.name == member.name }
      edits.append(.rename(name: name, member.name))
    }
  }

  // MARK: - Arrays

  private mutating func compareElements(of array: NodeID, _ new: [JSONValue]) {
    let old = Array(tree.document.elements(of: array))
    let pairs = alignment(old, new)
    var steps: [ItemStep] = []
    var changesItems = false
    var (oldIndex, newIndex) = (0, 0)
    for (oldEnd, newEnd) in pairs + [(old.count, new.count)] {
      // Between two that stay, what goes and what comes are taken for one another in their order.
      while oldIndex < oldEnd, newIndex < newEnd {
        compare(old[oldIndex], new[newIndex])
        steps.append(.keep(old[oldIndex]))
        oldIndex += 1
        newIndex += 1
      }
      while oldIndex < oldEnd {
        steps.append(.remove(old[oldIndex]))
        changesItems = true
        oldIndex += 1
      }
      while newIndex < newEnd {
        steps.append(.insert(name: nil, new[newIndex]))
        changesItems = true
        newIndex += 1
      }
      if oldEnd < old.count {
        steps.append(.keep(old[oldEnd]))
        (oldIndex, newIndex) = (oldEnd + 1, newEnd + 1)
      }
    }
    if changesItems { edits.append(.items(of: array, steps)) }
  }

  /// The pairs of equal elements that stay in their order.
  private func alignment(_ old: [NodeID], _ new: [JSONValue]) -> [(Int, Int)] {
    func same(_ left: Int, _ right: Int) -> Bool { tree.equal(.node(old[left]), new[right]) }
    var pairs: [(Int, Int)] = []
    var start = 0
    while start < min(old.count, new.count), same(start, start) {
      pairs.append((start, start))
      start += 1
    }
    var tail: [(Int, Int)] = []
    var (oldEnd, newEnd) = (old.count, new.count)
    while oldEnd > start, newEnd > start, same(oldEnd - 1, newEnd - 1) {
      oldEnd -= 1
      newEnd -= 1
      tail.append((oldEnd, newEnd))
    }
    let (rows, columns) = (oldEnd - start, newEnd - start)
    if rows > 0, columns > 0, rows * columns <= Self.alignmentLimit {
      // lengths[r][c]: how many pairs the rest from row r and column c on has.
      let width = columns + 1
      var lengths = [Int32](repeating: 0, count: (rows + 1) * width)
      var equals = [Bool](repeating: false, count: rows * columns)
      for row in (0..<rows).reversed() {
        for column in (0..<columns).reversed() {
          let isSame = same(start + row, start + column)
          equals[row * columns + column] = isSame
          lengths[row * width + column] =
            isSame
            ? lengths[(row + 1) * width + column + 1] + 1
            : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
        }
      }
      var (row, column) = (0, 0)
      while row < rows, column < columns {
        if equals[row * columns + column] {
          pairs.append((start + row, start + column))
          row += 1
          column += 1
        } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
          row += 1
        } else {
          column += 1
        }
      }
    }
    return pairs + tail.reversed()
  }
}
