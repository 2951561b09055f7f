import Documents

// Arithmetic: no conversions between types of numbers, and overflow is a fault (cel-spec, "Overflow").

extension CELEvaluator {
  /// The value with its number read, which counts as content of the result.
  mutating func takeNumber(_ value: CELValue, _ document: Document) -> CELValue {
    guard case .node(let node) = value else { return value }
    let read = value.read(in: document)
    if recordsTouched {
      if case .node = read { return read }
      touched.append(node)
    }
    return read
  }

  /// The text of a string whose content goes into a new value.
  mutating func takeText(
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) -> ArraySlice<UInt8>? {
    let text = value.text(in: document, symbols)
    if recordsTouched, text != nil {
      switch value {
      case .node(let node), .name(let node): touched.append(node)
      default: break
      }
    }
    return text
  }

  mutating func negated(
    _ operand: CELValue, _ document: Document
  ) throws(Fault) -> CELValue {
    switch takeNumber(operand, document) {
    case .integer(let value):
      let (result, overflows) = (0 as Int64).subtractingReportingOverflow(value)
      if overflows { throw fault(.overflow) }
      return .integer(result)
    case .double(let value): return .double(-value)
    case .duration(let value):
      let (result, overflows) = (0 as Int64).subtractingReportingOverflow(value)
      if overflows { throw fault(.overflow) }
      return .duration(nanoseconds: result)
    default: throw fault(.unsupported)
    }
  }

  mutating func arithmetic(
    _ operation: BinaryOperator, _ left: CELValue, _ right: CELValue, _ document: Document,
    _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    let left = takeNumber(left, document)
    let right = takeNumber(right, document)
    switch (left, right) {
    case (.integer(let left), .integer(let right)):
      return .integer(try integer(operation, left, right))
    case (.unsigned(let left), .unsigned(let right)):
      return .unsigned(try integer(operation, left, right))
    case (.double(let left), .double(let right)):
      return .double(try double(operation, left, right))
    case (.duration(let left), .duration(let right)):
      guard operation == .add || operation == .subtract else {
        throw fault(.mismatch(.duration, .duration))
      }
      return .duration(nanoseconds: try integer(operation, left, right))
    case (.timestamp(let time), .duration(let span)):
      switch operation {
      case .add: return try shifted(time, by: span)
      case .subtract: return try shifted(time, by: try integer(.subtract, 0, span))
      default: throw fault(.unsupported)
      }
    case (.duration(let span), .timestamp(let time)) where operation == .add:
      return try shifted(time, by: span)
    case (.timestamp(let left), .timestamp(let right)) where operation == .subtract:
      guard let span = left.nanoseconds(since: right) else { throw fault(.overflow) }
      return .duration(nanoseconds: span)
    default:
      guard operation == .add else {
        throw fault(.mismatch(left.kind(in: document), right.kind(in: document)))
      }
      return try concatenated(left, right, document, symbols)
    }
  }

  private func shifted(_ time: CELTimestamp, by span: Int64) throws(Fault) -> CELValue {
    guard let result = time.adding(nanoseconds: span) else {
      throw fault(.invalid(.timestampRange))
    }
    return .timestamp(result)
  }

  func integer<T: FixedWidthInteger>(
    _ operation: BinaryOperator, _ left: T, _ right: T
  ) throws(Fault) -> T {
    let result: (partialValue: T, overflow: Bool)
    switch operation {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    case .divide:
      if right == 0 { throw fault(.divisionByZero) }
      result = left.dividedReportingOverflow(by: right)
    case .remainder:
      if right == 0 { throw fault(.divisionByZero) }
      result = left.remainderReportingOverflow(dividingBy: right)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains:
      throw fault(.unsupported)
    }
    if result.overflow { throw fault(.overflow) }
    return result.partialValue
  }

  private func double(
    _ operation: BinaryOperator, _ left: Double, _ right: Double
  ) throws(Fault) -> Double {
    switch operation {
    case .add: return left + right
    case .subtract: return left - right
    case .multiply: return left * right
    case .divide: return left / right
    case .remainder, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
      .contains:
      throw fault(.unsupported)
    }
  }

  private mutating func concatenated(
    _ left: CELValue, _ right: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if case .bytes(let left) = left, case .bytes(let right) = right {
      try charge((left.count + right.count) / 10)
      return .bytes(left + right)
    }
    if let first = takeText(left, document, symbols) {
      guard let second = takeText(right, document, symbols) else {
        throw fault(.mismatch(.string, right.kind(in: document)))
      }
      try charge((first.count + second.count) / 10)
      return .string(Array(first + second))
    }
    guard let first = try elements(of: left, document),
      let second = try elements(of: right, document)
    else { throw fault(.mismatch(left.kind(in: document), right.kind(in: document))) }
    return try limited(.list(CELList(first + second)))
  }

  /// The elements of a list as an array, charged for; nil for any other value.
  mutating func elements(
    of value: CELValue, _ document: Document
  ) throws(Fault) -> [CELValue]? {
    if case .list(let list) = value {
      try charge(list.elements.count)
      return list.elements
    }
    guard var cursor = ListCursor(value, in: document) else { return nil }
    try charge(4 * (value.elementCount(in: document) ?? 0))
    var elements: [CELValue] = []
    while let element = cursor.next(in: document) { elements.append(element) }
    return elements
  }
}
