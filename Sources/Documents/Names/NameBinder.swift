/// Binds the names of a document to the symbols of a plan, in one pass without allocation.
///
/// One binder is kept for each task, so that its tables are reused from request to request.
public struct NameBinder: Sendable {
  private let symbols: SymbolTable
  private let shapes: NameShapes
  private var frames: [Frame]
  private var seen: [Seen]
  private var epoch: UInt32 = 0
  private var seenCount = 0
  /// The members that the model lacks of the structures they are in.
  private var unknown: [UnknownMember] = []

  /// A member that the model of its structure lacks.
  package struct UnknownMember: Sendable {
    /// The name.
    package var name: NodeID
    /// The place of the structure's shape.
    package var shape: Int
  }

  /// What binding names by their spelling came to.
  package enum Outcome: Sendable {
    /// All is said of the names.
    case bound
    /// All is said of them, unless one of these members is one of the model in another spelling.
    case hasUnknown([UnknownMember])
    /// An explicit null stands for a member, a name has escapes, or one occurs twice: the request is to be
    /// looked at with more care.
    case odd
  }

  private struct Frame {
    var end: UInt32
    var shape: Int32
    var container: UInt32
    /// One bit for each of a structure's first 64 members: those seen so far.
    var members: UInt64
  }

  /// A name of a map or of nothing known, remembered until the document's end.
  private struct Seen {
    var epoch: UInt32
    var container: UInt32
    var name: UInt32
    var hash: UInt64
  }

  /// Creates a binder for a plan's symbols and the shapes of its request.
  public init(symbols: SymbolTable, shapes: NameShapes) {
    self.symbols = symbols
    self.shapes = shapes
    frames = []
    frames.reserveCapacity(64)
    seen = Self.noneSeen
  }

  private static let noneSeen = [Seen](
    repeating: Seen(epoch: 0, container: 0, name: 0, hash: 0), count: 256)
  /// How many slots are kept however few names there are.
  private static let keptSlotCount = 1 << 14

  /// Binds every name to the symbol of exactly that spelling.
  package mutating func bind(
    _ document: Document, from root: NodeID = .root, into binding: inout Binding
  ) -> Outcome {
    epoch &+= 1
    if epoch == 0 {
      for index in seen.indices { seen[index].epoch = 0 }
      epoch = 1
    }
    // What one large request needed is not held on to.
    if seen.count > Self.keptSlotCount, seenCount &* 16 < seen.count {
      seen = Self.noneSeen
      epoch = 1
    }
    seenCount = 0
    unknown.removeAll(keepingCapacity: unknown.count <= 256)
    frames.removeAll(keepingCapacity: true)
    binding.prepare(for: document, from: root)
    let range = root.index..<document.end(of: root)
    let isOdd = unsafe binding.entries.withUnsafeMutableBufferPointer { entries in
      unsafe document.withUnsafeBytes { nodes, source in
        unsafe !bind(nodes, range, source: source, into: entries)
      }
    }
    return isOdd ? .odd : unknown.isEmpty ? .bound : .hasUnknown(unknown)
  }

  /// Binds every name to the symbol that the reader of the document found for it, by the same table.
  ///
  /// Only names without a word of the reader are looked up. There must be nothing else to say of them.
  public mutating func adopt(_ document: Document, into binding: inout Binding) {
    binding.prepare(for: document, from: .root)
    let symbols = symbols
    unsafe binding.entries.withUnsafeMutableBufferPointer { entries in
      unsafe document.withUnsafeBytes { nodes, source in
        for index in nodes.indices {
          let node = unsafe nodes[index]
          guard node.info & 0xF == UInt32(NodeKind.name.rawValue) else {
            unsafe entries[index] = .empty
            continue
          }
          let next = unsafe nodes[index &+ 1].end(at: index &+ 1)
          var bound = node.next
          if bound == 0 {
            let start = Int(node.start) &+ 1
            let name = unsafe UnsafeBufferPointer(
              rebasing: source[start..<(start &+ Int(node.length) &- 2)])
            bound = unsafe symbols.symbol(of: name, hash: NameHash.hash(name, seed: symbols.seed))
              .id
          }
          unsafe entries[index] = Binding.Entry(
            bound: bound, next: UInt32(truncatingIfNeeded: next))
        }
      }
    }
  }

