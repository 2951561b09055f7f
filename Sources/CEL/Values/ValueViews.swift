import Documents

// How evaluation looks at a value without asking whether the document or an expression holds it.

extension CELValue {
  /// The value with a null, boolean or number of the document read; anything else as it is.
  @inline(__always)
  func read(in request: Request) -> CELValue {
    guard case .node(let node) = self else { return self }
    return Self.read(node, in: request)
  }

  @inline(never)
  private static func read(_ node: NodeID, in request: Request) -> CELValue {
    switch request.kind(of: node) {
    case .null, .absent: .null
    case .boolean: .boolean(request.isTrue(node))
    case .number: number(node, in: request)
    case .string, .array, .object: .node(node)
    case .name: .name(node)
    }
  }

  /// An `int` where the number is whole and fits 64 bits, else the nearest `double`.
  static func number(_ node: NodeID, in request: Request) -> CELValue {
    switch request.number(of: node) {
    case .integer(let value): .integer(value)
    case .decimal(let decimal): .double(ExactNumber.decimal(decimal).double)
    }
  }

  /// The UTF-8 bytes of a string, or nil for any other value.
  func text(in request: Request, _ symbols: SymbolTable) -> ArraySlice<UInt8>? {
    switch self {
    case .string(let bytes): return bytes[...]
    case .node(let node):
      return request.kind(of: node) == .string ? request.utf8(of: node) : nil
    case .name(let node): return Self.text(ofName: node, in: request, symbols)
    case .null, .boolean, .integer, .unsigned, .double, .bytes, .list, .map, .optional, .timestamp,
      .duration, .type, .address, .network:
      return nil
    }
  }

  /// A member's name: the model's where the member is spelt in another way.
  static func text(
    ofName name: NodeID, in request: Request, _ symbols: SymbolTable
  ) -> ArraySlice<UInt8> {
    request.isRespelled(name)
      ? symbols.bytes(of: request.symbol(of: name)) : request.utf8(of: name)
  }

  /// Whether the value is a list.
  func isList(in request: Request) -> Bool {
    switch self {
    case .list: true
    case .node(let node): request.kind(of: node) == .array
    default: false
    }
  }

  /// Whether the value is a map.
  func isMap(in request: Request) -> Bool {
    switch self {
    case .map: true
    case .node(let node): request.kind(of: node) == .object
    default: false
    }
  }
}

/// Goes through the elements of a list.
struct ListCursor {
  private let elements: [CELValue]
  private var index: Int
  private let end: Int
  private let isOwned: Bool

  /// Begins at the first element; nil where the value is no list.
  init?(_ value: borrowing CELValue, in request: borrowing Request) {
    switch value {
    case .list(let list):
      elements = list.elements
      index = 0
      end = elements.count
      isOwned = true
    case .node(let node) where request.kind(of: node) == .array:
      elements = []
      index = node.index + 1
      end = request.end(of: node)
      isOwned = false
    default: return nil
    }
  }

  /// The next element, or nil after the last.
  mutating func next(in request: Request) -> CELValue? {
    guard index < end else { return nil }
    if isOwned {
      defer { index += 1 }
      return elements[index]
    }
    let node = NodeID(index)
    index = request.end(of: node)
    return .node(node)
  }
}

/// Goes through the entries of a map.
struct MapCursor {
  private let entries: [CELMap.Entry]
  private var index: Int
  private let end: Int
  private let isOwned: Bool

  /// Begins at the first entry; nil where the value is no map.
  init?(_ value: borrowing CELValue, in request: borrowing Request) {
    switch value {
    case .map(let map):
      entries = map.entries
      index = 0
      end = entries.count
      isOwned = true
    case .node(let node) where request.kind(of: node) == .object:
      entries = []
      index = node.index + 1
      end = request.end(of: node)
      isOwned = false
    default: return nil
    }
  }

  /// The next entry, or nil after the last; hidden members of the document are skipped.
  mutating func next(in request: Request) -> CELMap.Entry? {
    while index < end {
      if isOwned {
        defer { index += 1 }
        return entries[index]
      }
      let name = NodeID(index)
      let value = NodeID(index + 1)
      index = request.end(of: value)
      if !request.isHidden(name) { return CELMap.Entry(key: .name(name), value: .node(value)) }
    }
    return nil
  }
}

extension CELValue {
  /// How many elements a list has, or entries a map; nil for any other value.
  func elementCount(in request: Request) -> Int? {
    switch self {
    case .list(let list): return list.elements.count
    case .map(let map): return map.entries.count
    case .node(let node):
      switch request.kind(of: node) {
      case .array: return request.childCount(of: node)
      case .object: return request.memberCount(of: node)
      case .null, .boolean, .number, .string, .name, .absent: return nil
      }
    default: return nil
    }
  }
}
