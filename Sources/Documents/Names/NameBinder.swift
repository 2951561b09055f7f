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

  private struct Frame {
    var end: UInt32
    var shape: Int32
    var container: UInt32
    /// One bit for each of a structure's first 64 members.
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
    seen = [Seen](repeating: Seen(epoch: 0, container: 0, name: 0, hash: 0), count: 256)
  }

  /// Binds every name to the symbol of exactly that spelling.
  ///
  /// The result tells whether that is all there is to say: false where a structure has a name that
  /// its model lacks, an explicit null stands for a member, or a name occurs twice; the request is
  /// then to be looked at with more care.
  public mutating func bind(
    _ document: Document, from root: NodeID = .root, into binding: inout Binding
  ) -> Bool {
    epoch &+= 1
    if epoch == 0 {
      for index in seen.indices { seen[index].epoch = 0 }
      epoch = 1
    }
    seenCount = 0
    frames.removeAll(keepingCapacity: true)
    var isClean = true
    binding.prepare(for: document, from: root)
    let range = root.index..<document.end(of: root)
    unsafe binding.entries.withUnsafeMutableBufferPointer { entries in
      unsafe document.withUnsafeBytes { nodes, source in
        // The shape of the value that the last name belongs to.
        var memberShape = 0
        var followsName = false
        for index in range {
          while let last = frames.last, UInt32(truncatingIfNeeded: index) >= last.end {
            frames.removeLast()
          }
          let node = unsafe nodes[index]
          let kind = node.info & 0xF
          if kind == UInt32(NodeKind.name.rawValue) {
            memberShape = 0
            followsName = true
            let isBound = unsafe bindName(
              at: index, of: nodes, source: source, entry: &entries[index &- root.index],
              memberShape: &memberShape)
            if !isBound { isClean = false }
            continue
          }
          unsafe entries[index &- root.index] = 0
          if kind == UInt32(NodeKind.object.rawValue) || kind == UInt32(NodeKind.array.rawValue) {
            let shape = followsName ? memberShape : elementShape()
            frames.append(
              Frame(
                end: node.next, shape: Int32(truncatingIfNeeded: shape),
                container: UInt32(truncatingIfNeeded: index), members: 0))
          }
          followsName = false
        }
      }
    }
    return isClean
  }

  /// Binds one name and finds the shape of its value; false where there is more to say of it.
  @inline(__always)
  private mutating func bindName(
    at index: Int, of nodes: UnsafeBufferPointer<Node>,
    source: UnsafeBufferPointer<UInt8>, entry: inout UInt32, memberShape: inout Int
  ) -> Bool {
    let node = unsafe nodes[index]
    if node.has(NodeFlag.hasEscapes | NodeFlag.hasSideText) {
      // Rare: the careful path decodes names.
      entry = 0
      return false
    }
    let start = Int(node.start) &+ 1
    let end = start &+ Int(node.length) &- 2
    let name = unsafe UnsafeBufferPointer(rebasing: source[start..<end])
    let hash = unsafe NameHash.hash(name, seed: symbols.seed)
    let symbol = unsafe symbols.symbol(of: name, hash: hash)
    entry = symbol.id
    let top = frames.count &- 1
    let shape = Int(frames[top].shape)
    switch shapes.shapes[shape].kind {
    case .structure:
      guard let member = shapes.member(symbol, in: shape) else { return false }
      memberShape = shapes.shapes[shape].members[member].shape
      if unsafe nodes[index &+ 1].info & 0xF == UInt32(NodeKind.null.rawValue) { return false }
      if member < 64 {
        let bit: UInt64 = 1 &<< UInt64(member)
        if frames[top].members & bit != 0 { return false }
        frames[top].members |= bit
        return true
      }
    case .map: memberShape = shapes.shapes[shape].child
    case .list, .anything: break
    }
    return unsafe remember(
      index, in: frames[top].container, hash: hash, nodes: nodes, source: source)
  }

  /// The shape of an element of the innermost container, or of the root.
  private func elementShape() -> Int {
    guard let last = frames.last else { return shapes.root }
    let shape = shapes.shapes[Int(last.shape)]
    return shape.kind == .list ? shape.child : 0
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
