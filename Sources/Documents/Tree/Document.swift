public import SourceText

/// A text read into a flat tree of nodes, each with its exact place in the text.
///
/// The tree is one array in document order: a container is followed by its children, a name by its
/// value. Values stay source text until they are asked for. For `{"a": [1]}`:
///
///     0 object {"a": [1]}   next 4
///     1 name   "a"          (its value is node 2)
///     2 array  [1]          next 4
///     3 number 1
///
/// JSON and YAML are read into the same tree. Strings of YAML are kept decoded beside the source,
/// since their source text can be indented, folded or quoted.
public struct Document: Sendable {
  /// The bytes that offsets count in: a whole file, or a block of JSON Lines that holds the text.
  public internal(set) var source: [UInt8]
  /// The nodes, then unused room that a later reading fills.
  @usableFromInline var nodes: [Node]
  /// How many of `nodes` are in use.
  public internal(set) var nodeCount: Int
  /// Decoded text of nodes that have the side-text flag, by node index; empty for JSON.
  @usableFromInline var sideTexts: SideTexts
  /// The aliases of YAML, in document order; what an alias stands for holds none of its own.
  package internal(set) var aliases: [Alias] = []
  /// What of the source was read: without byte-order mark.
  package internal(set) var range: TextRange

  /// Creates a document without any node.
  package init(source: [UInt8] = []) {
    self.source = source
    nodes = []
    nodeCount = 0
    sideTexts = SideTexts()
    range = TextRange(0, source.count)
  }

  /// Whether every string's text is in the source, escaped at most: true of JSON, not of YAML.
  @inlinable public var isJSONText: Bool { sideTexts.entries.isEmpty }

  /// An alias of YAML, in whose place the tree has a copy of what it names.
  package struct Alias: Sendable {
    /// The index of the node that it stands for.
    var node: Int
    /// The bytes of the alias.
    package var range: TextRange
  }

  /// Whether the document holds no value at all.
  @inlinable public var isEmpty: Bool { nodeCount == 0 }
}

/// Decoded strings that are kept beside the source.
public struct SideTexts: Sendable {
  @usableFromInline var storage: [UInt8] = []
  /// The range in `storage` for each node with side text, in document order.
  @usableFromInline var entries: [Entry] = []
  /// For each node, the number of its entry plus one; 0, or nothing, where it has no side text.
  @usableFromInline var places: [UInt32] = []

  @usableFromInline
  struct Entry: Sendable {
    @usableFromInline var start: Int
    @usableFromInline var end: Int

    @usableFromInline
    init(start: Int, end: Int) {
      self.start = start
      self.end = end
    }
  }

  @usableFromInline init() {}

  mutating func append(_ text: some Sequence<UInt8>, for node: Int) {
    let start = storage.count
    storage.append(contentsOf: text)
    entries.append(Entry(start: start, end: storage.count))
    while places.count < node { places.append(0) }
    places.append(UInt32(truncatingIfNeeded: entries.count))
  }

  @usableFromInline
  func text(of node: Int) -> ArraySlice<UInt8> {
    guard node < places.count, places[node] > 0 else { return [] }
    let entry = entries[Int(places[node]) &- 1]
    return storage[entry.start..<entry.end]
  }
}

extension Document {
  /// Lends the nodes that are in use and the source.
  @inline(__always)
  func withUnsafeBytes<Result>(
    _ body: (UnsafeBufferPointer<Node>, UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    unsafe nodes.withUnsafeBufferPointer { nodes in
      unsafe source.withUnsafeBufferPointer { source in
        unsafe body(UnsafeBufferPointer(rebasing: nodes[..<nodeCount]), source)
      }
    }
  }
}

// MARK: - Shape

extension Document {
  /// What a node is.
  @inlinable
  public func kind(of node: NodeID) -> NodeKind { nodes[node.index].kind }

  /// The bytes that a node spans in the source; quotes and brackets included.
  @inlinable
  public func range(of node: NodeID) -> TextRange {
    let node = nodes[node.index]
    return TextRange(at: Int(node.start), count: Int(node.length))
  }

  /// The index just past a node and all that it holds.
  @inlinable
  public func end(of node: NodeID) -> Int {
    nodes[node.index].end(at: node.index)
  }

  /// How many elements an array has, or members an object; 0 for a scalar.
  @inlinable
  public func childCount(of node: NodeID) -> Int {
    let count = nodes[node.index].info &>> NodeFlag.countShift
    return count < NodeFlag.countLimit ? Int(count) : walkedChildCount(of: node)
  }

