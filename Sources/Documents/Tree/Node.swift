/// What a node of a document is.
public enum NodeKind: UInt8, Sendable {
  /// The value `null`.
  case null = 0
  /// The value `true` or `false`.
  case boolean = 1
  /// A number of any size, kept as its text.
  case number = 2
  /// A string, kept as its text.
  case string = 3
  /// An array; its elements follow it.
  case array = 4
  /// An object; its names and values follow it in turn.
  case object = 5
  /// A member's name; its value is the very next node.
  case name = 6
  /// A place where a value should be and none could be read.
  case absent = 7
}

/// One entry of the flat tree: 16 bytes, in document order.
///
/// The declarations marked `public` in this module are so for speed alone: they can be inlined into
/// other modules. The package vends no library.
public struct Node: Sendable {
  /// The offset of the first source byte; for a string or name, of its opening quote.
  @usableFromInline package var start: UInt32
  /// How many source bytes the node spans; a container spans its brackets.
  @usableFromInline package var length: UInt32
  /// For a container, the index just past its last descendant; for a name, the symbol that its reader found
  /// for it, or 0; 0 for any other node.
  @usableFromInline package var next: UInt32
  /// The kind in the low 4 bits, then 8 flags, then the saturating count of children.
  @usableFromInline package var info: UInt32

  /// Creates a node from its parts.
  @inlinable
  package init(start: UInt32, length: UInt32, next: UInt32, info: UInt32) {
    self.start = start
    self.length = length
    self.next = next
    self.info = info
  }

  /// Creates a node that is no container.
  @inlinable
  package init(_ kind: NodeKind, start: Int, end: Int, flags: UInt32 = 0) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.length = UInt32(truncatingIfNeeded: end &- start)
    self.next = 0
    self.info = UInt32(kind.rawValue) | flags
  }

  /// What the node is.
  @inlinable package var kind: NodeKind {
    unsafe unsafeBitCast(UInt8(info & 0xF), to: NodeKind.self)
  }

  /// The index just past the node, which is at `index`, and all that it holds.
  @inlinable
  package func end(at index: Int) -> Int {
    let kind = info & 0xF
    return kind == NodeKind.array.rawValue || kind == NodeKind.object.rawValue
      ? Int(next) : index &+ 1
  }

  /// Whether the node has a flag.
  @inlinable
  package func has(_ flag: UInt32) -> Bool { info & flag != 0 }
}

/// The flag bits of `Node.info`.
@usableFromInline
package enum NodeFlag {
  /// A string or name whose source text has a backslash escape.
  @usableFromInline package static let hasEscapes: UInt32 = 1 << 4
  /// A string or name with a byte outside of ASCII in its source text.
  @usableFromInline package static let isNotASCII: UInt32 = 1 << 5
  /// A number with a fraction or an exponent.
  @usableFromInline package static let isNotPlainInteger: UInt32 = 1 << 6
  /// The boolean `true`.
  @usableFromInline package static let isTrue: UInt32 = 1 << 7
  /// A node whose text is kept decoded beside the source (YAML).
  @usableFromInline package static let hasSideText: UInt32 = 1 << 9

  /// Where the count of children begins.
  @usableFromInline package static let countShift: UInt32 = 12
  /// The largest count that is kept; a container with this one is counted by walking.
  @usableFromInline package static let countLimit: UInt32 = (1 << 20) - 1
}

/// The place of a node in its document's flat tree.
public struct NodeID: Sendable, Hashable, Comparable {
  /// The index in document order; the root is 0.
  public let index: Int

  /// Creates the identity of the node at an index.
  @inlinable
  public init(_ index: Int) { self.index = index }

  /// The root of a document.
  @inlinable public static var root: NodeID { NodeID(0) }

  /// Orders by place in the document.
  @inlinable
  public static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}
