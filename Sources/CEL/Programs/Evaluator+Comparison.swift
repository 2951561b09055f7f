import Documents
import SourceText

// Equality and order (cel-spec, "Equality and Ordering"): values of all kinds can be asked whether
// they are equal, and numbers of different types compare by what they are worth.

extension CELEvaluator {
  mutating func equal(
    _ left: CELValue, _ right: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    try charge(1)
    if case .node(let first) = left, case .node(let second) = right,
      request.kind(of: first) == .number, request.kind(of: second) == .number
    {
      let length = request.range(of: first).count + request.range(of: second).count
      if length > 48 { try charge(length / 8) }
      // Numbers of the document are compared as they are written, beyond 64 bits too.
      return request.number(of: first) == request.number(of: second)
    }
    let left = try read(left, request)
    let right = try read(right, request)
    switch (left, right) {
    case (.null, .null): return true
    case (.boolean(let left), .boolean(let right)): return left == right
    case (.integer, _), (.unsigned, _), (.double, _):
      return NumberOrder.compare(left, right) == 0
    case (.bytes(let left), .bytes(let right)):
      try charge(min(left.count, right.count) / 10)
      return left == right
    case (.timestamp(let left), .timestamp(let right)): return left == right
    case (.duration(let left), .duration(let right)): return left == right
    case (.type(let left), .type(let right)): return left == right
    case (.address(let left), .address(let right)), (.network(let left), .network(let right)):
      return left == right
    case (.optional(let left), .optional(let right)):
      switch (left.value, right.value) {
      case (nil, nil): return true
      case (let left?, let right?): return try equal(left, right, request, symbols)
      default: return false
      }
    case (.node(let first), .node(let second)) where first == second: return true
    default: break
    }
    if let left = try readText(left, request, symbols) {
      guard let right = try readText(right, request, symbols), left.count == right.count else {
        return false
      }
      try charge(left.count / 10)
      return left.elementsEqual(right)
    }
    if left.isList(in: request), right.isList(in: request) {
      return try equalLists(left, right, request, symbols)
    }
    if left.isMap(in: request), right.isMap(in: request) {
      return try equalMaps(left, right, request, symbols)
    }
    return false
  }

  private mutating func equalLists(
    _ left: CELValue, _ right: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    guard left.elementCount(in: request) == right.elementCount(in: request),
      var first = ListCursor(left, in: request), var second = ListCursor(right, in: request)
    else { return false }
    while let one = first.next(in: request), let other = second.next(in: request) {
      if try !equal(one, other, request, symbols) { return false }
    }
    return true
  }

  private mutating func equalMaps(
    _ left: CELValue, _ right: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    guard left.elementCount(in: request) == right.elementCount(in: request),
      var cursor = MapCursor(left, in: request)
    else { return false }
    if (left.elementCount(in: request) ?? 0) > ValueSet.threshold {
      return try equalLongMaps(cursor, right, request, symbols)
    }
    while let entry = cursor.next(in: request) {
      guard let other = try entryValue(entry.key, in: right, request, symbols),
        try equal(entry.value, other, request, symbols)
      else { return false }
    }
    return true
  }

  /// Compares maps of many entries, whose keys are found by their hashes.
  private mutating func equalLongMaps(
    _ left: MapCursor, _ right: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    guard var others = MapCursor(right, in: request) else { return false }
    var cursor = left
    var keys = ValueSet()
    var values: [CELValue] = []
    while let entry = others.next(in: request) {
      _ = try insert(entry.key, into: &keys, request, symbols)
      values.append(entry.value)
    }
    while let entry = cursor.next(in: request) {
      guard let position = try position(of: entry.key, in: keys, request, symbols),
        try equal(entry.value, values[position], request, symbols)
      else { return false }
    }
    return true
  }

  private mutating func entryValue(
    _ key: CELValue, in map: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue? {
    guard var cursor = MapCursor(map, in: request) else { return nil }
    while let entry = cursor.next(in: request) {
      if try equal(entry.key, key, request, symbols) { return entry.value }
    }
    return nil
  }

  /// `<`, `<=`, `>` and `>=`.
  mutating func ordered(
    _ operation: BinaryOperator, _ left: CELValue, _ right: CELValue, _ request: Request,
    _ symbols: SymbolTable
  ) throws(Fault) -> Bool {
    let order = try order(left, right, request, symbols)
    guard let order else { return false }
    switch operation {
    case .less: return order < 0
    case .lessOrEqual: return order <= 0
    case .greater: return order > 0
    case .greaterOrEqual: return order >= 0
    case .equal, .notEqual, .contains, .add, .subtract, .multiply, .divide, .remainder:
      throw fault(.unsupported)
    }
  }

  /// Below zero, zero or above it; nil where a number is not one; throws where there is no order.
  mutating func order(
    _ left: CELValue, _ right: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> Int? {
    let left = try read(left, request)
    let right = try read(right, request)
    switch (left, right) {
    case (.boolean(let left), .boolean(let right)): return (left ? 1 : 0) - (right ? 1 : 0)
    case (.integer, .integer), (.integer, .unsigned), (.integer, .double), (.unsigned, .integer),
      (.unsigned, .unsigned), (.unsigned, .double), (.double, .integer), (.double, .unsigned),
      (.double, .double):
      return NumberOrder.compare(left, right)
    case (.timestamp(let left), .timestamp(let right)):
      return left < right ? -1 : (left == right ? 0 : 1)
    case (.duration(let left), .duration(let right)):
      return left < right ? -1 : (left == right ? 0 : 1)
    case (.bytes(let left), .bytes(let right)): return try lexicographicOrder(left[...], right[...])
    default:
      guard let first = try readText(left, request, symbols),
        let second = try readText(right, request, symbols)
      else { throw fault(.mismatch(left.kind(in: request), right.kind(in: request))) }
      // The order of UTF-8 bytes is that of code points.
      return try lexicographicOrder(first, second)
    }
  }

  private mutating func lexicographicOrder(
    _ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>
  ) throws(Fault) -> Int {
    try charge(min(left.count, right.count) / 10)
    for (one, other) in zip(left, right) where one != other { return one < other ? -1 : 1 }
    return left.count - right.count
  }
}

/// Compares numbers of different types by what they are worth.
enum NumberOrder {
  /// Below zero, zero or above it; nil where one is no number.
  static func compare(_ left: CELValue, _ right: CELValue) -> Int? {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): sign(left, right)
    case (.unsigned(let left), .unsigned(let right)): sign(left, right)
    case (.integer(let left), .unsigned(let right)):
      left < 0 ? -1 : sign(UInt64(bitPattern: left), right)
    case (.unsigned(let left), .integer(let right)):
      right < 0 ? 1 : sign(left, UInt64(bitPattern: right))
    case (.double(let left), .double(let right)):
      left.isNaN || right.isNaN ? nil : sign(left, right)
    case (.integer(let left), .double(let right)): compare(left, right)
    case (.double(let left), .integer(let right)): compare(right, left).map { -$0 }
    case (.unsigned(let left), .double(let right)): compare(left, right)
    case (.double(let left), .unsigned(let right)): compare(right, left).map { -$0 }
    default: nil
    }
  }

  private static func sign<T: Comparable>(_ left: T, _ right: T) -> Int {
    left < right ? -1 : (left == right ? 0 : 1)
  }

  /// Compares as doubles, which is what cel-spec's cases ask for, beyond 2^53 as well.
  private static func compare<T: FixedWidthInteger>(_ left: T, _ right: Double) -> Int? {
    right.isNaN ? nil : sign(Double(left), right)
  }
}
