import Documents
import Findings
import Reporting
import SourceText

/// Writes the nodes of a document with their places.
struct TreeText {
  let document: Document
  let bytes: [UInt8]
  let lines: LineIndex
  /// The nodes that are not shown, and that stand for all that they hold.
  private let hidden: Set<NodeID>
  /// What of the decoded text of strings is not shown, such as a member of embedded JSON.
  private let marks: [NodeID: [TextRange]]
  private let disclosure: Disclosure

  init(
    document: Document, bytes: [UInt8], lines: LineIndex, hidden: [NodeID] = [],
    marks: [NodeID: [TextRange]] = [:], disclosure: Disclosure = .full
  ) {
    self.document = document
    self.bytes = bytes
    self.lines = lines
    self.hidden = Set(hidden)
    self.marks = marks
    self.disclosure = disclosure
  }

  /// All values, in the order of the document.
  var values: [NodeID] {
    var values: [NodeID] = []
    var index = 0
    while index < document.nodeCount {
      let node = NodeID(index)
      if document.kind(of: node) == .name {
        // A name is hidden where a malformed text may have made it of a value.
        index = isHidden(node) ? max(index + 2, document.end(of: NodeID(index + 1))) : index + 1
        continue
      }
      values.append(node)
      // The names within what is hidden are as telling as its values.
      index = isHidden(node) ? max(index + 1, document.end(of: node)) : index + 1
    }
    return values
  }

  /// The node, or the one around it that hides it.
  func shown(_ node: NodeID) -> NodeID {
    let path = document.path(to: node)
    guard let hidden = path.firstIndex(where: { isHidden($0) || isHiddenMember($0) }) else {
      return node
    }
    return hidden > 0 && isHiddenMember(path[hidden]) ? path[hidden - 1] : path[hidden]
  }

  /// Whether a value's name is hidden.
  private func isHiddenMember(_ value: NodeID) -> Bool {
    name(of: value).map { isHidden($0) } ?? false
  }

  private func isHidden(_ node: NodeID) -> Bool { hidden.contains(node) }

  /// The innermost value whose text, or whose name's text, contains a place.
  func node(line: Int, column: Int) -> NodeID? {
    guard let offset = lines.offset(line: line, column: column, in: bytes) else { return nil }
    if let node = document.node(ofAliasAt: offset) { return shown(node) }
    var found: NodeID?
    for value in values {
      let range = document.range(of: value)
      let name = name(of: value).map { document.range(of: $0) }
      if range.lowerBound <= offset && offset < range.upperBound
        || name.map({ $0.lowerBound <= offset && offset < $0.upperBound }) ?? false
      {
        found = value
      }
    }
    return found
  }

  /// The name of a member's value.
  private func name(of value: NodeID) -> NodeID? {
    guard value.index > 0, document.kind(of: NodeID(value.index - 1)) == .name else { return nil }
    return NodeID(value.index - 1)
  }

  private func kind(of value: NodeID) -> String {
    switch document.kind(of: value) {
    case .null: "null"
    case .boolean: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    case .name: "name"
    case .absent: "absent"
    }
  }

  // MARK: - Text

