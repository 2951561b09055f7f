package import SourceText

/// Makes changes of a tree in the JSON text that it was read from, touching nothing else.
///
/// What stays keeps its bytes: indentation, order, spelling of numbers, escapes, line ends. What
/// comes is laid out like its neighbours. The caller reads the edited text anew to be sure.
package struct JSONEditor {
  private let tree: ValueTree
  private let layout: TextLayout
  private var document: Document { tree.document }
  private var source: [UInt8] { tree.document.source }

  /// Looks at the layout of a document.
  package init(_ tree: ValueTree) {
    self.tree = tree
    layout = TextLayout(of: tree.document)
  }

  /// The edits that make the changes, or nil where one of them cannot be made safely.
  package func textEdits(for edits: [TreeEdit]) -> [TextEdit]? {
    var result: [TextEdit] = []
    for edit in edits {
      switch edit {
      case .replace(let node, let value):
        result.append(TextEdit(document.range(of: node), replacement(of: node, by: value)))
      case .rename(let name, let text):
        result.append(TextEdit(document.range(of: name), Self.quoted(tree.spelled(text))))
      case .cut(let range): result.append(TextEdit(range, []))
      case .items(let container, let steps):
        guard
          let edits = BracketedItems(container, steps, in: document)?.edits(
            layout: layout, interior: { interior($0, of: container) }, text: { item($0, $1) })
        else { return nil }
        result += edits
      }
    }
    return result
  }

  // MARK: - Where values stand

  private func replacement(of node: NodeID, by value: JSONValue) -> [UInt8] {
    text(of: value, lineIndentation(of: node))
  }

  /// The indentation of the line that a value is on; nil where it shares the line with others.
  private func lineIndentation(of node: NodeID) -> [UInt8]? {
    let start = document.range(of: node).lowerBound
    let isMember = node.index > 0 && document.kind(of: NodeID(node.index - 1)) == .name
    let itemStart =
      isMember ? document.range(of: NodeID(node.index - 1)).lowerBound : start
    let indentation = TextLayout.indentation(of: itemStart, in: source)
    let lineStart = TextLayout.lineStart(of: itemStart, in: source)
    guard layout.hasLines, lineStart + indentation.count == itemStart else { return nil }
    return indentation
  }

  /// What is between the brackets of a container that was empty.
  private func interior(_ items: [BracketedItems.NewItem], of container: NodeID) -> [UInt8] {
    let isObject = document.kind(of: container) == .object
    let isExpanded = isObject ? layout.expandsObjects : layout.expandsArrays
    return interior(
      items, isObject: isObject, isExpanded ? lineIndentation(of: container) : nil)
  }

  // MARK: - Writing

  private func interior(
    _ items: [BracketedItems.NewItem], isObject: Bool, _ indentation: [UInt8]?
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    guard let indentation else {
      let pad: [UInt8] = (isObject ? layout.padsObjects : layout.padsArrays) ? [0x20] : []
      for (index, entry) in items.enumerated() {
        bytes += index == 0 ? pad : layout.comma
        bytes += item(entry, nil)
      }
      return bytes + pad
    }
    let inner = indentation + layout.unit
    for (index, entry) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += layout.lineBreak + inner + item(entry, inner)
    }
    return bytes + layout.lineBreak + indentation
  }

  private func item(_ item: BracketedItems.NewItem, _ indentation: [UInt8]?) -> [UInt8] {
    (item.name.map { Self.quoted(tree.spelled($0)) + layout.colon } ?? [])
      + text(of: item.value, indentation)
  }

  /// The text of a value on a line that is indented so, or on a line with others.
  ///
  /// Recursion is as deep as the value nests, which patches limit.
  private func text(of value: JSONValue, _ indentation: [UInt8]?) -> [UInt8] {
    if case .node(let node) = value {
      let range = document.range(of: node)
      let text = source[range.lowerBound..<range.upperBound]
      // On more than one line, it is laid out anew for its new place.
      if document.kind(of: node) != .absent, !text.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
        return Array(text)
      }
    }
    switch tree.expanded(value) {
    case .null, .node: return Array("null".utf8)
    case .boolean(let isTrue): return Array((isTrue ? "true" : "false").utf8)
    case .number(let text): return text
    case .string(let text): return Self.quoted(text)
    case .array(let elements):
      guard !elements.isEmpty else { return Array("[]".utf8) }
      let items = elements.map { BracketedItems.NewItem(nil, $0) }
      return [UInt8(ascii: "[")]
        + interior(items, isObject: false, layout.expandsArrays ? indentation : nil)
        + [UInt8(ascii: "]")]
    case .object(let members, _):
      guard !members.isEmpty else { return Array("{}".utf8) }
      let items = members.map { member in
        BracketedItems.NewItem(
          member.origin.map { Array(document.utf8(of: $0)) } ?? member.name, member.value)
      }
      return [UInt8(ascii: "{")]
        + interior(items, isObject: true, layout.expandsObjects ? indentation : nil)
        + [UInt8(ascii: "}")]
    }
  }

  private static func quoted(_ text: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    JSONWriter.append(quoted: String(decoding: text, as: UTF8.self), to: &bytes)
    return bytes
  }
}

extension ValueTree {
  /// A value as compact JSON text, with another value in the place of one node.
  ///
  /// Recursion is as deep as the value nests, which readers and patches limit.
  package func compactText(
    of value: JSONValue, replacing node: NodeID? = nil, by replacement: JSONValue = .null
  ) -> [UInt8] {
    if let node, case .node(node) = value { return compactText(of: replacement) }
    func text(_ value: JSONValue) -> [UInt8] {
      compactText(of: value, replacing: node, by: replacement)
    }
    switch expanded(value) {
    case .null, .node: return Array("null".utf8)
    case .boolean(let isTrue): return Array((isTrue ? "true" : "false").utf8)
    case .number(let text): return text
    case .string(let text):
      var bytes: [UInt8] = []
      JSONWriter.append(quoted: String(decoding: text, as: UTF8.self), to: &bytes)
      return bytes
    case .array(let elements):
      var bytes = [UInt8(ascii: "[")]
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += text(element)
      }
      return bytes + [UInt8(ascii: "]")]
    case .object(let members, _):
      var bytes = [UInt8(ascii: "{")]
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += text(.string(member.name))
        bytes.append(UInt8(ascii: ":"))
        bytes += text(member.value)
      }
      return bytes + [UInt8(ascii: "}")]
    }
  }
}
