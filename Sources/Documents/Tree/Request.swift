public import SourceText

/// A value of a document as a plan sees it: the tree, where the request begins in it, and what the
/// names mean.
///
/// It is looked at through the functions of `Document`; here, members that do not count are left out.
public struct Request: Sendable {
  /// The tree.
  public let document: Document
  /// The node that the rules take for the whole request.
  public private(set) var root: NodeID
  /// What the names mean.
  public private(set) var binding: Binding

  /// Creates a request; without a binding, no name is known, and all members count.
  public init(_ document: Document, root: NodeID = .root, binding: Binding = Binding()) {
    self.document = document
    self.root = root
    self.binding = binding
  }

  /// Another value of the same document, whose names are bound anew by `bind`.
  package mutating func move(to node: NodeID, bind: (inout Binding) -> Void) {
    root = node
    bind(&binding)
  }

  /// Takes another binding in exchange: the room of a request that is over is used again.
  package mutating func exchangeBinding(with other: inout Binding) { swap(&binding, &other) }

  /// The same request with every member counting, for finding what must be kept back.
  package func withoutHidden() -> Request {
    Request(document, root: root, binding: binding.withoutHidden())
  }
}

// MARK: - Shape

extension Request {
  /// Whether the document holds no value at all.
  @inlinable public var isEmpty: Bool { document.nodeCount == 0 }
  /// How many nodes the document has.
  @inlinable public var nodeCount: Int { document.nodeCount }

  /// What a node is.
  @inlinable
  public func kind(of node: NodeID) -> NodeKind { document.nodes[node.index].kind }

  /// The bytes that a node spans in the source; quotes and brackets included.
  @inlinable
  public func range(of node: NodeID) -> TextRange { document.range(of: node) }

  /// The index just past a node and all that it holds.
  @inlinable
  public func end(of node: NodeID) -> Int { document.nodes[node.index].end(at: node.index) }

  /// How many elements an array has, or members an object, hidden ones included; 0 for a scalar.
  @inlinable
  public func childCount(of node: NodeID) -> Int { document.childCount(of: node) }

  /// The elements of an array in order; none for any other node.
  @inlinable
  public func elements(of node: NodeID) -> Document.Elements { document.elements(of: node) }

  /// The members of an object in order, without hidden ones; none for any other node.
  @inlinable
  public func members(of node: NodeID) -> Members {
    let isObject = kind(of: node) == .object
    return Members(
      nodes: document.nodes, entries: binding.entries, first: binding.first, count: binding.count,
      index: node.index &+ 1, end: isObject ? end(of: node) : node.index &+ 1)
  }

  /// How many members of an object are not hidden.
  @inlinable
  public func memberCount(of node: NodeID) -> Int {
    guard kind(of: node) == .object else { return 0 }
    var count = 0
    var index = node.index &+ 1
    let end = end(of: node)
    while nextMember(&index, before: end) != nil { count &+= 1 }
    return count
  }

  /// The name of the first member at or behind an index that is not hidden, which moves on behind it.
  ///
  /// For loops that run for every request: an iterator would hold on to the tree anew.
  @inlinable
  public func nextMember(_ index: inout Int, before end: Int) -> NodeID? {
    while index < end {
      let name = index
      let place = name &- binding.first
      guard place >= 0, place < binding.count else {
        index = document.nodes[name &+ 1].end(at: name &+ 1)
        return NodeID(name)
      }
      let entry = binding.entries[place]
      index = Int(entry.next)
      if entry.bound & Binding.isHidden == 0 { return NodeID(name) }
    }
    return nil
  }

  /// The element at an index, which moves on behind it.
  @inlinable
  public func nextElement(_ index: inout Int, before end: Int) -> NodeID? {
    guard index < end else { return nil }
    let element = NodeID(index)
    index = document.nodes[index].end(at: index)
    return element
  }

  /// The names of an object in order, hidden ones included; none for any other node.
  package func allNames(of object: NodeID) -> [NodeID] { document.allNames(of: object) }

  /// The members of an object that are not hidden.
  public struct Members: Sequence, IteratorProtocol {
    @usableFromInline let nodes: [Node]
    @usableFromInline let entries: [Binding.Entry]
    @usableFromInline let first: Int
    @usableFromInline let count: Int
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    @inlinable
    init(
      nodes: [Node], entries: [Binding.Entry], first: Int, count: Int, index: Int, end: Int
    ) {
      self.nodes = nodes
      self.entries = entries
      self.first = first
      self.count = count
      self.index = index
      self.end = end
    }