  @usableFromInline
  func walkedChildCount(of node: NodeID) -> Int {
    var count = 0
    switch kind(of: node) {
    case .array: for _ in elements(of: node) { count += 1 }
    case .object:
      var index = node.index + 1
      let end = end(of: node)
      while index < end {
        count += 1
        index = self.end(of: NodeID(index + 1))
      }
    case .null, .boolean, .number, .string, .name, .absent: break
    }
    return count
  }

  /// The elements of an array in order; none for any other node.
  @inlinable
  public func elements(of node: NodeID) -> Elements {
    let isArray = kind(of: node) == .array
    return Elements(
      nodes: nodes, index: node.index &+ 1, end: isArray ? end(of: node) : node.index &+ 1)
  }

  /// The members of an object in order; none for any other node.
  @inlinable
  public func members(of node: NodeID) -> Members {
    let isObject = kind(of: node) == .object
    return Members(
      nodes: nodes, index: node.index &+ 1, end: isObject ? end(of: node) : node.index &+ 1)
  }

  /// The elements of an array.
  public struct Elements: Sequence, IteratorProtocol {
    @usableFromInline let nodes: [Node]
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    @inlinable
    init(nodes: [Node], index: Int, end: Int) {
      self.nodes = nodes
      self.index = index
      self.end = end
    }

    /// The next element, or nil after the last.
    @inlinable
    public mutating func next() -> NodeID? {
      guard index < end else { return nil }
      let node = NodeID(index)
      index = nodes[index].end(at: index)
      return node
    }
  }

  /// A member of an object: the node of its name and the node of its value.
  public struct Member: Sendable {
    /// The node of the name.
    public let name: NodeID
    /// The node of the value.
    @inlinable public var value: NodeID { NodeID(name.index &+ 1) }

    @inlinable
    init(name: NodeID) { self.name = name }
  }

  /// The members of an object.
  public struct Members: Sequence, IteratorProtocol {
    @usableFromInline let nodes: [Node]
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    @inlinable
    init(nodes: [Node], index: Int, end: Int) {
      self.nodes = nodes
      self.index = index
      self.end = end
    }

    /// The next member, or nil after the last.
    @inlinable
    public mutating func next() -> Member? {
      guard index < end else { return nil }
      let name = index
      index = nodes[name &+ 1].end(at: name &+ 1)
      return Member(name: NodeID(name))
    }
  }
}

extension Document {
  /// The alias that a node is the value of, or a part of the value of; nil for any other node.
  package func alias(of node: NodeID) -> TextRange? {
    var (low, high) = (0, aliases.count)
    while low < high {
      let middle = low + (high - low) / 2
      if aliases[middle].node <= node.index { low = middle + 1 } else { high = middle }
    }
    guard low > 0, aliases[low - 1].node < nodeCount,
      node.index < max(aliases[low - 1].node + 1, end(of: NodeID(aliases[low - 1].node)))
    else { return nil }
    return aliases[low - 1].range
  }

  /// The node that the alias at an offset stands for, or nil where there is none.
  package func node(ofAliasAt offset: Int) -> NodeID? {
    guard
      let alias = aliases.first(where: {
        $0.range.lowerBound <= offset && offset < $0.range.upperBound
      }), alias.node < nodeCount
    else { return nil }
    return NodeID(alias.node)
  }
}

// MARK: - Scalars

extension Document {
  /// Whether a boolean node is `true`; false for every other node.
  @inlinable
  public func isTrue(_ node: NodeID) -> Bool { nodes[node.index].has(NodeFlag.isTrue) }

  /// Whether a number is written without fraction and exponent.
  @inlinable
  public func isPlainInteger(_ node: NodeID) -> Bool {
    !nodes[node.index].has(NodeFlag.isNotPlainInteger)
  }

  /// Whether the text of a string or name is in the source byte for byte.
  @inlinable
  public func isVerbatim(_ node: NodeID) -> Bool {
    !nodes[node.index].has(NodeFlag.hasEscapes | NodeFlag.hasSideText)
  }

  /// Whether a string or name is of ASCII characters only, as far as its source text shows.
  ///
  /// An escape such as `\u00e9` makes the answer false as well.
  @inlinable
  public func isPlainASCII(_ node: NodeID) -> Bool {
    !nodes[node.index].has(
      NodeFlag.hasEscapes | NodeFlag.isNotASCII | NodeFlag.hasSideText)
  }

  /// The UTF-8 bytes of a string or name, decoded; of any other scalar, its source text.
  ///
  /// Text without escapes is a slice of the source: nothing is copied.
  @inlinable
  public func utf8(of node: NodeID) -> ArraySlice<UInt8> {
    let entry = nodes[node.index]
    if entry.has(NodeFlag.hasEscapes | NodeFlag.hasSideText) { return decodedText(of: node) }
    let start = Int(entry.start)
    let end = start &+ Int(entry.length)
    switch entry.kind {
    case .string, .name: return source[(start &+ 1)..<(end &- 1)]
    case .null, .boolean, .number, .array, .object, .absent: return source[start..<end]
    }
  }

