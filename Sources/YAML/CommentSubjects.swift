package import Documents
package import SourceText

/// The comments of a YAML document, and the values on the lines that each is about.
///
/// Edits may take a comment away with what it is about; they must not make it about other values.
package struct CommentSubjects: Sendable {
  /// The comments, in order.
  package let comments: [YAMLComment]
  private let document: Document
  private let beginning: [UInt8]
  /// The lines that comments are about, in order and apart.
  private var lines: [TextRange] = []
  /// For each comment, its place in `lines`.
  private var places: [Int?] = []

  /// Finds the comments of a document that begin with a text, blanks behind the `#` aside.
  package init(of document: Document, beginningWith beginning: [UInt8]) {
    self.document = document
    self.beginning = beginning
    comments = YAMLReader.comments(in: document.source, beginningWith: beginning)
    for comment in comments {
      if let subject = comment.subject, lines.last != subject { lines.append(subject) }
      places.append(comment.subject == nil ? nil : lines.count - 1)
    }
  }

  /// What becomes of the lines that comments are about.
  private struct Fate {
    /// Whether a comment about them stays.
    var hasStayed = false
    /// Whether a comment about them goes.
    var hasGone = false
    /// The lines that those are about that stay.
    var line: Int?
  }

  /// Whether every comment that stays is about the same values as before, as far as these stay, and no
  /// comment goes whose values stay.
  ///
  /// `edits` are the edits of the text that make `changes`, and `edited` is the edited text as it reads.
  package func areKept(
    by changes: [TreeEdit], _ edits: [TextEdit], in edited: Document
  ) -> Bool {
    guard !comments.isEmpty else { return true }
    let after = CommentSubjects(of: edited, beginningWith: beginning)
    guard let fates = fates(edits, after),
      let origins = NodeOrigins(of: edited, from: document, changes)
    else { return false }
    for index in 0..<edited.nodeCount {
      let node = NodeID(index)
      var expected: Int?
      if let origin = origins[node], let line = line(of: origin) {
        let fate = fates[line]
        // A collection begins with its first item, which may go.
        let isCollection =
          document.kind(of: origin) == .object || document.kind(of: origin) == .array
        guard isCollection || !fate.hasGone, !fate.hasStayed || fate.line != nil else {
          return false
        }
        expected = fate.line
      }
      guard after.line(of: node) == expected else { return false }
    }
    return true
  }

  /// What becomes of each line; nil where comments change, or lines are put together or taken apart.
  private func fates(_ edits: [TextEdit], _ after: CommentSubjects) -> [Fate]? {
    var fates = [Fate](repeating: Fate(), count: lines.count)
    var owners: [Int: Int] = [:]
    var (stayed, next, shift) = (0, 0, 0)
    for (comment, place) in zip(comments, places) {
      while next < edits.count, edits[next].range.upperBound <= comment.range.lowerBound {
        shift += edits[next].text.count - edits[next].range.count
        next += 1
      }
      if next < edits.count, edits[next].range.lowerBound < comment.range.upperBound {
        if let place { fates[place].hasGone = true }
        continue
      }
      guard stayed < after.comments.count,
        after.comments[stayed].range == comment.range.shifted(by: shift)
      else { return nil }
      let line = after.places[stayed]
      stayed += 1
      guard let place else { continue }
      guard !fates[place].hasStayed || fates[place].line == line else { return nil }
      fates[place].hasStayed = true
      fates[place].line = line
      if let line, owners.updateValue(place, forKey: line) ?? place != place { return nil }
    }
    return stayed == after.comments.count ? fates : nil
  }

  /// The lines on which findings about a node are shown, where comments are about them.
  private func line(of node: NodeID) -> Int? {
    lines.index(holding: document.shownRange(of: node).lowerBound)
  }
}

/// For each node of an edited document, the node of the document before that it is.
private struct NodeOrigins {
  private let old: Document
  private var origins: [NodeID?]
  private var replaced: Set<NodeID> = []
  private var renamed: Set<NodeID> = []
  private var removed: Set<NodeID> = []
  /// For each container, how many items are put in behind so many old ones.
  private var inserted: [NodeID: [Int: Int]] = [:]

  subscript(node: NodeID) -> NodeID? { origins[node.index] }

  /// Goes through both documents; nil where they do not differ by the changes.
  init?(of edited: Document, from old: Document, _ changes: [TreeEdit]) {
    self.old = old
    origins = Array(repeating: nil, count: edited.nodeCount)
    for change in changes { note(change) }
    guard !old.isEmpty, !edited.isEmpty else { return nil }
    var open: [(before: NodeID, after: NodeID)] = [(.root, .root)]
    while let (before, after) = open.popLast() {
      origins[after.index] = before
      guard !replaced.contains(before) else { continue }
      guard old.kind(of: before) == edited.kind(of: after) else { return nil }
      let expected = items(of: before)
      let found = Self.items(of: after, in: edited)
      guard expected.count == found.count else { return nil }
      for case (let item?, let place) in zip(expected, found) {
        guard old.kind(of: item) == .name else {
          open.append((item, place))
          continue
        }
        let value = NodeID(item.index + 1)
        // With another name and another value, it is another member.
        guard !renamed.contains(item) || !replaced.contains(value) else { continue }
        origins[place.index] = item
        open.append((value, NodeID(place.index + 1)))
      }
    }
  }

  private mutating func note(_ change: TreeEdit) {
    switch change {
    case .replace(let node, _): replaced.insert(node)
    case .rename(let name, _): renamed.insert(name)
    case .cut: break
    case .items(let container, let steps):
      var place = 0
      for step in steps {
        switch step {
        case .keep: place += 1
        case .remove(let item):
          removed.insert(item)
          place += 1
        case .insert: inserted[container, default: [:]][place, default: 0] += 1
        }
      }
    }
  }

  /// The items of a container once the changes are made; nil for a new one.
  private func items(of container: NodeID) -> [NodeID?] {
    let items = Self.items(of: container, in: old)
    guard inserted[container] != nil || !removed.isEmpty else { return items }
    let new = inserted[container] ?? [:]
    var result = [NodeID?](repeating: nil, count: new[0] ?? 0)
    for (place, item) in items.enumerated() {
      if !removed.contains(item) { result.append(item) }
      result += [NodeID?](repeating: nil, count: new[place + 1] ?? 0)
    }
    return result
  }

  /// The elements of an array, or the names of an object.
  private static func items(of container: NodeID, in document: Document) -> [NodeID] {
    switch document.kind(of: container) {
    case .array: Array(document.elements(of: container))
    case .object: document.members(of: container).map(\.name)
    case .null, .boolean, .number, .string, .name, .absent: []
    }
  }
}