    /// The next member, or nil after the last.
    @inlinable
    public mutating func next() -> Document.Member? {
      while index < end {
        let name = index
        index = nodes[name &+ 1].end(at: name &+ 1)
        let place = name &- first
        if place < 0 || place >= count || entries[place].bound & Binding.isHidden == 0 {
          return Document.Member(name: NodeID(name))
        }
      }
      return nil
    }
  }
}

// MARK: - Scalars

extension Request {
  /// Whether a boolean node is `true`; false for every other node.
  @inlinable
  public func isTrue(_ node: NodeID) -> Bool { document.isTrue(node) }

  /// Whether a number is written without fraction and exponent.
  @inlinable
  public func isPlainInteger(_ node: NodeID) -> Bool { document.isPlainInteger(node) }

  /// Whether the text of a string or name is in the source byte for byte.
  @inlinable
  public func isVerbatim(_ node: NodeID) -> Bool { document.isVerbatim(node) }

  /// Whether a string or name is of ASCII characters only, as far as its source text shows.
  @inlinable
  public func isPlainASCII(_ node: NodeID) -> Bool { document.isPlainASCII(node) }

  /// The UTF-8 bytes of a string or name, decoded; of any other scalar, its source text.
  @inlinable
  public func utf8(of node: NodeID) -> ArraySlice<UInt8> { document.utf8(of: node) }

  /// Lends the UTF-8 bytes of a string or name, decoded; of any other scalar, its source text.
  @inlinable @inline(__always)
  public func withUTF8<Result>(of node: NodeID, _ body: (Span<UInt8>) -> Result) -> Result {
    document.withUTF8(of: node, body)
  }

  /// The text of a string or name for people; of any other scalar, its source text.
  public func text(of node: NodeID) -> String { document.text(of: node) }

  /// Whether the decoded text of a string or name is exactly `text`.
  @inlinable
  public func text(of node: NodeID, equals text: [UInt8]) -> Bool {
    document.text(of: node, equals: text)
  }

  /// Whether the decoded text of a string or name is exactly a stretch of `text`.
  @inlinable
  public func text(of node: NodeID, equals text: [UInt8], from offset: Int, count: Int) -> Bool {
    document.text(of: node, equals: text, from: offset, count: count)
  }

  /// How many Unicode code points the decoded text of a string or name has.
  public func scalarCount(of node: NodeID) -> Int { document.scalarCount(of: node) }

  /// How many UTF-8 bytes the decoded text of a string or name takes.
  public func utf8Count(of node: NodeID) -> Int { document.utf8Count(of: node) }

  /// The exact value of a number.
  package func number(of node: NodeID) -> ExactNumber { document.number(of: node) }
}

// MARK: - Names

extension Request {
  /// The symbol bound to a name; unknown before names are bound, and for names no rule mentions.
  @inlinable
  public func symbol(of name: NodeID) -> Symbol {
    Symbol(binding.bound(of: name.index) & Binding.symbol)
  }

  /// Whether a member counts as absent: an explicit null, or the earlier of two duplicates.
  @inlinable
  public func isHidden(_ name: NodeID) -> Bool {
    binding.bound(of: name.index) & Binding.isHidden != 0
  }

  /// Whether a name was read as another spelling of the member that it is bound to.
  @inlinable
  public func isRespelled(_ name: NodeID) -> Bool { binding.isRespelled(name) }

  /// The value of the member bound to `symbol`, or nil if the object has none that counts.
  @inlinable
  public func value(of symbol: Symbol, in object: NodeID) -> NodeID? {
    name(of: symbol, in: object).map { NodeID($0.index &+ 1) }
  }

  /// The name bound to `symbol` in an object, or nil if the object has none that counts.
  @inlinable
  public func name(of symbol: Symbol, in object: NodeID) -> NodeID? {
    let entry = document.nodes[object.index]
    guard entry.kind == .object else { return nil }
    let first = binding.first
    let start = object.index &+ 1
    let end = Int(entry.next)
    guard start >= first, end <= document.nodeCount, end &- first <= binding.count else {
      return nil
    }
    return unsafe binding.entries.withUnsafeBufferPointer { entries in
      // Every index from `start` to `end` lies in it, and each name tells where the next one is.
      var index = start
      while index < end {
        let entry = unsafe entries[index &- first]
        if entry.bound & ~Binding.isRespelled == symbol.id { return NodeID(index) }
        index = Int(entry.next)
      }
      return nil
    }
  }
}