  /// One line for each value: where it is, its pointer, what it is.
  func text(_ nodes: [NodeID]) -> String {
    var text = ""
    for (node, pointer) in withPointers(nodes) {
      let region = lines.region(of: document.range(of: node), in: bytes)
      text += "\(region.start.line):\(region.start.column)-\(region.end.line):\(region.end.column)"
      text += "  \(TerminalText.visible(pointer.isEmpty ? "\"\"" : pointer))  "
      if isHidden(node) {
        text += "\(kind(of: node)) \(Redaction.mark)\n"
        continue
      }
      switch document.kind(of: node) {
      case .string where disclosure == .kindsOnly:
        text += "string (\(document.scalarCount(of: node)))"
      case .number where disclosure == .kindsOnly, .boolean where disclosure == .kindsOnly:
        text += kind(of: node)
      case .object: text += "object (\(document.childCount(of: node)))"
      case .array: text += "array (\(document.childCount(of: node)))"
      case .string:
        let shown = Redaction.marked(document.utf8(of: node), hiding: marks[node] ?? [])
        text += "string \"\(TerminalText.visible(String(decoding: shown, as: UTF8.self)))\""
      case .number, .boolean, .null:
        text += "\(kind(of: node)) \(TerminalText.visible(document.text(of: node)))"
      case .name, .absent: text += kind(of: node)
      }
      text += "\n"
    }
    return text
  }

  // MARK: - JSON

  /// The nodes as JSON, version 1.
  func json(_ nodes: [NodeID]) -> [UInt8] { Self.json([(self, nodes)]) }

  /// Nodes of several trees as JSON, version 1.
  static func json(_ parts: [(tree: TreeText, nodes: [NodeID])]) -> [UInt8] {
    var output: [UInt8] = []
    var writer = JSONWriter(.indented)
    writer.beginObject(into: &output)
    writer.member("version", 1, into: &output)
    writer.name("nodes", into: &output)
    writer.beginArray(into: &output)
    for (tree, nodes) in parts {
      for (node, pointer) in tree.withPointers(nodes) {
        writer.beginObject(into: &output)
        writer.member("pointer", pointer, into: &output)
        writer.member("kind", tree.kind(of: node), into: &output)
        if let name = tree.name(of: node) { tree.write("name", name, &writer, &output) }
        tree.write("value", node, &writer, &output)
        writer.endObject(into: &output)
      }
    }
    writer.endArray(into: &output)
    writer.endObject(into: &output)
    output.append(UInt8(ascii: "\n"))
    return output
  }

  private func write(
    _ member: String, _ node: NodeID, _ writer: inout JSONWriter, _ output: inout [UInt8]
  ) {
    let region = lines.region(of: document.range(of: node), in: bytes)
    writer.name(member, into: &output)
    writer.beginObject(into: &output)
    for (unit, start, end) in [
      ("byte", region.start.offset, region.end.offset),
      ("utf16", region.start.utf16Offset, region.end.utf16Offset),
      ("scalar", region.start.scalarOffset, region.end.scalarOffset),
    ] {
      writer.name(unit, into: &output)
      writer.beginArray(into: &output)
      writer.value(start, into: &output)
      writer.value(end, into: &output)
      writer.endArray(into: &output)
    }
    for (end, position) in [("start", region.start), ("end", region.end)] {
      writer.name(end, into: &output)
      writer.beginObject(into: &output)
      writer.member("line", position.line, into: &output)
      writer.member("colUtf16", position.utf16Column, into: &output)
      writer.member("colScalar", position.column, into: &output)
      writer.member("colByte", position.byteColumn, into: &output)
      writer.endObject(into: &output)
    }
    writer.endObject(into: &output)
  }

  /// The nodes with their pointers; those of a whole tree are made in one walk.
  private func withPointers(_ nodes: [NodeID]) -> [(NodeID, String)] {
    guard nodes.count > 1 else {
      return nodes.map { ($0, document.pointer(to: $0).description) }
    }
    struct Frame {
      var end: Int
      var prefix: String
      var position: Int?
    }
    var frames: [Frame] = []
    var pointers: [(NodeID, String)] = []
    for node in nodes {
      while let last = frames.last, node.index >= last.end { frames.removeLast() }
      var pointer = ""
      if let last = frames.last {
        if let position = last.position {
          pointer = "\(last.prefix)/\(position)"
          frames[frames.count - 1].position = position + 1
        } else if let name = name(of: node) {
          pointer =
            last.prefix + JSONPointer(tokens: [Array(document.utf8(of: name))]).description
        }
      }
      pointers.append((node, pointer))
      switch document.kind(of: node) {
      case .array: frames.append(Frame(end: document.end(of: node), prefix: pointer, position: 0))
      case .object: frames.append(Frame(end: document.end(of: node), prefix: pointer))
      case .null, .boolean, .number, .string, .name, .absent: break
      }
    }
    return pointers
  }
}
