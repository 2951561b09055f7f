package import Documents
package import SourceText

/// Makes changes of a tree in the YAML text that it was read from, where that is surely right.
///
/// Scalars are written over, keys renamed, items put into flow and block collections and taken out
/// of them; for anything else there is no edit. The caller reads the edited text anew to be sure.
package struct YAMLEditor {
  private let tree: ValueTree
  private let layout: TextLayout
  private var document: Document { tree.document }
  private var source: [UInt8] { tree.document.source }
  /// How much deeper than its key a block sequence stands; nil where sequences have brackets.
  private let sequenceIndent: Int?
  /// The comments that go with the lines that they are about.
  private let comments: [YAMLComment]

  /// Looks at the layout of a document.
  ///
  /// `comments` are those that go with the lines that they are about. `CommentSubjects` tells whether the
  /// others are still about the same values.
  package init(_ tree: ValueTree, comments: [YAMLComment]) {
    self.tree = tree
    self.comments = comments
    layout = TextLayout(of: tree.document)
    sequenceIndent = Self.sequenceIndent(of: tree.document)
  }

  /// The edits that make the changes, or nil where one of them cannot be made safely.
  package func textEdits(for edits: [TreeEdit]) -> [TextEdit]? {
    var result: [TextEdit] = []
    for edit in edits {
      switch edit {
      case .replace(let node, let value):
        var text = YAMLText.value(value, like: style(of: node), in: tree)
        let range = document.range(of: node)
        // A key without a value ends in its colon.
        if range.isEmpty, !isBlank(before: range.lowerBound) { text.insert(0x20, at: 0) }
        result.append(TextEdit(range, text))
      case .rename(let name, let text):
        result.append(
          TextEdit(
            document.range(of: name),
            YAMLText.string(tree.spelled(text), like: style(of: name))))
      case .cut: return nil
      case .items(let container, let steps):
        guard let edits = itemEdits(container, steps) else { return nil }
        result += edits
      }
    }
    return result
  }

  private func isBlank(before offset: Int) -> Bool {
    offset == 0 || TextLayout.isBlank(source[offset - 1])
  }

  private func style(of node: NodeID) -> YAMLText.Style {
    YAMLText.Style(firstByte: source.byte(at: document.range(of: node).lowerBound))
  }

  /// The style of the first string among items, or of their names.
  private func style(in container: NodeID, ofNames: Bool) -> YAMLText.Style {
    let nodes =
      document.kind(of: container) == .object
      ? document.allNames(of: container).map { ofNames ? $0 : NodeID($0.index + 1) }
      : Array(document.elements(of: container))
    let first = nodes.first { document.kind(of: $0) == .string || document.kind(of: $0) == .name }
    return first.map { style(of: $0) } ?? .plain
  }

  // MARK: - Items

  private func itemEdits(_ container: NodeID, _ steps: [ItemStep]) -> [TextEdit]? {
    let range = document.range(of: container)
    let isObject = document.kind(of: container) == .object
    guard let first = source.byte(at: range.lowerBound), range.count > 0 else { return nil }
    let last = source[range.upperBound - 1]
    let isFlow =
      isObject
      ? first == UInt8(ascii: "{") && last == UInt8(ascii: "}")
      : first == UInt8(ascii: "[") && last == UInt8(ascii: "]")
    return isFlow
      ? flowEdits(container, steps)
      : BlockItems(container, steps, in: document, comments)?
        .edits { entry($0, in: container, $1) }
  }

  private func flowEdits(_ container: NodeID, _ steps: [ItemStep]) -> [TextEdit]? {
    let names = style(in: container, ofNames: true)
    let values = style(in: container, ofNames: false)
    func text(_ item: BracketedItems.NewItem) -> [UInt8] {
      (item.name.map { YAMLText.string(tree.spelled($0), like: names) + Array(": ".utf8) } ?? [])
        + YAMLText.value(item.value, like: values, in: tree)
    }
    return BracketedItems(container, steps, in: document)?.edits(
      layout: layout,
      interior: { Array($0.map(text).joined(separator: Array(", ".utf8))) },
      text: { item, _ in text(item) })
  }

  /// A new item of a block collection without its indentation; `indentation` is that of its line.
  private func entry(
    _ item: BracketedItems.NewItem, in container: NodeID, _ indentation: [UInt8]
  ) -> [UInt8] {
    let values = style(in: container, ofNames: false)
    guard let name = item.name else {
      return Array("- ".utf8) + YAMLText.value(item.value, like: values, in: tree)
    }
    let key = YAMLText.string(tree.spelled(name), like: style(in: container, ofNames: true))
    if let sequenceIndent, case .array(let elements) = tree.expanded(item.value), !elements.isEmpty
    {
      let lead = layout.lineBreak + indentation + Array(repeating: 0x20, count: sequenceIndent)
      return elements.reduce(key + [UInt8(ascii: ":")]) { text, element in
        text + lead + Array("- ".utf8) + YAMLText.value(element, like: .plain, in: tree)
      }
    }
    return key + Array(": ".utf8) + YAMLText.value(item.value, like: values, in: tree)
  }

  /// How the first sequence of a document stands to its key; by two spaces where there is none.
  private static func sequenceIndent(of document: Document) -> Int? {
    for index in 1..<max(1, min(document.nodeCount, 1_000)) {
      let node = NodeID(index)
      guard document.kind(of: node) == .array, document.kind(of: NodeID(index - 1)) == .name,
        document.childCount(of: node) > 0
      else { continue }
      let start = document.range(of: node).lowerBound
      guard document.source.byte(at: start) == UInt8(ascii: "-") else { return nil }
      let key = document.range(of: NodeID(index - 1)).lowerBound
      let column = start - TextLayout.lineStart(of: start, in: document.source)
      let keyColumn = key - TextLayout.lineStart(of: key, in: document.source)
      return max(0, min(column - keyColumn, 8))
    }
    return 2
  }
}

