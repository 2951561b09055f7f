import Documents

/// Different values in the order of their arrival, found by hash.
struct ValueSet {
  /// The count from which on values are hashed; fewer are compared one by one.
  static let threshold = 16

  /// The values; no two are equal.
  private(set) var values: [CELValue] = []
  /// For each hash, the positions of the values that have it; empty up to the threshold.
  fileprivate var positions: [Int: [Int]] = [:]

  fileprivate mutating func append(_ value: CELValue, hash: Int?) {
    if let hash { positions[hash, default: []].append(values.count) }
    values.append(value)
  }

  fileprivate var isHashed: Bool { values.count >= Self.threshold }
}

extension CELEvaluator {
  /// Adds a value; false where an equal one is there already.
  mutating func insert(
    _ value: CELValue, into set: inout ValueSet, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    if set.isHashed, set.positions.isEmpty {
      for (position, known) in set.values.enumerated() {
        let hash = try hash(of: known, request, symbols)
        set.positions[hash, default: []].append(position)
      }
    }
    let hash: Int? = set.isHashed ? try self.hash(of: value, request, symbols) : nil
    if try position(of: value, hash: hash, in: set, request, symbols) != nil { return false }
    set.append(value, hash: hash)
    return true
  }

  /// Where a value is in a set; nil where it is not.
  mutating func position(
    of value: CELValue, in set: ValueSet, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> Int? {
    let hash: Int? = set.positions.isEmpty ? nil : try hash(of: value, request, symbols)
    return try position(of: value, hash: hash, in: set, request, symbols)
  }

  private mutating func position(
    of value: CELValue, hash: Int?, in set: ValueSet, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> Int? {
    guard let hash else {
      for (position, known) in set.values.enumerated()
      where try equal(known, value, request, symbols) {
        return position
      }
      return nil
    }
    for position in set.positions[hash] ?? []
    where try equal(set.values[position], value, request, symbols) {
      return position
    }
    return nil
  }

  /// A hash that is the same for equal values, as `equal` has it.
  private mutating func hash(
    of value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> Int {
    var hasher = Hasher()
    try hash(value, into: &hasher, request, symbols)
    return hasher.finalize()
  }

  /// Recursion is as deep as the value nests, which is limited.
  private mutating func hash(
    _ value: CELValue, into hasher: inout Hasher, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) {
    try charge(1)
    if let text = try readText(value, request, symbols) {
      try charge(text.count / 10)
      hasher.combine(text)
      return
    }
    if var cursor = ListCursor(value, in: request) {
      var count = 0
      while let element = cursor.next(in: request) {
        try hash(element, into: &hasher, request, symbols)
        count += 1
      }
      hasher.combine(count)
      return
    }
    if var cursor = MapCursor(value, in: request) {
      var sum = 0
      while let entry = cursor.next(in: request) {
        var inner = Hasher()
        try hash(entry.key, into: &inner, request, symbols)
        try hash(entry.value, into: &inner, request, symbols)
        sum ^= inner.finalize()
      }
      hasher.combine(sum)
      return
    }
    switch try read(value, request) {
    // Numbers of different types may be equal, and are then equal as doubles; so are both zeros.
    case .integer(let number): hasher.combine(Double(number) + 0)
    case .unsigned(let number): hasher.combine(Double(number) + 0)
    case .double(let number): hasher.combine(number + 0)
    case .boolean(let isTrue): hasher.combine(isTrue)
    case .bytes(let bytes):
      try charge(bytes.count / 10)
      hasher.combine(bytes)
    case .timestamp(let time): hasher.combine(time)
    case .duration(let span): hasher.combine(span)
    case .type(let kind): hasher.combine(kind)
    case .address(let address): hasher.combine(address)
    case .network(let network): hasher.combine(network)
    case .optional(let optional):
      if let wrapped = optional.value { try hash(wrapped, into: &hasher, request, symbols) }
    case .null, .string, .list, .map, .node, .name: break
    }
  }
}
