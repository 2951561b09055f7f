import Documents

// Functions of our own: sizes in UTF-8 bytes, sums and extremes. Overflow is a fault.

extension CELEvaluator {
  mutating func measure(
    _ function: CELFunction, _ arguments: Arguments, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    let operand = arguments.first
    switch function {
    case .utf8Bytes:
      guard let text = try readText(operand, document, symbols) else { throw fault(.unsupported) }
      return .integer(Int64(text.count))
    case .totalBytes:
      return .integer(Int64(try totalBytes(operand, document, symbols)))
    case .sum: return try sum(operand, document)
    case .min: return try extreme(operand, wantsGreatest: false, document, symbols)
    case .max: return try extreme(operand, wantsGreatest: true, document, symbols)
    default: throw fault(.unsupported)
    }
  }

  /// The UTF-8 bytes of all names and string values in a value, together; other scalars count nothing.
  private mutating func totalBytes(
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> Int {
    if case .node(let node) = value {
      try charge(document.end(of: node) - node.index)
      return document.totalUTF8Count(of: node)
    }
    if let text = try readText(value, document, symbols) { return text.count }
    var total = 0
    if var cursor = ListCursor(value, in: document) {
      while let element = cursor.next(in: document) {
        try charge(1)
        try add(try totalBytes(element, document, symbols), to: &total)
      }
    } else if var cursor = MapCursor(value, in: document) {
      while let entry = cursor.next(in: document) {
        try charge(1)
        try add(try totalBytes(entry.key, document, symbols), to: &total)
        try add(try totalBytes(entry.value, document, symbols), to: &total)
      }
    }
    return total
  }

  private func add(_ count: Int, to total: inout Int) throws(Fault) {
    let (sum, overflows) = total.addingReportingOverflow(count)
    if overflows { throw fault(.overflow) }
    total = sum
  }

  /// The elements of a list or the values of a map, charged for.
  private mutating func values(
    of value: CELValue, _ document: Document
  ) throws(Fault) -> [CELValue] {
    if let elements = try elements(of: value, document) { return elements }
    guard var cursor = MapCursor(value, in: document) else { throw fault(.unsupported) }
    var values: [CELValue] = []
    while let entry = cursor.next(in: document) {
      try charge(4)
      values.append(entry.value)
    }
    return values
  }

  /// The sum, 0 for an empty list; the sum of numbers of different types is a double.
  private mutating func sum(_ operand: CELValue, _ document: Document) throws(Fault) -> CELValue {
    var total: CELValue?
    for value in try values(of: operand, document) {
      let number = try takeNumber(value, document)
      switch (total, number) {
      case (nil, .integer), (nil, .unsigned), (nil, .double), (nil, .duration): total = number
      case (.integer(let left)?, .integer(let right)):
        total = .integer(try integer(.add, left, right))
      case (.unsigned(let left)?, .unsigned(let right)):
        total = .unsigned(try integer(.add, left, right))
      case (.double(let left)?, .double(let right)): total = .double(left + right)
      case (.duration(let left)?, .duration(let right)):
        total = .duration(nanoseconds: try integer(.add, left, right))
      case (.integer(let left)?, .double(let right)): total = .double(Double(left) + right)
      case (.double(let left)?, .integer(let right)): total = .double(left + Double(right))
      case (.unsigned(let left)?, .double(let right)): total = .double(Double(left) + right)
      case (.double(let left)?, .unsigned(let right)): total = .double(left + Double(right))
      default: throw fault(.unsupported)
      }
    }
    return total ?? .integer(0)
  }

  private mutating func extreme(
    _ operand: CELValue, wantsGreatest: Bool, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    let values = try values(of: operand, document)
    guard var best = values.first else { throw fault(.invalid(.emptyList)) }
    // A list of one is held to the same: its value must have an order.
    _ = try order(best, best, document, symbols)
    for value in values.dropFirst() {
      guard let order = try order(value, best, document, symbols) else { return .double(.nan) }
      if wantsGreatest ? order > 0 : order < 0 { best = value }
    }
    return best
  }
}
