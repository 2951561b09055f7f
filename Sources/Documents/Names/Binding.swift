/// What the names of a request mean to a plan: the symbol of each, and which members do not count.
///
/// It lies beside the document, which it says nothing of but through places, so that several packs can
/// bind the names of one document in different ways.
public struct Binding: Sendable {
  /// An entry for each node of the request, from `first` on; of those that are no names, empty.
  ///
  /// Behind these is room that a larger request used.
  @usableFromInline var entries: [Entry] = []
  /// The index of the node that the first entry is about: the root of the request.
  @usableFromInline var first = 0
  /// How many entries are of the request; none before names are bound.
  @usableFromInline var count = 0
  /// The style that the members of the request are spelled in.
  package var casing = Casing.wire
  /// Names that were read as another spelling of a member.
  package var respelled: [Respelling] = []
  /// Names that occur a second time in their object, each with the name it repeats.
  package var duplicates: [(name: NodeID, first: NodeID)] = []
  /// Explicit nulls for members of the model, which count as absent.
  package var nulls: [NodeID] = []

  /// A name in another spelling than the request's style has for the member.
  package struct Respelling: Sendable {
    /// The name.
    package var name: NodeID
    /// How it is spelled right.
    package var expected: String
    /// Whether the member is there in its right spelling as well, so that this one is skipped.
    package var isRedundant: Bool

    /// Creates an entry.
    package init(name: NodeID, expected: String, isRedundant: Bool) {
      self.name = name
      self.expected = expected
      self.isRedundant = isRedundant
    }
  }

  /// What a name is bound to, and where the next name of its object is: members are looked up in this
  /// array alone.
  @usableFromInline
  struct Entry: Sendable {
    /// The symbol and the flags below.
    @usableFromInline var bound: UInt32
    /// The index just past the value of the name.
    @usableFromInline var next: UInt32

    @inlinable
    init(bound: UInt32, next: UInt32) {
      self.bound = bound
      self.next = next
    }

    /// The entry of a node that is no name.
    @usableFromInline static let empty = Entry(bound: 0, next: 0)
  }

  /// A member that counts as absent: an explicit null, or the earlier of two duplicates.
  @usableFromInline static let isHidden: UInt32 = 1 << 31
  /// A name that was read as another spelling of the member that it is bound to.
  @usableFromInline static let isRespelled: UInt32 = 1 << 30
  /// The bits of the symbol; a plan knows far fewer names.
  @usableFromInline static let symbol: UInt32 = isRespelled - 1

  /// Creates a binding of no names.
  public init() {}

  /// Whether there is nothing to say of the names.
  package var isClean: Bool { respelled.isEmpty && duplicates.isEmpty && nulls.isEmpty }

  /// What a node is bound to, with flags; 0 where it is no name, or not bound.
  @inlinable
  func bound(of node: Int) -> UInt32 {
    let place = node &- first
    return place >= 0 && place < count ? entries[place].bound : 0
  }

  /// Forgets all names, and makes room for those of a value of a document.
  package mutating func reset(for document: Document, from root: NodeID = .root) {
    prepare(for: document, from: root)
    guard !document.isEmpty else { return }
    for index in root.index..<document.end(of: root) {
      let isName = document.kind(of: NodeID(index)) == .name
      entries[index - first] = Entry(
        bound: 0, next: isName ? UInt32(clamping: document.end(of: NodeID(index + 1))) : 0)
    }
  }

  /// Has nothing to say of any name, and makes room for those of a value of a document.
  ///
  /// The entries are whatever they were.
  mutating func prepare(for document: Document, from root: NodeID) {
    first = root.index
    count = document.isEmpty ? 0 : document.end(of: root) - root.index
    if entries.count < count {
      entries.append(contentsOf: repeatElement(.empty, count: count - entries.count))
    } else if entries.count > 4 * count + 4_096 {
      // What one large request needed is not held on to.
      entries = [Entry](repeating: .empty, count: count)
    }
    casing = .wire
    if !respelled.isEmpty { respelled = [] }
    if !duplicates.isEmpty { duplicates = [] }
    if !nulls.isEmpty { nulls = [] }
  }

  /// Binds one name to a symbol.
  package mutating func bind(
    _ name: NodeID, to symbol: Symbol, isRespelled: Bool = false, isHidden: Bool = false
  ) {
    guard (0..<count).contains(name.index - first) else { return }
    entries[name.index - first].bound =
      symbol.id & Self.symbol | (isRespelled ? Self.isRespelled : 0)
      | (isHidden ? Self.isHidden : 0)
  }

  /// Makes the member of a name count as absent.
  package mutating func hide(_ name: NodeID) {
    guard (0..<count).contains(name.index - first) else { return }
    entries[name.index - first].bound |= Self.isHidden
  }

  /// The symbol bound to a name; unknown for names that no rule mentions.
  @inlinable
  public func symbol(of name: NodeID) -> Symbol { Symbol(bound(of: name.index) & Self.symbol) }

  /// Whether the member of a name counts as absent.
  @inlinable
  public func isHidden(_ name: NodeID) -> Bool { bound(of: name.index) & Self.isHidden != 0 }

  /// Whether a name was read as another spelling of the member that it is bound to.
  @inlinable
  public func isRespelled(_ name: NodeID) -> Bool {
    bound(of: name.index) & Self.isRespelled != 0
  }

  /// The same binding with every member counting, for finding what must be kept back.
  func withoutHidden() -> Binding {
    var whole = self
    for index in 0..<whole.count { whole.entries[index].bound &= ~Self.isHidden }
    return whole
  }
}
