import Documents
import SourceText

/// What every tree of a text has to fulfil.
enum TreeReference {
  /// Whether a node holds a value.
  static func matches(_ document: Document, _ node: NodeID, _ value: Value) -> Bool {
    switch (document.kind(of: node), value) {
    case (.null, .null): return true
    case (.boolean, .boolean(let value)): return document.isTrue(node) == value
    case (.number, .number(let text)): return document.utf8(of: node).elementsEqual(text.utf8)
    case (.string, .string(let text)):
      return document.utf8(of: node).elementsEqual(text)
        && document.utf8Count(of: node) == text.count
        && document.scalarCount(of: node) == text.count { $0 & 0xC0 != 0x80 }
        && document.text(of: node, equals: text)
    case (.array, .array(let elements)):
      let nodes = Array(document.elements(of: node))
      return nodes.count == elements.count && document.childCount(of: node) == elements.count
        && zip(nodes, elements).allSatisfy { matches(document, $0, $1) }
    case (.object, .object(let members)):
      let nodes = Array(document.members(of: node))
      return nodes.count == members.count && document.childCount(of: node) == members.count
        && zip(nodes, members).allSatisfy {
          document.utf8(of: $0.name).elementsEqual($1.name) && matches(document, $0.value, $1.value)
        }
    default: return false
    }
  }

  /// A document with each name bound to its symbol, whatever its spelling and its value.
  static func request(_ document: Document, to symbols: SymbolTable) -> Request {
    var binding = Binding()
    binding.reset(for: document)
    for index in 0..<document.nodeCount where document.kind(of: NodeID(index)) == .name {
      let name = NodeID(index)
      binding.bind(name, to: symbols.symbol(of: Array(document.utf8(of: name))))
    }
    return Request(document, binding: binding)
  }

  /// Throws unless two trees are the same, the second one's places moved by `shift`.
  static func requireSame(
    _ left: Document, _ right: Document, _ text: String, shift: Int = 0
  ) throws {
    try require(
      left.nodeCount == right.nodeCount, "\(left.nodeCount) and \(right.nodeCount) nodes: \(text)")
    for index in 0..<left.nodeCount {
      let node = NodeID(index)
      try require(
        left.kind(of: node) == right.kind(of: node)
          && left.range(of: node).shifted(by: shift) == right.range(of: node)
          && left.end(of: node) == right.end(of: node)
          && left.isTrue(node) == right.isTrue(node)
          && left.isPlainInteger(node) == right.isPlainInteger(node)
          && left.isVerbatim(node) == right.isVerbatim(node)
          && left.isPlainASCII(node) == right.isPlainASCII(node)
          && left.childCount(of: node) == right.childCount(of: node)
          && (left.kind(of: node) == .absent
            || left.utf8(of: node).elementsEqual(right.utf8(of: node))),
        "node \(index) differs: \(text)")
    }
  }

  /// Throws unless the tokens of a well-formed text and what parts them are the whole text.
  static func requirePartition(_ document: Document, _ text: String) throws {
    var isCovered = [Bool](repeating: false, count: document.source.count)
    var commas = 0
    var colons = 0
    func cover(_ range: Range<Int>) throws {
      for offset in range {
        try require(!isCovered[offset], "byte \(offset) is of two tokens: \(text)")
        isCovered[offset] = true
      }
    }
    for index in 0..<document.nodeCount {
      let node = NodeID(index)
      let range = document.range(of: node)
      switch document.kind(of: node) {
      case .array, .object:
        try cover(range.lowerBound..<(range.lowerBound + 1))
        try cover((range.upperBound - 1)..<range.upperBound)
        commas += max(0, document.childCount(of: node) - 1)
      case .name:
        colons += 1
        try cover(range.lowerBound..<range.upperBound)
      default: try cover(range.lowerBound..<range.upperBound)
      }
    }
    let mark = document.source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for (offset, byte) in document.source.enumerated() where !isCovered[offset] && offset >= mark {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: break
      case UInt8(ascii: ","): commas -= 1
      case UInt8(ascii: ":"): colons -= 1
      default: throw Fault("byte \(offset) is of no token: \(text)")
      }
    }
    try require(commas == 0 && colons == 0, "separators that part nothing: \(text)")
  }

  /// Throws unless all places lie in the text, each within that of its container.
  static func requireBounds(_ document: Document, _ text: String, areNested: Bool = true) throws {
    var open: [(range: TextRange, end: Int)] = []
    for index in 0..<document.nodeCount {
      let node = NodeID(index)
      let range = document.range(of: node)
      try require(
        range.lowerBound >= 0 && range.lowerBound <= range.upperBound
          && range.upperBound <= document.source.count, "node \(index) is at \(range): \(text)")
      while let last = open.last, index >= last.end { open.removeLast() }
      try require(
        document.end(of: node) > index && document.end(of: node) <= document.nodeCount,
        "node \(index) ends at \(document.end(of: node)): \(text)")
      if let last = open.last {
        try require(document.end(of: node) <= last.end, "node \(index) outlasts: \(text)")
        if areNested {
          try require(
            last.range.contains(range), "node \(index) at \(range) not in \(last.range): \(text)")
        }
      }
      switch document.kind(of: node) {
      case .array, .object: open.append((range, document.end(of: node)))
      case .name:
        try require(index + 1 < document.nodeCount, "name \(index) has no value: \(text)")
        _ = document.utf8(of: node)
      default: _ = document.utf8(of: node)
      }
    }
  }
}

/// Lines and columns, counted from the start.
enum PositionReference {
  static func check(_ text: [UInt8], offset: Int) throws {
    guard ReferenceJSON.isUTF8(text) else { return }
    let position = LineIndex(text).position(of: offset, in: text)
    var (line, column, utf16, byte) = (1, 1, 1, 1)
    var index = text.starts(with: [0xEF, 0xBB, 0xBF]) && offset >= 3 ? 3 : 0
    while index < offset {
      let unit = text[index]
      let isPair = unit == 0x0D && index + 1 < text.count && text[index + 1] == 0x0A
      index += 1
      if unit == 0x0A || unit == 0x0D && !isPair {
        line += 1
        (column, utf16, byte) = (1, 1, 1)
        continue
      }
      byte += 1
      if unit & 0xC0 != 0x80 {
        column += 1
        utf16 += unit >= 0xF0 ? 2 : 1
      }
    }
    if text.starts(with: [0xEF, 0xBB, 0xBF]), offset < 3 { return }
    try require(
      position.line == line && position.column == column && position.utf16Column == utf16
        && position.byteColumn == byte && position.offset == offset,
      "offset \(offset) is at \(position), not \(line):\(column): \(shown(text))")
  }
}