/// Takes items out of block collections and puts others in, whole lines at a time.
private struct BlockItems {
  private let source: [UInt8]
  private let isSequence: Bool
  private let lineBreak: [UInt8]
  private var old: [(range: TextRange, goes: Bool)] = []
  private var new: [Int: [BracketedItems.NewItem]] = [:]
  private let comments: [YAMLComment]

  init?(
    _ container: NodeID, _ steps: [ItemStep], in document: Document, _ comments: [YAMLComment]
  ) {
    source = document.source
    self.comments = comments
    isSequence = document.kind(of: container) == .array
    lineBreak = TextLayout(of: document).lineBreak
    for step in steps {
      switch step {
      case .keep(let node):
        old.append((BracketedItems.range(ofItem: node, in: document), false))
      case .remove(let node):
        old.append((BracketedItems.range(ofItem: node, in: document), true))
      case .insert(let name, let value): new[old.count, default: []].append((name, value))
      }
    }
    guard !old.isEmpty, !old.allSatisfy(\.goes) else { return nil }
    var end = 0
    for (range, _) in old {
      guard range.lowerBound >= end else { return nil }
      end = range.upperBound
    }
  }

  func edits(
    _ entry: (BracketedItems.NewItem, _ indentation: [UInt8]) -> [UInt8]
  ) -> [TextEdit]? {
    var edits: [TextEdit] = []
    var first = 0
    while first < old.count {
      guard old[first].goes else {
        first += 1
        continue
      }
      var last = first
      while last + 1 < old.count, old[last + 1].goes { last += 1 }
      guard let removal = removal(from: first, to: last) else { return nil }
      edits += removal
      first = last + 1
    }
    for (place, items) in new.sorted(by: { $0.key < $1.key }) {
      guard let indentation = indentation() else { return nil }
      var text: [UInt8] = []
      if place > 0 {
        for item in items { text += lineBreak + indentation + entry(item, indentation) }
        edits.append(TextEdit(TextRange(at: lineEnd(of: old[place - 1].range.upperBound)), text))
      } else {
        guard let start = ownLineStart(of: old[0].range.lowerBound) else { return nil }
        for item in items { text += indentation + entry(item, indentation) + lineBreak }
        edits.append(TextEdit(TextRange(at: start), text))
      }
    }
    return edits
  }

  /// Takes out the comments above lines that are about one of these.
  private func commentRemovals(above lines: TextRange) -> [TextEdit] {
    var (low, high) = (0, comments.count)
    while low < high {
      let middle = low + (high - low) / 2
      if comments[middle].range.lowerBound < lines.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let above = comments[..<low].reversed().prefix { comment in
      comment.subject.map {
        lines.lowerBound <= $0.lowerBound && $0.lowerBound < lines.upperBound
      } ?? false
    }
    return above.reversed().map { TextEdit(line(of: $0), []) }
  }

  /// The bytes of a comment and the blanks before it, with its line if that holds nothing else.
  private func line(of comment: YAMLComment) -> TextRange {
    let lineStart = TextLayout.lineStart(of: comment.range.lowerBound, in: source)
    var start = comment.range.lowerBound
    while start > lineStart, source[start - 1].isBlank { start -= 1 }
    let end = lineEnd(of: comment.range.upperBound)
    return TextRange(start, start == lineStart ? nextLine(from: end) : end)
  }

  private func removal(from first: Int, to last: Int) -> [TextEdit]? {
    if let start = ownLineStart(of: old[first].range.lowerBound) {
      let lines = TextRange(start, nextLine(from: lineEnd(of: old[last].range.upperBound)))
      return commentRemovals(above: lines) + [TextEdit(lines, [])]
    }
    // The first member behind a dash leaves its place to the next one.
    guard !isSequence, last + 1 < old.count else { return nil }
    let start = old[first].range.lowerBound
    let next = old[last + 1].range.lowerBound
    guard !source[start..<next].contains(UInt8(ascii: "#")) else { return nil }
    return [TextEdit(TextRange(start, next), [])]
  }

  /// Where the line of an item begins, if the line holds nothing before it but its dash.
  private func ownLineStart(of offset: Int) -> Int? {
    let start = TextLayout.lineStart(of: offset, in: source)
    let lead = source[start..<offset].drop { $0 == 0x20 }
    guard isSequence else { return lead.isEmpty ? start : nil }
    return lead.first == UInt8(ascii: "-") && lead.dropFirst().allSatisfy { $0 == 0x20 }
      && lead.count > 1
      ? start : nil
  }

  /// The blanks before the items' dashes or names.
  private func indentation() -> [UInt8]? {
    for (range, _) in old {
      guard let start = ownLineStart(of: range.lowerBound) else { continue }
      return Array(source[start..<range.lowerBound].prefix { $0 == 0x20 })
    }
    guard !isSequence else { return nil }
    let offset = old[0].range.lowerBound
    let start = TextLayout.lineStart(of: offset, in: source)
    let lead = source[start..<offset]
    guard lead.allSatisfy({ $0 == 0x20 || $0 == UInt8(ascii: "-") }) else { return nil }
    return [UInt8](repeating: 0x20, count: lead.count)
  }

  private func lineEnd(of offset: Int) -> Int {
    var end = offset
    while end < source.count, source[end] != 0x0A, source[end] != 0x0D { end += 1 }
    return end
  }
  /// Where the line behind the end of a line begins.
  private func nextLine(from end: Int) -> Int {
    guard end < source.count else { return end }
    return end + (source[end] == 0x0D && source.byte(at: end + 1) == 0x0A ? 2 : 1)
  }
}
