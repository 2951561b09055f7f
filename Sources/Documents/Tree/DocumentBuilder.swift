package import SourceText

/// Builds a document node by node, in document order, for readers that are not the fast one.
///
/// The caller opens and closes containers in pairs and writes a name before each member's value.
package struct DocumentBuilder {
  private var document: Document
  private var open: [Int] = []

  /// Begins a document over `source`, of which `range` is read.
  package init(source: [UInt8], range: TextRange? = nil) {
    document = Document(source: source)
    document.range = range ?? TextRange(0, source.count)
  }

  /// The number of open containers.
  package var depth: Int { open.count }

  /// The identity that the next node will have.
  package var nextNode: NodeID { NodeID(document.nodeCount) }

  /// Opens an array or object whose first byte is at `start`.
  package mutating func begin(_ kind: NodeKind, at start: Int) {
    countChild()
    open.append(document.nodeCount)
    append(Node(kind, start: start, end: start))
  }

  /// Closes the innermost container, whose last byte is before `end`.
  package mutating func end(at end: Int) {
    guard let container = open.popLast() else { return }
    let start = document.nodes[container].start
    document.nodes[container].length = UInt32(clamping: end) - min(start, UInt32(clamping: end))
    document.nodes[container].next = UInt32(document.nodeCount)
  }

  /// Adds a name, whose value is to follow; `text` is its decoded form where the source differs.
  package mutating func name(_ range: TextRange, text: [UInt8]? = nil) {
    append(.name, range, text: text)
    if let parent = open.last { incrementCount(of: parent) }
  }

  /// Adds a null.
  package mutating func null(_ range: TextRange) {
    countChild()
    appendWord(.null, range, "null")
  }

  /// Adds a node for a value that could not be read.
  package mutating func absent(_ range: TextRange) {
    countChild()
    append(Node(.absent, start: range.lowerBound, end: range.upperBound))
  }

  /// Adds a boolean.
  package mutating func boolean(_ value: Bool, _ range: TextRange) {
    countChild()
    appendWord(
      .boolean, range, value ? "true" : "false", flags: value ? NodeFlag.isTrue : 0)
  }

  /// Adds a number; `text` is its JSON spelling where the source has another one.
  package mutating func number(_ range: TextRange, text: [UInt8]? = nil) {
    countChild()
    let spelling = text.map { $0[...] } ?? document.source[range.lowerBound..<range.upperBound]
    let isPlain = spelling.allSatisfy { byte in
      byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    append(.number, range, text: text, flags: isPlain ? 0 : NodeFlag.isNotPlainInteger)
  }

  /// Adds a string; `text` is its decoded form where the source is not a JSON string.
  ///
  /// Without `text`, the range is a JSON string with its quotes.
  package mutating func string(_ range: TextRange, text: [UInt8]? = nil) {
    countChild()
    append(.string, range, text: text)
  }

  /// Adds a copy of a subtree of the same document, as an alias of YAML does.
  ///
  /// The copied nodes keep the places of the originals.
  package mutating func copy(_ node: NodeID) {
    countChild()
    let end = document.end(of: node)
    let shift = document.nodeCount - node.index
    for index in node.index..<end {
      var copied = document.nodes[index]
      if copied.kind == .array || copied.kind == .object {
        copied.next = UInt32(Int(copied.next) + shift)
      }
      if copied.has(NodeFlag.hasSideText) {
        let text = Array(document.sideTexts.text(of: index))
        document.sideTexts.append(text, for: document.nodeCount)
      }
      append(copied)
    }
  }

  /// How many nodes a finished node takes, itself included.
  package func size(of node: NodeID) -> Int { document.end(of: node) - node.index }

  /// The finished document; containers still open are closed at the end of what was read.
  package consuming func finish() -> Document {
    while !open.isEmpty { end(at: document.range.upperBound) }
    return document
  }

  private mutating func append(
    _ kind: NodeKind, _ range: TextRange, text: [UInt8]?, flags: UInt32 = 0
  ) {
    var flags = flags
    if let text {
      flags |= NodeFlag.hasSideText
      document.sideTexts.append(text, for: document.nodeCount)
    } else if kind != .number {
      for byte in document.source[range.lowerBound..<range.upperBound] {
        if byte == UInt8(ascii: "\\") { flags |= NodeFlag.hasEscapes }
        if byte >= 0x80 { flags |= NodeFlag.isNotASCII }
      }
    }
    append(Node(kind, start: range.lowerBound, end: range.upperBound, flags: flags))
  }

  /// Adds a null or boolean; its text is JSON's word where the source has another one.
  private mutating func appendWord(
    _ kind: NodeKind, _ range: TextRange, _ word: String, flags: UInt32 = 0
  ) {
    var flags = flags
    if !document.source[range.lowerBound..<range.upperBound].elementsEqual(word.utf8) {
      flags |= NodeFlag.hasSideText
      document.sideTexts.append(word.utf8, for: document.nodeCount)
    }
    append(Node(kind, start: range.lowerBound, end: range.upperBound, flags: flags))
  }

  /// Notes that the next node is what an alias at a range stands for.
  package mutating func noteAlias(at range: TextRange) {
    document.aliases.append(Document.Alias(node: document.nodeCount, range: range))
  }

  private mutating func append(_ node: Node) {
    document.nodes.append(node)
    document.nodeCount += 1
  }

  private mutating func countChild() {
    if let parent = open.last, document.nodes[parent].kind == .array { incrementCount(of: parent) }
  }

  private mutating func incrementCount(of container: Int) {
    if document.nodes[container].info >> NodeFlag.countShift < NodeFlag.countLimit {
      document.nodes[container].info += 1 << NodeFlag.countShift
    }
  }
}