  /// Lends the UTF-8 bytes of a string or name, decoded; of any other scalar, its source text.
  ///
  /// For what runs for every request: a slice would count a reference to the source.
  @inlinable @inline(__always)
  public func withUTF8<Result>(of node: NodeID, _ body: (Span<UInt8>) -> Result) -> Result {
    let entry = nodes[node.index]
    if entry.has(NodeFlag.hasEscapes | NodeFlag.hasSideText) {
      return body(decodedText(of: node).span)
    }
    let quotes = entry.kind == .string || entry.kind == .name ? 1 : 0
    let start = Int(entry.start)
    return body(source.span.extracting((start &+ quotes)..<(start &+ Int(entry.length) &- quotes)))
  }

  /// The text of a string or name for people; of any other scalar, its source text.
  public func text(of node: NodeID) -> String {
    String(decoding: utf8(of: node), as: UTF8.self)
  }

  /// Whether the decoded text of a string or name is exactly `text`.
  @inlinable
  public func text(of node: NodeID, equals text: [UInt8]) -> Bool {
    self.text(of: node, equals: text, from: 0, count: text.count)
  }

  /// Whether the decoded text of a string or name is exactly a stretch of `text`.
  @inlinable
  public func text(of node: NodeID, equals text: [UInt8], from offset: Int, count: Int) -> Bool {
    let entry = nodes[node.index]
    if entry.has(NodeFlag.hasEscapes | NodeFlag.hasSideText) {
      return decodedText(of: node).elementsEqual(text[offset..<(offset + count)])
    }
    guard Int(entry.length) &- 2 == count else { return false }
    // The tree's ranges lie in the source; the caller's is checked here, once.
    precondition(offset >= 0 && count >= 0 && offset + count <= text.count)
    let start = Int(entry.start) &+ 1
    return unsafe source.withUnsafeBufferPointer { source in
      unsafe text.withUnsafeBufferPointer { text in
        guard let left = source.baseAddress, let right = text.baseAddress else {
          return count == 0
        }
        return unsafe Bytes.equal(left + start, right + offset, count: count)
      }
    }
  }

  @usableFromInline
  func decodedText(of node: NodeID) -> ArraySlice<UInt8> {
    let entry = nodes[node.index]
    if entry.has(NodeFlag.hasSideText) { return sideTexts.text(of: node.index) }
    let range = range(of: node)
    return StringEscapes.decoded(source[(range.lowerBound + 1)..<(range.upperBound - 1)])[...]
  }

  /// How many Unicode code points the decoded text of a string or name has.
  public func scalarCount(of node: NodeID) -> Int {
    if isPlainASCII(node) { return Int(nodes[node.index].length) - 2 }
    return counts(of: node).scalars
  }

  /// How many UTF-8 bytes the decoded text of a string or name takes.
  public func utf8Count(of node: NodeID) -> Int {
    isVerbatim(node) ? Int(nodes[node.index].length) - 2 : counts(of: node).bytes
  }

  /// How long a text is once decoded; nothing is decoded to find out.
  private func counts(of node: NodeID) -> (scalars: Int, bytes: Int) {
    let entry = nodes[node.index]
    if entry.has(NodeFlag.hasSideText) {
      let text = sideTexts.text(of: node.index)
      return (UTF8Decoder.scalarCount(of: text.span), text.count)
    }
    let start = Int(entry.start) + 1
    return StringEscapes.counts(of: source, from: start, to: start + Int(entry.length) - 2)
  }
}

// MARK: - Names

extension Document {
  /// Where a node is shown: a scalar as it is; an object or array by its name, or else its bracket.
  package func shownRange(of node: NodeID) -> TextRange {
    let range = range(of: node)
    guard kind(of: node) == .object || kind(of: node) == .array else { return range }
    if node.index > 0, kind(of: NodeID(node.index - 1)) == .name {
      return self.range(of: NodeID(node.index - 1))
    }
    return TextRange(at: range.lowerBound, count: min(1, range.count))
  }

  /// The first node of a JSON text that begins behind an offset, or the number of nodes.
  package func firstNode(behind offset: Int) -> Int {
    var (low, high) = (0, nodeCount)
    while low < high {
      let middle = low + (high - low) / 2
      if Int(nodes[middle].start) <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The value of the last member whose decoded name is `name`.
  ///
  /// For documents whose names are not bound to symbols, such as rule packs.
  public func value(named name: String, in object: NodeID) -> NodeID? {
    let wanted = Array(name.utf8)
    var found: NodeID?
    for member in members(of: object) where text(of: member.name, equals: wanted) {
      found = member.value
    }
    return found
  }
}
