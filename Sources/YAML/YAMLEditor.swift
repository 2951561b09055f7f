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
  /// What comments begin with that are about the line below them; empty where there are none.
  private let attachedComments: [UInt8]

  /// Looks at the layout of a document.
  ///
  /// Comments that begin with `attachedComments` are about the line below them: they go where an item goes,
  /// and are not left to be about another one.
  package init(_ tree: ValueTree, attachedComments: [UInt8] = []) {
    self.tree = tree
    self.attachedComments = attachedComments
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
      : BlockItems(container, steps, in: document, attachedComments)?
        .edits { entry($0, in: container, $1) }
  }

  private func flowEdits(_ container: NodeID, _ steps: [ItemStep]) -> [TextEdit]? {
    guard !AttachedComments(attachedComments, in: source).areAny(in: document.range(of: container))
    else { return nil }
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
  private let comments: AttachedComments

  init?(
    _ container: NodeID, _ steps: [ItemStep], in document: Document, _ attachedComments: [UInt8]
  ) {
    source = document.source
    comments = AttachedComments(attachedComments, in: source)
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
        // The comments above the first item would be about the new one.
        guard let start = ownLineStart(of: old[0].range.lowerBound), comments(above: 0).isEmpty
        else { return nil }
        for item in items { text += indentation + entry(item, indentation) + lineBreak }
        edits.append(TextEdit(TextRange(at: start), text))
      }
    }
    return edits
  }

  /// The whole lines of the comments about an item that are above it.
  private func comments(above item: Int) -> [TextRange] {
    comments.lines(
      above: old[item].range.lowerBound, notBefore: item > 0 ? old[item - 1].range.upperBound : 0)
  }

  private func removal(from first: Int, to last: Int) -> [TextEdit]? {
    if let start = ownLineStart(of: old[first].range.lowerBound) {
      var end = lineEnd(of: old[last].range.upperBound)
      if end < source.count {
        let isPair = source[end] == 0x0D && source.byte(at: end + 1) == 0x0A
        end += isPair ? 2 : 1
      }
      return comments(above: first).map { TextEdit($0, []) } + [TextEdit(TextRange(start, end), [])]
    }
    // The first member behind a dash leaves its place to the next one.
    guard !isSequence, last + 1 < old.count, comments(above: first).isEmpty else { return nil }
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
}

/// The comments that are about the line below them.
private struct AttachedComments {
  private let beginning: [UInt8]
  private let source: [UInt8]

  init(_ beginning: [UInt8], in source: [UInt8]) {
    self.beginning = beginning
    self.source = source
  }

  /// Whether there is what looks like such a comment.
  func areAny(in range: TextRange) -> Bool {
    guard !beginning.isEmpty else { return false }
    var index = range.lowerBound
    while let mark = source.firstOffset(of: UInt8(ascii: "#"), from: index, to: range.upperBound) {
      if isAttached(at: mark) { return true }
      index = mark + 1
    }
    return false
  }

  private func isAttached(at mark: Int) -> Bool {
    source[(mark + 1)...].drop(while: \.isBlank).starts(with: beginning)
  }

  /// The whole lines of such comments above a line, in order, as far as comments and blank lines go.
  func lines(above offset: Int, notBefore floor: Int) -> [TextRange] {
    guard !beginning.isEmpty else { return [] }
    var lines: [TextRange] = []
    var next = TextLayout.lineStart(of: offset, in: source)
    while next > floor {
      let isPair = next > 1 && source[next - 1] == 0x0A && source[next - 2] == 0x0D
      let start = TextLayout.lineStart(of: next - (isPair ? 2 : 1), in: source)
      guard start >= floor else { break }
      var first = start
      while first < next, source[first].isBlankOrBreak { first += 1 }
      if first < next {
        guard source[first] == UInt8(ascii: "#") else { break }
        if isAttached(at: first) { lines.append(TextRange(start, next)) }
      }
      next = start
    }
    return lines.reversed()
  }
}