  /// Binds the names among some nodes; whether that is all there is to say of them.
  private mutating func bind(
    _ nodes: UnsafeBufferPointer<Node>, _ range: Range<Int>,
    source: UnsafeBufferPointer<UInt8>, into entries: UnsafeMutableBufferPointer<Binding.Entry>
  ) -> Bool {
    var isClean = true
    // The innermost container; the ones around it are in `frames`.
    var frame = Frame(end: .max, shape: 0, container: 0, members: 0)
    // The shape of the value that comes next.
    var shape = Int32(truncatingIfNeeded: shapes.root)
    var index = range.lowerBound
    while index < range.upperBound {
      while index >= Int(frame.end), let outer = frames.popLast() {
        frame = outer
        shape = elementShape(of: frame)
      }
      let node = unsafe nodes[index]
      let place = index &- range.lowerBound
      index &+= 1
      switch node.info & 0xF {
      case UInt32(NodeKind.name.rawValue):
        let next = unsafe nodes[index].end(at: index)
        unsafe entries[place].next = UInt32(truncatingIfNeeded: next)
        shape = 0
        let isBound = unsafe bindName(
          at: index &- 1, of: nodes, source: source, in: &frame, as: &entries[place].bound,
          valueShape: &shape)
        if !isBound { isClean = false }
      case UInt32(NodeKind.object.rawValue), UInt32(NodeKind.array.rawValue):
        unsafe entries[place] = .empty
        frames.append(frame)
        frame = Frame(
          end: node.next, shape: shape, container: UInt32(truncatingIfNeeded: index &- 1),
          members: 0)
        shape = elementShape(of: frame)
      default:
        unsafe entries[place] = .empty
        shape = elementShape(of: frame)
      }
    }
    return isClean
  }

  /// Binds one name and finds the shape of its value; false where there is more to say of it.
  @inline(__always)
  private mutating func bindName(
    at index: Int, of nodes: UnsafeBufferPointer<Node>, source: UnsafeBufferPointer<UInt8>,
    in frame: inout Frame, as bound: inout UInt32, valueShape: inout Int32
  ) -> Bool {
    let node = unsafe nodes[index]
    if node.has(NodeFlag.hasEscapes | NodeFlag.hasSideText) {
      // Rare: the careful path decodes names.
      bound = 0
      return false
    }
    let start = Int(node.start) &+ 1
    let end = start &+ Int(node.length) &- 2
    let name = unsafe UnsafeBufferPointer(rebasing: source[start..<end])
    let hash = unsafe NameHash.hash(name, seed: symbols.seed)
    let symbol = unsafe symbols.symbol(of: name, hash: hash)
    bound = symbol.id
    let row = shapes.rows[Int(frame.shape)]
    switch row.kind {
    case .structure:
      guard let member = shapes.member(symbol, in: Int(frame.shape)) else {
        unknown.append(UnknownMember(name: NodeID(index), shape: Int(frame.shape)))
        break
      }
      valueShape = shapes.memberShapes[Int(row.firstMember) &+ member]
      if unsafe nodes[index &+ 1].info & 0xF == UInt32(NodeKind.null.rawValue) { return false }
      if member < 64 {
        let bit: UInt64 = 1 &<< UInt64(member)
        if frame.members & bit != 0 { return false }
        frame.members |= bit
        return true
      }
    case .map: valueShape = row.child
    case .list, .anything: break
    }
    return unsafe remember(index, in: frame.container, hash: hash, nodes: nodes, source: source)
  }

  /// The shape of an element of a container.
  @inline(__always)
  private func elementShape(of frame: Frame) -> Int32 {
    let row = shapes.rows[Int(frame.shape)]
    return row.kind == .list ? row.child : 0
  }

  /// Whether a name is the first of its spelling in its container, which it now has been seen in.
  private mutating func remember(
    _ index: Int, in container: UInt32, hash: UInt64, nodes: UnsafeBufferPointer<Node>,
    source: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    if seenCount &* 2 >= seen.count { growSeen() }
    let key = NameHash.mix(hash ^ UInt64(container))
    let mask = seen.count &- 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while seen[slot].epoch == epoch {
      if seen[slot].hash == key, seen[slot].container == container {
        let other = unsafe nodes[Int(seen[slot].name)]
        let this = unsafe nodes[index]
        let here = unsafe source[Int(this.start)..<Int(this.start &+ this.length)]
        let there = unsafe source[Int(other.start)..<Int(other.start &+ other.length)]
        let isSame = unsafe here.elementsEqual(there)
        if isSame { return false }
      }
      slot = (slot &+ 1) & mask
    }
    seen[slot] = Seen(
      epoch: epoch, container: container, name: UInt32(truncatingIfNeeded: index), hash: key)
    seenCount &+= 1
    return true
  }

  private mutating func growSeen() {
    let entries = seen.filter { $0.epoch == epoch }
    seen = [Seen](
      repeating: Seen(epoch: 0, container: 0, name: 0, hash: 0), count: seen.count * 2)
    let mask = seen.count - 1
    for entry in entries {
      var slot = Int(truncatingIfNeeded: entry.hash) & mask
      while seen[slot].epoch == epoch { slot = (slot + 1) & mask }
      seen[slot] = entry
    }
  }
}

extension Document {
  /// The names of an object in order; none for any other node.
  package func allNames(of object: NodeID) -> [NodeID] {
    guard kind(of: object) == .object else { return [] }
    var names: [NodeID] = []
    var index = object.index + 1
    let end = end(of: object)
    while index < end {
      names.append(NodeID(index))
      index = self.end(of: NodeID(index + 1))
    }
    return names
  }
}
